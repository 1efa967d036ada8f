#!/usr/bin/env python3
"""From real runs to proof: customers' complaints are played through REST, their process is documented, released and
proven, and what is changed afterwards is found.  Standard library only; with pm4py in $ECHOFLOW_PM4PY (a Python that has
it) or in this one, process mining reads the exports, too; with veraPDF's command in $ECHOFLOW_VERAPDF, it judges the PDFs.

    documents_test.py PROGRAM [--customers N] [--keep DIR]
"""
import argparse, base64, http.client, io, json, os, pathlib, re, shutil, signal, subprocess, sys, tempfile, threading, time, zipfile

import docx_check

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
API = "/api/v1"
KEY = "{urn:echoflow:example:complaint:process}Complaint"
PORT_TYPE = "{urn:echoflow:example:complaint}Complaints"

MINING = r'''
import sys, warnings
warnings.filterwarnings("ignore")
import pm4py
xes, ocel, expected_cases, expected_steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), set(sys.argv[4].split(","))
log = pm4py.read_xes(xes)
cases = log["case:concept:name"].nunique()
assert cases == expected_cases, f"XES: {cases} cases instead of {expected_cases}"
assert {"start", "complete"} <= set(log["lifecycle:transition"]), "XES: no lifecycle"
done = log[log["lifecycle:transition"] == "complete"]
assert set(done["concept:name"]) == expected_steps, set(done["concept:name"])
net, initial, final = pm4py.discover_petri_net_inductive(done)
fitness = pm4py.fitness_token_based_replay(done, net, initial, final)
value = fitness.get("log_fitness", fitness.get("average_trace_fitness"))
assert value == 1.0, fitness
objects = pm4py.read_ocel2_json(ocel)
types = pm4py.ocel_get_object_types(objects)
assert {"process instance", "process version", "document"} <= set(types), types
acts = objects.events[objects.events["ocel:activity"] == "document release"]
assert len(acts) == 1, acts
about = objects.relations[objects.relations["ocel:eid"] == acts.iloc[0]["ocel:eid"]]
assert set(about["ocel:type"]) == {"document", "process version"}, about
assert len(objects.relations) and not set(objects.relations["ocel:oid"]) - set(objects.objects["ocel:oid"])
flat = pm4py.ocel_flattening(objects, "process instance")
assert flat["case:concept:name"].nunique() == expected_cases
assert set(flat["concept:name"]) >= expected_steps
net, initial, final = pm4py.discover_petri_net_inductive(flat)
again = pm4py.fitness_token_based_replay(flat, net, initial, final)
assert again.get("log_fitness", 0) == 1.0, again
print(f"pm4py: {cases} cases, {len(done)} completed steps, {len(net.transitions)} transitions, fitness {value} (XES) and {again['log_fitness']} (OCEL)")
'''


def check(condition, what):
    if not condition:
        sys.exit("documents_test: " + what)


class Server:
    def __init__(self, program, *where):
        self.process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", *where], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"serves on http://127.0.0.1:(\d+)", line):
                self.port = int(found.group(1))
                break
        else:
            sys.exit("documents_test: the server did not start")
        threading.Thread(target=lambda: [None for _ in self.process.stderr], daemon=True).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def call(self, method, path, body=None, actor="demo", kind="application/json", expect=None):
        data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
        self.connection.request(method, path if path.startswith("/openapi") else API + path, data, {"Content-Type": kind, "X-Actor": actor})
        answer = self.connection.getresponse()
        read = answer.read()
        check(answer.status in (expect or (200, 201, 202, 204)), f"{method} {path}: {answer.status} {read[:500]}")
        return read

    def json(self, *words, **more):
        return json.loads(self.call(*words, **more) or b"null")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(60) == 0, "the server did not end well")


def deployment():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in sorted((ROOT / "examples/complaint").iterdir()):
            archive.write(file, file.name)
    return out.getvalue()


