#!/usr/bin/env python3
"""Deploys the BPMN cases of a corpus on a server of its own, starts them, and compares what they did.

    bpmn_cases.py PROGRAM [CORPUS] [--only REGEX] [--jobs N] [--server URL] [--verbose] [--report FILE]

PROGRAM is echoflow's executable.  CORPUS is the folder with bpmn-cases.json and bpmn/; without it (or when it is not
there) nothing is run.  A run case is
  passed   when every test left exactly its traces,
  refused  when the deployment was refused (and the case does not expect just that),
  unclear  when a trace is expected that no script of the model leaves,
  wrong    otherwise.
Exit code 1 when a case is wrong, or when fewer than --least percent of the run cases pass.  Standard library only.
"""
import argparse, collections, concurrent.futures, http.client, json, os, pathlib, re, signal, subprocess, sys, threading, time
import urllib.parse
import xml.etree.ElementTree as ElementTree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# What the corpus calls the trace of a mark; other marks leave their own word, or none.
TRACES = {"CREATE_LOG_FILE": None, "CREATE_MARKER_FILE": "MARKER_exists", "INCREMENT_INTEGER_VARIABLE": None,
          "INCREMENT_INTEGER_VARIABLE_AND_LOG": "INCREMENT_correct", "SET_STRING_DATA": None, "THROW_ERROR": None}
# What LOG_DATA must have found, for the trace DATA_correct.
WRITTEN = "SET_STRING_DATA"
ENDED = {"completed", "faulted", "terminated"}
QUIET = 1.5  # seconds without an event, after which an instance that still runs is judged to wait


class Server:
    """One that runs already, or one of our own on a free port."""

    def __init__(self, program, url):
        self.process, self.log = None, []
        if url:
            parts = urllib.parse.urlsplit(url)
            self.host, self.port = parts.hostname, parts.port
            return
        self.process = subprocess.Popen([program, "serve", "--in-memory", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"serves on https?://([^:]+):(\d+)", line)
            if found:
                self.host, self.port = "127.0.0.1", int(found.group(2))
                break
        else:
            sys.exit("the server did not start: " + "".join(self.log))
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def call(self, method, path, body=None, content_type="application/json"):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body).encode()
            connection.request(method, "/api/v1" + path, body, {"Content-Type": content_type} if body is not None else {})
            response = connection.getresponse()
            data = response.read()
            return response.status, json.loads(data) if data else None
        finally:
            connection.close()

    def deploy(self, name, file):
        boundary = "echoflow-bpmn-case"
        body = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{file.name}\"\r\n"
                f"Content-Type: application/xml\r\n\r\n").encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        return self.call("POST", "/deployments?name=" + urllib.parse.quote(name), body, f"multipart/form-data; boundary={boundary}")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)


class Events:
    """What happens to instances, as the server tells it."""

    def __init__(self, server):
        self.changed = threading.Condition()
        self.last = collections.defaultdict(lambda: (0.0, ""))  # instance -> when and what
        self.of_process = collections.defaultdict(set)
        self.connection = http.client.HTTPConnection(server.host, server.port)
        self.connection.request("GET", "/api/v1/events")
        self.stream = self.connection.getresponse()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for raw in self.stream:
                line = raw.decode("utf-8", "replace").strip()
                if not line.startswith("data: "):
                    continue
                event = json.loads(line[6:])
                if "instanceId" not in event:
                    continue
                with self.changed:
                    self.last[event["instanceId"]] = (time.monotonic(), event["type"])
                    if "processId" in event:
                        self.of_process[event["processId"]].add(event["instanceId"])
                    self.changed.notify_all()
        except Exception:  # the server is gone, or we are
            return

    def wait(self, done, seconds):
        end = time.monotonic() + seconds
        with self.changed:
            while not done():
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self.changed.wait(min(left, 0.25))
        return True


def scripts_of(file):
    """Script tasks of a model: id -> text; also of global ones."""
    found = {}
    for element in ElementTree.parse(file).iter():
        if element.tag in (BPMN + "scriptTask", BPMN + "globalScriptTask"):
            script = element.find(BPMN + "script")
            found[element.get("id")] = (script.text or "").strip() if script is not None else ""
    return found


