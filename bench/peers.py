"""Zhitong beside django-helpdesk, and beside bare Django: what the same work costs each.

Both hold the same 100,000 open tickets with the same words on the same database engine, are
served by the same gunicorn with the same settings, and are asked by the same client in turn
(A B A B); every figure is the median of the rounds. django-helpdesk is installed from PyPI into
an environment of its own. What is asked of both: create by the JSON API, the list of the first
25, one ticket opened, a search, the dashboard. The floor is a view of bare Django that inserts
the rows which opening a matter inserts.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from bench.cluster import cluster
from bench.driving import Asking, get, read
from bench.instance import prepared
from bench.instance import run as command
from bench.loop import County, county
from bench.peering.environment import python
from bench.peering.serving import Site, database, served, surroundings
from zhitong.kernel.ids import uuid7

NAME = "peers"
Say = Callable[[str], None]
SENDERS = 2
SEARCHED = ("落户", "第4711件")
OPERATIONS = ("create", "list", "open", "search", "dashboard")
TIMES = {
    "create": (200, 60),
    "list": (200, 6),
    "open": (100, 40),
    "search": (100, 6),
    "dashboard": (100, 6),
}
"""How often each is asked in a round: of us, of django-helpdesk."""


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """Options: ``--database sqlite`` (default) or ``--database postgresql``."""
    kind = database_kind(options)
    size, rounds = (1_000, 1) if quick else (100_000, 4)
    seen: dict[str, list[float]] = {}
    with (
        county(kind, size, say) as ours,
        _helpdesk(kind, size, say) as theirs,
        _floor(kind, size, say) as floor,
    ):
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for figures in _round(_Ours(ours), _Theirs(theirs), floor, share=4 if quick else 1):
                for key, value in figures.items():
                    seen.setdefault(key, []).append(value)
    figures = {key: median(values) for key, values in seen.items()}
    return figures | ratios(figures)


def database_kind(options: list[str]) -> str:
    """The database that was asked for. Raises RuntimeError for one that is none."""
    words = [word for word in options if word != "--database"] or ["sqlite"]
    if len(words) != 1 or words[0] not in {"sqlite", "postgresql"}:
        raise RuntimeError("say --database sqlite or --database postgresql")
    return words[0]


@contextmanager
def _server(kind: str) -> Iterator[tuple[str, int]]:
    """A database server of one's own: its address and process id; '' and 0 for SQLite."""
    if kind == "sqlite":
        yield "", 0
        return
    with cluster(durable=True) as server:
        yield server.url(), server.pid


@contextmanager
def _helpdesk(kind: str, tickets: int, say: Say) -> Iterator[Site]:
    """django-helpdesk with so many open tickets."""
    program = python(say)
    with TemporaryDirectory(prefix="zhitong-bench-") as folder, _server(kind) as (url, pid):
        settings = database(url, Path(folder)) | {"ENGINE": f"django.db.backends.{_engine(kind)}"}
        env = surroundings(settings, DJANGO_SETTINGS_MODULE="bench.peering.helpdesk_settings")
        say(f"filling django-helpdesk up to {tickets:,} tickets")
        facts = _last_line([str(program), "-m", "bench.peering.helpdesk_fill", str(tickets)], env)
        log = Path(folder) / "serve.log"
        application = "bench.peering.helpdesk_wsgi:application"
        with served(program, application, env, log, path="/login/") as (port, server):
            yield Site("helpdesk_", port, server, pid, facts)


@contextmanager
def _floor(kind: str, matters: int, say: Say) -> Iterator[Site]:
    """Bare Django on the tables of a county of the same size that nobody else serves."""
    with _server(kind) as (url, pid), prepared(url) as (county_env, _facts):
        say(f"filling the floor up to {matters:,} matters")
        _last_line([sys.executable, "-m", "bench.filling", str(matters)], county_env)
        folder = Path(county_env["ZHITONG_DATA"])
        env = county_env | surroundings(database(url, folder), ZHITONG_DATA=str(folder))
        application = "bench.peering.floor:application"
        log = folder / "floor.log"
        with served(Path(sys.executable), application, env, log, path="/matters") as (port, server):
            yield Site("floor_", port, server, pid)


