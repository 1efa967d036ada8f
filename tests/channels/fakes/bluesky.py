#!/usr/bin/env python3
"""A personal data server and a Jetstream of Bluesky.  say: {"user", "text", "reply_to": uri, "mention": true}; /_control/fail {"mode": "cut"}

The Jetstream sends everything from the cursor on, itself included, so what was read last comes again after a break.
"""
import base64, hashlib, json, queue, struct, time
from service import Fake, Refused, run

US = "did:plc:acme"


def frame(text):
    data = text.encode()
    head = b"\x81" + (bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data)))
    return head + data


class Bluesky(Fake):
    def __init__(self, options):
        super().__init__(options)
        self.events, self.listeners, self.records, self.token = [], [], {}, 0

    def rate_limit(self):
        return Refused(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, {"RateLimit-Reset": "0", "Retry-After": "2"})

    def say(self, words):
        with self.lock:
            did = words.get("user", "did:plc:ute")
            record = {"$type": "app.bsky.feed.post", "text": words["text"], "createdAt": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())}
            if words.get("reply_to"):
                target = {"uri": words["reply_to"], "cid": "bafyparent"}
                record["reply"] = {"root": target, "parent": target}
            if words.get("mention"):
                record["facets"] = [{"index": {"byteStart": 0, "byteEnd": 5}, "features": [{"$type": "app.bsky.richtext.facet#mention", "did": US}]}]
            rkey = f"3k{self.number()}"
            event = {"did": did, "time_us": int(time.time() * 1e6), "kind": "commit",
                     "commit": {"rev": rkey, "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey, "record": record, "cid": "bafy" + rkey}}
            self.events.append(event)
            for line in self.listeners:
                line.put(event)
            return {"uri": f"at://{did}/app.bsky.feed.post/{rkey}"}

    def control(self, method, what, words):
        if what == "fail" and words["mode"] == "cut":
            with self.lock:
                for line in self.listeners:
                    line.put(None)
            return {}
        if what == "expire":
            self.token += 1
            return {}
        if what == "streams":
            return {"open": len(self.listeners)}
        return super().control(method, what, words)

    def stream(self, handler, path, query):
        if path != "/subscribe":
            return False
        key = handler.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        handler.send_response(101)
        handler.send_header("Upgrade", "websocket")
        handler.send_header("Connection", "Upgrade")
        handler.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        handler.end_headers()
        line = queue.Queue()
        with self.lock:
            for event in self.events:
                if "cursor" in query and event["time_us"] >= int(query["cursor"]):
                    line.put(event)
            self.listeners.append(line)
        try:
            handler.wfile.write(b"\x89\x02hi")  # a ping
            while True:
                event = line.get()
                if event is None:
                    break
                handler.wfile.write(frame(json.dumps(event)))
                handler.wfile.flush()
        except OSError:
            pass
        with self.lock:
            self.listeners.remove(line)
        handler.close_connection = True
        return True

    def handle(self, method, path, query, headers, body):
        words = json.loads(body) if method == "POST" else query
        if path == "/xrpc/com.atproto.server.createSession":
            if words["password"] != self.options.password:
                raise Refused(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
            return {"did": US, "handle": "acme.example", "accessJwt": f"jwt{self.token}", "refreshJwt": "r"}
        if headers.get("Authorization") != f"Bearer jwt{self.token}":
            raise Refused(400, {"error": "ExpiredToken", "message": "Token has expired"})
        if path == "/xrpc/com.atproto.repo.putRecord":
            uri = f"at://{words['repo']}/{words['collection']}/{words['rkey']}"
            if len(words["rkey"]) != 13 or words["rkey"][0] not in "234567abcdefghij":
                raise Refused(400, {"error": "InvalidRequest", "message": "Invalid record key"})
            if len(words["record"]["text"]) > 3000:
                raise Refused(400, {"error": "InvalidRecord", "message": "Record/text must not be longer than 300 graphemes"})
            if uri not in self.records:
                self.remember(uri=uri, **words["record"])
            self.records[uri] = words["record"]
            return {"uri": uri, "cid": "bafyours"}
        if path == "/xrpc/com.atproto.repo.getRecord":
            uri = f"at://{words['repo']}/{words['collection']}/{words['rkey']}"
            if uri not in self.records:
                raise Refused(400, {"error": "RecordNotFound", "message": "Could not locate record: " + uri})
            return {"uri": uri, "cid": "bafyours", "value": self.records[uri]}
        raise Refused(501, {"error": "MethodNotImplemented"})


if __name__ == "__main__":
    run(Bluesky, ("--password", "bluesky-app-password", ""))
