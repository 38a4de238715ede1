"""What a turn of the loop costs: CPU time of all server processes per request, over HTTP.

A matter is created through the JSON door (validation, permit, audit, outbox), the departure
board of 25 is opened by a signed-in officer of the whole county, with 100,000 and then with
1,000,000 open matters in the table, on SQLite and on PostgreSQL, 2 web processes.
"""

import http.client
import json
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median, quantiles
from typing import Any

from bench.cluster import cluster
from bench.instance import Instance, cpu_seconds, descendants, instance
from bench.instance import run as command
from zhitong.kernel.ids import uuid7

NAME = "loop"
Say = Callable[[str], None]
SENDERS = 4
WARM_UP = 40
COOKIE = "zhitong_sign_in"


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """Options: names of databases to measure; default both."""
    figures: dict[str, float] = {}
    for kind in options or ["sqlite", "postgresql"]:
        with ExitStack() as stack:
            server = stack.enter_context(cluster()) if kind == "postgresql" else None
            url = server.url() if server else ""
            site = stack.enter_context(instance(url, web_processes=2, workers=1))
            measuring = _Measuring(site, server.pid if server else 0, say, quick=quick)
            figures |= {f"{key}_{kind}": value for key, value in measuring.all().items()}
    kinds = options or ["sqlite", "postgresql"]
    for key in ("board_growth_1m", "matter_queries"):
        figures[key] = max(figures[f"{key}_{kind}"] for kind in kinds)
    return figures


class _Measuring:
    """One database, start to end."""

    def __init__(self, site: Instance, database: int, say: Say, *, quick: bool) -> None:
        self.site = site
        self.database = database
        self.say = say
        self.small, self.large = (2_000, 8_000) if quick else (100_000, 1_000_000)
        self.times = 120 if quick else 1_000
        self.cookie = ""

    def all(self) -> dict[str, float]:
        """Create, board and matter page at the small size; the board again at the large one."""
        filled = self._fill(self.small)
        figures = self._requests("create", self._create, self.times)
        figures |= self._requests("board", self._board, self.times)
        figures["matter_queries"] = self._queries(filled)
        figures |= self._requests("matter", self._page(f"/m/{filled['code']}"), self.times // 2)
        self._fill(self.large)
        large = self._requests("board_large", self._board, self.times)
        figures["board_cpu_ms_1m"] = large["board_large_cpu_ms"]
        figures["board_growth_1m"] = large["board_large_cpu_ms"] / figures["board_cpu_ms"]
        return figures

    def _fill(self, total: int) -> dict[str, str]:
        self.say(f"filling up to {total:,} matters")
        done = command([sys.executable, "-m", "bench.filling", str(total)], self.site.env)
        if done.returncode:
            raise RuntimeError(done.stderr[-1000:])
        filled: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
        self.cookie = filled["token"]
        return filled

    def _queries(self, filled: Mapping[str, str]) -> int:
        words = [sys.executable, "-m", "bench.queries", filled["token"], filled["code"]]
        done = command(words, self.site.env)
        if done.returncode:
            raise RuntimeError(done.stderr[-1000:])
        return int(done.stdout)

    def _requests(self, name: str, ask: Callable[[Any, int], None], times: int) -> dict[str, float]:
        """CPU-ms per request of all processes, requests per second, p50 and p95 of the wait."""
        self._drive(ask, WARM_UP)
        before, began = self._cpu(), time.perf_counter()
        waits = self._drive(ask, times)
        wall = time.perf_counter() - began
        time.sleep(1.5)  # what the request left for the workers belongs to it
        cpu = (self._cpu() - before) * 1000 / times
        figures = {
            f"{name}_cpu_ms": cpu,
            f"{name}_per_s": times / wall,
            f"{name}_p50_ms": median(waits) * 1000,
            f"{name}_p95_ms": quantiles(waits, n=20)[18] * 1000,
        }
        self.say(", ".join(f"{key} {value:.2f}" for key, value in figures.items()))
        return figures

    def _cpu(self) -> float:
        pids = self.site.processes()
        if self.database:
            pids += [self.database, *descendants(self.database)]
        return cpu_seconds(pids)

    def _drive(self, ask: Callable[[Any, int], None], times: int) -> list[float]:
        def send(mine: range) -> list[float]:
            connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            waits = []
            for number in mine:
                began = time.perf_counter()
                ask(connection, number)
                waits.append(time.perf_counter() - began)
            connection.close()
            return waits

        shares = [range(start, times, SENDERS) for start in range(SENDERS)]
        with ThreadPoolExecutor(SENDERS) as pool:
            return [wait for waits in pool.map(send, shares) for wait in waits]

    def _create(self, connection: http.client.HTTPConnection, number: int) -> None:
        villages = self.site.county["villages"]
        body = {
            "external_id": str(uuid7()),
            "area": villages[number % len(villages)],
            "words": f"村口的路灯坏了三天了，晚上孩子放学看不清路，请帮忙看看。（{number}）",
            "category": "traffic",
        }
        headers = {
            "Authorization": f"Bearer {self.site.county['key']}",
            "Content-Type": "application/json",
            "Host": "localhost",
        }
        connection.request("POST", "/api/v1/matters", json.dumps(body), headers)
        self._read(connection, 201)

    def _board(self, connection: http.client.HTTPConnection, number: int) -> None:
        self._page("/board")(connection, number)

    def _page(self, path: str) -> Callable[[Any, int], None]:
        def ask(connection: http.client.HTTPConnection, number: int) -> None:
            del number
            headers = {"Cookie": f"{COOKIE}={self.cookie}", "Host": "localhost"}
            connection.request("GET", path, headers=headers)
            self._read(connection, 200)

        return ask

    @staticmethod
    def _read(connection: http.client.HTTPConnection, expected: int) -> None:
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"answered {answer.status}: {body[:300]!r}")
