"""Merged and undone is never merged: timelines, clocks, judgements and rows, byte for byte."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.counting import catch_up
from zhitong.loop.domain import Stage, Verb, possible
from zhitong.loop.domain.clock import Kind, clock
from zhitong.loop.domain.lives import KIND_OF, TERMS, events_of
from zhitong.loop.domain.merging import MEANT, OTHER, Told, joined, merged_into, told_as_they_count
from zhitong.loop.domain.rates import deeds_of, judge, tally_of
from zhitong.loop.models import Counted, Matter
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.schemes import counting
from zhitong.loop.tests.clocks import POLICY, STEP, calendar, sequence
from zhitong.loop.tests.county import County, by_link, said
from zhitong.loop.web import show

LIVES = 8_000
START = datetime(2026, 9, 14, 1, tzinfo=UTC)
VERB_OF = {kind: verb for verb, kind in KIND_OF.items()}
MERGED = {Kind.MERGED, Kind.UNMERGED}


def told_life(chance: random.Random) -> list[Told]:
    """A matter's life at random, as its steps are kept: anything may follow anything."""
    told: list[Told] = []
    for event in sequence(chance):
        if event.kind in MERGED:
            continue
        verb = VERB_OF.get(event.kind, Verb.NOTE)
        data: dict[str, object] = {TERMS: event.terms} if event.terms else {}
        if verb in {Verb.CLOSE, Verb.REFUSE}:
            verb = chance.choice((Verb.CLOSE, Verb.REFUSE))
            data["outcome"] = chance.choice(("solved", "explained"))
        if verb is Verb.REOPEN and chance.random() < 0.5:
            data["stars"] = chance.randrange(1, 6)
        told.append((verb.value, event.at, data))
    return told


def with_merges(told: list[Told], chance: random.Random) -> list[Told]:
    """The same life, merged and parted again once or several times, at any moment of it."""
    found = list(told)
    for number in range(chance.randrange(1, 4)):
        marks = chance.choice(((Verb.MERGE, Verb.UNMERGE), (Verb.JOIN, Verb.PART)))
        other = f"{marks[0]}-{chance.randrange(2)}-{number}"
        begins = chance.randrange(1, len(found) + 1)
        ends = chance.randrange(begins, len(found) + 1)
        passed = [(Verb.TOLD, {OTHER: other, MEANT: "close"}) for _news in range(2)]
        inside = [(marks[0], {OTHER: other, "code": "x", "stage": "owned"}), *passed]
        for verb, data in inside:
            found.insert(begins, (verb.value, _moment(found, begins, chance), data))
            begins, ends = begins + 1, ends + 1
        last = (marks[1].value, _moment(found, ends, chance), {OTHER: other})
        found.insert(ends, last)
    return found


def _moment(told: list[Told], place: int, chance: random.Random) -> datetime:
    """A time between two steps, or just at one of them."""
    before = told[place - 1][1]
    after = told[place][1] if place < len(told) else before + 40 * STEP
    return before + (after - before) * chance.choice((0, 0, 1, 3)) / 4


def seen(told: list[Told], late: datetime) -> bytes:
    """Everything that is reckoned from a timeline."""
    counted = told_as_they_count(told)
    reading = clock(events_of(told), calendar(), POLICY, at=late)
    judged = judge(deeds_of(counted), reading, counting().schemes[0])
    line = json.dumps([[verb, at.isoformat(), data] for verb, at, data in counted])
    where = (merged_into(told), joined(told))
    return repr((line, reading, judged, tally_of(judged), where)).encode()


def test_merged_and_undone_is_never_merged() -> None:
    """Thousands of lives, merged and parted up to three times, looked at anywhere later."""
    chance = random.Random(31)
    for _life in range(LIVES):
        told = told_life(chance)
        together = with_merges(told, chance)
        assert together != told
        late = max(at for _verb, at, _data in together) + chance.randrange(600) * STEP
        assert seen(together, late) == seen(told, late)


def test_while_it_is_merged_it_owes_nothing() -> None:
    """Cut off before it is undone: no debt is open, and it says where it went."""
    chance = random.Random(32)
    for _life in range(2_000):
        told = told_life(chance)
        at = told[-1][1] + STEP
        merge: Told = (Verb.MERGE, at, {OTHER: "m", "code": "x", "stage": "owned"})
        held = merged_into([*told, merge])
        assert held is not None
        assert (held.main, held.stage) == ("m", Stage.OWNED)
        assert clock(events_of([*told, merge]), calendar(), POLICY, at=at + 900 * STEP).next is None


