#!/usr/bin/env python3
"""Twilio's SMS and calls.  say: {"user", "text"}, with "call": "ringing" or "transcript" for calls"""
import base64, hashlib, time, urllib.parse
from email.utils import formatdate
from service import Fake, Refused, b64, hmac_bytes, run


class Twilio(Fake):
    def sign(self, body):
        fields = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        text = self.options.deliver_to + "".join(k + v for k, v in sorted(fields.items()))
        return {"X-Twilio-Signature": b64(hmac_bytes(self.options.auth_token, text, hashlib.sha1))}

    def rate_limit(self):
        return Refused(429, {"code": 20429, "message": "Too Many Requests", "status": 429})

    def trouble(self):
        return Refused(500, {"code": 20500, "message": "Internal Server Error", "status": 500})

    def say(self, words):
        fields = {"AccountSid": "AC1", "From": words.get("user", "+4915112345"), "To": "+4930555", "ApiVersion": "2010-04-01"}
        if words.get("call") == "ringing":
            fields.update(CallSid=f"CA{self.number()}", CallStatus="ringing", Direction="inbound")
        elif words.get("call"):
            fields.update(CallSid=f"CA{self.number()}", TranscriptionSid=f"TR{self.number()}", TranscriptionText=words["text"], RecordingUrl="https://recordings.example/RE1")
        else:
            fields.update(MessageSid=f"SM{self.number()}", Body=words["text"], NumMedia="0")
        body = urllib.parse.urlencode(fields).encode()
        status, answer = self.call_receiver("POST", "", body, {"Content-Type": "application/x-www-form-urlencoded", **self.sign(body)})
        return {"status": status, "answer": answer}

    def handle(self, method, path, query, headers, body):
        wanted = "Basic " + base64.b64encode(f"AC1:{self.options.auth_token}".encode()).decode()
        if headers.get("Authorization") != wanted:
            raise Refused(401, {"code": 20003, "message": "Authenticate", "status": 401})
        if path != "/2010-04-01/Accounts/AC1/Messages.json":
            raise Refused(404, {"code": 20404, "message": "Not found", "status": 404})
        if method == "GET":
            found = [m for m in self.posted if m["to"] == query.get("To")]
            return {"messages": [{"sid": m["id"], "body": m["text"], "date_created": m["at"]} for m in reversed(found)]}
        words = dict(urllib.parse.parse_qsl(body.decode()))
        if len(words["Body"]) > 1600:
            raise Refused(400, {"code": 21617, "message": "The concatenated message body exceeds the 1600 character limit", "status": 400})
        if words["To"] == "+49000":
            raise Refused(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400})
        sid = f"SM{self.number()}"
        self.remember(id=sid, to=words["To"], text=words["Body"], at=formatdate(time.time() + 1))
        return {"sid": sid, "status": "queued"}


if __name__ == "__main__":
    run(Twilio, ("--auth-token", "twilio-auth-token", ""))
