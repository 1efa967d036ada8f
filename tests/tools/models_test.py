#!/usr/bin/env python3
"""Process models on the command line and in deployments: import, check, deploy, run.  Standard library only.

    models_test.py PROGRAM [unittest arguments]
"""
import io, json, os, pathlib, re, subprocess, sys, tempfile, threading, time, unittest, urllib.request, urllib.error, zipfile

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = pathlib.Path(__file__).resolve().parents[2]
TWIN = ROOT / "tests" / "models" / "notations" / "twin"
MODELS = {"complaint.bpmn": "application/xml", "complaint.xml": "text/xml", "complaint.epml": "application/xml"}


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0", *options], stderr=subprocess.PIPE, text=True)
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"serves on (http://[^:]+:\d+)", line)
            if found:
                self.url = found.group(1)
                break
        else:
            raise AssertionError("the server did not start: " + "".join(self.log))
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def call(self, method, path, body=None, content_type="application/json"):
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(self.url + path, data, {"X-Actor": "anna", **({"Content-Type": content_type} if data is not None else {})}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                status, content = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        try:
            return status, json.loads(content)
        except ValueError:
            return status, content

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.process.stderr.close()


class CommandLine(unittest.TestCase):
    def test_import_writes_what_would_run(self):
        for name in MODELS:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                done = run("import", TWIN / name, "-o", folder, "--json")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                answer = json.loads(done.stdout)
                self.assertGreater(answer["counts"]["kept"], 20)
                written = [pathlib.Path(file) for file in answer["files"]]
                self.assertTrue(any(file.suffix == ".bpel" for file in written), written)
                self.assertTrue(any(file.suffix == ".wsdl" for file in written), written)
                checked = run("check", folder)
                self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_import_tells_what_it_lost(self):
        done = run("import", TWIN / "complaint.epml")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"(?m)^function +5 +0 +0$")

    def test_models_are_checked_as_they_are(self):
        for name in MODELS:
            done = run("check", TWIN / name)
            self.assertEqual(done.returncode, 0, name + "\n" + done.stdout)

    def test_findings_name_the_model_and_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "broken.epml")
            file.write_text((TWIN / "complaint.epml").read_text().replace('target="3"', 'target="333"'))
            done = run("check", file)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stdout, re.escape(str(file)) + r":\d+:\d+: EPC The arrow '201' ends at '333'")

    def test_other_xml_is_told_what_is_accepted(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "note.bpmn")
            file.write_text("<note/>")
            done = run("check", file)
            self.assertEqual(done.returncode, 1)
            self.assertIn("BPMN 2.0", done.stdout)


