#!/usr/bin/env python3
"""The program with channels: networks call it, signed; what comes is durable before it is answered.  Standard library only.

    channels_test.py PROGRAM [unittest arguments]
"""
import hashlib, hmac, http.client, json, os, pathlib, re, signal, smtplib, subprocess, sys, tempfile, threading, time, unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECRETS = {"FB_SECRET": "facebook-app-secret", "FB_VERIFY": "facebook-verify", "FB_TOKEN": "facebook-access-token", "IMPORT_SECRET": "import-secret-1", "MAIL_PASSWORD": "secret"}
CHANNELS = """
[channels.page]
network = "facebook"
page_id = "page-1"
app_secret = "env:FB_SECRET"
verify_token = "env:FB_VERIFY"
access_token = "env:FB_TOKEN"
api_url = "{api}"

[channels.opinion]
network = "survey"
survey = "nps"
question = "Would you recommend us?"

[channels.export]
network = "import"
secret = "env:IMPORT_SECRET"
mapping = {{ id = "nr", text = "words" }}
"""


class Fake:
    def __init__(self, deliver_to):
        self.process = subprocess.Popen([sys.executable, os.path.join(ROOT, "tests/channels/fakes/facebook.py"), "--deliver-to", deliver_to, "--until-input-ends"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def control(self, what, **words):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/_control/" + what, json.dumps(words))
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


class Server:
    def __init__(self, folder, port=0):
        words = [PROGRAM, "serve", "--listen", f"127.0.0.1:{port}", "--data", os.path.join(folder, "data"), "--channels", os.path.join(folder, "channels.toml")]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env={**os.environ, **SECRETS})
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"serves on http://127.0.0.1:(\d+)", line):
                self.port = int(found.group(1))
                break
        else:
            raise AssertionError("the server did not start: " + "".join(self.log))
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        data = answer.read().decode()
        connection.close()
        return answer.status, data

    def counters(self, name):
        return json.loads(self.call("GET", "/api/v1/channels/" + name)[1])["counters"]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(30)
        self.reader.join(10)
        self.process.stderr.close()


class Channels(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.write("http://127.0.0.1:1")
        self.server = Server(self.folder.name)

    def tearDown(self):
        self.server.stop()
        self.folder.cleanup()

    def write(self, api):
        pathlib.Path(self.folder.name, "channels.toml").write_text(CHANNELS.format(api=api))

    def test_facebook_calls_and_is_answered(self):
        fake = Fake(f"http://127.0.0.1:{self.server.port}/channels/page/webhook")
        try:
            self.assertTrue(fake.control("verify")["verified"])
            self.assertEqual(fake.control("say", text="My parcel is lost", twice=True)["statuses"], [200, 200])
            self.assertEqual(self.server.counters("page")["received"], 2)
        finally:
            fake.close()

    def test_forged_calls_are_refused_and_counted(self):
        body = json.dumps({"object": "page", "entry": []})
        code = hmac.new(b"guess", body.encode(), hashlib.sha256).hexdigest()
        status, _ = self.server.call("POST", "/channels/page/webhook", body, {"X-Hub-Signature-256": "sha256=" + code})
        self.assertEqual(status, 401)
        self.assertEqual(self.server.call("POST", "/channels/page/webhook", body)[0], 401)
        self.assertEqual(self.server.counters("page")["refusedSignature"], 2)
        self.assertEqual(self.server.call("POST", "/channels/nobody/webhook", body)[0], 404)
        self.assertEqual(self.server.call("PUT", "/channels/page/webhook", body)[0], 405)
        log = "".join(self.server.log)
        for name in ("FB_SECRET", "FB_VERIFY", "FB_TOKEN", "IMPORT_SECRET"):
            self.assertNotIn(SECRETS[name], log)

    def test_rules_can_be_asked(self):
        listed = json.loads(self.server.call("GET", "/api/v1/channels")[1])["items"]
        self.assertEqual([c["name"] for c in listed], ["export", "opinion", "page"])
        rules = json.loads(self.server.call("GET", "/api/v1/channels/page")[1])["rules"]
        self.assertEqual((rules["maxPrivate"], rules["privateWindowSeconds"], rules["privateReplies"]), (2000, 604800, 1))
        self.assertEqual(self.server.call("GET", "/api/v1/channels/nobody")[0], 404)

    def test_survey_page_and_answer(self):
        status, page = self.server.call("GET", "/channels/opinion/webhook")
        self.assertEqual(status, 200)
        number = re.search(r'name="id" value="([0-9a-f]{32})"', page).group(1)
        status, page = self.server.call("POST", "/channels/opinion/webhook", f"id={number}&score=10&comment=Great", {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(status, 200)
        self.assertIn("Thank you", page)

    def test_import_with_progress(self):
        path = pathlib.Path(self.folder.name, "export.csv")
        path.write_text("nr,words\n" + "".join(f"{i},\"Post {i}, with a comma\"\n" for i in range(1234)))
        done = subprocess.run([PROGRAM, "feedback", "import", str(path), "--channel", "export", "--server", f"http://127.0.0.1:{self.server.port}", "--secret", "env:IMPORT_SECRET"],
                              capture_output=True, text=True, env={**os.environ, **SECRETS}, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1234 records", done.stdout)
        self.assertEqual(self.server.counters("export")["received"], 1234)

    @unittest.skipUnless(os.geteuid() == 0, "OpenSMTPD can be started by root only")
    def test_mails_come_in_from_a_real_server(self):
        servers = subprocess.Popen([sys.executable, os.path.join(ROOT, "tests/channels/mail_servers.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            _, imap, smtp, _ = servers.stdout.readline().split()
            pathlib.Path(self.folder.name, "channels.toml").write_text(
                f'[channels.desk]\nnetwork = "email"\naddress = "desk@acme.example"\nimap_url = "imap://127.0.0.1:{imap}"\n'
                f'smtp_url = "smtp://127.0.0.1:{smtp}"\nuser = "desk@acme.example"\npassword = "env:MAIL_PASSWORD"\ntls = false\n'
                'smtp_login = false\npoll_seconds = 1\nbacklog = true\n')
            self.server.stop()
            self.server = Server(self.folder.name)
            with smtplib.SMTP("127.0.0.1", int(smtp)) as connection:
                for number in range(3):
                    connection.sendmail("ute@example.org", ["desk@acme.example"], f"From: ute@example.org\r\nMessage-ID: <{number}@example.org>\r\nSubject: Order\r\n\r\nWhere is it?\r\n")
            for _ in range(200):
                if self.server.counters("desk")["received"] == 3:
                    break
                time.sleep(0.1)
            self.assertEqual(self.server.counters("desk")["received"], 3)
            self.server.stop(signal.SIGKILL)
            self.server = Server(self.folder.name)
            time.sleep(2.5)
            self.assertEqual(self.server.counters("desk")["received"], 0, "the cursor lies behind what is durable")
        finally:
            servers.stdin.close()
            servers.stdout.close()
            servers.wait(30)

    def test_a_wrong_setting_is_named(self):
        pathlib.Path(self.folder.name, "channels.toml").write_text('[channels.page]\nnetwork = "facebook"\npage_id = "1"\napp_secret = "plain"\n')
        done = subprocess.run([PROGRAM, "serve", "--listen", "127.0.0.1:0", "--in-memory", "--channels", os.path.join(self.folder.name, "channels.toml")],
                              capture_output=True, text=True, timeout=60)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("'app_secret' is a secret", done.stderr)


if __name__ == "__main__":
    unittest.main()
