#!/usr/bin/env python3
"""X: account activity and posts.  say: {"user", "name", "text", "below", "message": true, "twice"}"""
import json, time, urllib.parse
from service import Fake, Refused, b64, hmac_bytes, run


class X(Fake):
    def sign(self, body):
        return {"x-twitter-webhooks-signature": "sha256=" + b64(hmac_bytes(self.options.consumer_secret, body))}

    def verify(self):
        token = f"crc{self.number()}"
        status, body = self.call_receiver("GET", urllib.parse.urlencode({"crc_token": token, "nonce": "n"}))
        wanted = "sha256=" + b64(hmac_bytes(self.options.consumer_secret, token))
        return {"verified": status == 200 and json.loads(body)["response_token"] == wanted}

    def rate_limit(self):
        return Refused(429, {"title": "Too Many Requests", "status": 429}, {"x-rate-limit-reset": str(int(time.time()) + 90)})

    def say(self, words):
        user = {"id_str": words.get("user", "77"), "name": words.get("name", "Ute"), "screen_name": "ute", "followers_count": 321}
        number = str(self.number())
        if words.get("message"):
            event = {"type": "message_create", "id": number, "created_timestamp": str(int(time.time() * 1000)),
                     "message_create": {"target": {"recipient_id": "42"}, "sender_id": user["id_str"], "message_data": {"text": words["text"]}}}
            body = {"for_user_id": "42", "direct_message_events": [event], "users": {user["id_str"]: user}}
        else:
            post = {"id_str": number, "text": words["text"], "created_at": time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime()), "user": user,
                    "in_reply_to_status_id_str": words.get("below")}
            body = {"for_user_id": "42", "tweet_create_events": [post]}
        return {"id": number, **self.deliver(body, twice=words.get("twice", False))}

    def handle(self, method, path, query, headers, body):
        if headers.get("Authorization") != "Bearer " + self.options.access_token:
            raise Refused(401, {"title": "Unauthorized", "status": 401})
        if method == "GET" and path == "/2/users/42/tweets":
            return {"data": [{"id": p["id"], "text": p["text"], **({"referenced_tweets": [{"type": "replied_to", "id": p["below"]}]} if p["below"] else {})}
                             for p in reversed(self.posted) if p["kind"] == "post"]}
        if method == "GET" and path.endswith("/dm_events"):
            return {"data": [{"id": p["id"], "text": p["text"], "sender_id": "42"} for p in self.posted if p["kind"] == "message"]}
        words = json.loads(body)
        number = str(self.number())
        if path == "/2/tweets":
            below = words.get("reply", {}).get("in_reply_to_tweet_id")
            if any(p["text"] == words["text"] and p.get("below") == below for p in self.posted):
                raise Refused(403, {"title": "Forbidden", "detail": "You are not allowed to create a Tweet with duplicate content."})
            self.remember(kind="post", id=number, text=words["text"], below=below)
            return {"data": {"id": number, "text": words["text"]}}
        if path.startswith("/2/dm_conversations/with/"):
            self.remember(kind="message", id=number, text=words["text"], to=path.split("/")[4])
            return {"data": {"dm_event_id": number}}
        raise Refused(404, {"title": "Not Found"})


if __name__ == "__main__":
    run(X, ("--consumer-secret", "x-consumer-secret", ""), ("--access-token", "x-access-token", ""))