class Deployment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server("--data", cls.folder.name)
        agent = {"name": "Anna", "automatic": False, "groups": ["Kundenservice", "Buchhaltung", "Customer service", "Accounting"]}
        status, answer = cls.server.call("PUT", "/api/v1/agents/anna", agent)
        assert status in (200, 201, 204), answer
        cls.server.call("PUT", "/api/v1/agents/anna/presence", {"presence": "online"})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def deploy(self, name, content_type):
        status, answer = self.server.call("POST", f"/api/v1/deployments?name={name}", (TWIN / name).read_bytes(), content_type)
        self.assertEqual(status, 201, answer)
        return answer["processes"][0]

    def wait_for(self, what, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = what()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("it did not come")

    def tasks_of(self, instance):
        status, answer = self.server.call("GET", "/api/v1/tasks?limit=100")
        self.assertEqual(status, 200, answer)
        return [t for t in answer["items"] if t.get("instanceId") == instance and t["state"] in ("ready", "reserved", "inProgress")]

    def do(self, task, wanted):
        """Does a task; where it decides, the way of that name is taken."""
        for act in ("claim", "start"):
            status, answer = self.server.call("POST", f"/api/v1/tasks/{task['id']}/{act}", {})
            self.assertEqual(status, 200, answer)
        ways = [way["name"] for way in answer["outcomes"] if way["label"] == wanted]
        return self.server.call("POST", f"/api/v1/tasks/{task['id']}/complete", {"outcome": ways[0]} if ways else {})

    def play(self, name, ids, way, variables={}):
        """Deploys, starts and does all tasks; `ids` are elements that must have been done."""
        process = self.deploy(name, MODELS[name])
        status, answer = self.server.call("GET", f"/api/v1/process-definitions/{process['id']}/source")
        self.assertEqual(answer if isinstance(answer, bytes) else b"", (TWIN / name).read_bytes())
        status, instance = self.server.call("POST", "/api/v1/process-instances", {"processKey": process["key"], "variables": variables})
        self.assertIn(status, (200, 201, 202), instance)
        instance = instance["id"]
        for _ in range(10):
            state = self.wait_for(lambda: self.settled(instance))
            if state != "waiting":
                break
            for task in self.tasks_of(instance):
                status, answer = self.do(task, way)
                self.assertIn(status, (200, 204), (task, answer))
        self.assertEqual(state, "completed")
        status, answer = self.server.call("GET", f"/api/v1/process-instances/{instance}/activities?limit=500")
        passed = {a["elementId"] for a in answer["items"] if a["state"] == "completed"}
        self.assertLessEqual(ids, passed)

    def settled(self, instance):
        status, answer = self.server.call("GET", f"/api/v1/process-instances/{instance}")
        if answer["state"] != "active" and answer["state"] != "running":
            return answer["state"]
        return "waiting" if self.tasks_of(instance) else None

    def test_broken_models_are_refused(self):
        text = (TWIN / "complaint.epml").read_bytes().replace(b'target="3"', b'target="333"')
        status, answer = self.server.call("POST", "/api/v1/deployments?name=broken", text, "application/xml")
        self.assertEqual(status, 422, answer)
        self.assertEqual(answer["violations"][0]["file"], "broken.epml")
        self.assertGreater(answer["violations"][0]["line"], 1)
        status, answer = self.server.call("POST", "/api/v1/deployments?name=note", b"<note/>", "application/xml")
        self.assertEqual(status, 422, answer)

    def test_a_model_beside_a_process(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as out:
            for file in (ROOT / "examples" / "greeting").iterdir():
                out.write(file, file.name)
            out.write(TWIN / "complaint.epml", "models/complaint.epml")
        status, answer = self.server.call("POST", "/api/v1/deployments?name=both", archive.getvalue(), "application/zip")
        self.assertEqual(status, 201, answer)
        self.assertEqual(len(answer["processes"]), 2)
        for process in answer["processes"]:
            for endpoint in process["endpoints"]:
                with urllib.request.urlopen(endpoint["url"] + "?wsdl", timeout=60) as response:
                    self.assertIn(b"definitions", response.read())

    def test_the_epc_runs(self):
        self.play("complaint.epml", {"2", "7", "8", "15"}, "Beschwerde berechtigt")

    def test_the_aris_export_runs(self):
        self.play("complaint.xml", {"ObjOcc.2h4----x--", "ObjOcc.ch4----x--", "ObjOcc.fh4----x--"}, "Beschwerde unberechtigt")

    def test_the_bpmn_runs(self):
        self.play("complaint.bpmn", {"pruefen", "gutschrift", "entschuldigen", "schliessen"}, "Beschwerde berechtigt", {"Beschwerdeschreiben": "Die Lampe ist kaputt."})

    def test_models_are_there_after_a_start(self):
        self.deploy("complaint.bpmn", "application/xml")
        type(self).server.stop()
        type(self).server = Server("--data", self.folder.name)
        status, answer = self.server.call("POST", "/api/v1/process-instances", {"processKey": self.deploy_key(), "variables": {}})
        self.assertIn(status, (200, 201, 202), answer)

    def deploy_key(self):
        status, answer = self.server.call("GET", "/api/v1/process-definitions?limit=100")
        return next(p["key"] for p in answer["items"] if "Beschwerdemanagement" in p["key"])


if __name__ == "__main__":
    unittest.main()
