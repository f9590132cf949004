#!/usr/bin/env python3
"""What the first use of each part costs a fresh JVM (C1, serial collector), interleaved; medians and ranges in ms. Called by bench/run."""
import statistics
import subprocess
import sys
import time

java, class_path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
PARTS = {
    "nothing": "an empty JVM, start to end",
    "call": "first call of the transport",
    "document": "reading a document of one path",
    "token": "the first token (HS256), its document read before",
    "token-library": "the same token, read by the library alone",
    "handler": "the handler: document inline, first event answered through an upstream",
    "handler-s3": "the handler: document asked of S3 by a signed GET, first event answered",
}
times = {part: [] for part in PARTS}
whole = []
for _ in range(rounds):
    for part in PARTS:
        began = time.monotonic()
        out = subprocess.run([java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", class_path, "multicloud.gateway.bench.FirstUse", part],
                             capture_output=True, text=True, timeout=60, check=True).stdout
        times[part].append(float(out) if part != "nothing" else (time.monotonic() - began) * 1000)
print("| first use | median ms | range |\n|---|---:|---|")
for part, name in PARTS.items():
    print(f"| {name} | {statistics.median(times[part]):.0f} | {min(times[part]):.0f} to {max(times[part]):.0f} |")
