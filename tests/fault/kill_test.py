#!/usr/bin/env python3
"""Kills a server under load, again and again, and checks that nothing acknowledged is lost and nothing is done twice.

    kill_test.py SERVER-BINARY [--kills N] [--clients N] [--seed N] [--database URL] [--seconds-between S]

Clients start instances (one-way, 202 is the acknowledgement) and finish them (request-response under an Idempotency-Key); each
instance calls a partner twice. The server is killed with SIGKILL at random moments. In the end every acknowledged instance has
answered, each partner call arrived under one idempotency key, and the journal's hash chain is whole.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).parent
NS = "urn:echoflow:test:survivor"


def envelope(body):
    return f'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>'.encode()


class Partner(BaseHTTPRequestHandler):
    """Counts calls by their content and remembers under which keys each arrived."""
    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    keys = {}
    calls = 0

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        text = re.search(r"count[^>]*>([^<]+)<", body).group(1)
        with Partner.lock:
            Partner.calls += 1
            Partner.keys.setdefault(text, set()).add(self.headers["Idempotency-Key"])
        answer = envelope(f'<s:counted xmlns:s="{NS}">{text}</s:counted>')
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, binary, port, store):
        self.binary, self.port, self.store, self.process = binary, port, store, None
        self.log = tempfile.TemporaryFile()

    def start(self):
        self.process = subprocess.Popen([self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", *self.store], stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                if self.request("GET", "/ready", timeout=2)[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                self.log.seek(0)
                sys.exit("the server does not come up again:\n" + self.log.read().decode(errors="replace")[-3000:])
            time.sleep(0.02)
        sys.exit("the server does not become ready")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def request(self, method, path, body=None, headers=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


class Clients:
    """Starts and finishes instances until told to stop; remembers what was acknowledged."""
    def __init__(self, server, path, count, seed, pause=0):
        self.server, self.path, self.stop, self.pause = server, path, threading.Event(), pause
        self.acknowledged, self.finished, self.problems = set(), {}, []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(i, random.Random(seed * 1000 + i)), daemon=True) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def soap(self, element, text, key):
        return self.server.request("POST", self.path, envelope(f'<s:{element} xmlns:s="{NS}">{text}</s:{element}>'),
                                   {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{element}"', "Idempotency-Key": key})

    def begin(self, name):
        status, body = self.soap("begin", name, "begin-" + name)
        if status == 202:
            with self.lock:
                self.acknowledged.add(name)
        elif status != 503:
            self.problems.append(f"begin {name}: {status} {body[:300]}")

    def finish(self, name):
        status, body = self.soap("finish", name, "finish-" + name)
        if status == 200:
            found = re.search(r"finished[^>]*>([^<]*)<", body.decode())
            with self.lock:
                before = self.finished.setdefault(name, found.group(1) if found else body)
            if found is None or before != found.group(1) or found.group(1) != f"{name} {name} second":
                self.problems.append(f"finish {name}: wrong answer {body[:300]}")
            return True
        if status not in (503,):
            self.problems.append(f"finish {name}: {status} {body[:300]}")
        return False

    def run(self, number, rng):
        count = 0
        while not self.stop.wait(self.pause):
            name = f"c{number}-{count}"
            count += 1
            try:
                self.begin(name)
                with self.lock:
                    open_ones = sorted(self.acknowledged - set(self.finished))
                if open_ones and rng.random() < 0.7:
                    self.finish(rng.choice(open_ones))
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)


def multipart(files):
    return ("".join(f'--b\r\nContent-Disposition: form-data; name="f"; filename="{n}"\r\n\r\n{t}\r\n' for n, t in files.items()) + "--b--\r\n").encode()


def deploy_survivor(server, partner_port, pause="PT0.2S"):
    """Returns the path of its endpoint. `pause`: how long an instance sleeps between its two partner calls."""
    descriptor = json.dumps({"partners": {"counter": {"address": f"http://127.0.0.1:{partner_port}/", "timeoutSeconds": 10,
                                                      "retry": {"times": 5, "delaySeconds": 0.1}}}})
    files = {"survivor.bpel": (HERE / "survivor.bpel").read_text().replace("PT0.2S", pause),
             "survivor.wsdl": (HERE / "survivor.wsdl").read_text(), "echoflow.json": descriptor}
    status, body = server.request("POST", "/api/v1/deployments?name=survivor", multipart(files), {"Content-Type": "multipart/form-data; boundary=b"})
    if status != 201:
        sys.exit(f"not deployed: {status} {body.decode()}")
    return "/" + json.loads(body)["processes"][0]["endpoints"][0]["url"].split("/", 3)[3]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database")
    parser.add_argument("--seconds-between", type=float, default=1.5)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    partner = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=partner.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as work:
        server = Server(options.server, free_port(), ["--database", options.database] if options.database else ["--data", os.path.join(work, "data")])
        server.start()
        path = deploy_survivor(server, partner.server_address[1])
        clients = Clients(server, path, options.clients, options.seed)
        for _ in range(options.kills):
            time.sleep(rng.uniform(0.2, 1.8) * options.seconds_between)
            server.kill()
            server.start()
        time.sleep(0.5)
        clients.stop.set()
        for thread in clients.threads:
            thread.join(60)
        problems = finish_all(clients) + clients.problems + check(clients, server)
        server.process.terminate()
        server.process.wait(60)
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    print(f"{options.kills} kills survived, {len(clients.acknowledged)} acknowledged instances, {len(clients.finished)} replies, {Partner.calls} partner calls, {len(problems)} problems")
    return bool(problems)


def finish_all(clients):
    """Every acknowledged instance must answer; a finish whose answer was lost is asked again under its key."""
    problems = []
    for name in sorted(clients.acknowledged):
        for _ in range(50):
            try:
                if clients.finish(name):
                    break
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        else:
            problems.append(f"{name}: acknowledged, but it never answered")
    return problems


def check(clients, server):
    problems = []
    for name in clients.acknowledged:
        for step in ("first", "second"):
            keys = Partner.keys.get(f"{name} {step}", set())
            if len(keys) != 1:
                problems.append(f"{name}: the {step} partner call arrived under {len(keys)} keys {sorted(keys)}")
    status, body = server.request("GET", "/api/v1/process-instances?state=faulted&limit=5")
    if status != 200 or json.loads(body).get("items"):
        problems.append(f"faulted instances: {body[:600]}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
