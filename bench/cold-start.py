#!/usr/bin/env python3
"""The packaged function's first answer in a cold environment, under Lambda's runtime interface emulator. Called by bench/run.

Beside the function itself run two stand-ins that are the same but for the transport: the least codec there is on the gateway's own
connections, and the least there is on the JDK's sockets. What they gain bounds what another codec, or any other transport, can. Runs
are interleaved, each in a fresh JVM with the flags Lambda gives it; figures are medians and ranges in ms. Wants target/function and the
classes of the benchmarks.

  bench/cold-start.py JAVA CLASS_PATH [--rounds 15] [--emulator PATH]    (default: the aws-lambda-rie on the PATH)
"""
import argparse
import glob
import http.client
import http.server
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
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"]
RUNTIME_CLIENT = ("aws-lambda-java-runtime-interface-client", "aws-lambda-java-serialization", "aws-lambda-java-core", "utils-lite")
STAND_IN = ("transport/MinimalTransport", "lambda/MinimalFunction")
TRANSPORTS = {
    "the gateway": ("FunctionUrlHandler", ""),
    "its connections, the least codec": ("MinimalFunction", "wires"),
    "the JDK's sockets, the least codec": ("MinimalFunction", "sockets"),
}
DOCUMENTS = {"a file of the package": "gateway.json", "an object in S3": "s3://bucket/gateway.json"}
CORES = {"all cores": [], "one core": ["taskset", "-c", "0"]}
FIGURES = ("initialisation", "first invocation", "first answer", "processor time until then")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def youngest(pid):
    """The last of a chain of processes, each of which has started the next."""
    while True:
        children = [child for task in os.listdir(f"/proc/{pid}/task") for child in open(f"/proc/{pid}/task/{task}/children").read().split()]
        if not children:
            return int(pid)
        pid = children[-1]


def processor_time(pid):
    """Milliseconds of all its threads, ended ones too, by the clock that Linux has for each process."""
    return time.clock_gettime(~pid << 3 | 2) * 1000


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers like an upstream, and like S3 where it is asked for the document."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    document = b""

    def do_GET(self):
        body = self.document if self.path.startswith("/bucket/") else b"x" * 1024
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Bench:
    def __init__(self, java, class_path, emulator):
        self.java = java
        self.emulator = emulator
        self.runtime = ":".join(jar for jar in class_path.split(":") if os.path.basename(jar).startswith(RUNTIME_CLIENT))
        self.folder = tempfile.mkdtemp(prefix="bench")
        self.task = os.path.join(self.folder, "task")
        self.unpack()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        Upstream.document = json.dumps({
            "servers": [{"alias": "up", "url": self.url}],
            "paths": [{"method": "GET", "path": "/", "integration": {"type": "http_proxy", "server": "up"}}],
        }).encode()
        with open(os.path.join(self.task, "gateway.json"), "wb") as f:
            f.write(Upstream.document)
        with open(os.path.join(ROOT, "events/get.json"), "rb") as f:
            self.event = f.read()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def unpack(self):
        """One folder for all, so that all look their classes up in the same places."""
        shutil.copytree(os.path.join(ROOT, "target/function"), self.task)
        for name in STAND_IN:
            target = os.path.join(self.task, "multicloud/gateway", os.path.dirname(name))
            os.makedirs(target)
            for path in glob.glob(os.path.join(ROOT, f"target/test-classes/multicloud/gateway/{name}*.class")):
                shutil.copy(path, target)

    def close(self):
        self.server.shutdown()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, handler, transport, document):
        return {
            "PATH": os.environ["PATH"], "LAMBDA_TASK_ROOT": self.task, "_HANDLER": handler, "AWS_REGION": "eu-west-1",
            "AWS_LAMBDA_FUNCTION_NAME": "gateway", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024", "AWS_LAMBDA_FUNCTION_TIMEOUT": "30",
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": self.url,
            "GATEWAY_CONFIG_URI": document, "BENCH_TRANSPORT": transport,
        }

    def first_answer(self, cores, document, name):
        """The figures in ms: the first two as the emulator has them, the answer as its caller sees it."""
        simple_name, transport = TRANSPORTS[name]
        handler = f"multicloud.gateway.lambda.{simple_name}::handleRequest"
        port = free_port()
        # It takes any flag it does not know for the program to run, so it is bounded from outside.
        command = ["timeout", "60", self.emulator, "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
                   "--runtime-api-address", f"127.0.0.1:{free_port()}", *CORES[cores], self.java, *FLAGS, "-cp", self.runtime,
                   "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler]
        with tempfile.TemporaryFile("w+", errors="replace") as log:
            process = subprocess.Popen(command, cwd=self.task, env=self.environment(handler, transport, DOCUMENTS[document]),
                                       stdout=log, stderr=log, start_new_session=True)
            try:
                answered = self.invoke(port, process)
                processor = processor_time(youngest(process.pid))
            finally:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            log.seek(0)
            text = log.read()
        init = re.search(r"INIT REPORT\(durationMs: ([\d.]+)\)", text)
        invocation = re.search(r"INVOKE RTDONE\(.*duration: ([\d.]+)ms\)", text)
        if not answered or not init or not invocation:
            sys.exit(f"no good answer of {name}:\n{text}")
        return float(init[1]), float(invocation[1]), answered, processor

    def invoke(self, port, process):
        """The emulator starts the runtime when it is asked for the first time, so its own start does not count."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while process.poll() is None:
            try:
                connection.connect()
                break
            except OSError:
                time.sleep(0.02)
        began = time.monotonic()
        connection.request("POST", "/2015-03-31/functions/function/invocations", self.event)
        result = json.load(connection.getresponse())
        took = (time.monotonic() - began) * 1000
        return took if result.get("statusCode") == 200 and len(result["body"]) == 1024 else None


def cell(values):
    return f"{round(statistics.median(values))} ({round(min(values))} to {round(max(values))})"


def report(runs, rounds):
    print(f"{rounds} rounds; ms, the first answer from the arrival of its request, with which the runtime is started\n")
    for cores in CORES:
        print(f"| {cores}: transport, document | " + " | ".join(FIGURES) + " |")
        print("|---|" + "---|" * len(FIGURES))
        for document in DOCUMENTS:
            for name in TRANSPORTS:
                print(f"| {name}, {document} | " + " | ".join(cell(values) for values in zip(*runs[cores, document, name])) + " |")
        print()
    print("What the stand-ins gain, median and range of the differences within a round:\n")
    print("| | of the first answer | of the processor time |\n|---|---|---|")
    ours, *least = TRANSPORTS
    for cores in CORES:
        for document in DOCUMENTS:
            for name in least:
                gains = [[a - b for a, b in zip(*pair)][-2:] for pair in zip(runs[cores, document, ours], runs[cores, document, name])]
                print(f"| {cores}, {name}, {document} | " + " | ".join(cell(values) for values in zip(*gains)) + " |")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("java")
    options.add_argument("class_path")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--emulator", default=shutil.which("aws-lambda-rie"))
    args = options.parse_args()
    if not args.emulator:
        print("left out: Lambda's runtime interface emulator, aws-lambda-rie, is not on the PATH")
        return
    bench = Bench(args.java, args.class_path, args.emulator)
    keys = [(cores, document, name) for cores in CORES for document in DOCUMENTS for name in TRANSPORTS]
    runs = {key: [] for key in keys}
    try:
        for key in keys:
            bench.first_answer(*key)
        for n in range(args.rounds):
            for key in keys if n % 2 else reversed(keys):
                runs[key].append(bench.first_answer(*key))
    finally:
        bench.close()
    report(runs, args.rounds)


main()
