#!/usr/bin/env python3
"""The Bot API of Telegram, with webhook and long polling.  say: {"user", "name", "text", "chat", "group": true, "twice"}"""
import json, threading, time, urllib.parse
from service import Fake, Refused, run


def bot_error(status, text, **parameters):
    return Refused(status, {"ok": False, "error_code": status, "description": text, **({"parameters": parameters} if parameters else {})})


class Telegram(Fake):
    def __init__(self, options):
        super().__init__(options)
        self.updates, self.chats, self.confirmed = [], set(), 0

    def sign(self, body):
        return {"X-Telegram-Bot-Api-Secret-Token": self.options.webhook_secret}

    def rate_limit(self):
        return bot_error(429, "Too Many Requests: retry after 7", retry_after=7)

    def trouble(self):
        return Refused(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"})

    def say(self, words):
        user = int(words.get("user", 77))
        chat = int(words.get("chat", user))
        self.chats.add(chat)
        message = {"message_id": self.number(), "from": {"id": user, "is_bot": False, "first_name": words.get("name", "Ute")},
                   "chat": {"id": chat, "type": "supergroup" if words.get("group") else "private"}, "date": int(time.time()), "text": words["text"]}
        update = {"update_id": self.number(), "message": message}
        if self.options.deliver_to:
            return self.deliver(update, twice=words.get("twice", False))
        with self.lock:
            self.updates.append(update)
        return {"id": update["update_id"]}

    def handle(self, method, path, query, headers, body):
        if not path.startswith(f"/bot{self.options.bot_token}/"):
            raise bot_error(401, "Unauthorized")
        form = headers.get("Content-Type", "").startswith("application/x-www-form")
        words = dict(urllib.parse.parse_qsl(body.decode())) if form else json.loads(body or b"{}")
        if path.endswith("/getUpdates"):
            return self.get_updates(int(words.get("offset", 0)), float(words.get("timeout", 0)))
        if path.endswith("/sendMessage"):
            chat = int(words["chat_id"])
            if chat not in self.chats:
                raise bot_error(403, "Forbidden: bot can't initiate conversation with a user")
            if len(words["text"].encode("utf-16-le")) // 2 > 4096:
                raise bot_error(400, "Bad Request: message is too long")
            number = self.number()
            self.remember(id=number, chat=chat, text=words["text"], below=words.get("reply_parameters", {}).get("message_id"))
            return {"ok": True, "result": {"message_id": number, "chat": {"id": chat}, "text": words["text"]}}
        raise bot_error(404, "Not Found")

    def get_updates(self, offset, timeout):
        until = time.time() + timeout
        while True:
            with self.lock:
                self.updates = [u for u in self.updates if u["update_id"] >= offset]
                if self.updates or time.time() >= until:
                    return {"ok": True, "result": self.updates[:100]}
            time.sleep(0.05)


if __name__ == "__main__":
    run(Telegram, ("--bot-token", "4711:telegram-bot-token", ""), ("--webhook-secret", "telegram-webhook-secret", ""))
