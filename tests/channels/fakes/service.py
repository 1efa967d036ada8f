"""What all fakes of networks share: an HTTP server that answers like the service, fails like it on demand, delivers signed webhooks, and is
steered by /_control.  Standard library only.

    POST /_control/say      what a customer says; the fields depend on the network; "twice": true delivers it twice
    POST /_control/fail     {"mode": "rate-limit" | "error" | "silent" | "lost", "times": 1}: how the next calls go wrong; "lost" does what was
                            asked for and then closes without an answer
    POST /_control/hold     keeps deliveries back;  POST /_control/release {"reverse": true} lets them go, out of order if asked
    POST /_control/verify   makes the handshake with the receiver
    GET  /_control/posted   what was posted by the company
    GET  /_control/refused  what the fake refused, and why
"""
import argparse, base64, hashlib, hmac, http.client, itertools, json, socketserver, sys, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Refused(Exception):
    def __init__(self, status, body, headers=None):
        super().__init__(str(body))
        self.status, self.body, self.headers = status, body, headers or {}


def hmac_bytes(secret, data, digest=hashlib.sha256):
    return hmac.new(secret.encode(), data if isinstance(data, bytes) else data.encode(), digest).digest()


def b64(data):
    return base64.b64encode(data).decode()


class Fake:
    """One network. Subclasses give handle(), sign() and say()."""

    name = "fake"
    retries = 4  # of a delivery that is not answered 2xx

    def __init__(self, options):
        self.options = options
        self.lock = threading.RLock()
        self.posted, self.refused, self.deliveries, self.failures, self.held = [], [], [], [], None
        self.numbers = itertools.count(int(getattr(options, "first_id", 1000)))
        self.times = {}

    def number(self):
        return next(self.numbers)

    # --- what subclasses give
    def handle(self, method, path, query, headers, body):
        raise Refused(404, {"error": "unknown path " + path})

    def say(self, words):
        raise Refused(400, {"error": "nothing can be said here"})

    def sign(self, body):
        return {}

    def verify(self):
        return {}

    def rate_limit(self):
        return Refused(429, {"error": "too many requests"}, {"Retry-After": "1"})

    def trouble(self):
        return Refused(503, {"error": "temporarily unavailable"})

    # --- deliveries
    def deliver(self, body, content_type="application/json", twice=False, headers=None):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        with self.lock:
            if self.held is not None:
                self.held += [(body, content_type, headers)] * (2 if twice else 1)
                return {"held": len(self.held)}
        statuses = [self.deliver_now(body, content_type, headers) for _ in range(2 if twice else 1)]
        return {"statuses": statuses}

    def deliver_now(self, body, content_type, headers=None):
        status = 0
        for attempt in range(self.retries):
            status, _ = self.call_receiver("POST", "", body, {"Content-Type": content_type, **self.sign(body), **(headers or {})})
            if 200 <= status < 300 or 400 <= status < 500:
                break
            time.sleep(0.2 * 2 ** attempt)
        with self.lock:
            self.deliveries.append(status)
        return status

    def call_receiver(self, method, query, body=None, headers=None):
        url = urllib.parse.urlsplit(self.options.deliver_to)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
        try:
            connection.request(method, url.path + (("?" + query) if query else ""), body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    # --- control
    def control(self, method, what, words):
        with self.lock:
            if what == "posted":
                return self.posted
            if what == "refused":
                return self.refused
            if what == "deliveries":
                return self.deliveries
            if what == "fail":
                self.failures += [words["mode"]] * int(words.get("times", 1))
                return {"failing": self.failures}
            if what == "hold":
                self.held = self.held or []
                return {"held": len(self.held)}
        if what == "release":
            with self.lock:
                held, self.held = self.held or [], None
            if words.get("reverse"):
                held.reverse()
            return {"statuses": [self.deliver_now(*one) for one in held]}
        if what == "verify":
            return self.verify()
        if what == "say":
            return self.say(words)
        raise Refused(404, {"error": "unknown control " + what})

    def answer(self, method, path, query, headers, body):
        """Answers a call of the network's own interface; the failures that were asked for come first."""
        with self.lock:
            mode = self.failures.pop(0) if self.failures else None
        if mode == "rate-limit":
            raise self.rate_limit()
        if mode == "error":
            raise self.trouble()
        if mode == "silent":
            time.sleep(60)
            return None
        result = self.handle(method, path, query, headers, body)
        return None if mode == "lost" else result

    def remember(self, **what):
        with self.lock:
            self.posted.append(what)


def make_handler(fake):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def serve(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            url = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
            try:
                if url.path.startswith("/_control/"):
                    result = fake.control(self.command, url.path[10:], json.loads(body or b"{}"))
                else:
                    if fake.stream(self, url.path, query):
                        return
                    result = fake.answer(self.command, url.path, query, self.headers, body)
                if result is None:
                    self.close_connection = True
                    return
                self.reply(200, result, {})
            except Refused as refused:
                with fake.lock:
                    fake.refused.append({"path": url.path, "status": refused.status, "body": refused.body})
                self.reply(refused.status, refused.body, refused.headers)

        def reply(self, status, body, headers):
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", headers.pop("Content-Type", "application/json"))
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = serve

    return Handler


Fake.stream = lambda self, handler, path, query: False  # a network with streams takes the connection over


def run(make, *arguments):
    """Parses the command line, serves until the input ends or for ever, and says the port."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free one; it is printed")
    parser.add_argument("--deliver-to", default="", help="where webhooks are delivered")
    parser.add_argument("--until-input-ends", action="store_true", help="end when standard input is closed")
    for name, default, text in arguments:
        parser.add_argument(name, default=default, help=text)
    options = parser.parse_args()
    fake = make(options)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), make_handler(fake))
    server.daemon_threads = True
    print(f"port {server.server_port}", flush=True)
    if options.until_input_ends:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
    else:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
