#!/usr/bin/env python3
"""Loads host metrics into one or several InfluxDB 1.x servers in turn and times queries on them.

    bench/load.py [--hosts 100] [--rows 800000] [--batch 5000] [--connections 2] NAME=URL ...

The data has the shape of TSBS's cpu-only set: 10 tags and 10 integer fields per row, one row per host every 10 s, made
from a fixed seed. Every server gets the same bytes over HTTP. Queries run one after the other, each several times; the
table shows medians, and whether all servers gave the same answer.
"""
import argparse
import http.client
import json
import random
import statistics
import threading
import time
import urllib.parse

FIELDS = ["usage_user", "usage_system", "usage_idle", "usage_nice", "usage_iowait", "usage_irq", "usage_softirq",
          "usage_steal", "usage_guest", "usage_guest_nice"]
START = 1451606400  # 2016-01-01T00:00:00Z
STEP = 10


def host_tags(number, rng):
    region = rng.choice(["us-east-1", "us-west-1", "eu-west-1", "eu-central-1", "ap-southeast-2"])
    return (f"cpu,hostname=host_{number},region={region},datacenter={region}{rng.choice('abc')},rack={rng.randrange(100)},"
            f"os={rng.choice(['Ubuntu16.10', 'Ubuntu16.04LTS', 'Ubuntu15.10'])},arch={rng.choice(['x64', 'x86'])},"
            f"team={rng.choice(['SF', 'NYC', 'LON', 'CHI'])},service={rng.randrange(20)},"
            f"service_version={rng.randrange(2)},service_environment={rng.choice(['production', 'staging', 'test'])}")


def make_batches(hosts, rows, batch_rows):
    """The whole load as request bodies."""
    rng = random.Random(20160101)
    tags = [host_tags(number, rng) for number in range(hosts)]
    values = [[rng.randrange(101) for _ in FIELDS] for _ in range(hosts)]
    batches, lines = [], []
    for row in range(rows):
        host, step = row % hosts, row // hosts
        current = values[host]
        for i, value in enumerate(current):
            current[i] = min(100, max(0, value + rng.randint(-1, 1)))
        fields = ",".join(f"{name}={value}i" for name, value in zip(FIELDS, current))
        lines.append(f"{tags[host]} {fields} {(START + step * STEP) * 1_000_000_000}\n")
        if len(lines) == batch_rows:
            batches.append("".join(lines).encode())
            lines = []
    if lines:
        batches.append("".join(lines).encode())
    return batches


def request(connection, method, path, body=None, headers=None):
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def query(connection, text, database="benchmark"):
    path = "/query?" + urllib.parse.urlencode({"db": database, "q": text, "epoch": "ns"})
    return request(connection, "POST" if text.startswith(("CREATE", "DROP")) else "GET", path)


def load(host, batches, connections):
    """Seconds that the load took."""
    failures = []

    def send(mine):
        connection = http.client.HTTPConnection(host)
        for body in mine:
            status, answer = request(connection, "POST", "/write?db=benchmark", body)
            if status != 204:
                failures.append((status, answer[:200]))

    threads = [threading.Thread(target=send, args=(batches[i::connections],)) for i in range(connections)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{host}: {len(failures)} writes failed, the first with {failures[0]}")
    return time.perf_counter() - begin


def queries(rows, hosts):
    end = START + rows // hosts * STEP
    hour = f"time >= {START}s AND time < {START + 3600}s"
    half_day = f"time >= {START}s AND time < {min(end, START + 12 * 3600)}s"
    five = ", ".join(f"max({field})" for field in FIELDS[:5])
    means = ", ".join(f"mean({field})" for field in FIELDS)
    return {
        "single-groupby-1-1-1": f"SELECT max(usage_user) FROM cpu WHERE hostname = 'host_7' AND {hour} GROUP BY time(1m)",
        "single-groupby-5-8-1": f"SELECT {five} FROM cpu WHERE hostname =~ /^host_[1-8]$/ AND {hour} GROUP BY time(1m)",
        "cpu-max-all-1": "SELECT " + ", ".join(f"max({f})" for f in FIELDS)
                         + f" FROM cpu WHERE hostname = 'host_7' AND {half_day} GROUP BY time(1h)",
        "double-groupby-1": f"SELECT mean(usage_user) FROM cpu WHERE {half_day} GROUP BY time(1h), hostname",
        "double-groupby-all": f"SELECT {means} FROM cpu WHERE {half_day} GROUP BY time(1h), hostname",
        "high-cpu-1": f"SELECT * FROM cpu WHERE hostname = 'host_7' AND usage_user > 90 AND {half_day}",
        "high-cpu-all": f"SELECT * FROM cpu WHERE usage_user > 90 AND {half_day}",
        "lastpoint": "SELECT last(usage_user) FROM cpu GROUP BY hostname",
        "groupby-orderby-limit": f"SELECT max(usage_user) FROM cpu WHERE time < {end}s AND time >= {START}s "
                                 "GROUP BY time(1m) ORDER BY time DESC LIMIT 5",
        "count": "SELECT count(usage_user) FROM cpu",
        "raw-host": "SELECT * FROM cpu WHERE hostname = 'host_7'",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--rows", type=int, default=800_000)
    parser.add_argument("--batch", type=int, default=5_000)
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("servers", nargs="+", metavar="NAME=URL")
    options = parser.parse_args()
    batches = make_batches(options.hosts, options.rows, options.batch)
    size = sum(map(len, batches))
    print(f"{options.rows} rows, {options.rows * len(FIELDS)} values, {size / 1e6:.0f} MB of line protocol, "
          f"{len(batches)} requests over {options.connections} connections")
    names, times, answers = [], {}, {}
    for server in options.servers:
        name, url = server.split("=", 1)
        host = urllib.parse.urlparse(url).netloc
        names.append(name)
        connection = http.client.HTTPConnection(host)
        query(connection, "DROP DATABASE benchmark")
        query(connection, "CREATE DATABASE benchmark")
        seconds = load(host, batches, options.connections)
        print(f"{name:>10}: loaded in {seconds:.1f} s, {options.rows * len(FIELDS) / seconds:,.0f} values/s")
        for kind, text in queries(options.rows, options.hosts).items():
            took = []
            for _ in range(options.rounds):
                begin = time.perf_counter()
                status, body = query(connection, text)
                took.append((time.perf_counter() - begin) * 1000)
            times[name, kind] = statistics.median(took)
            answers[name, kind] = json.loads(body) if status == 200 else body
    print(f"{'query (median ms)':<24}" + "".join(f"{name:>12}" for name in names) + f"{'ratio':>8}  same answer")
    for kind in queries(options.rows, options.hosts):
        row = [times[name, kind] for name in names]
        same = all(answers[name, kind] == answers[names[0], kind] for name in names)
        print(f"{kind:<24}" + "".join(f"{ms:>12.1f}" for ms in row) + f"{row[-1] / row[0]:>8.1f}  {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