def play(server, customers):
    """Everybody complains, some add remarks, all get an answer."""
    for i in range(customers):
        case = f"case-{i}"
        server.json("POST", "/process-instances", {"processKey": KEY, "operation": "complain", "businessKey": case, "message": {
            "complaint": {"caseId": case, "customer": f"Customer {i}", "text": "My parcel never came."}}})
        if i % 5 == 0:
            server.json("POST", "/messages", {"portType": PORT_TYPE, "operation": "addRemark", "message": {"remark": {"caseId": case, "text": "Still waiting."}}})
        server.json("POST", "/messages", {"portType": PORT_TYPE, "operation": "resolve", "message": {"resolution": {"caseId": case, "text": "It is on its way."}}})


def control(server, process):
    """The document goes through its statuses; nobody approves his own."""
    say = {"reason": "first version"}
    server.json("POST", "/documents", {"number": "VA-0007", "processKey": KEY, "title": "Beschwerdemanagement", "owner": "Qualität", "organisation": "Muster GmbH",
                                       "reviewMonths": 12, "retentions": [{"record": "Beschwerde", "period": "P10Y"}]}, actor="anna")
    server.call("POST", "/documents/VA-0007/release", say, actor="cleo", expect=(409,))
    server.json("POST", "/documents/VA-0007/begin", say, actor="anna")
    server.json("POST", "/documents/VA-0007/submit", say, actor="anna")
    server.call("POST", "/documents/VA-0007/check", say, actor="anna", expect=(403,))
    server.json("POST", "/documents/VA-0007/check", say, actor="ben")
    server.call("POST", "/documents/VA-0007/release", say, actor="anna", expect=(403,))
    document = server.json("POST", "/documents/VA-0007/release", say, actor="cleo")
    check(document["status"] == "released" and document["versions"][0]["processId"] == process, f"not released: {document}")
    acts = [act["act"] for act in server.json("GET", "/documents/VA-0007/history")["items"]]
    check(acts[:5] == ["create", "begin", "submit", "check", "release"], f"acts: {acts}")


def control_in_memory(program):
    """The same without a database; and a new deployment puts the next version in work."""
    server = Server(program, "--in-memory")
    process = server.json("POST", "/deployments?name=complaint", deployment(), kind="application/zip")["processes"][0]["id"]
    control(server, process)
    newer = server.json("POST", "/deployments?name=complaint", deployment(), kind="application/zip")["processes"][0]["id"]
    document = server.json("GET", "/documents/VA-0007")
    check(document["releasedVersion"] == 1 and document["status"] == "in work" and document["versions"][1]["processId"] == newer, f"no next version: {document}")
    check(len(server.json("GET", "/documents?status=released")["items"]) == 1 and not server.json("GET", "/documents?status=withdrawn")["items"], "the list is wrong")
    check(len(server.json("GET", "/documents?reviewBefore=2999-01-01")["items"]) == 1, "no review is due")
    server.call("POST", "/documents", {"number": "VA-0007", "processKey": KEY}, expect=(409,))
    server.call("POST", "/documents", {"number": "../etc", "processKey": KEY}, expect=(400,))
    server.call("GET", "/documents/VA-0008", expect=(404,))
    server.call("PATCH", "/documents/VA-0007", {"purpose": "A purpose", "unknown": 1}, expect=(400,))
    server.call("PATCH", "/documents/VA-0007", {"purpose": "A purpose"})
    server.stop()


def parameters(server, process):
    """The document's route takes what it knows and says what is wrong with the rest."""
    path = f"/process-definitions/{process}/documentation"
    for query, word in (("format=xyz", "format"), ("lang=fr", "lang"), ("iso9001=1999", "iso9001"), ("from=yesterday", "from"), ("to=2026-13-01", "to"),
                        ("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from")):
        problem = json.loads(server.call("GET", f"{path}?{query}", expect=(400,)))
        check(word in problem["detail"], f"{query}: {problem}")
    server.call("GET", "/process-definitions/99999/documentation", expect=(404,))
    server.call("GET", f"/process-definitions/{process}/evidence?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", expect=(400,))
    german, english = (server.call("GET", f"{path}?lang={lang}&iso9001=2026").decode() for lang in ("de", "en"))
    check('<html lang="de">' in german and "Verfahrensanweisung" in german and "6.1.3" in german, "no German document")
    check('<html lang="en">' in english and "Procedure" in english and "Verfahrensanweisung" not in english, "no English document")
    later = server.call("GET", f"{path}?lang=en&from=2999-01-01T00:00:00Z").decode()
    check(len(later) < len(english), "the period does not count")


