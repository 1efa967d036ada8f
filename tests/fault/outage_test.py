#!/usr/bin/env python3
"""Takes the database away from a running server under load, in every way it can go, and gives it back.

    outage_test.py SERVER-BINARY [TRIAL...]

Meanwhile clients get a clear refusal (a SOAP fault or problem details, 503), /ready says why, /health stays, the log says it.
Afterwards the server goes on by itself: every acknowledged instance is there once, also those whose timer came due during
the outage and those that wait for a message; the journal's hash chain is whole. A trial that this machine cannot play is
skipped, with the reason.
"""
import concurrent.futures
import contextlib
import glob
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import kill_test
from kill_test import Clients, Partner, PartnerServer, Server, check, deploy_survivor, finish_all, free_port, multipart

SLEEP = 3  # seconds that an instance sleeps: longer than it takes to begin an outage


class Skipped(Exception):
    """This machine cannot play the trial."""


class LoggedServer(Server):
    """Its log goes through a pipe, so that it is not part of what fails."""
    def start(self):
        self.process = subprocess.Popen([self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", *self.store], stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        if not self.await_ready(30):
            raise AssertionError("the server does not become ready: " + "".join(self.log)[-2000:])

    def ready(self):
        return self.request("GET", "/ready", timeout=5)

    def await_ready(self, seconds):
        return wait_for(lambda: self.process.poll() is None and self.ready()[0] == 200, seconds)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.reader.join(5)
        self.process.stderr.close()
        return code


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if condition():
                return True
        time.sleep(0.03)
    return False


# --- the databases and what befalls them -------------------------------------------------------------------------------

class DataFolder:
    """An SQLite database in a folder of its own."""
    reads = True   # what is committed can be read during the outage
    strict = True  # the server must notice
    words = ""     # what clients and the log are told

    def __init__(self, work):
        self.folder = os.path.join(work, "data")
        os.mkdir(self.folder)
        self.options = ["--data", self.folder]
        self.place = self.folder

    @property
    def file(self):
        return os.path.join(self.folder, "echoflow.db")

    def holds(self, text):
        """Is a turn that asked the partner for this text committed? Reads the file as another program does."""
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10)) as reader:
            places = (("journal", "payload"), ("outbox", "body"))
            return any(reader.execute(f"SELECT 1 FROM {table} WHERE instr({column}, ?) LIMIT 1", (text.encode(),)).fetchone()
                       for table, column in places)

    def close(self):
        pass


class FullDisk(DataFolder):
    """The database's file system has no room left."""
    words = "free some space"

    def __init__(self, work):
        super().__init__(work)
        if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "echoflow", self.folder], capture_output=True).returncode:
            raise Skipped("a file system of a fixed size can be mounted by root only")

    @contextlib.contextmanager
    def outage(self, server):
        filler = os.path.join(self.folder, "filler")
        with open(filler, "wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 16))
        yield
        os.remove(filler)

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=True)


class LimitedFiles(DataFolder):
    """The server may not make its files larger any more (ulimit -f); the system sends it SIGXFSZ, too."""
    words = "free some space"

    @contextlib.contextmanager
    def outage(self, server):
        before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
        yield
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


