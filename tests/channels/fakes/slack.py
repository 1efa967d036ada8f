#!/usr/bin/env python3
"""A workspace of Slack: Events API and Web API.  say: {"user", "channel", "thread", "text", "twice", "stale": true}"""
import json, time
from service import Fake, Refused, hmac_bytes, run


class Slack(Fake):
    stale = False

    def sign(self, body):
        stamp = str(int(time.time()) - (400 if self.stale else 0))
        code = hmac_bytes(self.options.signing_secret, b"v0:" + stamp.encode() + b":" + body).hex()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + code}

    def verify(self):
        challenge = f"c{self.number()}"
        body = json.dumps({"type": "url_verification", "token": "old", "challenge": challenge}).encode()
        status, answer = self.call_receiver("POST", "", body, {"Content-Type": "application/json", **self.sign(body)})
        return {"verified": status == 200 and answer == challenge}

    def rate_limit(self):
        return Refused(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "11"})

    def trouble(self):
        return Refused(200, {"ok": False, "error": "internal_error"})

    def say(self, words):
        ts = f"{int(time.time())}.{self.number():06d}"
        event = {"type": "message", "channel": words.get("channel", "C1"), "user": words.get("user", "U7"), "text": words["text"], "ts": ts}
        if words.get("channel", "C1").startswith("D"):
            event["channel_type"] = "im"
        if words.get("thread"):
            event["thread_ts"] = words["thread"]
        self.stale = bool(words.get("stale"))
        body = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{ts}", "event": event}
        return {"ts": ts, **self.deliver(body, twice=words.get("twice", False))}

    def handle(self, method, path, query, headers, body):
        if headers.get("Authorization") != "Bearer " + self.options.bot_token:
            return {"ok": False, "error": "invalid_auth"}
        words = json.loads(body) if method == "POST" else query
        if path == "/chat.postMessage":
            if len(words["text"]) > 40000:
                return {"ok": False, "error": "msg_too_long"}
            if not words["channel"][:1] in "CDU":
                return {"ok": False, "error": "channel_not_found"}
            ts = f"{int(time.time())}.{self.number():06d}"
            channel = "D" + words["channel"][1:] if words["channel"].startswith("U") else words["channel"]
            self.remember(ts=ts, channel=channel, text=words["text"], thread=words.get("thread_ts", ""), metadata=words.get("metadata", {}))
            return {"ok": True, "channel": channel, "ts": ts}
        if path == "/conversations.open":
            return {"ok": True, "channel": {"id": "D" + words["users"][1:]}}
        if path in ("/conversations.replies", "/conversations.history"):
            found = [m for m in self.posted if m["channel"] == words["channel"] and m["thread"] == words.get("ts", "")]
            return {"ok": True, "messages": [{"ts": m["ts"], "text": m["text"], "metadata": m["metadata"]} for m in found]}
        return {"ok": False, "error": "unknown_method"}


if __name__ == "__main__":
    run(Slack, ("--signing-secret", "slack-signing-secret", ""), ("--bot-token", "slack-bot-token", ""))