def judged(file):
    """An outside judge of PDF, where there is one."""
    judge = os.environ.get("ECHOFLOW_VERAPDF")
    if not judge or file.suffix != ".pdf":
        return
    for flavour in ("3a", "ua1"):
        done = subprocess.run([judge, "-f", flavour, "--format", "text", "-v", str(file)], capture_output=True, text=True, timeout=300)
        check(done.stdout.startswith("PASS"), f"veraPDF, {flavour}: {done.stdout} {done.stderr}")
        print(f"  veraPDF: {file.name} is {flavour}")


def verify(program, file, *options):
    done = subprocess.run([program, "verify", "--json", *options, str(file)], capture_output=True, text=True, timeout=120)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {"detail": done.stderr}


def tampered(name, data, lines):
    """The three things that must be found, with the line where."""
    middle = len(lines) // 2
    at = sum(len(line) for line in lines[:middle]) + len(lines[middle]) // 2
    byte = b"0" if data[at:at + 1] != b"0" else b"1"
    yield "one changed byte", data[:at] + byte + data[at + 1:], middle + 1
    yield "one removed row", b"".join(lines[:middle] + lines[middle + 1:]), middle + 1
    yield "a cut-off end", b"".join(lines[:-1]), len(lines)


def check_evidence(program, folder, file, fingerprint):
    data = file.read_bytes()
    lines = data.splitlines(keepends=True)
    status, found = verify(program, file, "--fingerprint", fingerprint)
    check(status == 0 and found["whole"], f"the evidence does not verify: {found}")
    check(verify(program, file, "--fingerprint", "00" * 32)[0] == 1, "another key is not noticed")
    for what, changed, line in tampered(file.name, data, lines):
        other = folder / "tampered.jsonl"
        other.write_bytes(changed)
        status, found = verify(program, other)
        check(status == 1 and f"Line {line}:" in found["detail"], f"{what} was not found in line {line}: {found}")
        print(f"  {what}: {found['detail']}")
    return found


def swapped(file, data, evidence):
    """The document with other evidence of the same server in place of its own, where that is easily done."""
    if file.suffix == ".html":
        return re.sub(rb"(data:application/x-ndjson;base64,)[A-Za-z0-9+/=]+", lambda found: found.group(1) + base64.b64encode(evidence), data)
    if file.suffix != ".docx":
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, evidence if name.endswith("evidence.jsonl") else before.read(name))
        after.comment = before.comment
    return out.getvalue()


