#!/usr/bin/env python3
"""Plays the case that everything is judged by; see tools/demo."""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
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


class World:
    """The server, the fake of Facebook, and what is configured."""

    def __init__(self, story, work):
        self.story, self.work = story, pathlib.Path(work)
        self.port, self.fake_port = free_port(), free_port()
        self.server = self.fake = None
        (self.work / "channels.toml").write_text(
            '[channels.page]\nnetwork = "facebook"\npage_id = "100"\napp_secret = "env:DEMO_SECRET"\nverify_token = "env:DEMO_VERIFY"\n'
            f'access_token = "env:DEMO_TOKEN"\napi_url = "http://127.0.0.1:{self.fake_port}"\n')
        (self.work / "desk.json").write_text(json.dumps({"policy": {"rules": [
            {"id": "promises", "forbidden": ["guarantee", "garantiert"], "message": "Promise nothing in public."}]}}))

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def fake_url(self, path):
        return f"http://127.0.0.1:{self.fake_port}/_control/{path}"

    def start(self):
        secrets = {"DEMO_SECRET": "app-secret", "DEMO_VERIFY": "verify-me", "DEMO_TOKEN": "page-token"}
        log = open(self.work / "server.log", "ab")
        self.server = subprocess.Popen([SERVER, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", self.work / "data",
                                        "--channels", self.work / "channels.toml", "--desk", self.work / "desk.json"],
                                       env={**os.environ, **secrets}, stdout=log, stderr=log)
        self.story.wait("the server", self.ready)

    def ready(self):
        if self.server.poll() is not None:
            sys.exit("demo: the server stopped:\n" + (self.work / "server.log").read_text()[-2000:])
        with urllib.request.urlopen(self.url("/ready"), timeout=2) as answer:
            return answer.status == 200

    def start_fake(self):
        self.fake = subprocess.Popen([sys.executable, FAKE, "--port", str(self.fake_port), "--page", "100", "--deliver-to", self.url("/channels/page/webhook"),
                                      "--secret", "app-secret", "--verify-token", "verify-me", "--access-token", "page-token"])
        self.story.wait("the fake of Facebook", lambda: call("GET", self.fake_url("posted")) == [])

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
        for process in (self.server, self.fake):
            if process and process.poll() is None:
                process.terminate()
                process.wait()

    def get(self, path, **options):
        return call("GET", self.url(API + path), **options)

    def posted(self):
        return call("GET", self.fake_url("posted"))

    def customer_says(self, name, text, user, **more):
        return call("POST", self.fake_url("say"), {"name": name, "text": text, "user": user, **more})


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


def task_for(world, text, states):
    for task in world.get(f"/tasks?view=all&limit=1000&state={states}")["items"]:
        if text in task.get("subject", ""):
            return task
    return None


def answer(world, task, agent, text):
    call("POST", world.url(f"{API}/tasks/{task['id']}/start"), {}, actor=agent)
    reply = {"reply": {"feedbackId": "", "visibility": "public", "text": text, "author": agent}}
    call("POST", world.url(f"{API}/tasks/{task['id']}/complete"), {"output": reply, "outcome": "answered"}, actor=agent)


def first_case(world):
    story = world.story
    story.step("1  A customer posts on the page")
    said = world.customer_says("Ute", "Mein Paket ist seit drei Wochen verschwunden, das ist eine Frechheit!", "7001", twice=True)
    story.say(f"the network delivered it twice, signed: {said['statuses']}")
    world.crash()
    heard = story.wait("feedback", lambda: next((f for f in world.get("/feedback?limit=50")["items"] if f["status"] == "taken"), None))
    story.say(f"heard once, understood: {json.dumps(heard, ensure_ascii=False)[:600]}")
    story.step("2  It goes to who suits best")
    task = story.wait("a task", lambda: task_for(world, "Paket", "reserved"))
    story.say(f"task {task['id']}: {task['subject']}  priority {task['priority']}, owner {task.get('owner')}")
    why = world.get(f"/tasks/{task['id']}/explanation")
    story.say("why: " + json.dumps(why, ensure_ascii=False)[:500])
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
    story.say(f"under the post: {posted[0]['text']}")
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
    story.say(f"under the post: {world.posted()[1]['text']}")


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
    time.sleep(2)  # long enough for a second one to show, which would be wrong
    raised, crises = world.get("/alerts?limit=100")["items"], world.get("/process-instances?processKey=Crisis&limit=100")["items"]
    episodes = {a["episode"] for a in raised}
    story.say(f"{len(episodes)} alert ({', '.join(sorted({a['severity'] for a in raised}))}), {len(crises)} crisis instance")
    if len(episodes) != 1 or len(crises) != 1:
        sys.exit("demo: one alert and one crisis instance were wanted")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--posts", type=int, default=200)
    options = parser.parse_args()
    story = Story(options.kill)
    with tempfile.TemporaryDirectory() as work:
        world = World(story, work)
        try:
            story.step("0  The desk opens")
            world.start()
            deploy(world)
            world.start_fake()
            first_case(world)
            neglected_case(world)
            burst(world, options.posts)
            answers = [p["text"] for p in world.posted()]
            if len(answers) != len(set(answers)):
                sys.exit(f"demo: an answer was posted twice: {answers}")
            chain = world.get("/journal/check", missing={})
            story.step(f"Done: {len(answers)} answers, none twice" + (f", {story.kills} times kill -9" if story.kill else "") + ".")
            if chain:
                story.say(f"journal: {json.dumps(chain)}")
        except BaseException:
            log = world.work / "server.log"
            if log.exists():
                sys.stderr.write(log.read_text()[-3000:])
            raise
        finally:
            world.stop()


if __name__ == "__main__":
    main()
