#!/usr/bin/env python3
"""The same complaint process as EPC and as BPMN: customers speak, people work, some tasks escalate, every customer is
answered; then the process's document in German shows all of it, and what is changed in its evidence is found.  Standard
library only; with pdftotext the PDF is read, too.

    twins_test.py PROGRAM [--customers N] [--only epc|bpmn] [--keep DIR]
"""
import argparse, contextlib, hashlib, hmac, html.parser, http.client, http.server, io, json, os, pathlib, pty, queue, re, shutil, subprocess, sys, tempfile, threading, time, zipfile

from documents_test import Server, check_document, check_evidence, verify

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
API = "/api/v1"
SECRET = "portal-secret"
LATE = 40  # customers whose complaint nobody looks at in time
MODELS = {"epc": (ROOT / "examples/complaint-epc/complaint.xml", "text/xml", "{urn:epc:complaint}"),
          "bpmn": (ROOT / "examples/complaint-bpmn/complaint.bpmn", "application/xml", "{urn:echoflow:example:complaint-bpmn}")}
CHECK, GOODWILL, CAUSE, ANSWER = "Beschwerde prüfen", "Ausgleich festlegen", "Ursache beseitigen", "Kunde antworten"
RACI = {CHECK: {"Kundenservice": "R", "Teamleitung": "A", "Fachabteilung": "C"},
        GOODWILL: {"Kulanzstelle": "R", "Teamleitung": "A", "Kundenservice": "S", "Qualitätsmanagement": "I"},
        ANSWER: {"Qualitätsmanagement": "I"}}
PEOPLE = {"anna": "Kundenservice", "ben": "Kundenservice", "carla": "Kundenservice", "dora": "Kulanzstelle", "emil": "Kulanzstelle", "lena": "Teamleitung"}
ANGRY = ["Mein Paket ist seit drei Wochen verschwunden, das ist eine Frechheit!", "Ich beschwere mich: Die Rechnung ist schon wieder falsch.",
         "Die App stürzt ständig ab, ich bin sehr enttäuscht.", "Die Lampe kam kaputt an. Schlechter Service!",
         "My parcel never arrived and nobody answers, this is unacceptable!", "I want to complain: the bill is wrong again.",
         "The app crashes all the time, I am really disappointed.", "The lamp arrived broken. Worst service ever!"]
CONTENT = ["Vielen Dank, alles bestens, toller Service!", "Great service, thank you so much!", "Wann öffnet die Filiale in Ulm?"]
ENGLISH = re.compile(r"\b(the|and|were|not|with|from|step|steps|complaint|delivery|billing|completed|running|escalated|deadline|customer|unknown|none|warning|version of|author|authorship|review|reviewer|approver|approval)\b")


def check(condition, what):
    if not condition:
        sys.exit("twins_test: " + str(what))


class Portal:
    """Where customers speak and are answered: it keeps what it was told."""

    def __init__(self):
        self.answers = {}
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
                good = self.headers["X-Signature-256"] == signed
                if good:
                    portal.answers[self.headers["Idempotency-Key"]] = json.loads(body)
                self.send_response(200 if good else 401)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/answers"

    def settings(self):
        return ('[channels.portal]\nnetwork = "webhook"\nsecret = "env:TWINS_SECRET"\nkind = "post"\n'
                f'reply_url = "{self.url}"\nmapping.items = "/items"\nmapping.id = "/id"\nmapping.text = "/text"\n'
                'mapping.author_id = "/customer"\nmapping.customer = "/customer"\nmapping.conversation = "/conversation"\n')

    @staticmethod
    def say(server, items):
        body = json.dumps({"items": items}).encode()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("POST", "/channels/portal/webhook", body,
                           {"Content-Type": "application/json", "X-Signature-256": hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()})
        answer = connection.getresponse()
        read = answer.read()
        check(answer.status in (200, 202, 204), f"the portal's call: {answer.status} {read[:300]}")


