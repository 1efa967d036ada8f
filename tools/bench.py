#!/usr/bin/env python3
"""Measures the server against its ceiling; see tools/bench."""
import argparse
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

BUILD = pathlib.Path("build/release")
LOAD = BUILD / "tests/bench_load"
CEILING = BUILD / "tests/bench_ceiling"
SERVER = BUILD / "echoflow"
SOURCES = pathlib.Path("tests/bench/load")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def order(size=4400):
    items = []
    head = '<b:order xmlns:b="urn:echoflow:bench"><b:id>4711</b:id><b:total>0</b:total><b:status>new</b:status>'
    while len(head) + sum(map(len, items)) < size - 350:
        n = len(items)
        items.append(f'<b:item qty="{n % 5 + 1}"><b:name>article number {n} of the catalogue</b:name><b:price>{n}.50</b:price></b:item>')
    return ('<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
            "<soapenv:Body>" + head + "".join(items) + "</b:order></soapenv:Body></soapenv:Envelope>")


def wait_for(port, path, process):
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"bench: a server stopped with {process.returncode}")
        try:
            if path:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).read()
            else:
                socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("bench: a server does not answer")


@contextlib.contextmanager
def running(command, port, path):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(port, path, process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def load(port, path, body, connections, seconds):
    out = subprocess.run([LOAD, "127.0.0.1", str(port), path, body, "--connections", str(connections), "--seconds", str(seconds), "--soap-action", "order"],
                         check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def post(url, data, kind):
    request = urllib.request.Request(url, data, {"Content-Type": kind, "SOAPAction": '"order"'})
    return urllib.request.urlopen(request, timeout=60).read()


def deploy(port, in_memory=False):
    files = {f: (SOURCES / f).read_text() for f in ("order.bpel", "bench.wsdl")}
    if in_memory:
        files["echoflow.json"] = '{"inMemory": true}'
    return send_files(port, "bench", files)


def send_files(port, deployment, files):
    """Deploys files and gives the path of the first process' first endpoint."""
    boundary = "echoflow-bench"
    parts = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n' for name, text in files.items())
    answer = json.loads(post(f"http://127.0.0.1:{port}/api/v1/deployments?name={deployment}", (parts + f"--{boundary}--\r\n").encode(), f"multipart/form-data; boundary={boundary}"))
    url = answer["processes"][0]["endpoints"][0]["url"]
    return "/" + url.split("/", 3)[3]


def stored_bytes(work, count):
    """Bytes of the database file for each instance, indexes included: what the ceiling has to commit too."""
    size = sum(os.path.getsize(os.path.join(root, f)) for root, _, names in os.walk(work) for f in names if not f.endswith(("-shm", "-wal")))
    return max(1000, size // max(1, count))


def median(values):
    return sorted(values)[len(values) // 2]


def compare(name, server_command, ceiling_command, seconds, rounds, measure_rows=None):
    """Runs server and ceiling in turn and prints the ratios of their medians."""
    with tempfile.TemporaryDirectory() as work:
        body = os.path.join(work, "body.xml")
        pathlib.Path(body).write_text(order())
        port, ceiling_port = free_port(), free_port()
        with running(server_command(port, work), port, "/ready"):
            path = deploy(port, in_memory=name == "in memory")
            answer = os.path.join(work, "answer.xml")
            pathlib.Path(answer).write_bytes(post(f"http://127.0.0.1:{port}{path}", order().encode(), "text/xml; charset=utf-8"))
            row = measure_rows(port, path, body, work) if measure_rows else 9000
            with running(ceiling_command(ceiling_port, row, answer, work), ceiling_port, None):
                for connections in (64, 1):
                    ours, best = [], []
                    for _ in range(rounds):
                        ours.append(load(port, path, body, connections, seconds))
                        best.append(load(ceiling_port, "/", body, connections, seconds))
                    our_rate, best_rate = median([r["per_second"] for r in ours]), median([r["per_second"] for r in best])
                    our_p50, best_p50 = median([r["p50_us"] for r in ours]), median([r["p50_us"] for r in best])
                    print(f"{name:12} {connections:3} connections: {our_rate:7.0f}/s of {best_rate:7.0f}/s = {our_rate / best_rate:5.2f} of the ceiling;"
                          f" median latency {our_p50:6.0f} us against {best_p50:6.0f} us = {our_p50 / best_p50:4.2f} times", flush=True)
            print(f"{name:12} bytes committed per request by the ceiling: {row}", flush=True)


def sqlite(seconds, rounds):
    def measure(port, path, body, work):
        load(port, path, body, 64, 2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as metrics:
            text = metrics.read().decode()
        count = next((int(float(line.split()[-1])) for line in text.splitlines() if line.startswith("echoflow_instances_started_total")), 0)
        return stored_bytes(os.path.join(work, "data"), count) if count else 9000

    compare("SQLite", lambda port, work: [SERVER, "serve", "--listen", f"127.0.0.1:{port}", "--data", os.path.join(work, "data")],
            lambda port, row, answer, work: [CEILING, str(port), str(row), answer, "sqlite", os.path.join(work, "ceiling.db")], seconds, rounds, measure)


def postgresql(seconds, rounds):
    binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o777)
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        data, port = os.path.join(root, "pg"), free_port()
        subprocess.run([*as_user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        server = subprocess.Popen([*as_user, binaries / "postgres", "-D", data, "-p", str(port), "-k", root, "-c", "listen_addresses=127.0.0.1"], cwd="/", stderr=subprocess.DEVNULL)
        try:
            wait_for(port, None, server)
            for database in ("echoflow", "ceiling"):
                for _ in range(50):
                    if subprocess.run([binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", database], stderr=subprocess.DEVNULL).returncode == 0:
                        break
                    time.sleep(0.2)
            compare("PostgreSQL", lambda p, work: [SERVER, "serve", "--listen", f"127.0.0.1:{p}", "--database", f"postgresql://postgres@127.0.0.1:{port}/echoflow"],
                    lambda p, row, answer, work: [CEILING, str(p), str(row), answer, "postgresql", f"host=127.0.0.1 port={port} user=postgres dbname=ceiling"], seconds, rounds)
        finally:
            server.terminate()
            server.wait(30)


def resident_megabytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def start(count):
    """Deploys `count` processes, starts the server again, and tells how long that takes and what memory it holds."""
    folder = pathlib.Path("examples/greeting")
    texts = {p.name: p.read_text() for p in folder.iterdir() if p.suffix in (".bpel", ".wsdl", ".xsd")}
    with tempfile.TemporaryDirectory() as work:
        port = free_port()
        command = [SERVER, "serve", "--listen", f"127.0.0.1:{port}", "--data", os.path.join(work, "data")]
        with running(command, port, "/ready"):
            before = time.monotonic()
            for n in range(count):
                send_files(port, f"greeting{n}", {name: renamed(name, text, n) for name, text in texts.items()})
            print(f"{count} processes deployed in {time.monotonic() - before:.1f} s", flush=True)
        before = time.monotonic()
        with running(command, port, "/ready") as process:
            took = time.monotonic() - before
            time.sleep(1)
            print(f"{count} processes: ready {took:.2f} s after the start, {resident_megabytes(process):.0f} MB resident", flush=True)


def renamed(name, text, n):
    """The process under another name, so that it is another process and no new version."""
    return re.sub(r'(<(?:\w+:)?process\b[^>]*?\bname=")([^"]*)', rf"\g<1>\g<2>{n}", text, count=1) if name.endswith(".bpel") else text


def numbered(element):
    return ('<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
            f'<soapenv:Body><b:{element} xmlns:b="urn:echoflow:bench"><b:number>@@NUMBER@@</b:number></b:{element}></soapenv:Body></soapenv:Envelope>')


def send_numbered(port, path, work, element, connections, first, step, count):
    body = os.path.join(work, "numbered.xml")
    pathlib.Path(body).write_text(numbered(element))
    out = subprocess.run([LOAD, "127.0.0.1", str(port), path, body, "--connections", str(connections), "--warmup", "0", "--seconds", "100000",
                          "--from", str(first), "--step", str(step), "--count", str(count), "--soap-action", element], check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def measure_pages(port):
    """The slowest of some listings, in milliseconds, each the best of three."""
    pages = ["", "?state=running", "?state=completed", "?state=faulted", "?cursor=1000000", "?state=running&cursor=1000000", "?startedAfter=2020-01-01T00:00:00Z", "?startedBefore=2020-01-01T00:00:00Z"]
    slowest = (0, "")
    for page in pages:
        times = []
        for _ in range(3):
            before = time.monotonic()
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/process-instances{page}", timeout=60).read()
            times.append((time.monotonic() - before) * 1000)
        slowest = max(slowest, (min(times), page))
    return slowest


def measure_sleepers(command, port, path, work, count, woken):
    """Wakes some of `count` sleepers that are in no memory (the server was just started)."""
    with running(command, port, "/ready") as process:
        before = resident_megabytes(process)
        woke = send_numbered(port, path, work, "wakeUp", 1, 0, max(1, count // woken), woken)
        page, name = measure_pages(port)
        print(f"{count:8} sleepers: {before:.0f} MB after the start, {resident_megabytes(process):.0f} MB after {woken} were woken; "
              f"median {woke['p50_us']:.0f} us to wake one; slowest page {page:.1f} ms ({name})", flush=True)
        return woke["p50_us"]


def sleepers(most, woken=1000):
    """What a correlated message costs that wakes one of few, and one of many sleeping instances."""
    with tempfile.TemporaryDirectory() as work:
        port = free_port()
        command = [SERVER, "serve", "--listen", f"127.0.0.1:{port}", "--data", os.path.join(work, "data")]
        with running(command, port, "/ready") as process:
            path = send_files(port, "sleeper", {f: (SOURCES / f).read_text() for f in ("sleeper.bpel", "sleeper.wsdl")})
            send_numbered(port, path, work, "fallAsleep", 64, 0, 1, woken)
        few = measure_sleepers(command, port, path, work, woken, woken)
        with running(command, port, "/ready") as process:
            before = time.monotonic()
            send_numbered(port, path, work, "fallAsleep", 64, 0, 1, most)
            print(f"{most:8} put to sleep in {time.monotonic() - before:.0f} s; {resident_megabytes(process):.0f} MB", flush=True)
        many = measure_sleepers(command, port, path, work, most, woken)
        print(f"one of {most} takes {many / few:.2f} times what one of {woken} takes", flush=True)


def parts():
    for program in sorted((BUILD / "tests").glob("*_bench")):
        print(f"\n{program.name}", flush=True)
        subprocess.run([program, "--benchmark_min_time=0.5"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgresql", "start", "sleepers", "parts"])
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--sleepers", type=int, default=100000)
    options = parser.parse_args()
    if options.only in (None, "sqlite"):
        sqlite(options.seconds, options.rounds)
    if options.only in (None, "postgresql"):
        postgresql(options.seconds, options.rounds)
    if options.only in (None, "start"):
        start(options.processes)
    if options.only in (None, "sleepers"):
        sleepers(options.sleepers)
    if options.only in (None, "parts"):
        parts()


if __name__ == "__main__":
    main()
