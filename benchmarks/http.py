"""Completing a task over HTTP, as a department's program does it, against the running service on the loopback.

One connection and four; by turns with ``/healthz``, which shows what the door costs before anything is done. At most
ONESEAL_BENCH_STEPS requests or SECONDS a turn. CPU is the service's own, where the system tells (Linux).
"""

import http.client
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from benchmarks._cases import Cases, databases
from benchmarks._rounds import STEPS, Measure, by_turns, ratios, show
from service.settings import Settings
from service.wiring import build
from tests.commands.service import Service
from tests.tokens import token_of

MANY = 4
SECONDS = 20.0
Ask = Callable[[http.client.HTTPConnection, str], None]


def main() -> None:
    with databases() as urls, ExitStack() as stack:
        for name, url in urls.items():
            measured(name, url, stack)


def measured(name: str, url: str, stack: ExitStack) -> None:
    house = build(Settings(database_url=url))
    token = token_of(house, "clerk")
    house.close()
    cases = stack.enter_context(closing(Cases(url, STEPS)))
    service = stack.enter_context(Service(url, ONESEAL_DEMO="false"))
    service.start()
    measures: list[Measure] = [
        partial(turn, service, f"{many} {what}", many, todo, ask)
        for many in (1, MANY)
        for what, todo, ask in (("complete", cases.claimed, completing(token)), ("healthz", nothing, healthy))
    ]
    rows = by_turns(measures)
    for many in (1, MANY):
        rows[f"{many} ratio complete/healthz"] = ratios(
            rows, f"{many} complete requests/s", f"{many} healthz requests/s"
        )
    show(f"http on {name}, 1 and {MANY} connections, at most {STEPS} requests a turn", rows)
    service.stop()


def turn(service: Service, row: str, many: int, todo: Callable[[], Sequence[str]], ask: Ask) -> Mapping[str, float]:
    ids = todo()
    cpu, begin = cpu_of(service.pid), time.perf_counter()
    with ThreadPoolExecutor(many) as pool:
        parts = [pool.submit(work, service.port, ids[n::many], begin + SECONDS, ask) for n in range(many)]
        done = sum(part.result() for part in parts)
    wall, cpu = time.perf_counter() - begin, cpu_of(service.pid) - cpu
    return {f"{row} requests/s": done / wall} | ({f"{row} CPU ms": cpu * 1000 / done} if cpu else {})


def work(port: int, ids: Sequence[str], until: float, ask: Ask) -> int:
    """One connection; answers how many requests were answered."""
    done = 0
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        for id in ids:
            if time.perf_counter() > until:
                break
            ask(connection, id)
            done += 1
    return done


def completing(token: str) -> Ask:
    body = json.dumps({"data": {}, "act": {"opinion": "材料齐全。"}})

    def ask(connection: http.client.HTTPConnection, task_id: str) -> None:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | key
        connection.request("POST", f"/api/v1/tasks/{task_id}/complete", body, headers)
        _must_be_well(connection)

    return ask


def healthy(connection: http.client.HTTPConnection, _: str) -> None:
    connection.request("GET", "/healthz")
    _must_be_well(connection)


def nothing() -> Sequence[str]:
    return [""] * STEPS


def _must_be_well(connection: http.client.HTTPConnection) -> None:
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {content[:300]!r}")


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used so far, or 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
