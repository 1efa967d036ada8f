#!/usr/bin/env python3
"""A page of Facebook (or, with --instagram, an Instagram account) as far as a company's server sees it.

    facebook.py --port 9001 --deliver-to http://127.0.0.1:8080/channels/facebook/webhook --secret APP-SECRET

    curl -d '{"name": "Ute", "text": "My parcel is lost."}' http://127.0.0.1:9001/_control/say
    curl http://127.0.0.1:9001/_control/posted

say: {"user", "name", "text", "below": id of a post or comment, "kind": "comment" | "post" | "message" | "edit", "at": unix seconds, "twice"}
"""
import json, time, urllib.parse
from service import Fake, Refused, hmac_bytes, run


def graph_error(status, code, message, subcode=None):
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Afake"}
    if subcode:
        error["error_subcode"] = subcode
    return Refused(status, {"error": error})


class Facebook(Fake):
    def __init__(self, options):
        super().__init__(options)
        self.page, self.instagram = options.page, options.instagram == "yes"
        self.things = {}  # id -> {"text", "from", "at", "parent", "private"}
        self.first_post = f"{self.page}_1"
        self.things[self.first_post] = {"id": self.first_post, "text": "Our new product is here!", "from": self.page, "at": time.time(), "parent": None}

    def sign(self, body):
        return {"X-Hub-Signature-256": "sha256=" + hmac_bytes(self.options.secret, body).hex()}

    def verify(self):
        challenge = str(self.number())
        query = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": self.options.verify_token})
        status, body = self.call_receiver("GET", query)
        return {"verified": status == 200 and body == challenge, "status": status}

    def rate_limit(self):
        return graph_error(400, 613, "Calls to this api have exceeded the rate limit.")

    def trouble(self):
        return graph_error(500, 2, "An unexpected error has occurred. Please retry your request later.")

    # --- what customers do
    def say(self, words):
        kind, at = words.get("kind", "comment"), int(words.get("at", time.time()))
        user = {"id": str(words.get("user", "7001")), "name": words.get("name", "A customer")}
        if kind == "message":
            mid = f"m_{self.number()}"
            self.things[mid] = {"id": mid, "text": words["text"], "from": user["id"], "at": at, "parent": None}
            event = {"sender": {"id": user["id"]}, "recipient": {"id": self.page}, "timestamp": at * 1000, "message": {"mid": mid, "text": words["text"]}}
            return {"id": mid, **self.deliver(self.entry(at, messaging=[event]), twice=words.get("twice", False))}
        parent = words.get("below", self.first_post)
        number = words["below"] if kind == "edit" else f"{self.page}_{self.number()}" if kind == "post" else f"1_{self.number()}"
        self.things[number] = {"id": number, "text": words["text"], "from": user["id"], "at": at, "parent": None if kind == "post" else parent}
        if self.instagram:
            value = {"id": number, "text": words["text"], "from": {"id": user["id"], "username": user["name"]}, "media": {"id": self.first_post}}
            if parent != self.first_post:
                value["parent_id"] = parent
            change = {"field": "comments", "value": value}
        else:
            value = {"item": "status" if kind == "post" else "comment", "verb": "edited" if kind == "edit" else "add", "from": user,
                     "message": words["text"], "created_time": at, "post_id": number if kind == "post" else self.first_post}
            if kind != "post":
                value.update(comment_id=number, parent_id=self.things[number]["parent"] if kind != "edit" else self.first_post)
            change = {"field": "feed", "value": value}
        return {"id": number, **self.deliver(self.entry(at, changes=[change]), twice=words.get("twice", False))}

    def entry(self, at, **content):
        return {"object": "instagram" if self.instagram else "page", "entry": [{"id": self.page, "time": at, **content}]}

    # --- what the company does
    def handle(self, method, path, query, headers, body):
        if headers.get("Authorization") != "Bearer " + self.options.access_token:
            raise graph_error(401, 190, "Invalid OAuth access token.")
        steps = path.strip("/").split("/")
        words = json.loads(body or b"{}")
        with self.lock:
            if method == "POST" and steps[-1] in ("comments", "replies", "feed"):
                return self.comment(steps[-2], words["message"])
            if method == "POST" and steps[-2:] == [self.page, "messages"]:
                return self.message(words)
            if method == "GET" and steps[-1] in ("comments", "replies", "feed"):
                parent = None if steps[-1] == "feed" else steps[-2]
                return {"data": [self.shown(t) for t in reversed(self.things.values()) if t["parent"] == parent and not t.get("private")]}
            if method == "GET" and steps[-1] == "conversations":
                return {"data": [{"messages": {"data": [self.shown(t) for t in self.things.values() if t.get("private") == query["user_id"]]}}]}
            if method == "GET" and steps[-1] in self.things:
                answers = [self.shown(t) for t in self.things.values() if t.get("private") == "comment:" + steps[-1]]
                return {"id": steps[-1], **({"private_reply_conversation": {"messages": {"data": answers}}} if answers else {})}
        raise graph_error(404, 100, "Unsupported request to " + path, 33)

    def shown(self, thing):
        return {"id": thing["id"], "message": thing["text"], "text": thing["text"], "from": {"id": thing["from"]}}

    def comment(self, below, text):
        if below != self.page and below not in self.things:
            raise graph_error(400, 100, "Unsupported post request. Object does not exist.", 33)
        if len(text) > (2200 if self.instagram else 8000):
            raise graph_error(400, 100, "Message is too long.")
        number = f"1_{self.number()}"
        self.things[number] = {"id": number, "text": text, "from": self.page, "at": time.time(), "parent": None if below == self.page else below}
        self.remember(kind="public", id=number, below=below, text=text)
        return {"id": number}

    def message(self, words):
        to, text = words["recipient"], words["message"]["text"]
        if len(text) > (1000 if self.instagram else 2000):
            raise graph_error(400, 100, "Length of param message[text] must be less than or equal to " + ("1000" if self.instagram else "2000"))
        if "comment_id" in to:
            comment = self.things.get(to["comment_id"]) or {}
            if not comment:
                raise graph_error(400, 100, "No such comment.")
            if time.time() - comment["at"] > 7 * 86400:
                raise graph_error(400, 10, "This message is sent outside of allowed window.", 2018278)
            if any(t.get("private") == "comment:" + to["comment_id"] for t in self.things.values()):
                raise graph_error(400, 10900, "Activity already replied to.")
            whom = "comment:" + to["comment_id"]
        else:
            last = max((t["at"] for t in self.things.values() if t["from"] == to["id"] and t["id"].startswith("m_")), default=0)
            allowed = 7 * 86400 if words.get("tag") == "HUMAN_AGENT" else 86400
            if time.time() - last > allowed:
                raise graph_error(400, 10, "This message is sent outside of allowed window.", 2018278)
            whom = to["id"]
        number = f"m_{self.number()}"
        self.things[number] = {"id": number, "text": text, "from": self.page, "at": time.time(), "parent": "-", "private": whom}
        self.remember(kind="private", id=number, to=whom, text=text)
        return {"recipient_id": whom, "message_id": number}


if __name__ == "__main__":
    run(Facebook, ("--secret", "facebook-app-secret", "the app's secret"), ("--verify-token", "facebook-verify", "of the handshake"),
        ("--access-token", "facebook-access-token", "that calls must bear"), ("--page", "page-1", "the page's id"),
        ("--instagram", "no", "yes: an Instagram account"))
