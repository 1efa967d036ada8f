#!/usr/bin/env python3
"""Drives the real program over its command line and its HTTP interface.  Standard library only.

    server_test.py PROGRAM [unittest arguments]
"""
import http.client, io, json, os, pathlib, re, signal, subprocess, sys, tempfile, threading, time, unittest, xml.etree.ElementTree, zipfile

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
GREETING = "urn:echoflow:example:greeting"


def envelope(body, headers=""):
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Header>{headers}</s:Header><s:Body>{body}</s:Body></s:Envelope>'.encode()


def greet(name, language="en"):
    return f'<greet xmlns="{GREETING}"><name>{name}</name><language>{language}</language></greet>'


def files_of(example):
    folder = os.path.join(ROOT, "examples", example)
    return {name: pathlib.Path(folder, name).read_bytes() for name in sorted(os.listdir(folder))}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def run(*words, env=None):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})


class Server:
    """A server of its own on a free port."""

    def __init__(self, *options, listen="127.0.0.1:0"):
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", listen, *options], stderr=subprocess.PIPE, text=True)
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"serves on https?://([^:]+|\[[^]]+\]):(\d+)", line)
            if found:
                self.port = int(found.group(2))
                break
        else:
            raise AssertionError("the server did not start: " + "".join(self.log))
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        self.url = f"http://127.0.0.1:{self.port}"

    def call(self, method, path, body=None, headers=None, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            if isinstance(body, (dict, list)):
                body, headers = json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})}
            connection.putrequest(method, path, skip_host=host is not None)
            if host is not None:
                connection.putheader("Host", host)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def json(self, method, path, body=None, headers=None):
        status, _, data = self.call(method, path, body, headers)
        return status, json.loads(data) if data else None

    def deploy(self, example, headers=None):
        status, _, data = self.call("POST", f"/api/v1/deployments?name={example}", zipped(files_of(example)), {"Content-Type": "application/zip", **(headers or {})})
        assert status == 201, data
        return json.loads(data)

    def soap(self, path, body, headers=None, header_blocks=""):
        return self.call("POST", path, envelope(body, header_blocks), {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""', **(headers or {})})

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        finally:
            self.reader.join(5)
            self.process.stderr.close()


class WithServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--in-memory")
        cls.deployment = cls.server.deploy("greeting")
        cls.path = "/services/Greeting/caller"

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0, cls.server.log

    def problem(self, answer, status, **members):
        self.assertEqual(answer[0], status, answer)
        self.assertEqual(answer[1].get("Content-Type"), "application/problem+json", answer)
        problem = json.loads(answer[2])
        self.assertEqual(problem["status"], status)
        for name in ("type", "title", "detail"):
            self.assertTrue(problem[name])
        for name, value in members.items():
            self.assertEqual(problem.get(name), value, problem)
        return problem


class Soap(WithServer):
    def test_request_and_reply(self):
        status, headers, body = self.server.soap(self.path, greet("Ada"))
        self.assertEqual(status, 200, body)
        self.assertIn("text/xml", headers["Content-Type"])
        self.assertIn(b"Hello, Ada!", body)

    def test_published_url(self):
        endpoint = self.deployment["processes"][0]["endpoints"][0]
        self.assertEqual(endpoint["portType"], "{%s}Greeter" % GREETING)
        self.assertTrue(endpoint["url"].startswith(self.server.url + "/services/Greeting-"))
        self.assertEqual(self.server.soap(endpoint["url"][len(self.server.url):], greet("Ada"))[0], 200)

    def test_soap_12(self):
        body = envelope(greet("Ada")).replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope")
        status, headers, answer = self.server.call("POST", self.path, body, {"Content-Type": "application/soap+xml"})
        self.assertEqual(status, 200, answer)
        self.assertIn("application/soap+xml", headers["Content-Type"])
        status, _, answer = self.server.call("POST", self.path, body.replace(b"greet", b"great"), {"Content-Type": "application/soap+xml"})
        self.assertEqual(status, 400)
        self.assertIn(b"soap:Sender", answer)

    def test_mistakes_are_soap_faults(self):
        for body in (b"", b"no xml", b"<a/>", envelope("<other/>"), envelope(""), envelope(greet("x") * 2), b"<!DOCTYPE a []>" + envelope(greet("x"))):
            status, _, answer = self.server.call("POST", self.path, body, {"Content-Type": "text/xml"})
            self.assertEqual(status, 500, answer)
            self.assertIn(b"soap:Client", answer)
        self.assertEqual(self.server.call("POST", self.path, b"{}", {"Content-Type": "application/json"})[0], 415)
        self.assertEqual(self.server.call("POST", "/services/Nobody/x", envelope(""), {"Content-Type": "text/xml"})[0], 404)
        status, headers, _ = self.server.call("DELETE", self.path)
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD, POST"))
        status, _, answer = self.server.soap(self.path, greet("x"), header_blocks='<h:h xmlns:h="urn:h" s:mustUnderstand="1"/>')
        self.assertEqual(status, 500)
        self.assertIn(b"soap:MustUnderstand", answer)

    def test_too_large(self):
        status, _, answer = self.server.soap(self.path, greet("x" * (17 << 20)))
        self.assertEqual(status, 413, answer[:200])
        self.assertIn(b"xml-bytes", answer)

    def test_wsdl_names_this_server(self):
        status, headers, body = self.server.call("GET", self.path + "?wsdl")
        self.assertEqual(status, 200)
        self.assertIn("xml", headers["Content-Type"])
        self.assertIn(self.deployment["processes"][0]["endpoints"][0]["url"].encode(), body)
        self.assertNotIn(b"localhost:8080", body)
        self.assertEqual(self.server.call("GET", self.path + "?wsdl=greeting.bpel")[0], 404)
        self.assertEqual(self.server.call("GET", self.path + "?wsdl=..%2F..%2Fetc%2Fpasswd")[0], 404)

    def test_same_key_gets_the_same_reply(self):
        block = '<a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">urn:test:1</a:MessageID>'
        first = self.server.soap(self.path, greet("Once"), header_blocks=block)
        count = len(self.server.json("GET", "/api/v1/process-instances?limit=1000")[1]["items"])
        second = self.server.soap(self.path, greet("Once"), header_blocks=block)
        self.assertEqual((first[0], second[0]), (200, 200), second)
        self.assertEqual(first[2], second[2])
        self.assertIn(b"RelatesTo", first[2])
        self.assertEqual(count, len(self.server.json("GET", "/api/v1/process-instances?limit=1000")[1]["items"]))


class Rest(WithServer):
    def start(self, **members):
        status, answer = self.server.json("POST", "/api/v1/process-instances", {"processKey": "Greeting", **members})
        self.assertEqual(status, 201, answer)
        return answer

    def test_start_by_json(self):
        answer = self.start(message={"parameters": {"name": "Ada", "language": "de"}}, waitSeconds=10, businessKey="b-1")
        self.assertIn("Guten Tag, Ada!", answer["reply"]["parameters"])
        self.assertEqual(answer["businessKey"], "b-1")
        answer = self.start(variables={"name": "Bob"}, waitSeconds=10)
        self.assertIn("Hello, Bob!", answer["reply"]["parameters"])
        answer = self.start(message={"parameters": f'<greet xmlns="{GREETING}"><name>Cy</name></greet>'})
        self.assertNotIn("reply", answer)
        status, found = self.server.json("GET", "/api/v1/process-instances?businessKey=b-1")
        self.assertEqual(len(found["items"]), 1)

    def test_start_refuses_nonsense(self):
        def start(body):
            return self.server.call("POST", "/api/v1/process-instances", body if isinstance(body, bytes) else json.dumps(body).encode(), {"Content-Type": "application/json"})
        self.problem(start({"processKey": "Greeting", "colour": "red"}), 400, pointer="/colour")
        self.problem(start({"processKey": 7}), 400, pointer="/processKey")
        self.problem(start({"processKey": "Greeting", "processId": "1"}), 400)
        self.problem(start({"processKey": "Greeting", "waitSeconds": -1}), 400, pointer="/waitSeconds")
        self.problem(start({"processKey": "Greeting", "message": {"parameters": {"nam": "x"}}}), 400, pointer="/message/parameters")
        self.problem(start({"processKey": "Greeting", "message": {}}), 400, pointer="/message")
        self.problem(start({"processKey": "Greeting", "operation": "other", "message": {}}), 400, pointer="/operation")
        self.problem(start({"processKey": "Nobody", "message": {}}), 404)
        self.problem(start(b"{"), 400)
        self.problem(start(b'{"processKey":"Greeting","processKey":"Greeting"}'), 400)
        self.problem(start(b"[" * 100000), 400)
        self.problem(self.server.call("POST", "/api/v1/process-instances", b"{}", {"Content-Type": "text/plain"}), 415)
        self.problem(self.server.call("POST", "/api/v1/process-instances", b"x" * (17 << 20), {"Content-Type": "application/json"}), 413, limit="body-bytes")

    def test_views_of_an_instance(self):
        instance = self.start(message={"parameters": {"name": "Ada"}}, waitSeconds=10)["id"]
        base = f"/api/v1/process-instances/{instance}"
        status, row = self.server.json("GET", base)
        self.assertEqual((status, row["state"], row["processName"]), (200, "completed", "Greeting"), row)
        status, activities = self.server.json("GET", base + "/activities")
        names = [a["name"] for a in activities["items"]]
        self.assertIn("ReceiveGreeting", names)
        for activity in activities["items"]:
            self.assertIn(activity["state"], ("ready", "executing", "completed", "faulted", "terminated", "skipped", "compensated"))
        status, journal = self.server.json("GET", base + "/journal")
        self.assertEqual(status, 200)
        self.assertTrue(journal["items"])
        self.assertEqual(self.server.json("GET", base + "/faults")[1]["items"], [])
        self.assertEqual(self.server.json("GET", base + "/variables")[0], 200)
        for path in ("/api/v1/process-instances/999999999", "/api/v1/process-instances/abc", "/api/v1/process-instances/0/activities", base + "/variables/nothing"):
            self.problem(self.server.call("GET", path), 404)

    def test_keyset_pages(self):
        for _ in range(5):
            self.start(message={"parameters": {"name": "Page"}}, waitSeconds=10, businessKey="pages")
        seen, cursor = [], ""
        while True:
            status, page = self.server.json("GET", f"/api/v1/process-instances?businessKey=pages&limit=2{cursor}")
            self.assertEqual(status, 200, page)
            seen += [i["id"] for i in page["items"]]
            if "nextCursor" not in page:
                break
            cursor = "&cursor=" + page["nextCursor"]
        self.assertEqual(len(seen), 5)
        self.assertEqual(seen, sorted(seen, key=int, reverse=True))
        for query in ("limit=0", "limit=x", "limit=1001", "cursor=x", "state=odd", "startedAfter=yesterday", "unknown=1", "limit=1&limit=2", "state=%zz"):
            self.problem(self.server.call("GET", "/api/v1/process-instances?" + query), 400)
        self.assertEqual(self.server.json("GET", "/api/v1/process-instances?state=completed,running&startedAfter=2020-01-01T00:00:00Z&limit=1")[0], 200)

    def test_definitions(self):
        process = self.deployment["processes"][0]
        status, found = self.server.json("GET", "/api/v1/process-definitions/" + process["id"])
        self.assertEqual((status, found["key"]), (200, "{urn:echoflow:example:greeting:process}Greeting"))
        status, headers, source = self.server.call("GET", f"/api/v1/process-definitions/{process['id']}/source")
        self.assertEqual(source, files_of("greeting")["greeting.bpel"])
        self.problem(self.server.call("GET", "/api/v1/process-definitions/77777"), 404)

    def test_diagram(self):
        process = self.deployment["processes"][0]
        path = f"/api/v1/process-definitions/{process['id']}/diagram.svg"
        status, headers, svg = self.server.call("GET", path)
        self.assertEqual((status, headers["Content-Type"]), (200, "image/svg+xml"))
        drawn = {g.get("data-element") for g in xml.etree.ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}g")}
        started = self.start(message={"parameters": {"name": "Ada"}}, waitSeconds=10)
        status, activities = self.server.json("GET", f"/api/v1/process-instances/{started['id']}/activities")
        ran = {a["elementId"] for a in activities["items"] if a["type"] in ("receive", "reply")}
        self.assertTrue(ran and ran <= drawn, (ran, drawn))
        status, _, walked = self.server.call("GET", f"{path}?instance={started['id']}&lang=de")
        self.assertEqual(status, 200)
        self.assertIn("1 Durchläufe".encode(), walked)
        self.assertIn(b"#0b57a4", walked)
        self.assertEqual(self.server.call("GET", path + "?recent=10&layout=own")[0], 200)
        counted = []
        for query in ("counts=all", "from=2000-01-01T00:00:00Z", "counts=all&to=2000-01-01T00:00:00Z"):
            status, _, svg = self.server.call("GET", f"{path}?{query}&lang=de")
            self.assertEqual(status, 200, query)
            counted.append(max([int(n) for n in re.findall(r"(\d+) Durchläufe", svg.decode())], default=0))
        self.assertEqual(counted[0], counted[1])
        self.assertGreaterEqual(counted[0], 1)
        self.assertEqual(counted[2], 0)
        for query in ("lang=x%20y", "recent=0", "recent=1001", "layout=odd", "size=3", "counts=some", "from=then",
                      "counts=all&recent=3"):
            self.problem(self.server.call("GET", f"{path}?{query}"), 400)
        self.problem(self.server.call("GET", path + "?instance=987654"), 404)
        self.problem(self.server.call("GET", "/api/v1/process-definitions/77777/diagram.svg"), 404)

    def test_methods_and_paths(self):
        answer = self.server.call("PATCH", "/api/v1/deployments", b"")
        self.problem(answer, 405)
        self.assertEqual(answer[1]["Allow"], "POST, GET, HEAD")
        self.problem(self.server.call("GET", "/api/v1/nothing"), 404)
        self.problem(self.server.call("GET", "/api/v1/../v1/deployments"), 404)
        status, headers, body = self.server.call("HEAD", "/api/v1/deployments")
        self.assertEqual((status, body), (200, b""))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_watching(self):
        self.assertEqual(self.server.json("GET", "/health")[1]["status"], "up")
        self.assertEqual(self.server.json("GET", "/api/v1/ready")[1]["ready"], True)
        status, headers, body = self.server.call("GET", "/metrics")
        self.assertIn("text/plain; version=0.0.4", headers["Content-Type"])
        self.assertRegex(body.decode(), r"(?m)^echoflow_\w+(\{[^}]*\})? [0-9.e+]+$")
        self.assertEqual(self.server.json("GET", "/api/v1/incidents")[1], {"items": []})
        self.assertEqual(self.server.json("GET", "/openapi.json")[1]["openapi"], "3.1.0")

    def test_events_stream(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        connection.request("GET", "/events")
        response = connection.getresponse()
        self.assertEqual(response.getheader("Content-Type"), "text/event-stream")
        self.assertEqual(response.readline(), b": connected\n")
        instance = self.start(message={"parameters": {"name": "Event"}})["id"]
        lines = []
        while not any(instance in line for line in lines):
            lines.append(response.readline().decode())
        connection.close()
        self.assertTrue(any(line.startswith("event: instance-") for line in lines), lines)

    def test_foreign_hosts_and_origins_are_refused(self):
        self.assertEqual(self.server.call("GET", "/health", host="evil.example")[0], 403)
        self.assertEqual(self.server.call("POST", "/api/v1/messages", b"{}", {"Origin": "http://evil.example", "Content-Type": "application/json"})[0], 403)
        self.assertEqual(self.server.call("GET", "/health", host="localhost")[0], 200)


class Deployments(WithServer):
    def test_findings_refuse_the_whole(self):
        files = files_of("greeting")
        files["greeting.bpel"] = files["greeting.bpel"].replace(b'variable="reply"/>', b'variable="nothing"/>')
        answer = self.server.call("POST", "/api/v1/deployments?name=bad", zipped(files), {"Content-Type": "application/zip"})
        problem = self.problem(answer, 422)
        self.assertTrue(all({"rule", "severity", "message", "file", "line", "column"} <= set(v) for v in problem["violations"]))
        self.assertNotIn("bad", [d["name"] for d in self.server.json("GET", "/api/v1/deployments?limit=1000")[1]["items"]])

    def test_bad_archives(self):
        for body, status in ((b"", 400), (b"PK", 400), (zipped({}), 400), (zipped({"../x.bpel": b"<a/>"}), 400), (zipped({"a.xml": bytes(30 << 20)}), 413)):
            self.problem(self.server.call("POST", "/api/v1/deployments", body, {"Content-Type": "application/zip"}), status)
        self.problem(self.server.call("POST", "/api/v1/deployments", b"x", {"Content-Type": "application/xml"}), 422)
        self.problem(self.server.call("POST", "/api/v1/deployments", b"x", {"Content-Type": "image/png"}), 415)
        self.problem(self.server.call("POST", "/api/v1/deployments", b"x", {"Content-Type": "multipart/form-data; boundary=b"}), 400)

    def test_versions_multipart_and_removal(self):
        parts = b"".join(b'--b\r\nContent-Disposition: form-data; name="f"; filename="dir/%s"\r\n\r\n%s\r\n' % (n.encode(), d) for n, d in files_of("greeting").items())
        status, headers, body = self.server.call("POST", "/api/v1/deployments?name=again", parts + b"--b--\r\n", {"Content-Type": "multipart/form-data; boundary=b"})
        self.assertEqual(status, 201, body)
        deployed = json.loads(body)
        self.assertEqual(headers["Location"], "/api/v1/deployments/" + deployed["id"])
        self.assertEqual(deployed["processes"][0]["version"], self.deployment["processes"][0]["version"] + 1)
        self.assertEqual(deployed["processes"][0]["file"], "dir/greeting.bpel")
        self.assertEqual(self.server.soap(self.path, greet("New"))[0], 200)
        status, listed = self.server.json("GET", "/api/v1/deployments?limit=1")
        self.assertEqual((listed["items"][0]["id"], "nextCursor" in listed), (deployed["id"], True))
        self.assertEqual(self.server.call("DELETE", "/api/v1/deployments/" + deployed["id"] + "?cascade=true")[0], 204)
        self.problem(self.server.call("GET", "/api/v1/deployments/" + deployed["id"]), 404)
        self.problem(self.server.call("DELETE", "/api/v1/deployments/" + deployed["id"]), 404)
        self.problem(self.server.call("DELETE", "/api/v1/deployments/1?cascade=maybe"), 400)
        self.assertEqual(self.server.soap(self.path, greet("Old"))[0], 200)


class Operating(unittest.TestCase):
    """The order example: partner call, fault, correlation, and an operator's acts."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server("--in-memory")
        files = files_of("order")
        cls.server.deploy("warehouse")
        address = cls.server.json("GET", "/api/v1/process-definitions")[1]["items"][0]["endpoints"][0]["url"]
        files["echoflow.json"] = json.dumps({"partners": {"warehouse": {"address": address, "timeoutSeconds": 10}}}).encode()
        status, _, body = cls.server.call("POST", "/api/v1/deployments?name=order", zipped(files), {"Content-Type": "application/zip"})
        assert status == 201, body

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    def order(self, number, quantity=1):
        ns = "urn:echoflow:example:order"
        return self.server.soap("/services/Order/shop", f'<placeOrder xmlns="{ns}"><orderNumber>{number}</orderNumber><customer>Ada</customer><article>chair</article>'
                                f"<quantity>{quantity}</quantity><pricePerPiece>2.5</pricePerPiece></placeOrder>")

    def running(self):
        return self.server.json("GET", "/api/v1/process-instances?processKey=Order&state=running,suspended")[1]["items"][0]["id"]

    def test_partner_call_and_correlation(self):
        status, _, body = self.order("n-1", 2)
        self.assertEqual(status, 200, body)
        instance = self.running()
        status, answer = self.server.json("POST", "/api/v1/messages", {"portType": "{urn:echoflow:example:order}Orders", "operation": "pay",
                                                                      "message": {"payment": {"orderNumber": "n-1", "amount": 5}}})
        self.assertEqual(status, 202, answer)
        self.assertEqual(answer.get("id"), instance, answer)
        for _ in range(50):
            if self.server.json("GET", f"/api/v1/process-instances/{instance}")[1]["state"] == "completed":
                break
            time.sleep(0.1)
        self.assertEqual(self.server.json("GET", f"/api/v1/process-instances/{instance}")[1]["state"], "completed")

    def test_declared_fault(self):
        status, _, body = self.order("n-2", 1000000)
        self.assertEqual(status, 500, body)
        self.assertIn(b"<faultstring>refused</faultstring>", body)
        self.assertIn(b"orderRefused", body)

    def test_acts_need_who_and_why(self):
        self.order("n-3")
        base = "/api/v1/process-instances/" + self.running()
        self.assertEqual(self.server.call("POST", base + "/suspend", {"reason": "pause"})[0], 400)
        self.assertEqual(self.server.call("POST", base + "/suspend", {}, {"X-Actor": "ada"})[0], 400)
        self.assertEqual(self.server.call("POST", base + "/suspend", {"reason": "pause", "x": 1}, {"X-Actor": "ada"})[0], 400)
        status, row = self.server.json("POST", base + "/suspend", {"reason": "pause"}, {"X-Actor": "ada"})
        self.assertEqual((status, row["state"]), (200, "suspended"), row)
        self.assertEqual(self.server.json("POST", base + "/suspend", {"reason": "again"}, {"X-Actor": "ada"})[0], 409)
        self.assertEqual(self.server.json("POST", base + "/resume", {"reason": "go"}, {"X-Actor": "ada"})[1]["state"], "running")
        status, variable = self.server.json("GET", base + "/variables/status")
        self.assertEqual((status, variable["value"]), (200, "reserved"), variable)
        status, row = self.server.json("PUT", base + "/variables/status", {"value": "mended", "reason": "was wrong"}, {"X-Actor": "ada"})
        self.assertEqual(status, 200, row)
        self.assertEqual(self.server.json("GET", base + "/variables/status")[1]["value"], "mended")
        self.assertEqual(self.server.json("POST", base + "/activities/4000000000/retry", {"reason": "x"}, {"X-Actor": "ada"})[0], 404)
        status, row = self.server.json("POST", base + "/terminate", {"reason": "test ends"}, {"X-Actor": "ada"})
        self.assertEqual((status, row["state"]), (200, "terminated"), row)
        journal = json.dumps(self.server.json("GET", base + "/journal?limit=1000")[1])
        self.assertIn("ada", journal)
        self.assertIn("was wrong", journal)


class Tokens(unittest.TestCase):
    def test_roles(self):
        with tempfile.TemporaryDirectory() as folder:
            tokens = os.path.join(folder, "tokens")
            with open(tokens, "w") as out:
                out.write("designer-token-12345 designer dora\noperator-token-12345 operator olga\nauditor-token-12345 auditor anna\n")
            open_file = run("serve", "--in-memory", "--listen", "127.0.0.1:0", "--tokens", tokens)
            self.assertEqual(open_file.returncode, 2)
            self.assertIn("chmod 600", open_file.stderr)
            os.chmod(tokens, 0o600)
            server = Server("--in-memory", "--tokens", tokens)
            try:
                def bearer(who):
                    return {"Authorization": f"Bearer {who}-token-12345"}
                self.assertEqual(server.call("GET", "/health")[0], 200)
                status, headers, _ = server.call("GET", "/api/v1/deployments")
                self.assertEqual((status, headers["WWW-Authenticate"]), (401, "Bearer"))
                self.assertEqual(server.call("GET", "/api/v1/deployments", headers={"Authorization": "Bearer nobody-token-12345"})[0], 401)
                for who in ("designer", "operator", "auditor"):
                    self.assertEqual(server.call("GET", "/api/v1/deployments", headers=bearer(who))[0], 200)
                self.assertEqual(server.call("POST", "/api/v1/deployments", b"", {"Content-Type": "application/zip", **bearer("auditor")})[0], 403)
                server.deploy("greeting", bearer("designer"))
                start = {"processKey": "Greeting", "message": {"parameters": {"name": "x"}}}
                self.assertEqual(server.call("POST", "/api/v1/process-instances", start, bearer("designer"))[0], 403)
                self.assertEqual(server.call("POST", "/api/v1/process-instances", start, bearer("operator"))[0], 201)
                self.assertEqual(server.soap("/services/Greeting/caller", greet("x"))[0], 401)
                self.assertEqual(server.soap("/services/Greeting/caller", greet("x"), bearer("operator"))[0], 200)
            finally:
                server.stop()


class Program(unittest.TestCase):
    def test_help_and_usage(self):
        self.assertEqual(run("help").returncode, 0)
        for command in ("serve", "check", "import", "analyse", "diagram", "document", "deploy", "verify", "export", "understand", "kpis", "feedback", "help", "version"):
            shown = run(command, "--help")
            self.assertEqual(shown.returncode, 0)
            self.assertIn("echoflow " + command, shown.stdout)
            self.assertIn(".TH", run("help", "--format", "man", command).stdout)
        for words in ([], ["nonsense"], ["serve", "--nonsense"], ["serve", "extra"], ["serve", "--listen"], ["serve", "--listen", "nonsense"], ["check"], ["check", "/does/not/exist"],
                      ["deploy"], ["verify", "/does/not/exist"], ["serve", "--max-connections", "x"], ["serve", "--config", "/does/not/exist"]):
            self.assertEqual(run(*words).returncode, 2, words)
        for later in ("simulate",):
            asked = run(later, "model")
            self.assertEqual(asked.returncode, 2)
            self.assertIn("does not have", asked.stderr)
            self.assertNotIn(later, run("help").stdout)

    def test_generated_pages_are_up_to_date(self):
        folder = os.path.join(ROOT, "tools", "echoflow", "man")
        for name in sorted(os.listdir(folder)):
            if name == "make":
                continue
            if name.endswith(".1"):
                command = name[:-2].removeprefix("echoflow").removeprefix("-")
                made = run("help", "--format", "man", *([command] if command else [])).stdout
            else:
                made = run("help", "--format", "bash").stdout
            self.assertEqual(pathlib.Path(folder, name).read_text(), made, name + ": run tools/echoflow/man/make")

    def test_other_addresses_need_tls_and_tokens(self):
        refused = run("serve", "--listen", "0.0.0.0:0", "--in-memory")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--insecure", refused.stderr)
        refused = run("serve", "--listen", "0.0.0.0:0", "--in-memory", "--insecure")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--tokens", refused.stderr)

    def test_settings_come_from_flags_environment_and_file(self):
        with tempfile.TemporaryDirectory() as folder:
            config = os.path.join(folder, "echoflow.toml")
            with open(config, "w") as out:
                out.write('in-memory = true\nlog-level = "odd"\n')
            self.assertIn("--log-level", run("serve", "--listen", "127.0.0.1:0", "--config", config).stderr)
            server = None
            os.environ["ECHOFLOW_LOG_LEVEL"] = "info"
            try:
                server = Server("--config", config)
                self.assertEqual(server.stop(), 0)
            finally:
                del os.environ["ECHOFLOW_LOG_LEVEL"]
            with open(config, "w") as out:
                out.write("nonsense = 1\n")
            self.assertIn("nonsense", run("serve", "--config", config).stderr)
            with open(config, "w") as out:
                out.write("listen = \n")
            self.assertIn("line 1", run("serve", "--config", config).stderr)

    def test_check(self):
        clean = run("check", os.path.join(ROOT, "examples", "greeting"), os.path.join(ROOT, "examples", "order", "order.bpel"))
        self.assertEqual((clean.returncode, clean.stdout), (0, ""), clean)
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files_of("greeting").items():
                pathlib.Path(folder, name).write_bytes(data.replace(b'variable="reply"/>', b'variable="nothing"/>'))
            found = run("check", folder)
            self.assertEqual(found.returncode, 1)
            self.assertRegex(found.stdout, r"(?m)^" + re.escape(folder) + r"/greeting\.bpel:\d+:\d+: SA\d{5} .+$")
            listed = json.loads(run("check", "--json", folder).stdout)
            self.assertTrue(listed["violations"])

    def test_deploy_restart_and_verify(self):
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data")
            server = Server("--data", data)
            try:
                deployed = run("deploy", os.path.join(ROOT, "examples", "greeting"), "--server", server.url, "--name", "hello")
                self.assertEqual(deployed.returncode, 0, deployed)
                self.assertIn("/services/Greeting-", deployed.stdout)
                self.assertEqual(server.soap("/services/Greeting/caller", greet("x"))[0], 200)
                second = run("serve", "--listen", "127.0.0.1:0", "--data", data)
                self.assertEqual(second.returncode, 2)
                self.assertIn("another Echoflow server", second.stderr)
                evidence = os.path.join(folder, "evidence.json")
                instance = server.json("GET", "/api/v1/process-instances")[1]["items"][0]["id"]
                text = server.call("GET", f"/api/v1/process-instances/{instance}/evidence")[2].decode()
                pathlib.Path(evidence).write_text(text)
            finally:
                self.assertEqual(server.stop(), 0)
            self.assertEqual(run("verify", evidence).returncode, 0)
            pathlib.Path(evidence).write_text(text[:-20])
            self.assertEqual(run("verify", evidence).returncode, 1)
            self.assertEqual(json.loads(run("verify", "--json", data).stdout)["whole"], True)
            lines = text.splitlines(keepends=True)
            pathlib.Path(evidence).write_text("".join(lines[:1] + lines[2:]))
            self.assertEqual(run("verify", evidence).returncode, 1)
            self.assertEqual(run("verify", __file__).returncode, 2)
            server = Server("--data", data)
            try:
                self.assertEqual(server.json("GET", "/api/v1/deployments")[1]["items"][0]["name"], "hello")
                self.assertEqual(server.soap("/services/Greeting/caller", greet("x"))[0], 200)
            finally:
                self.assertEqual(server.stop(), 0)
        self.assertEqual(run("deploy", os.path.join(ROOT, "examples", "greeting"), "--server", "http://127.0.0.1:1").returncode, 2)

    def test_end_waits_for_requests_in_work(self):
        server = Server("--in-memory", "--drain-seconds", "5")
        server.deploy("greeting")
        results = []
        threads = [threading.Thread(target=lambda: results.append(server.soap("/services/Greeting/caller", greet("x"))[0])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(server.stop(), 0)
        self.assertEqual(results, [200] * 8)


if __name__ == "__main__":
    unittest.main()