def _engine(kind: str) -> str:
    return {"sqlite": "sqlite3"}.get(kind, kind)


def _last_line(words: list[str], env: Mapping[str, str]) -> dict[str, Any]:
    done = command(words, env)
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _round(
    ours: "_Ours", theirs: "_Theirs", floor: Site, *, share: int
) -> Iterator[dict[str, float]]:
    """Every operation of both in turn, and the floor."""
    for name in OPERATIONS:
        own, other = (max(times // share, SENDERS) for times in TIMES[name])
        yield ours.site.requests(f"our_{name}", getattr(ours, name), own, senders=SENDERS)
        yield theirs.site.requests(name, getattr(theirs, name), other, senders=SENDERS)
    yield floor.requests(
        "create", _write, max(TIMES["create"][0] // share, SENDERS), senders=SENDERS
    )


class _Ours:
    """What is asked of us."""

    def __init__(self, site: County) -> None:
        self.site = site

    def create(self, connection: Asking, number: int) -> None:
        """A program sends a matter."""
        self.site.create(connection, number)

    def list(self, connection: Asking, number: int) -> None:
        """An officer opens the departure board: the first 25 by due time."""
        self.site.board(connection, number)

    def open(self, connection: Asking, number: int) -> None:
        """An officer opens a matter."""
        self.site.matter(connection, number)

    def search(self, connection: Asking, number: int) -> None:
        """An officer searches: a common word, then a number."""
        self.site.page(connection, f"/search?q={quote(SEARCHED[number % 2])}")

    def dashboard(self, connection: Asking, number: int) -> None:
        """A supervisor opens the board of all townships."""
        self.site.supervise(connection, number)


class _Theirs:
    """What is asked of django-helpdesk: the same, as its own pages ask it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        token = "b" * 32
        cookies = f"sessionid={site.facts['session']}; csrftoken={token}"
        self.headers = {"Cookie": cookies, "X-CSRFToken": token}

    def create(self, connection: Asking, number: int) -> None:
        """A program sends a ticket."""
        words = f"村口的路灯坏了三天了，晚上孩子放学看不清路，请帮忙看看。（{number}）"
        body = {
            "queue": self.site.facts["queue"], "title": words[:40], "description": words,
            "submitter_email": "", "priority": 3,
        }  # fmt: skip
        headers = self.headers | {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request("POST", "/api/tickets/", json.dumps(body), headers)
        read(connection, 201)

    def list(self, connection: Asking, number: int) -> None:
        """The page of the list, and the 25 rows that it asks for."""
        del number
        get(connection, "/tickets/", self.headers)
        self._rows(connection, self.site.facts["listed"])

    def open(self, connection: Asking, number: int) -> None:
        """The page of a ticket."""
        del number
        get(connection, f"/tickets/{self.site.facts['ticket']}/", self.headers)

    def search(self, connection: Asking, number: int) -> None:
        """The page of the list with a search, and its rows."""
        get(connection, f"/tickets/?q={quote(SEARCHED[number % 2])}", self.headers)
        self._rows(connection, self.site.facts["searched"][number % 2])

    def dashboard(self, connection: Asking, number: int) -> None:
        """The page that its people start at."""
        del number
        get(connection, "/dashboard/", self.headers)

    def _rows(self, connection: Asking, query: str) -> None:
        get(connection, f"/datatables_ticket_list/{query}?draw=1&start=0&length=25", self.headers)


def _write(connection: Asking, number: int) -> None:
    body = {
        "external_id": str(uuid7()), "category": "traffic",
        "words": f"村口的路灯坏了三天了，晚上孩子放学看不清路，请帮忙看看。（{number}）",
    }  # fmt: skip
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/matters", json.dumps(body), headers)
    read(connection, 201)


def ratios(figures: Mapping[str, float]) -> dict[str, float]:
    """CPU time: theirs to ours, and ours to the floor."""
    found = {
        f"{name}_ratio": figures[f"helpdesk_{name}_cpu_ms"] / figures[f"our_{name}_cpu_ms"]
        for name in OPERATIONS
    }
    floor = figures["our_create_cpu_ms"] / figures["floor_create_cpu_ms"]
    return found | {"create_floor_ratio": floor}