def customers(count):
    """Everybody complains once, every twentieth a second time about something else; some only praise or ask."""
    said = []
    for i in range(count):
        said.append({"id": f"post-{i}", "customer": f"customer-{i}", "conversation": f"conversation-{i}", "text": f"{ANGRY[i % len(ANGRY)]} ({i})"})
        if i % 20 == 19:
            said.append({"id": f"again-{i}", "customer": f"customer-{i - 10}", "conversation": f"second-{i}", "text": f"{ANGRY[(i + 3) % len(ANGRY)]} (noch einmal, {i})"})
        if i % 10 == 9:
            said.append({"id": f"content-{i}", "customer": f"happy-{i}", "conversation": f"happy-{i}", "text": CONTENT[i // 10 % len(CONTENT)]})
    return said


def complaints(said):
    return [each for each in said if not each["id"].startswith("content")]


class Team:
    """Agents who take what is offered to their groups, at the same time."""

    def __init__(self, server):
        self.server, self.work, self.done, self.handed, self.taken = server, queue.Queue(), 0, 0, set()
        self.failed = []
        for user, group in PEOPLE.items():
            server.call("PUT", f"/agents/{user}", {"name": user.capitalize(), "groups": [group], "automatic": False}, expect=(200, 201, 204))
            server.call("PUT", f"/agents/{user}/presence", {"presence": "online"}, actor=user)
            threading.Thread(target=self.agent, daemon=True).start()

    def agent(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        while True:
            user, task, output = self.work.get()
            for act, body in (("claim", {}), ("start", {}), ("complete", output)):
                if act == "claim" and int(task["id"]) % 4:
                    continue  # who starts what is offered has claimed it
                connection.request("POST", f"{API}/tasks/{task['id']}/{act}", json.dumps(body), {"Content-Type": "application/json", "X-Actor": user})
                answer = connection.getresponse()
                read = answer.read()
                if answer.status in (403, 409):  # it escalated meanwhile, and is somebody else's now
                    self.taken.discard(task["id"])
                    break
                if answer.status not in (200, 204):
                    self.failed.append(f"{user} {act} {task['subject']}: {answer.status} {read[:300]}")
                    break
            self.done += 1

    def offer(self, wait_for_late):
        """Hands out what is ready; False when there is nothing."""
        tasks = [t for t in self.server.json("GET", "/tasks?view=all&state=ready&limit=1000")["items"] if t["id"] not in self.taken]
        handed = 0
        for task in tasks:
            late = task["subject"] == CHECK and task["priority"] == 0
            if wait_for_late and not late and task["subject"] == CHECK:
                continue
            number = int(task["id"])
            groups = {CHECK: ("anna", "ben", "carla"), GOODWILL: ("dora", "emil"), CAUSE: ("lena",)}[task["subject"]]
            user = "lena" if late else groups[number % len(groups)]
            output = {"output": {"content": {"grund": "Die Sendung ist zugestellt."}}, "outcome": "Beschwerde_berechtigt" if number % 3 else "Beschwerde_unberechtigt"}
            if task["subject"] != CHECK:
                output = {"output": {"content": {"antwort": "Es tut uns leid. Wir schreiben Ihnen zehn Euro gut."}}}
            self.taken.add(task["id"])
            self.work.put((user, task, output))
            handed += 1
        self.handed += handed
        return handed

    def open(self):
        return self.handed - self.done


def until(what, look, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    sys.exit(f"twins_test: nothing within {seconds} s: {what}")


def play(server, portal, count):
    """The first customers wait too long; the rest come in batches that are worked off at once."""
    said = customers(count)
    late = min(LATE, count // 5)
    team = Team(server)
    portal.say(server, said[:late])
    due = len(complaints(said[:late]))
    until("escalated tasks", lambda: sum(t["priority"] == 0 for t in server.json("GET", "/tasks?view=all&state=ready&limit=1000")["items"]) >= due)
    while team.offer(wait_for_late=True) or team.open():
        pass
    rest, batch = said[late:], 60
    wanted = len(complaints(said))
    end = time.monotonic() + 300
    while len(portal.answers) < wanted:
        check(time.monotonic() < end, f"only {len(portal.answers)} of {wanted} customers were answered; {team.failed[:3]}")
        if rest and team.open() < batch:
            portal.say(server, rest[:batch])
            rest = rest[batch:]
        if not team.offer(wait_for_late=False):
            time.sleep(0.02)
        check(not team.failed, team.failed[:3])
    while team.offer(wait_for_late=False) or team.open():
        time.sleep(0.02)
    return wanted, due


class Reader(html.parser.HTMLParser):
    """What a reader sees: text, and tables by their anchors."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.text, self.ids, self.stack, self.skip = {}, [], set(), [], 0
        self.cell, self.table = None, None
        self.feed(text)
        self.text = re.sub(r"\s+", " ", " ".join(self.text))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag in ("style", "script"):
            self.skip += 1
        if tag == "table":
            self.table = self.tables.setdefault(attributes.get("id", str(len(self.tables))), [])
        if tag == "tr" and self.table is not None:
            self.table.append([])
        if tag in ("td", "th") and self.table:
            self.cell = []
        if tag in ("br", "p", "div", "li") and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag):
        if tag in ("style", "script"):
            self.skip -= 1
        if tag in ("td", "th") and self.cell is not None:
            self.table[-1].append(re.sub(r"\s+", " ", "".join(self.cell)).strip())
            self.cell = None
        if tag == "table":
            self.table = None

    def handle_data(self, data):
        if not self.skip:
            self.text.append(data)
        if self.cell is not None:
            self.cell.append(data)


def number(text):
    return int(text.replace(".", ""))


def check_raci(page):
    table = page.tables["raci-1"]
    roles = table[0][1:]
    for step, wanted in RACI.items():
        row = next((r for r in table[1:] if r[0].endswith(step)), None)
        check(row, f"RACI has no row for {step}: {table}")
        shown = {role: letters for role, letters in zip(roles, row[1:]) if letters and role != "System"}
        if step == ANSWER:
            shown.pop("Kundenservice", None)  # in BPMN it stands in that lane
        check(shown == wanted, f"RACI of {step}: {shown} instead of {wanted}")


def check_figures(page, cases, late):
    kpis = {row[0]: row for row in page.tables["kpi-table"][1:]}
    for name, target, warning, critical in (("Zeit bis zur Antwort", "4 h", "8 h", "1 d"), ("Zeit für die Prüfung", "2 h", "4 h", "8 h"),
                                            ("Anteil eskalierter Aufgaben", "2 %", "5 %", "10 %")):
        check(name in kpis, f"no KPI {name}: {list(kpis)}")
        row = kpis[name]
        check(row[2:5] == [target, warning, critical], f"levels of {name}: {row}")
        check(re.match(r"[\d.,]+ (s|min|h|%)", row[5]) and number(row[6]) > 0 and row[7], f"no actual of {name}: {row}")
    check(number(kpis["Zeit bis zur Antwort"][6]) == cases and kpis["Zeit bis zur Antwort"][7] == "im Ziel", f"time to the answer: {kpis['Zeit bis zur Antwort']}")
    version = page.tables["version-table"][1]
    check("dieses Dokument" in version[0] and number(version[2]) == number(version[3]) == cases, f"runs: {version}")
    complaint = page.tables["complaint-table"][1]
    check(number(complaint[0]) == number(complaint[1]) == cases and number(complaint[2]) == 0, f"complaints: {complaint}")
    check({"Lieferung", "Abrechnung", "App"} <= {row[0] for row in page.tables["complaint-topics"][1:]}, "topics are not in German")
    escalated = {row[1]: number(row[3]) for row in page.tables["escalation-run-table"][1:]}
    check(escalated.get("neu zugewiesen an Teamleitung", 0) >= late and escalated.get("Priorität 0", 0) >= late, f"escalations: {escalated}")
    roles = {(row[0], row[1].split(" ", 1)[-1]): number(row[2]) for row in page.tables["role-table"][1:]}
    check(roles.get(("Kundenservice", CHECK), 0) >= cases - 2 * late and roles.get(("Kulanzstelle", GOODWILL), 0) > cases // 2, f"roles: {roles}")
    deviations = {(row[0], row[2]): number(row[3]) for row in page.tables["deviation-table"][1:]}
    check(set(deviations) == {("Frist überschritten", "Beginn höchstens 2 Sekunden")} and late <= sum(deviations.values()) < cases, f"deviations: {deviations}")


def check_paths(page):
    paths = page.tables["escalation-table"][1:]
    wanted = [(CHECK, "nicht rechtzeitig begonnen", "neu zugewiesen an Teamleitung"), (CHECK, "nicht rechtzeitig begonnen", "Priorität 0"),
              (CHECK, "nicht rechtzeitig abgeschlossen", "Benachrichtigung an Qualitätsmanagement"), (GOODWILL, "nicht rechtzeitig abgeschlossen", "neu zugewiesen an Teamleitung")]
    for step, trigger, to in wanted:
        check(any(r[0].endswith(step) and r[1] == trigger and to in r[3] for r in paths), f"no escalation of {step} to {to}: {paths}")
    triggers = " | ".join(" ; ".join(row) for row in page.tables["trigger-table"][1:])
    check("Absicht ist „Beschwerde“ oder Stimmung ist „negativ“" in triggers and "startet den Prozess" in triggers, f"triggers: {triggers}")
    check("Stufe ist „kritisch“" in triggers and "„Eskalationen abbauen“" in triggers, f"threshold: {triggers}")
    contacts = " | ".join(" ; ".join(row) for row in page.tables["touchpoint-table"][1:])
    check("Kunde" in contacts and ANSWER in contacts, f"touchpoints: {contacts}")


def check_page(text, cases, late, head):
    page = Reader(text)
    check('lang="de"' in text and "process-diagram" in page.ids and "<svg" in text, "no diagram, or not German")
    check_raci(page)
    check_figures(page, cases, late)
    check_paths(page)
    check(head in page.text, "the head of the chain is not told")
    check(sum(name.startswith("case-") for name in page.tables) == 10, "no sample of ten cases")
    named = [name for name in ("customer-", "carla", "dora", "emil") if name in page.text.lower()]  # the others sign the document
    check(not named, f"persons are named: {named}")
    check(len(re.findall(rf">{cases}<|>{cases:,}<".replace(",", "."), text)) > 0, "the diagram has no counts")
    spoken = re.sub(r"\S*complaint\S*|\S*urn:\S+|echoflow verify", "", page.text)  # names of files and processes
    leftovers = {m.group(0) for m in ENGLISH.finditer(spoken)}
    check(not leftovers, f"English in a German document: {leftovers}")
    return page


def check_others(folder, cases):
    """The same in PDF and DOCX."""
    shown = f"{cases:,}".replace(",", ".")
    words = ["Verantwortlichkeiten (RACI)", "Eskalationswege", "Kennzahlen", "Nachweise aus dem Betrieb", "Frist überschritten", shown]
    with zipfile.ZipFile(folder / "document.docx") as package:
        docx = re.sub(r"<[^>]+>", " ", package.read("word/document.xml").decode())
    texts = {"docx": docx}
    if shutil.which("pdftotext"):
        texts["pdf"] = subprocess.run(["pdftotext", "-layout", folder / "document.pdf", "-"], capture_output=True, text=True, check=True).stdout
    for format, text in texts.items():
        for word in words:
            check(word in re.sub(r"\s+", " ", text), f"the {format} does not say '{word}'")


def release(server, key, process):
    """So that its runs are those of a released version."""
    say = {"reason": "Erste Fassung"}
    server.json("POST", "/documents", {"number": "VA-0010", "processKey": key, "title": "Beschwerdemanagement", "owner": "Qualität", "organisation": "Muster GmbH",
                                       "reviewMonths": 12, "retentions": [{"record": "Bescheid", "period": "P10Y", "place": "Kundenakte", "keeper": "Kundenservice"},
                                                                          {"record": "Beschwerdeschreiben", "period": "P10Y"}]}, actor="anna")
    for act, who in (("begin", "anna"), ("submit", "anna"), ("check", "ben"), ("release", "lena")):
        released = server.json("POST", f"/documents/VA-0010/{act}", say, actor=who)
    check(released["status"] == "released" and released["versions"][0]["processId"] == process, f"not released: {released}")


def on_terminal(command):
    """Runs it with a terminal as its standard error; what that shows."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    check(process.wait(120) == 0, shown.decode())
    return shown.decode()


def progress(program, folder, server, key, process):
    """How far it is: a line on a terminal that grows, nothing in a file."""
    command = [program, "document", key, "--server", f"http://127.0.0.1:{server.port}", "--lang", "de", "-o", str(folder / "watched.pdf")]
    shown = on_terminal(command)
    shares = [int(share) for share in re.findall(r"evidence \[[# ]{40}\] +(\d+) %", shown)]
    check(shares == sorted(shares) and (not shares or shares[-1] == 100), f"the bar on the terminal: {shown!r}")
    check("wrote" in shown, shown)
    quiet = subprocess.run(command, capture_output=True, text=True)
    check(quiet.returncode == 0 and "evidence [" not in quiet.stderr, quiet.stderr)
    server.connection.close()  # it was idle for long
    server.call("GET", "/process-definitions/1/documentation/progress?watch=nobody-watches", expect=(404,))
    server.call("GET", f"/process-definitions/{process}/documentation?watch=short", expect=(400,))
    return shares


def command_line(program, folder, server, key, process):
    """The same by the command: of a key, and of an id."""
    for what, name in ((key, "by-key.html"), (process, "by-id.html")):
        done = subprocess.run([program, "document", what, "--server", f"http://127.0.0.1:{server.port}", "--lang", "de", "-o", str(folder / name)], capture_output=True, text=True)
        check(done.returncode == 0 and "Nachweise aus dem Betrieb" in (folder / name).read_text(), f"document {what}: {done.stderr}")
        check(verify(program, folder / name)[0] == 0, f"{name} does not verify")


def twin(program, kind, count, folder):
    folder.mkdir(parents=True, exist_ok=True)
    model, content_type, namespace = MODELS[kind]
    portal = Portal()
    (folder / "channels.toml").write_text(portal.settings())
    server = Server(program, "--data", str(folder / "data"), "--channels", str(folder / "channels.toml"))
    text = model.read_text().replace("'PT2H'", "'PT2S'").replace("start PT2H", "start PT2S")  # nobody waits for two hours here
    deployed = {p["key"]: p["id"] for p in server.json("POST", f"/deployments?name={model.name}", text.encode(), kind=content_type)["processes"]}
    key = namespace + "Beschwerdemanagement"
    check(key in deployed and namespace + "Eskalationen_abbauen" in deployed, f"deployed: {deployed}")
    process = deployed[key]
    release(server, key, process)
    begin = time.monotonic()
    cases, late = play(server, portal, count)
    print(f"{kind}: {cases} complaints of {count} customers answered in {time.monotonic() - begin:.1f} s", flush=True)
    until("the end of all cases", lambda: not server.json("GET", f"/process-instances?processKey={key}&state=running&limit=1")["items"])
    until("the process behind the threshold", lambda: server.json("GET", f"/process-instances?processKey={namespace}Eskalationen_abbauen&limit=5")["items"])
    fingerprint = server.json("GET", "/evidence/key")["fingerprint"]
    (folder / "evidence.jsonl").write_bytes(server.call("GET", f"/process-definitions/{process}/evidence"))
    figures = server.json("GET", f"/process-definitions/{process}/evidence?format=json")
    other_evidence = server.call("GET", f"/process-definitions/{process}/evidence?sample=1")
    for format in ("html", "pdf", "docx"):
        begin = time.monotonic()
        file = folder / f"document.{format}"
        file.write_bytes(server.call("GET", f"/process-definitions/{process}/documentation?format={format}&lang=de"))
        print(f"{kind}: {file.name} in {time.monotonic() - begin:.2f} s, {file.stat().st_size} bytes")
    command_line(program, folder, server, key, process)
    print(f"{kind}: on a terminal: {progress(program, folder, server, key, process)} %")
    server.stop()
    check_page((folder / "document.html").read_text(), cases, late, figures["chain"]["hash"])
    check_others(folder, cases)
    check_evidence(program, folder, folder / "evidence.jsonl", fingerprint)
    for format in ("html", "pdf", "docx"):
        check_document(program, folder, folder / f"document.{format}", fingerprint, other_evidence)
    check(verify(program, str(folder / "data"))[0] == 0, "the journal does not verify")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=os.path.abspath)
    options.add_argument("--customers", type=int, default=1000)
    options.add_argument("--only", choices=MODELS)
    options.add_argument("--keep", help="folder in which the files stay")
    options = options.parse_args()
    os.environ["TWINS_SECRET"] = SECRET
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="echoflow-twins-"))
    for kind in [options.only] if options.only else MODELS:
        twin(options.program, kind, options.customers, folder / kind)
    if not options.keep:
        shutil.rmtree(folder)
    print("twins_test: passed")


if __name__ == "__main__":
    main()
