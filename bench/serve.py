#!/usr/bin/env python3
"""`./gateway serve` under wrk, beside nginx as a proxy on the same upstream.

Rounds are interleaved; what counts is the ratio within a round, given as median and range. Everything runs on 127.0.0.1,
bounded in time, and what is started is stopped. Needs nginx and wrk (apt install nginx-light wrk).

  bench/serve.py [--rounds 5] [--seconds 8] [--connections 32]
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

# The compiler needs so long on two busy cores.
WARM_UP = 20
SECRET = "a secret that is as long as its hash"
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def await_port(port, process, seconds=30):
    end = time.time() + seconds
    while time.time() < end:
        if process.poll() is not None:
            sys.exit(f"ended early: {process.args}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nothing listens on {port}")


class Bench:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="bench")
        self.processes = []

    def start(self, *command, **kw):
        process = subprocess.Popen(command, start_new_session=True, **kw)
        self.processes.append(process)
        return process

    def nginx(self, name, servers, port):
        prefix = os.path.join(self.folder, name)
        os.makedirs(prefix)
        conf = os.path.join(prefix, "nginx.conf")
        with open(conf, "w") as f:
            f.write(f"""daemon off; master_process off; worker_processes 1; pid {prefix}/pid; error_log {prefix}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log {prefix}/access.log; keepalive_requests 1000000000; client_body_temp_path {prefix}/b; proxy_temp_path {prefix}/p;
fastcgi_temp_path {prefix}/f; uwsgi_temp_path {prefix}/u; scgi_temp_path {prefix}/s;
{servers} }}""")
        process = self.start("nginx", "-p", prefix, "-c", conf)
        await_port(port, process)
        return process

    def gateway(self, config):
        path = os.path.join(self.folder, f"config{len(self.processes)}.json")
        with open(path, "w") as f:
            json.dump(config, f)
        port = free_port()
        log = open(os.path.join(self.folder, "gateway.log"), "ab")
        process = self.start(os.path.join(ROOT, "gateway"), "serve", "--config", path, "--port", str(port), stdout=log, stderr=log)
        await_port(port, process, 180)
        return process, port

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


def token():
    """A token (HS256) that ends in the year 2100."""
    def encoded(content):
        return base64.urlsafe_b64encode(content).rstrip(b"=")

    claims = {"iss": "https://login.example.com/", "aud": "shop", "sub": "auth0|5f7c8ec7c33c6c004bbafe82", "iat": 1793502000,
              "exp": 4102444800, "scope": "openid profile orders:read", "roles": ["buyer", "admin"]}
    signed = b".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (signed + b"." + encoded(hmac.digest(SECRET.encode(), signed, hashlib.sha256))).decode()


def wrk(port, target, seconds, connections, *options):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *options]
    out = subprocess.run([*command, f"http://127.0.0.1:{port}{target}"], capture_output=True, text=True, timeout=seconds + 30).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
    if bad or errors:
        sys.exit(f"{target} on {port}: {bad and bad[0]} {errors and errors[0]}")
    return rate


def peak_mb(process):
    """The peak memory of a process and its children, in MB."""
    total, todo = 0.0, [process.pid]
    while todo:
        pid = todo.pop()
        try:
            with open(f"/proc/{pid}/status") as f:
                total += next(int(line.split()[1]) / 1024 for line in f if line.startswith("VmHWM"))
            todo += [int(child) for task in os.listdir(f"/proc/{pid}/task") for child in open(f"/proc/{pid}/task/{task}/children").read().split()]
        except (OSError, StopIteration):
            pass
    return total


def row(name, rates, base):
    ratios = [a / b for a, b in zip(rates, base)]
    print(f"| {name} | {statistics.median(rates):,.0f} | {statistics.median(ratios):.2f} | {min(ratios):.2f} to {max(ratios):.2f} |", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=8)
    options.add_argument("--connections", type=int, default=32)
    args = options.parse_args()
    for tool in ("nginx", "wrk"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt install nginx-light wrk")
    bench = Bench()
    try:
        run(bench, args)
    finally:
        bench.stop()


def run(bench, args):
    upstream, proxy = free_port(), free_port()
    body = "x" * 1024
    bench.nginx("upstream", f'server {{ listen 127.0.0.1:{upstream}; location / {{ return 200 "{body}"; }} }}', upstream)
    bench.nginx("proxy", f"""upstream up {{ server 127.0.0.1:{upstream}; keepalive 64; }}
server {{ listen 127.0.0.1:{proxy}; location / {{ proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}""", proxy)
    server = {"servers": [{"alias": "up", "url": f"http://127.0.0.1:{upstream}"}]}

    def path(pattern, **more):
        return {"method": "GET", "path": pattern, "integration": {"type": "http_proxy", "server": "up"}, **more}

    small, small_port = bench.gateway({**server, "paths": [path("/v1/{id}")]})
    large, large_port = bench.gateway({**server, "paths": [path(f"/v{i % 20}/resource-{i}/{{id}}") for i in range(1000)]})
    authorizer = {"type": "jwt", "issuer": "https://login.example.com/", "audience": "shop", "algorithm": "HS256", "secret": SECRET}
    mine = path("/me/{id}", auth=True, mapping={"headers": {"x-user": "$request.jwt.sub"}})
    _, signed_port = bench.gateway({**server, "authorizer": authorizer, "paths": [path("/v1/{id}"), mine]})

    def random_paths(name, path):
        script = os.path.join(bench.folder, name)
        with open(script, "w") as f:
            f.write(f'request = function() local i = math.random(0, 999); return wrk.format("GET", {path}) end')
        return script

    # The load generator makes a path for each request in both, so that its own work does not count.
    one = random_paths("one.lua", '"/v1/" .. i')
    any_of = random_paths("any.lua", '"/v" .. (i % 20) .. "/resource-" .. i .. "/42"')
    runs = {
        "nginx as a proxy": (proxy, "/v1/42"),
        "serve": (small_port, "/v1/42"),
        "serve, random ids": (small_port, "/", "-s", one),
        "serve, any of 1,000 routes": (large_port, "/", "-s", any_of),
        "serve, beside a path with auth": (signed_port, "/v1/42"),
        "serve, a token": (signed_port, "/me/42", "-H", f"Authorization: Bearer {token()}"),
    }
    for port, target, *options in runs.values():
        wrk(port, target, WARM_UP, args.connections, *options)
    rates = {name: [] for name in runs}
    for _ in range(args.rounds):
        for name, (port, target, *options) in runs.items():
            rates[name].append(wrk(port, target, args.seconds, args.connections, *options))
    print(f"{args.rounds} rounds of {args.seconds} s, {args.connections} connections, 1 KB answers, both with an access log\n")
    print("| | requests/s (median) | ratio (median) | range |\n|---|---:|---:|---|")
    row("nginx as a proxy", rates["nginx as a proxy"], rates["nginx as a proxy"])
    row("serve, to nginx", rates["serve"], rates["nginx as a proxy"])
    row("serve, any of 1,000 routes, to a document of one", rates["serve, any of 1,000 routes"], rates["serve, random ids"])
    row("serve, an HS256 token and a mapped claim, to a plain path of the same document", rates["serve, a token"], rates["serve, beside a path with auth"])
    print(f"\npeak memory of serve: {peak_mb(small):.0f} MB; with 1,000 routes {peak_mb(large):.0f} MB")


main()