def callers_of(file):
    """Call activities of global script tasks: id -> id of the task."""
    root = ElementTree.parse(file).getroot()
    tasks = {e.get("id") for e in root.iter(BPMN + "globalScriptTask")}
    return {e.get("id"): e.get("calledElement") for e in root.iter(BPMN + "callActivity") if e.get("calledElement") in tasks}


class Case:
    def __init__(self, server, events, corpus, case):
        self.server, self.events, self.case = server, events, case
        self.file = corpus / "bpmn" / case["bpmn"]

    def run(self):
        status, answer = self.server.deploy(self.case["id"], self.file)
        constraint = self.case["group"] == "constraints"
        if status == 422:
            errors = [v for v in answer.get("violations", []) if v.get("severity", "error") == "error"]
            why = "; ".join(sorted({v["rule"] for v in errors})) + ": " + (errors[0]["message"] if errors else "?")
            expects_refusal = all(set(t["traces"]) == {"ERROR"} for t in self.case.get("tests", [])) and self.case.get("tests")
            return ("passed" if constraint or expects_refusal else "refused"), why
        if status != 201:
            return "wrong", f"the deployment was answered with {status}: {answer}"
        try:
            if constraint:
                return "wrong", "it was deployed"
            left = {TRACES.get(s, s) for s in scripts_of(self.file).values()} | {"DATA_correct", "ERROR", "ERROR_runtime"}
            absent = sorted({t for test in self.case["tests"] for t in test["traces"]} - left)
            if absent:
                return "unclear", f"no script of the model leaves {', '.join(absent)}"
            processes = {p["name"]: p for p in answer["processes"]}
            for test in self.case["tests"]:
                problem = self.test(test, processes)
                if problem:
                    return "wrong", problem
            return "passed", ""
        finally:
            self.server.call("DELETE", f"/deployments/{answer['id']}?cascade=true")

    def test(self, test, processes):
        before = {p["id"]: set(self.events.of_process[p["id"]]) for p in processes.values()}
        # Two processes that "start in parallel": whom nobody in the model starts is started beside the first.
        others = [n for n in processes if n != test["process"]] if "start in parallel" in self.case["about"] else []
        for name in [test["process"], *others]:
            variables = {k: v for k, v in test["start"].items() if k != "testCaseNumber" or name == test["process"]}
            # Other cases may have deployed processes of the same name.
            body = {"processId": processes[name]["id"], "variables": variables if name == test["process"] else {}}
            status, answer = self.server.call("POST", "/process-instances", body)
            if status != 201:
                return f"{name} was not started: {status} {answer}"
        if test["traces"] == ["ERROR"] or test["traces"] == ["ERROR_runtime"]:
            return self.expect_fault(processes, before)
        wanted = sorted(test["traces"])
        seconds = 20 + test["wait_ms"] / 1000
        found = []

        def instances():
            return sorted(i for p in processes.values() for i in self.events.of_process[p["id"]] - before[p["id"]])

        def settled():
            now = time.monotonic()
            ours = instances()
            return bool(ours) and all(self.events.last[i][1].removeprefix("instance-") in ENDED or now - self.events.last[i][0] > QUIET for i in ours)

        end = time.monotonic() + seconds
        while True:
            if not self.events.wait(settled, max(0.1, end - time.monotonic())):
                return f"it did not come to rest in {seconds:.0f} s; traces {found}"
            last = {i: self.events.last[i][0] for i in instances()}
            found = self.traces(instances())
            # A marker counts in the tests that ask for it.
            if "MARKER_exists" not in wanted:
                found = [t for t in found if t != "MARKER_exists"]
            ended = all(self.events.last[i][1].removeprefix("instance-") in ENDED for i in instances())
            if found == wanted or time.monotonic() > end:
                break
            # It waits for a timer, perhaps, or what it sent starts another instance.
            patience = min(2 * QUIET, end - time.monotonic()) if ended else end - time.monotonic()
            if not self.events.wait(lambda: any(self.events.last[i][0] != last.get(i) for i in instances()), patience):
                break
        if found != wanted:
            return f"with {self.shown(test)}: traces {found}, not {wanted}; {self.states(instances())}"
        if wanted and any(self.server.call("GET", f"/process-instances/{i}")[1]["state"] == "faulted" for i in instances()):
            return f"with {self.shown(test)}: right traces, but it faulted: {self.states(instances())}"
        return None

    def shown(self, test):
        return {k: v for k, v in test["start"].items() if k != "testCaseNumber"}

    def states(self, instances):
        out = []
        for instance in instances:
            status, answer = self.server.call("GET", f"/process-instances/{instance}")
            text = answer.get("state", "?")
            if text != "completed":
                faults = self.server.call("GET", f"/process-instances/{instance}/faults")[1]
                text += " " + json.dumps(faults.get("items", faults))[:300] if faults else ""
            out.append(text)
        return ", ".join(out)

    def expect_fault(self, processes, before):
        def faulted():
            return any(self.events.last[i][1] == "instance-faulted" for p in processes.values() for i in self.events.of_process[p["id"]] - before[p["id"]])
        return None if self.events.wait(faulted, 20) else "it ended without the fault that was to come"

    def traces(self, instances):
        scripts, callers = scripts_of(self.file), callers_of(self.file)
        found = []
        for instance in instances:
            cursor, items = "", []
            while True:
                _, page = self.server.call("GET", f"/process-instances/{instance}/activities?limit=200" + (f"&cursor={cursor}" if cursor else ""))
                items += page["items"]
                cursor = page.get("nextCursor")
                if not cursor:
                    break
            for activity in items:
                element = callers.get(activity["elementId"], activity["elementId"])
                if activity["state"] not in ("completed", "compensated") or activity["type"] not in ("empty", "assign", "throw"):
                    continue
                script = scripts.get(element)
                if script is None or activity["name"] != script:
                    continue
                trace = TRACES.get(script, script)
                if script == "LOG_DATA":
                    trace = "DATA_correct" if self.variable(instance, "log") == WRITTEN else "DATA_wrong"
                if trace:
                    found.append(trace)
        return sorted(found)

    def variable(self, instance, name):
        _, answer = self.server.call("GET", f"/process-instances/{instance}/variables/{name}")
        return answer.get("value") if isinstance(answer, dict) else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("corpus", nargs="?", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("--server", default="")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--least", type=float, default=85, help="percent of the run cases that must pass")
    parser.add_argument("--report", default="")
    options = parser.parse_args()
    corpus = pathlib.Path(options.corpus)
    if not options.corpus or not (corpus / "bpmn-cases.json").is_file():
        print("skipped: there is no corpus of BPMN cases" + (f" in {corpus}" if options.corpus else ""))
        return 0
    cases = [c for c in json.loads((corpus / "bpmn-cases.json").read_text()) if re.search(options.only, c["group"] + "/" + c["id"])]
    server = Server(options.program, options.server)
    events = Events(server)

    def run(case):
        try:
            return case, *Case(server, events, corpus, case).run()
        except Exception as error:  # what the driver cannot understand is no success
            return case, "wrong", f"{type(error).__name__}: {error}"

    # One at a time where signals or messages of one case could reach another's instances of the same names.
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        alone = [c for c in cases if c["group"] != "constraints" and re.search("signal", (corpus / "bpmn" / c["bpmn"]).read_text(), re.I)]
        together = [c for c in cases if c not in alone]
        results = list(pool.map(run, together)) + [run(case) for case in alone]
    server.stop()

    groups = collections.defaultdict(collections.Counter)
    for case, outcome, why in results:
        groups[case["group"]][outcome] += 1
        if outcome != "passed" or options.verbose:
            print(f"{outcome:8} {case['group']}/{case['id']}  {why}")
    print(f"\n{'group':12} {'passed':>7} {'refused':>8} {'unclear':>8} {'wrong':>6}")
    for group in sorted(groups):
        count = groups[group]
        print(f"{group:12} {count['passed']:7} {count['refused']:8} {count['unclear']:8} {count['wrong']:6}")
    runs = [r for r in results if r[0]["group"] != "constraints"]
    passed = sum(1 for r in runs if r[1] == "passed")
    wrong = sum(1 for r in results if r[1] == "wrong")
    if runs:
        print(f"{'run cases':12} {passed} of {len(runs)} passed, {100 * passed / len(runs):.1f} %")
    if options.report:
        pathlib.Path(options.report).write_text(json.dumps([{"id": c["id"], "group": c["group"], "outcome": o, "why": w} for c, o, w in results], indent=1))
    return 1 if wrong or (runs and not options.only and 100 * passed / len(runs) < options.least) else 0


if __name__ == "__main__":
    sys.exit(main())
