#!/usr/bin/env python3
"""A feed that answers conditional requests.  say: {"title", "text", "id"};  GET /rss and /atom;  /_control/posted lists the answers' statuses"""
import hashlib, html
from email.utils import formatdate
from service import Fake, Refused, run


class Feed(Fake):
    def __init__(self, options):
        super().__init__(options)
        self.entries = []

    def say(self, words):
        self.entries.insert(0, {"id": words.get("id", f"urn:entry:{self.number()}"), "title": words.get("title", "Review"), "text": words["text"], "at": formatdate(usegmt=True)})
        return {}

    def handle(self, method, path, query, headers, body):
        items = "".join(f"<item><guid>{e['id']}</guid><title>{html.escape(e['title'])}</title><description>{html.escape(e['text'])}</description>"
                        f"<pubDate>{e['at']}</pubDate><link>https://reviews.example/{e['id']}</link></item>" for e in self.entries)
        text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Reviews</title>{items}</channel></rss>".encode()
        tag = '"' + hashlib.sha256(text).hexdigest()[:16] + '"'
        if headers.get("If-None-Match") == tag:
            self.remember(status=304)
            raise Refused(304, b"", {"ETag": tag})
        self.remember(status=200)
        raise Refused(200, text, {"ETag": tag, "Content-Type": "application/rss+xml"})


if __name__ == "__main__":
    run(Feed)
