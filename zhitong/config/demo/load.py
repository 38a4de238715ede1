"""Loading the demo county into an empty database, in one transaction, within seconds."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhitong.config.demo.actions import mark
from zhitong.config.demo.exclusions import leave_out
from zhitong.config.demo.founding import found
from zhitong.config.demo.models import DemoMark
from zhitong.config.demo.notes import write_notes
from zhitong.config.demo.owning import share_the_work
from zhitong.config.demo.places import COUNTY, Gazetteer, county_table, read_places
from zhitong.config.demo.plan import DAYS, plan
from zhitong.config.demo.replay import Replay
from zhitong.config.demo.requests import ask_about_data
from zhitong.config.demo.stations import service
from zhitong.config.demo.writing import write_down
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.bus.emit import unheard
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.actions.counting import catch_up, publish_what_is_over
from zhitong.loop.actions.supervising import count_board
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.queries.supervising import board_scope

SEED = "2026"
COUNTING = 60.0
BEFORE = timedelta(days=DAYS + 10)
"""How long before the first matter the service was set up."""

Say = Callable[[str], None]
PERMITS = frozenset(
    {
        "demo.mark", "areas.import", "identity.ensure_roles", "identity.create_account",
        "identity.create_post", "identity.appoint", "identity.issue_api_key",
        "identity.ask_code", "identity.sign_in_resident",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and in how many seconds."""

    areas: int
    people: int
    matters: int
    steps: int
    seconds: float


def is_demo() -> bool:
    """Whether this database bears the demo's mark."""
    return DemoMark.objects.exists()


def load(say: Say, *, seed: str = SEED, until: datetime | None = None) -> Loaded | None:
    """Load the demo up to ``until`` (now); None, and nothing done, where it is already.

    Raises Invalid when the database is in use by anybody else.
    """
    if is_demo():
        say("the demo county is already here; nothing was changed")
        return None
    started = time.monotonic()
    moment = until or now()
    with transaction.atomic():
        loaded = _load(seed, moment)
    with clock_at(moment):
        while integrate():
            pass
        integrate(sign=True)
    seconds = time.monotonic() - started
    say(
        f"demo county: {loaded.areas} areas, {loaded.people} people who serve, "
        f"{loaded.matters} matters with {loaded.steps} steps, in {seconds:.1f} s"
    )
    return Loaded(loaded.areas, loaded.people, loaded.matters, loaded.steps, seconds)


def _load(seed: str, moment: datetime) -> Loaded:
    table = county_table()
    places = read_places(table)
    serving_plan = service(Gazetteer(places))
    matters = plan(seed, places, moment)
    with acting(_maker()), clock_at(moment - BEFORE):
        mark(seed=seed)
        import_areas(files={f"{COUNTY}.csv": table})
        serving = found(serving_plan, county=COUNTY, today=moment)
    replay = Replay(serving, {})
    with unheard():
        replay.run(matters)
        with clock_at(moment):
            leave_out(serving, replay.ids, matters)
            ask_about_data(serving, replay.ids, matters)
        write_notes(serving, until=moment)
        share_the_work(serving, replay.ids, matters, moment)
        write_down(serving, replay.ids, matters, moment)
    with acting(counting_scope()), clock_at(moment):
        catch_up(seconds=COUNTING)
        publish_what_is_over()
    with acting(board_scope()), clock_at(moment):
        count_board()
    return Loaded(len(places), len(serving_plan.staff), len(matters), replay.steps, 0.0)


def _maker() -> Scope:
    """Who makes the demo: may set the county up, and nothing else."""
    reach = Reach(subtrees=(path_of(COUNTY),))
    return Scope("system:demo", reach, PERMITS, purpose="demo", label="demo")
