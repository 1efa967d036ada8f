#!/usr/bin/env python3
"""Kills a server while customers speak and are answered, and checks that everybody is answered, and nobody twice.

    answers_test.py SERVER-BINARY [--kills N] [--comments N] [--seed N]

A network calls the server's webhook, again and again until it is acknowledged, sometimes twice, and takes its answers slowly, so that
the server is killed before, while and after an answer is sent. In the end each comment has exactly one answer, each was taken
by one instance, and the journal's hash chain is whole.
"""
import argparse
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).parent
SCHEMA = HERE.parent.parent / "models" / "cx" / "schema"
SECRET, PAGE = "a secret of the test", "1"


class Network(BaseHTTPRequestHandler):
    """Keeps the answers below each comment; slow, so that its answers get lost when the server is killed."""
    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    answers = {}
    dice = random.Random(0)

    def log_message(self, *_):
        pass

    def reply(self, value):
        body = json.dumps(value).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass

    def target(self):
        return urllib.parse.urlparse(self.path).path.split("/")[1]

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        text = json.loads(raw)["message"] if raw.startswith("{") else urllib.parse.parse_qs(raw)["message"][0]
        time.sleep(Network.dice.random() * 0.05)
        with Network.lock:
            below = Network.answers.setdefault(self.target(), [])
            below.append(text)
            name = f"{self.target()}_{len(below)}"
        time.sleep(Network.dice.random() * 0.15)
        self.reply({"id": name})

    def do_GET(self):
        with Network.lock:
            below = list(Network.answers.get(self.target(), []))
        self.reply({"data": [{"id": f"{self.target()}_{i + 1}", "message": text, "from": {"id": PAGE}} for i, text in enumerate(below)]})


class NetworkServer(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A killed server breaks its connections; that is no news."""


class Server:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.process = binary, folder, None
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.log = open(os.path.join(folder, "log"), "ab")

    def start(self):
        environment = dict(os.environ, TEST_SECRET=SECRET)
        command = [self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", os.path.join(self.folder, "data"),
                   "--channels", os.path.join(self.folder, "channels.toml")]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment)
        for _ in range(600):
            try:
                if self.request("GET", "/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the server does not start: see its log:\n" + open(self.log.name).read())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


def say(server, number, dice, acknowledged):
    """One comment, delivered until it is acknowledged, and sometimes once more."""
    change = {"field": "feed", "value": {"item": "comment", "verb": "add", "post_id": "1_0", "comment_id": f"1_{number}", "parent_id": "1_0",
                                         "from": {"id": str(1000 + number), "name": "A customer"}, "message": f"parcel {number}",
                                         "created_time": int(time.time())}}
    body = json.dumps({"object": "page", "entry": [{"id": PAGE, "time": 1, "changes": [change]}]}).encode()
    headers = {"Content-Type": "application/json",
               "X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}
    times = 1 if dice.random() < 0.7 else 2
    while times > 0:
        try:
            if server.request("POST", "/channels/page/webhook", body, headers)[0] == 200:
                times -= 1
                continue
        except OSError:
            pass
        time.sleep(0.05)
    acknowledged.append(number)


def deploy(binary, server, folder):
    sources = pathlib.Path(folder) / "sources"
    sources.mkdir()
    for file in [HERE / "answering.bpel", SCHEMA / "echoflow-cx.wsdl", SCHEMA / "echoflow-cx.xsd"]:
        (sources / file.name).write_bytes(file.read_bytes())
    subprocess.run([binary, "deploy", str(sources), "--server", f"http://127.0.0.1:{server.port}"], check=True, stdout=subprocess.DEVNULL)


def all_feedback(server):
    items, cursor = [], ""
    while True:
        page = json.loads(server.request("GET", "/api/v1/feedback?limit=1000" + (f"&cursor={cursor}" if cursor else ""))[1])
        items += page["items"]
        cursor = page.get("nextCursor")
        if not cursor:
            return items


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--comments", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    Network.dice = random.Random(options.seed + 1)
    network = NetworkServer(("127.0.0.1", 0), Network)
    threading.Thread(target=network.serve_forever, daemon=True).start()
    folder = tempfile.mkdtemp(prefix="echoflow-answers-")
    pathlib.Path(folder, "channels.toml").write_text(
        f'[channels.page]\nnetwork = "facebook"\napp_secret = "env:TEST_SECRET"\nverify_token = "env:TEST_SECRET"\n'
        f'access_token = "env:TEST_SECRET"\npage_id = "{PAGE}"\napi_url = "http://127.0.0.1:{network.server_port}"\n')
    server = Server(options.binary, folder)
    server.start()
    deploy(options.binary, server, folder)
    acknowledged = []

    def customers():
        for number in range(1, options.comments + 1):
            say(server, number, dice, acknowledged)
            time.sleep(dice.random() * 0.08)

    speaking = threading.Thread(target=customers)
    speaking.start()
    for _ in range(options.kills):
        time.sleep(0.3 + random.Random(options.seed + _).random())
        server.kill()
        server.start()
    speaking.join()
    deadline = time.time() + 90
    while time.time() < deadline and len(Network.answers) < options.comments:
        time.sleep(0.2)
    time.sleep(2)
    wrong = []
    for number in range(1, options.comments + 1):
        answers = Network.answers.get(f"1_{number}", [])
        if answers != [f"We are sorry about parcel {number}"]:
            wrong.append(f"comment {number} has the answers {answers}")
    said = all_feedback(server)
    for each in said:
        if each["status"] != "taken" or len(each["instanceIds"]) != 1:
            wrong.append(f"feedback {each['externalId']} is {each['status']} by {each['instanceIds']}")
    if len(said) != options.comments:
        wrong.append(f"{len(said)} pieces of feedback instead of {options.comments}")
    server.stop()
    verified = subprocess.run([options.binary, "verify", os.path.join(folder, "data")], capture_output=True, text=True)
    if verified.returncode != 0:
        wrong.append(verified.stdout)
    print(f"{options.comments} comments, {options.kills} kills, {sum(map(len, Network.answers.values()))} answers; {verified.stdout.strip()}")
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
