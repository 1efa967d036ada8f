#!/usr/bin/env python3
"""Shows that a server's memory returns to where it was: after thousands of instances that end, fault and sleep, and after
processes come and go.

    memory_test.py SERVER-BINARY [--instances N] [--deployments N] [--database URL] [--allowed MB]

A small load first, so that threads, connections and caches are there; what is compared is the memory of the resting server
before and after the large one. The instances that sleep are there still: the last thing is that some are woken up.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import sys
import tempfile
import threading
import time

from kill_test import HERE, Server, envelope, free_port, multipart
from outage_test import LoggedServer, wait_for

NS = "urn:echoflow:test:resting"
LINES = "".join(f"<r:line>line {i} of a message of ordinary size</r:line>" for i in range(40))
COOL = 2  # seconds


class RestingServer(LoggedServer):
    def __init__(self, binary, store):
        super().__init__(binary, free_port(), [*store, "--cool-seconds", str(COOL)])
        self.local = threading.local()

    def memory(self):
        """Resident, in MB, without the program's code, of which a busy server has touched more."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) / 1024

    def resting_memory(self):
        """The least within the time that cooling down takes; who asks gives no work."""
        end, least = time.monotonic() + 4 * COOL + 3, 1e9
        while time.monotonic() < end:
            least = min(least, self.memory())
            time.sleep(0.2)
        return least

    def post(self, path, element, body):
        """Over a connection that each client thread keeps."""
        for _ in range(2):
            if not hasattr(self.local, "connection"):
                self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.local.connection.request("POST", path, envelope(f'<r:{element} xmlns:r="{NS}">{body}</r:{element}>'), {"Content-Type": "text/xml; charset=utf-8"})
                answer = self.local.connection.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):  # the server closes what is idle
                del self.local.connection
        raise AssertionError("no answer")

    def deploy(self, name="Resting", in_memory=False):
        files = {f: (HERE / f).read_text().replace("Resting", name) for f in ("resting.bpel", "resting.wsdl")}
        files["echoflow.json"] = json.dumps({"inMemory": in_memory})
        status, body = self.request("POST", f"/api/v1/deployments?name={name}", multipart(files), {"Content-Type": "multipart/form-data; boundary=b"})
        assert status == 201, body
        deployed = json.loads(body)
        return deployed["id"], "/" + deployed["processes"][0]["endpoints"][0]["url"].split("/", 3)[3]

    def begin(self, path, name, then):
        status, body = self.post(path, "begin", f"<r:id>{name}</r:id><r:then>{then}</r:then>{LINES}")
        assert status == 200, body


def load(server, path, count, prefix, kinds=("end", "fault", "sleep")):
    """`count` instances of each kind, from eight clients."""
    jobs = [(path, f"{prefix}-{then}-{i}", then) for i in range(count) for then in kinds]
    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        for done in [clients.submit(server.begin, *job) for job in jobs]:
            done.result()


def come_and_go(server, count, prefix):
    """Processes with an instance that sleeps each; a deployment takes its instances with it."""
    def one(i):
        deployment, path = server.deploy(f"{prefix}{i}")
        server.begin(path, "x", "sleep")
        status, body = server.request("DELETE", f"/api/v1/deployments/{deployment}?cascade=true")
        assert status == 204, body
    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        for done in [clients.submit(one, i) for i in range(count)]:
            done.result()


def gauge(server, name):
    text = server.request("GET", "/metrics")[1].decode()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith(name + " ")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--instances", type=int, default=1000, help="of each kind")
    parser.add_argument("--deployments", type=int, default=60)
    parser.add_argument("--database")
    parser.add_argument("--allowed", type=float, default=10, help="MB more than before")
    options = parser.parse_args()
    problems = []
    with tempfile.TemporaryDirectory(prefix="echoflow-memory-") as work:
        server = RestingServer(os.path.abspath(options.server), ["--database", options.database] if options.database else ["--data", os.path.join(work, "data")])
        server.start()
        try:
            _, durable = server.deploy()
            load(server, durable, 50, "warm")
            come_and_go(server, 8, "Warm")
            before = server.resting_memory()
            load(server, durable, options.instances, "load")
            quick, path = server.deploy("Quick", in_memory=True)
            load(server, path, options.instances, "quick", ("end", "fault"))
            come_and_go(server, options.deployments, "Passing")
            most = server.memory()
            status, body = server.request("DELETE", f"/api/v1/deployments/{quick}")
            if status != 204:
                problems.append(f"the process in memory is not undeployed: {status} {body}")
            after = server.resting_memory()
            warm = gauge(server, "echoflow_instances_warm")
            if warm != 0:
                problems.append(f"{warm} instances are still in memory")
            if after - before > options.allowed:
                problems.append(f"{after - before:.1f} MB did not come back")
            for i in range(0, options.instances, max(1, options.instances // 10)):
                status, body = server.post(durable, "wake", f"load-sleep-{i}")
                if status != 202:
                    problems.append(f"load-sleep-{i} does not wake up: {status} {body}")
        finally:
            if server.process.poll() is None:
                server.stop()
    print(f"resting {before:.1f} MB, under load {most:.1f} MB, resting again {after:.1f} MB; {5 * options.instances} instances, {options.deployments} deployments came and went")
    for problem in problems:
        print(problem, file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
