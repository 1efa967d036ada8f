#!/usr/bin/env python3
"""A server of Mastodon with our account on it: statuses, mentions, the streaming API.

say: {"user", "name", "text", "below": status id, "visibility", "tag"};  /_control/fail also takes "cut": the stream breaks at the next event
"""
import html, json, queue, time
from service import Fake, Refused, run


class Mastodon(Fake):
    def __init__(self, options):
        super().__init__(options)
        self.statuses, self.notifications, self.streams, self.keys = {}, [], [], {}
        self.cut = False

    def rate_limit(self):
        return Refused(429, {"error": "Too many requests"}, {"Retry-After": "3"})

    def status(self, account, text, below, visibility):
        number = str(self.number())
        status = {"id": number, "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()), "content": "<p>" + html.escape(text).replace("\n", "<br />") + "</p>",
                  "account": account, "in_reply_to_id": below, "visibility": visibility, "url": f"https://social.example/@{account['acct']}/{number}", "media_attachments": []}
        self.statuses[number] = status
        return status

    def say(self, words):
        with self.lock:
            account = {"id": words.get("user", "77"), "acct": words.get("name", "ute@social.example"), "display_name": "Ute", "followers_count": 12}
            status = self.status(account, words["text"], words.get("below"), words.get("visibility", "public"))
            note = {"id": str(self.number()), "type": "mention", "status": status}
            self.notifications.append(note)
            for line in self.streams:
                line.put(f"event: notification\ndata: {json.dumps(note)}\n\n")
            return {"id": status["id"]}

    def control(self, method, what, words):
        if what == "fail" and words["mode"] == "cut":
            with self.lock:
                for line in self.streams:
                    line.put(None)
            return {}
        if what == "streams":
            return {"open": len(self.streams)}
        return super().control(method, what, words)

    def check(self, headers):
        if headers.get("Authorization") != "Bearer " + self.options.access_token:
            raise Refused(401, {"error": "The access token is invalid"})

    def stream(self, handler, path, query):
        if not path.startswith("/api/v1/streaming/"):
            return False
        self.check(handler.headers)
        line = queue.Queue()
        with self.lock:
            self.streams.append(line)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        try:
            handler.wfile.write(b":)\n")
            while True:
                try:
                    event = line.get(timeout=0.5)
                except queue.Empty:
                    event = ":thump\n"
                if event is None:
                    break
                handler.wfile.write(event.encode())
                handler.wfile.flush()
        except OSError:
            pass
        with self.lock:
            self.streams.remove(line)
        handler.close_connection = True
        return True

    def handle(self, method, path, query, headers, body):
        self.check(headers)
        with self.lock:
            if path == "/api/v1/statuses" and method == "POST":
                return self.post(json.loads(body), headers.get("Idempotency-Key"))
            if path == "/api/v1/notifications":
                return self.page(self.notifications, query)
            if path == "/api/v1/accounts/verify_credentials":
                return {"id": "1", "acct": "acme"}
            if path == "/api/v1/accounts/1/statuses":
                return [s for s in reversed(self.statuses.values()) if s["account"]["id"] == "1"]
            if path.endswith("/context"):
                status, above = self.statuses[path.split("/")[4]], []
                while status["in_reply_to_id"]:
                    status = self.statuses[status["in_reply_to_id"]]
                    above.insert(0, status)
                return {"ancestors": above, "descendants": []}
        raise Refused(404, {"error": "Record not found"})

    def page(self, items, query):
        limit = int(query.get("limit", 20))
        if "min_id" in query:
            return list(reversed([i for i in items if int(i["id"]) > int(query["min_id"])][:limit]))
        return list(reversed(items))[:limit]

    def post(self, words, key):
        if key in self.keys:
            return self.keys[key]
        if len(words["status"]) > 500:
            raise Refused(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
        if words.get("in_reply_to_id") and words["in_reply_to_id"] not in self.statuses:
            raise Refused(404, {"error": "The post you are trying to reply to does not appear to exist."})
        status = self.status({"id": "1", "acct": "acme", "display_name": "Acme"}, words["status"], words.get("in_reply_to_id"), words["visibility"])
        self.keys[key] = status
        self.remember(id=status["id"], text=words["status"], below=words.get("in_reply_to_id"), visibility=words["visibility"])
        return status


if __name__ == "__main__":
    run(Mastodon, ("--access-token", "mastodon-access-token", ""))