@dataclass
class Life:
    """One main matter and a later one about the same thing, going through the same days."""

    county: County
    name: str
    merging: bool
    ids: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        for number, nonce in enumerate(("main", "later")):
            with clock_at(START + number * timedelta(hours=1)):
                self.ids[nonce] = said("路灯坏了", self.nonce(nonce)).pk

    def nonce(self, which: str) -> str:
        return f"{self.name}-{which}"

    def do(self, at: datetime, which: str, verb: str) -> None:
        """One step, at its time; merging and parting only in a life that knows of it."""
        id = self.ids[which]
        with clock_at(at):
            if verb == "relay":
                relay()
            elif verb in {"merge", "unmerge"}:
                if self.merging:
                    self.turn(verb, id)
            elif verb in OWN:
                with acting(by_link(self.nonce(which))):
                    OWN[verb](id)
            else:
                with acting(self.county.officer):
                    STAFF[verb](id)

    def turn(self, verb: str, id: Any) -> None:
        with acting(self.county.clerk):
            matter, main = queries.matter(id), queries.matter(self.ids["main"])
            if verb == "merge":
                actions.merge(
                    id=id,
                    into=main.pk,
                    reason="同一件事",
                    version=matter.version,
                    main_version=main.version,
                )
            else:
                actions.unmerge(id=id)

    def told(self, at: datetime) -> bytes:
        """Rows, timelines for both sides, clocks, and how they count."""
        with acting(self.county.clerk), clock_at(at):
            return json.dumps([self._of(queries.matter(id)) for id in self.ids.values()]).encode()

    def _of(self, matter: Matter) -> list[str]:
        lines = [queries.timeline(matter, public_only=public) for public in (False, True)]
        shown = [
            asdict(one) for line in lines for one in show.steps_seen(matter, line, (), own=False)
        ]
        kept = [
            (s.verb, s.stage, s.round, s.public, s.actor, s.label, s.text, s.data, s.at)
            for s in lines[0]
        ]
        row = [str(getattr(matter, name)) for name in ROW]
        way = [repr(show.way(matter, line)) for line in lines]
        clock_now = repr(queries.reckoned(matter.opened_at, queries.life(matter)))
        counted = [one.facts() for one in Counted.objects.filter(pk=matter.pk)]
        facts = [str(value) for each in counted for value in each if value != matter.pk]
        return [str(shown), str(kept), *row, *way, clock_now, *facts]


ROW = (
    "area_path", "category", "words", "stage", "round", "owner_id", "handler_id", "due_at",
    "remind_at", "outcome", "stars", "opened_at", "ended_at",
)  # fmt: skip
STAFF: dict[str, Callable[[Any], object]] = {
    "take": lambda id: actions.take(id=id),
    "note": lambda id: actions.note(id=id, text="已核实"),
    "ask": lambda id: actions.ask(id=id, text="哪一盏？"),
    "answer": lambda id: actions.answer(id=id, text="已报修"),
    "close": lambda id: actions.close(id=id, outcome="solved"),
    "refuse": lambda id: actions.refuse(id=id, reason="不归我们管"),
}
OWN: dict[str, Callable[[Any], object]] = {
    "add": lambda id: actions.add(id=id, text="还是不亮"),
    "rate": lambda id: actions.rate(id=id, stars=2),
    "reopen": lambda id: actions.reopen(id=id, text="没有修好"),
}
DONE = (*STAFF, *OWN)
LEADS = {"take": "owned", "answer": "answered", "close": "closed", "refuse": "refused"}


def script(chance: random.Random) -> list[tuple[datetime, str, str]]:
    """What happens to both, hour by hour: possible things only, merged and parted in the end."""
    stages, at, is_merged = {"main": Stage.RECEIVED, "later": Stage.RECEIVED}, START, False
    found: list[tuple[datetime, str, str]] = []
    open_ = {Stage.RECEIVED, Stage.OWNED, Stage.ANSWERED}
    for _step in range(chance.randrange(6, 22)):
        at += timedelta(hours=chance.choice((2, 3, 9, 30)), minutes=chance.randrange(60))
        which = chance.choice(("main", "later"))
        verbs = [verb for verb in DONE if Verb(verb) in possible(stages[which])]
        if which == "later" and is_merged:
            verbs = ["add", "note", "unmerge", "relay"]
        elif which == "later" and set(stages.values()) <= open_:
            verbs += ["merge", "merge"]
        verb = chance.choice(verbs)
        is_merged = {"merge": True, "unmerge": False}.get(verb, is_merged)
        if verb in {"rate", "reopen"}:
            stages[which] = Stage.OWNED
        stages[which] = Stage(LEADS.get(verb, stages[which]))
        found.append((at, which, verb))
    if is_merged:
        found.append((at + timedelta(hours=1), "later", "unmerge"))
    return found


@pytest.mark.parametrize("share", range(4))
def test_in_the_database_it_leaves_no_trace_either(county: County, share: int) -> None:
    """Dozens of pairs of matters, lived through with and without merging."""
    chance = random.Random(100 + share)
    merges = 0
    for number in range(10):
        steps = script(chance)
        merges += sum(verb == "merge" for _at, _which, verb in steps)
        lives = [Life(county, f"{number}-{merging}", merging) for merging in (False, True)]
        for life in lives:
            life.begin()
            for at, which, verb in steps:
                life.do(at, which, verb)
        late = steps[-1][0] + timedelta(days=chance.randrange(40))
        with acting(counting_scope()), clock_at(late):
            catch_up()
        plain, parted = (life.told(late) for life in lives)
        assert parted == plain, steps
    assert merges >= 5