class Locked(DataFolder):
    """Another program holds a lock on the database, longer than the server waits for it."""
    words = "another program holds a lock"

    @contextlib.contextmanager
    def outage(self, server):
        other = sqlite3.connect(self.file, timeout=10, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
        other.close()


class ReadOnly(DataFolder):
    """The files may not be changed any more."""
    words = "it cannot be written"

    def __init__(self, work):
        super().__init__(work)
        probe = os.path.join(self.folder, "probe")
        with open(probe, "wb", buffering=0) as file:
            try:
                if subprocess.run(["chattr", "+i", probe], capture_output=True).returncode:
                    raise Skipped("open files can be made unchangeable by root on ext4 or the like only")
                try:
                    file.write(b"x")
                    raise Skipped("this file system lets unchangeable files be written")
                except PermissionError:
                    pass
            finally:
                subprocess.run(["chattr", "-i", probe], capture_output=True)
        os.remove(probe)

    @contextlib.contextmanager
    def outage(self, server):
        files = [self.file, self.file + "-wal"]
        subprocess.run(["chattr", "+i", *files], check=True)
        try:
            yield
        finally:
            subprocess.run(["chattr", "-i", *files], check=True)


class Postgres:
    """A database on a PostgreSQL server of its own."""
    reads = False
    strict = True
    words = "check that it can be reached"

    def __init__(self, work):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise Skipped("PostgreSQL is not installed: install the package postgresql")
        self.programs, self.work = programs[-1], os.path.join(work, "postgres")
        os.mkdir(self.work)
        self.user = []
        if os.getuid() == 0:
            shutil.chown(self.work, "postgres", "postgres")
            os.chmod(work, 0o755)
            self.user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        self.run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D", self.work + "/data")
        self.start()
        self.address = f"host={self.work} dbname=postgres user=postgres"
        self.options, self.place = ["--database", self.address], self.address

    def run(self, program, *words):
        done = subprocess.run([*self.user, os.path.join(self.programs, program), *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.work)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def start(self):
        # Without its standard output: the server would keep the pipe.
        command = [*self.user, os.path.join(self.programs, "pg_ctl"), "-s", "-w", "-D", self.work + "/data", "-l", self.work + "/log.txt",
                   "-o", f"-k {self.work} -c listen_addresses='' -c fsync=off", "start"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.work)

    @contextlib.contextmanager
    def outage(self, server):
        self.run("pg_ctl", "-s", "-w", "-m", "immediate", "-D", self.work + "/data", "stop")
        yield
        self.start()

    def close(self):
        subprocess.run([*self.user, os.path.join(self.programs, "pg_ctl"), "-s", "-m", "immediate", "-D", self.work + "/data", "stop"],
                       cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class EndedSessions(Postgres):
    """An administrator ends all sessions, again and again; each time the server opens new ones."""
    strict = False

    @contextlib.contextmanager
    def outage(self, server):
        for _ in range(8):
            self.run("psql", "-q", "-h", self.work, "-U", "postgres", "-c",
                     "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'echoflow'")
            time.sleep(0.3)
        yield


TRIALS = {"full-disk": FullDisk, "limited-files": LimitedFiles, "locked": Locked, "read-only": ReadOnly, "lost-postgres": Postgres,
          "ended-sessions": EndedSessions}


# --- one trial ---------------------------------------------------------------------------------------------------------

class Trial:
    def __init__(self, binary, name, work, partner):
        self.name, self.problems = name, []
        self.database = TRIALS[name](work)
        self.server = LoggedServer(binary, free_port(), self.database.options)
        self.partner = partner
        Partner.keys.clear()

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def names(self, kind):
        return [f"{self.name}-{kind}-{i}" for i in range(5)]

    def play(self):
        """Returns what the summary says of it."""
        self.server.start()
        self.path = deploy_survivor(self.server, self.partner, f"PT{SLEEP}S")
        clients = self.clients = Clients(self.server, self.path, 3, len(self.name), pause=0.05)
        for name in self.names("waiting"):
            clients.begin(name)
        self.expect(wait_for(lambda: all(f"{n} second" in Partner.keys for n in self.names("waiting")), SLEEP + 10), "no timer fires")
        for name in self.names("sleeping"):
            clients.begin(name)
        fall_asleep = time.monotonic()
        with self.database.outage(self.server):
            if self.database.strict:
                self.during_outage()
            time.sleep(max(0, fall_asleep + SLEEP + 0.3 - time.monotonic()))
            if self.database.strict:
                self.not_called_without_commit()
        given_back = time.monotonic()
        self.expect(self.server.await_ready(15), f"not ready again: {self.server.ready()}")
        recovery = time.monotonic() - given_back
        self.after_outage()
        return f"ready again after {recovery:.1f} s, {len(clients.acknowledged)} acknowledged instances, {len(clients.finished)} replies"

    def during_outage(self):
        server = self.server
        self.expect(wait_for(lambda: server.ready()[0] == 503, 15), "/ready stays ready")
        status, body = server.ready()
        self.expect(self.database.words in json.loads(body).get("detail", ""), f"/ready does not say why: {status} {body}")
        self.expect(server.request("GET", "/health")[0] == 200, "/health fails")
        self.expect(b"\nechoflow_ready 0\n" in server.request("GET", "/metrics")[1], "/metrics says it is ready")
        self.refused_by_soap("begin", self.names("new")[0])
        self.refused_by_soap("finish", self.names("waiting")[0])
        message = {"processKey": "Survivor", "message": {"body": "json"}}
        self.refused_by_rest("POST", "/api/v1/process-instances", json.dumps(message).encode(), "application/json")
        self.refused_by_rest("POST", "/api/v1/deployments", multipart({n: (kill_test.HERE / n).read_text() for n in ("survivor.bpel", "survivor.wsdl")}), "multipart/form-data; boundary=b")
        if self.database.reads:
            self.expect(server.request("GET", "/api/v1/process-instances")[0] == 200, "what is committed cannot be read")
        else:
            self.refused_by_rest("GET", "/api/v1/process-instances", None, "text/plain")
        self.expect(any("the database cannot be written" in line and self.database.words in line for line in server.log), "the log does not say it")

    def not_called_without_commit(self):
        """On a full disk small turns may still find room in the log; whatever was sent must then stand in the file."""
        called = [text for n in self.names("sleeping") if (text := f"{n} second") in Partner.keys]
        if isinstance(self.database, FullDisk):
            self.expect(self.database.holds(f"{self.names('waiting')[0]} second"), "the file does not show what was committed before")
            called = [text for text in called if not self.database.holds(text)]
        self.expect(not called, f"a partner was called without a commit: {called}")

    def refused_by_soap(self, element, name):
        status, body = self.clients.soap(element, name, f"{element}-{name}")
        fault = re.search(r"<faultstring[^>]*>([^<]*)", body.decode())
        self.expect(status == 503 and fault and self.database.words in fault.group(1), f"{element}: no clear fault: {status} {body}")

    def refused_by_rest(self, method, path, body, content_type):
        status, answer = self.server.request(method, path, body, {"Content-Type": content_type})
        try:
            problem = json.loads(answer)
        except ValueError:
            problem = {}
        self.expect(status == 503 and problem.get("status") == 503 and self.database.words in problem.get("detail", ""), f"{method} {path}: no clear problem: {status} {answer}")

    def after_outage(self):
        server, clients = self.server, self.clients
        if self.database.strict:
            self.expect(any("the database can be written again" in line for line in server.log), "the log does not tell of the recovery")
        for name in self.names("new"):
            clients.begin(name)  # the first under the key that was refused before
        time.sleep(0.3)
        clients.stop.set()
        for thread in clients.threads:
            thread.join(60)
        self.expect(set(self.names("waiting") + self.names("sleeping") + self.names("new")) <= clients.acknowledged, "not everything was acknowledged")
        self.problems += finish_all(clients) + clients.problems + check(clients, server)
        self.nothing_doubled()
        self.expect(server.process.poll() is None, f"the server ended: {server.process.poll()}")
        self.expect(server.stop() == 0, "the server does not end properly")
        verified = subprocess.run([server.binary, "verify", self.database.place], capture_output=True, text=True)
        self.expect(verified.returncode == 0, f"the journal is not whole: {verified.stdout}{verified.stderr}")

    def nothing_doubled(self):
        items, cursor = [], ""
        while True:
            page = json.loads(self.server.request("GET", "/api/v1/process-instances?limit=1000" + cursor)[1])
            items += page["items"]
            if "nextCursor" not in page:
                break
            cursor = "&cursor=" + page["nextCursor"]
        completed = sum(i["state"] == "completed" for i in items)
        self.expect(completed == len(self.clients.acknowledged), f"{completed} instances completed, {len(self.clients.acknowledged)} were acknowledged")
        doubled = [text for text, keys in Partner.keys.items() if len(keys) != 1]
        self.expect(not doubled, f"started twice: {doubled[:5]}")

    def close(self):
        if self.server.process and self.server.process.poll() is None:
            self.server.kill()
        self.database.close()


def play(binary, name, partner):
    with tempfile.TemporaryDirectory(prefix="echoflow-outage-") as work:
        trial, told = None, "broken off"
        try:
            trial = Trial(binary, name, work, partner)
            told = trial.play()
        except OSError as error:
            if trial is None:
                raise
            trial.problems.append(f"the server does not answer ({error}); it ended with {trial.server.process.poll()}")
        except Skipped as reason:
            print(f"{name}: skipped: {reason}")
            return True
        finally:
            if trial:
                trial.close()
        for problem in trial.problems[:20]:
            print(f"{name}: {problem}", file=sys.stderr)
        if trial.problems:
            print("".join(trial.server.log)[-3000:], file=sys.stderr)
        print(f"{name}: {told}, {len(trial.problems)} problems")
        return not trial.problems


def play_all(binary):
    """Each in a process of its own, some at the same time: most of it is waiting."""
    def run(name):
        return subprocess.run([sys.executable, __file__, binary, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        played = list(pool.map(run, TRIALS))
    print("".join(trial.stdout for trial in played), end="")
    return any(trial.returncode for trial in played)


def main():
    binary, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if not names:
        return play_all(binary)
    partner = PartnerServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=partner.serve_forever, daemon=True).start()
    return not all([play(binary, name, partner.server_address[1]) for name in names])


if __name__ == "__main__":
    sys.exit(main())
