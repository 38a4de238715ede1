"""A resident's word goes once round the loop, and round again."""

from typing import Any

import pytest

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.models import Event
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import NotNow
from zhitong.loop.models import Matter, Step
from zhitong.loop.tests.county import County, by_link, lacking, said


def test_once_round_and_round_again(county: County, matter: Matter) -> None:
    """Received, owned, answered, closed, not satisfied, answered again, closed, rated."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已安排维修", outcome="solved")
    with acting(by_link("nonce-1")):
        actions.rate(id=matter.pk, stars=2, text="还是不亮")
        again = queries.matter(matter.pk)
        assert (again.stage, again.round, again.is_open) == ("owned", 2, True)
    with acting(county.officer):
        actions.answer(id=matter.pk, text="换了新灯泡")
        actions.close(id=matter.pk, outcome="solved")
    with acting(by_link("nonce-1")):
        actions.rate(id=matter.pk, stars=5)
        rated = queries.matter(matter.pk)
        assert (rated.stage, rated.stars, rated.due_at) == ("rated", 5, None)
        verbs = [step.verb for step in queries.timeline(rated, public_only=True)]
    assert verbs == ["open", "take", "answer", "close", "reopen", "answer", "close", "rate"]
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names == [
        "loop.MatterReceived", "loop.MatterOwned", "loop.MatterAnswered", "loop.MatterClosed",
        "loop.MatterReopened", "loop.MatterAnswered", "loop.MatterClosed", "loop.MatterRated",
    ]  # fmt: skip
    said_so = AuditEntry.objects.filter(target=matter.target).values_list("action", flat=True)
    assert set(said_so) == {"loop.open", "loop.take", "loop.answer", "loop.close", "loop.rate"}


def test_the_same_thing_twice_is_one_matter(county: County, matter: Matter) -> None:
    """A second send returns the first matter."""
    again = said("村口的路灯坏了三天了", "nonce-1")
    assert again.pk == matter.pk
    with acting(county.officer):
        assert Matter.objects.count() == 1
        assert Step.objects.count() == 1


def test_it_has_an_owner_and_a_due_time_at_once(county: County, matter: Matter) -> None:
    """The nearest office owns it from the first moment."""
    assert matter.owner == county.office
    assert matter.due_at is not None


def test_a_note_is_not_for_the_resident(county: County, matter: Matter) -> None:
    """Notes never reach the public timeline, nor the search index."""
    with acting(county.officer):
        actions.note(id=matter.pk, text="与供电所核实")
        assert not queries.found("供电所")[0]
        assert [found.id for found in queries.found("路灯")[0]] == [matter.pk]
    with acting(by_link("nonce-1")):
        texts = [step.text for step in queries.timeline(matter, public_only=True)]
    assert "与供电所核实" not in texts


def test_the_second_clerk_is_stale(county: County, matter: Matter) -> None:
    """An answer to an older version is refused, and nothing of it is kept."""
    with acting(county.officer):
        actions.take(id=matter.pk, version=1)
    with acting(county.clerk), pytest.raises(Stale):
        actions.take(id=matter.pk, version=1)
    with acting(county.clerk):
        assert Step.objects.filter(verb="take").count() == 1


def test_nobody_rates_for_the_resident(county: County, matter: Matter) -> None:
    """Staff hold no permit to rate."""
    with acting(county.officer), pytest.raises(Denied):
        actions.rate(id=matter.pk, stars=5)


def test_outside_reach_there_is_nothing(county: County, matter: Matter) -> None:
    """Another township's officer finds no such matter."""
    with acting(county.stranger):
        with pytest.raises(NotFound):
            actions.take(id=matter.pk)
        with pytest.raises(NotFound):
            actions.open_record(code=matter.code)
        assert not Matter.objects.exists()
        assert not queries.found("路灯")[0]


@pytest.mark.parametrize("verb", ["take", "answer", "close", "note", "refuse", "reassign"])
def test_every_verb_takes_its_permit(county: County, matter: Matter, verb: str) -> None:
    """Without the permit nothing happens, whatever is sent."""
    calls = {
        "take": lambda: actions.take(id=matter.pk),
        "answer": lambda: actions.answer(id=matter.pk, text="x"),
        "close": lambda: actions.close(id=matter.pk, outcome="solved"),
        "note": lambda: actions.note(id=matter.pk, text="x"),
        "refuse": lambda: actions.refuse(id=matter.pk, reason="x"),
        "reassign": lambda: actions.reassign(id=matter.pk, post=county.station.pk, reason="x"),
    }
    with acting(lacking(county.officer, f"loop.{verb}")), pytest.raises(Denied):
        calls[verb]()


def test_closing_needs_an_answer(county: County, matter: Matter) -> None:
    """The lifecycle has no such step, and says so."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        with pytest.raises(NotNow):
            actions.close(id=matter.pk, outcome="solved")
        with pytest.raises(Invalid):
            actions.close(id=matter.pk, outcome="whatever")


def test_refused_and_not_agreed(county: County, matter: Matter) -> None:
    """A refusal has a reason; the resident may send the matter round again."""
    with acting(county.officer):
        actions.refuse(id=matter.pk, reason="属于供电公司")
    with acting(by_link("nonce-1")):
        actions.reopen(id=matter.pk, text="请帮忙联系")
        assert queries.matter(matter.pk).stage == "owned"


def test_passing_on_changes_the_owner_and_keeps_the_reason_inside(
    county: County, matter: Matter
) -> None:
    """There is one owner before and after."""
    with acting(county.officer):
        actions.reassign(id=matter.pk, post=county.station.pk, reason="归派出所")
        moved = queries.matter(matter.pk)
    assert (moved.owner, moved.stage) == (county.station, "received")
    with acting(by_link("nonce-1")):
        assert [s.verb for s in queries.timeline(moved, public_only=True)] == ["open"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"area": "999999999"}, "area"),
        ({"area": "x"}, "area"),
        ({"words": "   "}, "words"),
        ({"words": "x" * 10_001}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"category": "nope"}, "category"),
        ({"phone": "12"}, "phone"),
        ({"external_id": "两个"}, "external_id"),
        ({"external_id": ""}, "external_id"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(
    county: County, sent: dict[str, str], field: str
) -> None:
    """One sentence at the field, nothing written."""
    fields: dict[str, Any] = {
        "area": "371403001",
        "words": "你好",
        "channel": "web",
        "external_id": "n",
    } | sent
    with acting(county.officer):
        with pytest.raises(Invalid) as refusal:
            actions.open_matter(**fields)
        assert field in refusal.value.fields
        assert not Matter.objects.exists()
