#!/usr/bin/env python3
"""Notifications of tasks reach people: by mail over a real SMTP server into a real mailbox, and by signed webhook.  Each once, also after
kill -9 and although the webhook's server fails at first.  Standard library only.

    notifier_test.py PROGRAM
"""
import email, hashlib, hmac, http.server, imaplib, json, os, pathlib, signal, subprocess, sys, tempfile, threading, time, unittest, urllib.error, urllib.request

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "tests/conformance"
SECRET = "the-webhook's-secret"


class Hook(http.server.BaseHTTPRequestHandler):
    """Takes notifications; the first attempt finds it busy."""
    protocol_version = "HTTP/1.1"
    attempts, taken = [], []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.attempts.append(self.headers["Idempotency-Key"])
        busy = len(Hook.attempts) == 1
        if not busy:
            signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            Hook.taken.append((self.headers["Idempotency-Key"], self.headers["X-Echoflow-Signature"] == signed, json.loads(body)))
        self.send_response(503 if busy else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def eventually(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


class Notifier(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="echoflow-notifier-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        mails = subprocess.Popen([sys.executable, ROOT / "tests/channels/mail_servers.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(mails.wait, 30)
        self.addCleanup(mails.stdout.close)
        self.addCleanup(mails.stdin.close)
        _, self.imap, smtp, _ = mails.stdout.readline().split()
        if smtp == "0":
            self.skipTest("OpenSMTPD can be started by root only")
        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        self.addCleanup(hook.server_close)
        self.addCleanup(hook.shutdown)
        (self.folder / "desk.json").write_text(json.dumps({"notifications": {
            "webhook": f"http://127.0.0.1:{hook.server_port}/hook", "webhookSecret": "env:HOOK_SECRET",
            "mailServer": f"smtp://127.0.0.1:{smtp}", "mailFrom": "desk@acme.example", "mailTls": False}}))
        self.server = None
        self.start()
        self.addCleanup(self.stop, signal.SIGTERM)

    def start(self):
        log = open(self.folder / "log", "ab")
        started = (self.folder / "log").read_text().count("serves on http")
        self.server = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", self.folder / "data", "--desk", self.folder / "desk.json"],
                                       stderr=log, env={**os.environ, "HOOK_SECRET": SECRET})
        log.close()
        self.assertTrue(eventually(lambda: (self.folder / "log").read_text().count("serves on http") > started), "the server did not start")
        self.port = int((self.folder / "log").read_text().rpartition("serves on http://127.0.0.1:")[2].split()[0].rstrip(","))

    def stop(self, how):
        self.server.send_signal(how)
        self.server.wait(30)

    def call(self, method, path, body, kind="application/json"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": kind, "X-Actor": "olga"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def deploy(self):
        parts = b""
        for path in (SCENARIOS / "people_activity/notification_goes_on.bpel", *SCENARIOS.glob("**/probe.wsdl")):
            parts += f'--b\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'.encode() + path.read_bytes() + b"\r\n"
        status, text = self.call("POST", "/api/v1/deployments", parts + b"--b--\r\n", "multipart/form-data; boundary=b")
        self.assertEqual(status, 201, text)

    def mails(self):
        with imaplib.IMAP4("127.0.0.1", int(self.imap)) as box:
            box.login("sam@acme.example", "secret")
            if box.select(readonly=True)[0] != "OK":
                return []
            numbers = box.search(None, "ALL")[1][0].split()
            return [email.message_from_bytes(box.fetch(number, "(RFC822)")[1][0][1]) for number in numbers]

    def test_mail_and_webhook_are_told_once(self):
        status, text = self.call("PUT", "/api/v1/agents/sam", json.dumps({"groups": ["support"], "mail": "sam@acme.example"}).encode())
        self.assertIn(status, (200, 201, 204), text)
        self.deploy()
        start = {"processKey": "notification_goes_on", "message": {"body": "hello"}}
        status, text = self.call("POST", "/api/v1/process-instances", json.dumps(start).encode())
        self.assertEqual(status, 201, text)
        self.assertTrue(eventually(lambda: Hook.attempts), "the webhook was not called")
        self.stop(signal.SIGKILL)
        self.start()
        self.assertTrue(eventually(lambda: Hook.taken and self.mails()), (self.folder / "log").read_text())
        key, signed, told = Hook.taken[0]
        self.assertTrue(signed, "the signature is not that of the body under the secret")
        self.assertEqual(set(Hook.attempts), {key}, "each attempt has the same key")
        self.assertIn("Told", told["name"])
        self.assertEqual(told["recipients"], ["group:support"])
        self.stop(signal.SIGKILL)
        self.start()
        status, text = self.call("POST", "/api/v1/process-instances", json.dumps(start).encode())
        self.assertEqual(status, 201, text)
        self.assertTrue(eventually(lambda: len(self.mails()) >= 2), "the second notification has not come")
        mails = self.mails()
        self.assertEqual(len({mail["Message-ID"] for mail in mails}), 2, [mail["Message-ID"] for mail in mails])
        self.assertTrue(eventually(lambda: len({key for key, _, _ in Hook.taken}) == 2), Hook.taken)
        self.assertTrue(all(mail["To"] == "sam@acme.example" for mail in mails))


if __name__ == "__main__":
    unittest.main()
