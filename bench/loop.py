"""What a turn of the loop costs: CPU time of all server processes per request, over HTTP.

A matter is created through the JSON door (validation, permit, audit, outbox), the departure
board of 25 and the supervisor's board are opened by a signed-in supervisor of the whole county,
with 100,000 open matters, on SQLite and on PostgreSQL, 2 web processes. A second county with
1,000,000 runs beside the first; both are asked in turn, and every figure is the median of the
rounds.
"""

import http.client
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median

from bench.cluster import cluster
from bench.driving import Ask, get, measure, read
from bench.instance import Instance, cpu_seconds, descendants, prepared, serving
from bench.instance import run as command
from zhitong.kernel.ids import uuid7

NAME = "loop"
Say = Callable[[str], None]
SENDERS = 4
WARM_UP = 40
COOKIE = "zhitong_sign_in"


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """Options: names of databases to measure; default both."""
    kinds = options or ["sqlite", "postgresql"]
    sizes = (2_000, 8_000) if quick else (100_000, 1_000_000)
    rounds, times = (1, 60) if quick else (5, 200)
    figures: dict[str, float] = {}
    for kind in kinds:
        with county(kind, sizes[0], say) as small, county(kind, sizes[1], say) as large:
            measured = _rounds(small, large, rounds, times)
            measured["matter_queries"] = small.queries()
        figures |= {f"{key}_{kind}": value for key, value in measured.items()}
        say(", ".join(f"{key} {value:.2f}" for key, value in measured.items()))
    for key in ("board_growth_1m", "matter_queries", "supervisor_board_1m_p95_ms"):
        figures[key] = max(figures[f"{key}_{kind}"] for kind in kinds)
    return figures


@contextmanager
def county(kind: str, matters: int, say: Say) -> Iterator["County"]:
    """A running county with so many open matters."""
    if kind == "postgresql":
        with cluster(durable=True) as server, _filled(server.url(), matters, say) as county:
            county.database = server.pid
            yield county
    else:
        with _filled("", matters, say) as county:
            yield county


@contextmanager
def _filled(url: str, matters: int, say: Say) -> Iterator["County"]:
    with prepared(url, web_processes=2, workers=1) as (env, founded):
        say(f"filling {'PostgreSQL' if url else 'SQLite'} up to {matters:,} matters")
        done = command([sys.executable, "-m", "bench.filling", str(matters)], env)
        if done.returncode:
            raise RuntimeError(done.stderr[-1000:])
        with serving(env, founded) as site:
            yield County(site, json.loads(done.stdout.splitlines()[-1]))


def _rounds(small: "County", large: "County", rounds: int, times: int) -> dict[str, float]:
    """Small and large in turn; the medians, and how much dearer the board is at the large one."""
    seen: dict[str, list[float]] = {}
    for _round in range(rounds):
        for figures in (
            small.requests("create", small.create, times),
            small.requests("board", small.board, times),
            large.requests("board_1m", large.board, times),
            small.requests("matter", small.matter, times // 2),
            small.requests("supervisor_board", small.supervise, times // 2),
            large.requests("supervisor_board_1m", large.supervise, times // 2),
        ):
            for key, value in figures.items():
                seen.setdefault(key, []).append(value)
    figures = {key: median(values) for key, values in seen.items()}
    figures["board_growth_1m"] = figures["board_1m_cpu_ms"] / figures["board_cpu_ms"]
    return figures


class County:
    """One county under measurement. ``database`` is the process id of its own server, or 0."""

    def __init__(self, site: Instance, filled: Mapping[str, str]) -> None:
        self.site = site
        self.filled = filled
        self.database = 0

    def queries(self) -> int:
        """How many statements the matter page sends."""
        words = [sys.executable, "-m", "bench.queries", self.filled["token"], self.filled["code"]]
        done = command(words, self.site.env)
        if done.returncode:
            raise RuntimeError(done.stderr[-1000:])
        return int(done.stdout)

    def requests(
        self, name: str, ask: Ask, times: int, *, senders: int = SENDERS
    ) -> dict[str, float]:
        """CPU-ms per request of all processes, requests per second, p50 and p95 of the wait."""
        return measure(
            name,
            ask,
            port=self.site.port,
            times=times,
            cpu=self.cpu,
            senders=senders,
            warm_up=WARM_UP,
        )

    def cpu(self) -> float:
        """Seconds that all processes of the site have used, its database included."""
        pids = self.site.processes()
        if self.database:
            pids += [self.database, *descendants(self.database)]
        return cpu_seconds(pids)

    def create(self, connection: http.client.HTTPConnection, number: int) -> None:
        """A program sends a matter."""
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
        read(connection, 201)

    def board(self, connection: http.client.HTTPConnection, number: int) -> None:
        """An officer opens the departure board."""
        del number
        self.page(connection, "/board")

    def matter(self, connection: http.client.HTTPConnection, number: int) -> None:
        """An officer opens a matter."""
        del number
        self.page(connection, f"/m/{self.filled['code']}")

    def supervise(self, connection: http.client.HTTPConnection, number: int) -> None:
        """A supervisor opens the board of all townships."""
        del number
        self.page(connection, "/supervise")

    def page(self, connection: http.client.HTTPConnection, path: str) -> None:
        """A signed-in supervisor opens a page."""
        headers = {"Cookie": f"{COOKIE}={self.filled['token']}", "Host": "localhost"}
        get(connection, path, headers)
