#!/usr/bin/env python3
"""Plays the case that everything is judged by; see tools/demo."""
import argparse
import contextlib
import email
import email.message
import email.policy
import imaplib
import json
import os
import pathlib
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = ROOT / "build/release/echoflow"
FAKE = ROOT / "tests/channels/fakes/facebook.py"
MAIL = ROOT / "tests/channels/mail_servers.py"
API = "/api/v1"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def call(method, url, body=None, actor="demo", missing=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", "X-Actor": actor}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
            return json.loads(text) if text else {}
    except urllib.error.HTTPError as error:
        if missing is not None and error.code == 404:
            return missing
        sys.exit(f"demo: {method} {url}: {error.code} {error.read().decode()}")


class Story:
    def __init__(self, kill):
        self.kill = kill
        self.kills = 0
        self.begin = time.monotonic()

    def step(self, title):
        print(f"\n{title}", flush=True)

    def say(self, text):
        print(f"  {time.monotonic() - self.begin:5.1f} s  {text}", flush=True)

    def wait(self, what, look, seconds=30):
        """Asks again until there is something; a demo that waits for ever has failed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if found := look():
                    return found
            time.sleep(0.05)
        sys.exit(f"demo: nothing within {seconds} s: {what}")


class Page:
    """A page of Facebook: a fake that signs, checks and fails like it."""

    place, visibility = "under the post", "public"

    def __init__(self, server_port):
        self.port = free_port()
        self.process = subprocess.Popen([sys.executable, FAKE, "--port", str(self.port), "--page", "100", "--secret", "app-secret", "--verify-token", "verify-me",
                                         "--access-token", "page-token", "--deliver-to", f"http://127.0.0.1:{server_port}/channels/desk/webhook"],
                                        stdout=subprocess.DEVNULL)

    def settings(self):
        return ('network = "facebook"\npage_id = "100"\napp_secret = "env:DEMO_SECRET"\nverify_token = "env:DEMO_VERIFY"\n'
                f'access_token = "env:DEMO_TOKEN"\napi_url = "http://127.0.0.1:{self.port}"\n')

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/_control/{path}"

    def is_up(self):
        return self.posted() == []

    def says(self, name, text, user, twice=False):
        call("POST", self.url("say"), {"name": name, "text": text, "user": user, "twice": twice})

    def posted(self):
        return [each["text"] for each in call("GET", self.url("posted"))]


class Mailbox:
    """Real mail servers: dovecot and OpenSMTPD (which wants to be started by root)."""

    place, visibility = "in the customer's mailbox", "private"

    def __init__(self, _):
        self.process = subprocess.Popen([sys.executable, MAIL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ports = self.process.stdout.readline().split()
        if len(ports) < 3 or ports[2] == "0":
            sys.exit("demo: the mail servers did not start; they need root, dovecot and opensmtpd")
        self.imap, self.smtp = int(ports[1]), int(ports[2])
        self.customers = []

    def settings(self):
        return (f'network = "email"\naddress = "help@acme.example"\nimap_url = "imap://127.0.0.1:{self.imap}"\nsmtp_url = "smtp://127.0.0.1:{self.smtp}"\n'
                'user = "help@acme.example"\npassword = "env:DEMO_SECRET"\ntls = false\nsmtp_login = false\npoll_seconds = 1\n')

    def is_up(self):
        return True

    def says(self, name, text, user, twice=False):
        mail = email.message.EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"{name} <c{user}@customers.example>", "help@acme.example", "Ihr Service"
        mail["Message-ID"] = f"<{user}@customers.example>"
        mail.set_content(text + "\n")
        if user not in self.customers:
            self.customers.append(user)
        with smtplib.SMTP("127.0.0.1", self.smtp) as server:
            for _ in range(2 if twice else 1):
                server.send_message(mail)

    def posted(self):
        answers = []
        for user in self.customers[:2]:  # those who are answered in the story
            with imaplib.IMAP4("127.0.0.1", self.imap) as box:
                box.login(f"c{user}@customers.example", "secret")
                box.select(readonly=True)
                for number in box.search(None, "ALL")[1][0].split():
                    mail = email.message_from_bytes(box.fetch(number, "(RFC822)")[1][0][1], policy=email.policy.default)
                    answers.append(mail.get_content().strip())
        return answers


class World:
    """The server, where customers speak, and what is configured."""

    def __init__(self, story, work, place, database):
        self.story, self.work = story, pathlib.Path(work)
        self.store = ["--database", database] if database else ["--data", str(self.work / "data")]
        self.port = free_port()
        self.server = None
        self.channel = place(self.port)
        (self.work / "channels.toml").write_text("[channels.desk]\n" + self.channel.settings())
        (self.work / "desk.json").write_text(json.dumps({"policy": {"rules": [
            {"id": "promises", "forbidden": ["guarantee", "garantiert"], "message": "Promise nothing in public."}]}}))

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def start(self):
        secrets = {"DEMO_SECRET": "secret" if isinstance(self.channel, Mailbox) else "app-secret", "DEMO_VERIFY": "verify-me", "DEMO_TOKEN": "page-token"}
        log = open(self.work / "server.log", "ab")
        self.server = subprocess.Popen([SERVER, "serve", "--listen", f"127.0.0.1:{self.port}", *self.store,
                                        "--channels", self.work / "channels.toml", "--desk", self.work / "desk.json"],
                                       env={**os.environ, **secrets}, stdout=log, stderr=log)
        self.story.wait("the server", self.ready)

    def ready(self):
        if self.server.poll() is not None:
            sys.exit("demo: the server stopped:\n" + (self.work / "server.log").read_text()[-2000:])
        with urllib.request.urlopen(self.url("/ready"), timeout=2) as answer:
            return answer.status == 200

    def crash(self):
        """With --kill: kill -9 and start again, where the story stands."""
        if not self.story.kill:
            return
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.story.kills += 1
        self.story.say("(kill -9; the server starts again)")
        self.start()

    def stop(self):
        for process in (self.server, self.channel.process):
            if process and process.poll() is None:
                if process.stdin:
                    process.stdin.close()
                else:
                    process.terminate()
                process.wait()

    def get(self, path, **options):
        return call("GET", self.url(API + path), **options)

    def posted(self):
        return self.channel.posted()

    def customer_says(self, name, text, user, twice=False):
        self.channel.says(name, text, user, twice)


def deploy(world):
    """The examples, with minutes made seconds so that nobody has to wait."""
    for name in ("care", "crisis", "improve"):
        folder = world.work / name
        shutil.copytree(ROOT / "examples" / name, folder)
        for file in folder.glob("*.bpel"):
            file.write_text(file.read_text().replace("'PT30M'", "'PT4S'"))
        subprocess.run([SERVER, "deploy", folder, "--server", world.url(""), "--name", name], check=True, stdout=subprocess.DEVNULL)
        world.story.say(f"deployed: {name}")
    for user, groups, skills in (("anna", ["support"], {"german": 5}), ("ben", ["second-line"], {"german": 3}), ("lena", ["leads"], {})):
        call("PUT", world.url(f"{API}/agents/{user}"), {"name": user.capitalize(), "groups": groups, "automatic": user == "anna", "capacity": 100,
                                                       "skills": [{"name": n, "level": l} for n, l in skills.items()], "languages": ["de", "en"]})
        call("PUT", world.url(f"{API}/agents/{user}/presence"), {"presence": "online"}, actor=user)
        world.story.say(f"at the desk: {user} ({', '.join(groups)})")


def heard(story, world):
    """What was taken, once; a mail that came twice is one, too."""
    return story.wait("feedback", lambda: next((f for f in world.get("/feedback?limit=50")["items"] if f["status"] == "taken"), None))


def task_for(world, text, states):
    for task in world.get(f"/tasks?view=all&limit=1000&state={states}")["items"]:
        if text in task.get("subject", ""):
            return task
    return None


def answer(world, task, agent, text):
    call("POST", world.url(f"{API}/tasks/{task['id']}/start"), {}, actor=agent)
    reply = {"reply": {"feedbackId": "", "visibility": world.channel.visibility, "text": text, "author": agent}}
    call("POST", world.url(f"{API}/tasks/{task['id']}/complete"), {"output": reply, "outcome": "answered"}, actor=agent)


def first_case(world):
    story = world.story
    story.step("1  A customer speaks")
    world.customer_says("Ute", "Mein Paket ist seit drei Wochen verschwunden, das ist eine Frechheit!", "7001", twice=True)
    story.say("delivered twice, as networks do")
    world.crash()
    said = heard(story, world)
    meant = said["understanding"]
    story.say(f"heard once: {said['text'].strip()}")
    story.say(f"understood: {meant['language']}, {meant['sentiment']['polarity']} {meant['sentiment']['score']}, "
              f"{', '.join(i['name'] for i in meant['intents'])}, {', '.join(t['name'] for t in meant['topics'])}, urgency {meant['urgency']}")
    story.step("2  It goes to who suits best")
    task = story.wait("a task", lambda: task_for(world, "Paket", "reserved"))
    story.say(f"task {task['id']}: {task['subject']}  priority {task['priority']}, owner {task.get('owner')}")
    why = world.get(f"/tasks/{task['id']}/explanation")
    story.say(f"why: {why['summary']}; others: " + "; ".join(f"{c['user']} {c['reason']}" for c in why["candidates"] if c["user"] != why["chosen"]))
    world.crash()
    story.step("3  The policy reads along")
    answer(world, task, "anna", "Wir bringen es garantiert morgen.")
    again = story.wait("the task again", lambda: (t := task_for(world, "Paket", "ready,reserved")) and t["id"] != task["id"] and t)
    details = world.get(f"/tasks/{again['id']}")
    story.say(f"not said; task {again['id']} says: {details.get('description')}")
    world.crash()
    again = story.wait("an owner", lambda: task_for(world, "Paket", "reserved"))
    answer(world, again, "anna", "Das tut uns leid, Ute. Wir suchen Ihr Paket und melden uns heute noch.")
    world.crash()
    posted = story.wait("the answer under the post", world.posted)
    story.say(f"{world.channel.place}: {posted[0]}")
    case = story.wait("the end of the case", lambda: world.get("/process-instances?processKey=Care&state=completed&limit=5")["items"])
    story.say(f"case {case[0]['id']} completed")


def neglected_case(world):
    story = world.story
    story.step("4  Nobody takes the next one in time")
    call("PUT", world.url(f"{API}/agents/anna/presence"), {"presence": "away"}, actor="anna")
    world.customer_says("Max", "Why does nobody answer my question about the broken lamp? I am really angry.", "7002")
    world.crash()
    task = story.wait("the escalation", lambda: (t := task_for(world, "broken lamp", "ready,reserved")) and t["priority"] == 0 and t)
    people = world.get(f"/tasks/{task['id']}")["people"]
    story.say(f"task {task['id']} is with {people['potentialOwners']}, priority {task['priority']}")
    world.crash()
    story.step("5  The figure moves, its threshold starts another process")
    kpi = story.wait("the KPI", lambda: next((k for k in world.get("/kpis")["items"] if k["name"] == "neglected" and k.get("level") == "warning"), None))
    story.say(f"KPI neglected: {kpi.get('value')} ({kpi['level']})")
    started = story.wait("the process that improves", lambda: world.get("/process-instances?processKey=Improve&limit=5")["items"])
    story.say(f"Improve {started[0]['id']} is {started[0]['state']}")
    world.crash()
    call("POST", world.url(f"{API}/tasks/{task['id']}/claim"), {}, actor="ben")
    answer(world, task, "ben", "Sorry for the wait, Max. A new lamp is on its way to you.")
    story.wait("the second answer", lambda: len(world.posted()) == 2)
    story.say(f"{world.channel.place}: {world.posted()[1]}")


def burst(world, count):
    story = world.story
    story.step(f"6  {count} angry posts in a few seconds")
    for i in range(count):
        world.customer_says(f"Customer {i}", f"Your new app is terrible, it crashes all the time and I lost my data! ({i})", str(8000 + i))
        if i == count // 2:
            world.crash()
    story.say(f"{count} posts delivered")
    raised = story.wait("an alert", lambda: world.get("/alerts?limit=100")["items"])
    world.crash()
    crises = story.wait("the crisis", lambda: world.get("/process-instances?processKey=Crisis&limit=100")["items"])
    time.sleep(2)  # time for a second one, which would be wrong
    raised, crises = world.get("/alerts?limit=100")["items"], world.get("/process-instances?processKey=Crisis&limit=100")["items"]
    episodes = {a["episode"] for a in raised}
    story.say(f"{len(episodes)} alert ({', '.join(sorted({a['severity'] for a in raised}))}), {len(crises)} crisis instance")
    if len(episodes) != 1 or len(crises) != 1:
        sys.exit("demo: one alert and one crisis instance were wanted")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--mail", action="store_true")
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--database", help="a PostgreSQL address; else SQLite")
    parser.add_argument("--server", type=pathlib.Path, default=SERVER)
    options = parser.parse_args()
    globals()["SERVER"] = options.server
    story = Story(options.kill)
    with tempfile.TemporaryDirectory() as work:
        world = World(story, work, Mailbox if options.mail else Page, options.database)
        try:
            story.step("0  The desk opens")
            world.start()
            deploy(world)
            story.wait("where customers speak", world.channel.is_up)
            first_case(world)
            neglected_case(world)
            burst(world, options.posts)
            answers = world.posted()
            if len(answers) != len(set(answers)):
                sys.exit(f"demo: an answer was posted twice: {answers}")
            story.step(f"Done: {len(answers)} answers, none twice" + (f", {story.kills} times kill -9" if story.kill else "") + ".")
        except BaseException:
            log = world.work / "server.log"
            if log.exists():
                sys.stderr.write(log.read_text()[-3000:])
            raise
        finally:
            world.stop()


if __name__ == "__main__":
    main()