def check_document(program, folder, file, fingerprint, evidence):
    """A document that embeds the evidence: a byte anywhere, the end, another key, other evidence."""
    data = file.read_bytes()
    status, found = verify(program, file, "--fingerprint", fingerprint)
    check(status == 0 and found["rows"] > 0, f"{file.name} does not verify: {found}")
    status, found = verify(program, file, "--fingerprint", "00" * 32)
    check(status == 1 and "another key" in found["detail"], f"{file.name}: another key is not noticed: {found}")
    if file.suffix == ".docx":
        wrong = list(docx_check.findings(file))
        check(not wrong, f"{file.name}: {wrong[:5]}")
    judged(file)
    other = folder / ("tampered" + file.suffix)
    for what, changed in (("one changed byte", data[:len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1:]),
                          ("a cut-off end", data[:-200]), ("half of it", data[:len(data) // 2]), ("other evidence", swapped(file, data, evidence))):
        if changed is None:
            continue
        check(changed != data, f"{file.name}: {what}: nothing was changed")
        other.write_bytes(changed)
        status, found = verify(program, other)
        check(status == 1 and found["detail"], f"{file.name}: {what} was not found: {found}")
        check(what != "other evidence" or "evidence inside is whole" in found["detail"], f"{file.name}: {what}: {found}")
        print(f"  {file.name}: {what}: {found['detail'][:160]}")


def mining_python():
    asked = os.environ.get("ECHOFLOW_PM4PY")
    check(not asked or subprocess.run([asked, "-c", "import pm4py"], capture_output=True).returncode == 0, f"{asked} has no pm4py")
    for python in filter(None, (os.environ.get("ECHOFLOW_PM4PY"), sys.executable)):
        if subprocess.run([python, "-c", "import pm4py"], capture_output=True).returncode == 0:
            return python
    return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=os.path.abspath)
    options.add_argument("--customers", type=int, default=60)
    options.add_argument("--keep", help="folder in which the files stay")
    options = options.parse_args()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="echoflow-documents-"))
    folder.mkdir(parents=True, exist_ok=True)
    data = str(folder / "data")
    program = options.program
    control_in_memory(program)
    server = Server(program, "--data", data)
    check((folder / "data/signing-key.pem").stat().st_mode & 0o777 == 0o600, "the signing key may be read by others")
    process = server.json("POST", "/deployments?name=complaint", deployment(), kind="application/zip")["processes"][0]["id"]
    control(server, process)
    begin = time.monotonic()
    play(server, options.customers)
    print(f"{options.customers} customers' complaints in {time.monotonic() - begin:.1f} s")
    end = time.monotonic() + 60
    while server.json("GET", f"/process-instances?state=running&limit=1")["items"] and time.monotonic() < end:
        time.sleep(0.1)
    key = server.json("GET", "/evidence/key")
    begin = time.monotonic()
    evidence = folder / "evidence.jsonl"
    evidence.write_bytes(server.call("GET", f"/process-definitions/{process}/evidence"))
    other_evidence = server.call("GET", f"/process-definitions/{process}/evidence?sample=1")
    parameters(server, process)
    print(f"evidence of them in {time.monotonic() - begin:.2f} s, {evidence.stat().st_size} bytes")
    figures = server.json("GET", f"/process-definitions/{process}/evidence?format=json")
    check(figures["versions"][0]["completed"] == options.customers, f"figures: {figures['versions']}")
    check(figures["conformance"]["conforming"] == options.customers, f"conformance: {figures['conformance']}")
    check("Customer" not in evidence.read_text() and "parcel" not in evidence.read_text(), "the evidence names customers")
    (folder / "journal.xes").write_bytes(server.call("GET", "/process-instances/export?format=xes&processKey=Complaint&pseudonyms=true"))
    (folder / "journal.jsonocel").write_bytes(server.call("GET", "/process-instances/export?format=ocel&processKey=Complaint"))
    for lang, format in (("de", "pdf"), ("de", "html"), ("en", "docx")):
        path = f"/process-definitions/{process}/documentation?format={format}&lang={lang}"
        if "/api/v1/process-definitions/{id}/documentation" not in json.loads(server.call("GET", "/openapi.json"))["paths"]:
            print("documents: this server makes none")
            break
        begin = time.monotonic()
        file = folder / f"document.{format}"
        file.write_bytes(server.call("GET", path))
        print(f"{file.name} in {time.monotonic() - begin:.2f} s, {file.stat().st_size} bytes")
    server.stop()
    check_evidence(program, folder, evidence, key["fingerprint"])
    for file in sorted(folder.glob("document.*")):
        check_document(program, folder, file, key["fingerprint"], other_evidence)
    for format, name in (("xes", "offline.xes"), ("ocel", "offline.jsonocel")):
        done = subprocess.run([program, "export", "--format", format, "--data", data, "--output", str(folder / name), "Complaint"], capture_output=True, text=True)
        check(done.returncode == 0, f"export: {done.stderr}")
    check((folder / "offline.jsonocel").read_bytes() == (folder / "journal.jsonocel").read_bytes(), "the command and the server export differently")
    check(verify(program, data)[0] == 0, "the journal does not verify")
    if python := mining_python():
        done = subprocess.run([python, "-c", MINING, str(folder / "journal.xes"), str(folder / "journal.jsonocel"), str(options.customers),
                               "ComplaintArrives,Resolution,Close" + (",CountRemark" if options.customers else "")], capture_output=True, text=True)
        check(done.returncode == 0, "pm4py: " + done.stderr[-2000:])
        print(done.stdout.strip().splitlines()[-1])
    else:
        print("pm4py: SKIPPED, as no Python here has it (python3 -m venv DIR && DIR/bin/pip install pm4py, then ECHOFLOW_PM4PY=DIR/bin/python)")
    if not options.keep:
        shutil.rmtree(folder)
    print("documents_test: passed")


if __name__ == "__main__":
    main()
