"""Every field of every form and every parameter of every address, filled with what hurts.

Forms come from the examples of the permit matrix, so a new address is tried here as well.
Whatever is sent: no answer is a 5xx, and whoever is refused has changed nothing.
"""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import zhitong
from tests.doors.trials import Trials, counts, form, read, undone
from tests.hostile.corpus import BAD_AREA_CODES, BAD_IDS, EVERY_WORDS
from tests.permits.addresses import Address
from tests.permits.examples import EXAMPLES
from tests.permits.openers import doors
from tests.permits.world import World
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter

NASTY = {
    "script", "attribute break-out", "header injection", "nul", "lone high surrogate",
    "wrong encoding",
}  # fmt: skip
SAMPLE = [one.text for one in EVERY_WORDS if one.name in NASTY]
SAMPLE += ["", "9" * 4400, "9223372036854775808", BAD_AREA_CODES[8]]
ANSWERED = {"loop:answer", "loop:close", "loop:reassign", "loop:more", "loop:refuse"}

# Everything that a view reads from the query, and what else there must be for it to matter.
QUERIES: dict[str, dict[str, tuple[str, ...]]] = {
    "loop:board": {"view": (), "after": ("view",), "town": ()},
    "loop:supervise": {"period": ()},
    "loop:reports": {"after": ()},
    "loop:export": {"view": ()},
    "loop:report": {"edition": ()},
    "desk:desk": {"show": (), "after": ("show",)},
    "desk:news": {"about": (), "after": ("about",)},
    "loop:search": {"q": (), "before": ("q",)},
    "loop:places": {"town": ()},
    "loop:mine": {"before": ()},
    "retention:over": {"plan": ()},
    "rights:requests": {"view": (), "after": ("view",)},
    "loop:staff_places": {"town": (), "find": (), "step": ("find",)},
    "loop:rates": {"by": (), "period": ()},
    "loop:rates_csv": {"by": (), "period": ()},
    "loop:rates_matters": {"by": (), "period": (), "of": (), "key": (), "after": ()},
    "loop:exclusions": {"view": (), "after": ("view",)},
    "loop:replies": {"view": ()},
    "loop:open_rates": {"month": ()},
    "loop:returns": {"after": ()},
    "loop:open_answers": {"theme": (), "town": (), "q": (), "before": (), "lang": ()},
    "loop:open_feed": {"theme": (), "town": (), "q": (), "before": (), "lang": ()},
    "loop:merge": {"into": ()},
    "areas:areas": {"q": (), "at": (), "after": ("at",)},
    "days:days": {"year": (), "undo": ("year",)},
    "identity:people": {"q": (), "after": ()},
    "identity:posts": {"after": ()},
    "identity:sign_in": {"next": ()},
    "audit:log": {"actor": (), "target": (), "before": ()},
    "worker:outbox": {"after": ()},
    "webhooks:webhook": {"before": ()},
}


def data_of(world: World, address: Address) -> dict[str, str]:
    """A good form, with what only this county can say filled in."""
    data = {name: str(value) for name, value in EXAMPLES[address.name].data.items()}
    if "version" in data:
        with acting(world.people["community_officer"].scope):
            data["version"] = str(Matter.objects.get(code=world.here.matter).version)
    more: dict[str, dict[str, Any]] = {
        "loop:export": {"since": "", "until": "", "line": ""},
        "loop:reassign": {"post": world.county.station.pk},
        "loop:send_back": {"post": world.county.station.pk},
        "loop:matter_tasks": {"post": world.county.station.pk},
        "loop:answer": {"outcome": "solved"},
        "loop:rate": {"text": "谢谢"},
        "loop:say": {"village": "", "name": "王", "phone": "", "step": ""},
        "loop:say_for": {"village": "", "name": "王", "phone": "", "step": ""},
        "identity:appoint": {"post": world.county.station.pk, "ends_on": "", "reason": "x"},
        "identity:break_glass": {"post": world.county.station.pk},
        "identity:new_client": {"path": "37/14/03/"},
        "webhooks:new": {"path": "37/14/03/"},
        "identity:sign_in": {"next": "/board"},
        "shell:language": {"next": "/"},
        "identity:register_answer": {"label": "x"},
    }
    return data | {name: str(value) for name, value in more.get(address.name, {}).items()}


def prepare(world: World, name: str) -> None:
    """Bring the matter where this form matters."""
    if name not in ANSWERED | {"loop:rate"}:
        return
    with acting(world.people["community_officer"].scope):
        matter = Matter.objects.get(code=world.here.matter)
        actions.take(id=matter.pk)
        outcome = "solved" if name == "loop:rate" else ""
        actions.answer(id=matter.pk, text="已修好", outcome=outcome)


def test_every_field_of_every_form(world: World) -> None:
    """One field at a time; the rest of the form is good."""
    trials, tried = Trials(), 0
    for door in doors(world, "POST"):
        browser = door.who.browser(strict=False)
        with undone():
            prepare(world, door.address.name)
            good, before = data_of(world, door.address), counts()
            for field, text in product(good, SAMPLE):
                name = f"{door.address} {field}={text[:30]!r}"
                sent = form(good, **{field: text})
                trials.survived(name, browser, door.path, sent, before=before)
                tried += 1
    trials.done()
    assert tried > 500


def test_every_parameter_of_every_address(world: World) -> None:
    """Also those that a page itself writes into its links, such as keys of following pages."""
    trials = Trials()
    for door in doors(world, "GET"):
        browser = door.who.browser()
        for name in QUERIES.get(door.address.name, {}):
            for text in SAMPLE:
                sent = {name: text[:3000].encode("utf-8", "replace").decode()}
                with undone():
                    answer = browser.get(door.path, sent)
                what = f"{door.address} ?{name}={text[:30]!r}"
                trials.expect(answer.status_code < 500, f"{what}: {answer.status_code}")
                trials.expect(not read(answer.content.decode()).problems, f"{what}: harmful")
    trials.done()


def test_every_parameter_is_known() -> None:
    """A view that reads another parameter has to be tried with it."""
    sources = "\n".join(
        path.read_text("utf-8") for path in Path(zhitong.__path__[0]).rglob("web/*.py")
    )
    read_by_views = set(re.findall(r'request\.GET\.get\(\s*"(\w+)"', sources))
    known = {name for names in QUERIES.values() for name in names}
    assert read_by_views - known == set(), "add the parameter to QUERIES in tests/doors/"


@pytest.mark.parametrize("address", ["t/{}", "m/{}", "t/{}/readers", "people/{}", "roles/{}"])
def test_every_bad_identifier_is_nowhere(world: World, address: str) -> None:
    """404, or the way to sign in; never a broken page."""
    browser = world.people["administrator"].browser()
    for bad in (*BAD_IDS, *BAD_AREA_CODES[-1:]):
        answer = browser.get("/" + address.format(bad.replace("/", "%2f")))
        assert answer.status_code in {400, 403, 404, 429}, (bad, answer.status_code)
