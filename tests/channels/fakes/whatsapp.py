#!/usr/bin/env python3
"""A business number of WhatsApp (Cloud API).  say: {"user", "name", "text", "at": unix seconds, "twice"}"""
import json, time
from facebook import graph_error
from service import Fake, hmac_bytes, run


class WhatsApp(Fake):
    last = {}

    def sign(self, body):
        return {"X-Hub-Signature-256": "sha256=" + hmac_bytes(self.options.secret, body).hex()}

    def rate_limit(self):
        return graph_error(400, 130429, "(#130429) Rate limit hit")

    def trouble(self):
        return graph_error(500, 2, "Service temporarily unavailable")

    def say(self, words):
        user, at = words.get("user", "4915112345"), int(words.get("at", time.time()))
        self.last[user] = at
        wamid = f"wamid.{self.number()}"
        value = {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "1", "phone_number_id": self.options.number},
                 "contacts": [{"profile": {"name": words.get("name", "A customer")}, "wa_id": user}],
                 "messages": [{"from": user, "id": wamid, "timestamp": str(at), "type": "text", "text": {"body": words["text"]}}]}
        body = {"object": "whatsapp_business_account", "entry": [{"id": "w1", "changes": [{"field": "messages", "value": value}]}]}
        return {"id": wamid, **self.deliver(body, twice=words.get("twice", False))}

    def handle(self, method, path, query, headers, body):
        if headers.get("Authorization") != "Bearer " + self.options.access_token:
            raise graph_error(401, 190, "Invalid OAuth access token.")
        words = json.loads(body)
        if method != "POST" or path != f"/{self.options.number}/messages":
            raise graph_error(404, 100, "Unknown path.")
        if words["type"] == "text":
            if time.time() - self.last.get(words["to"], 0) > 86400:
                raise graph_error(400, 131047, "Re-engagement message: more than 24 hours have passed since the customer last replied.")
            if len(words["text"]["body"]) > 4096:
                raise graph_error(400, 100, "Param text['body'] must be at most 4096 characters long.")
        wamid = f"wamid.{self.number()}"
        self.remember(id=wamid, to=words["to"], type=words["type"], text=words.get("text", {}).get("body", ""), template=words.get("template", {}).get("name", ""))
        return {"messaging_product": "whatsapp", "contacts": [{"wa_id": words["to"]}], "messages": [{"id": wamid}]}


if __name__ == "__main__":
    run(WhatsApp, ("--secret", "whatsapp-app-secret", ""), ("--access-token", "whatsapp-access-token", ""), ("--number", "n1", "phone number id"))
