"""Stored scripts: through names, answers, reasons, pictures and the keys of pages.

Decidim CVE-2026-23891 and CVE-2024-32469, RT CVE-2022-25802, django-helpdesk's attachments,
FixMyStreet's page number. The resident's own words are tried in tests/doors.
"""

from django.test import Client

from tests.doors.trials import FORM, Trials, form, read, undone
from tests.hostile.corpus import ACCEPTED, Words
from tests.pages.reading import opened, shown
from tests.permits.world import EVERYTHING, World
from zhitong.kernel.identity.actions.people import create_account
from zhitong.kernel.identity.actions.posts import create_post
from zhitong.kernel.identity.models import Account, ApiClient, Post, Role, SignIn
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter, Step
from zhitong.loop.tests.county import TOWN, by_link

HARMFUL = [one for one in ACCEPTED if one.name not in {"one long word", "huge number"}]
NAMES = [one for one in HARMFUL if one.line and len(one.line) <= 60]
WRITTEN = ("note", "answer", "add")
SCRIPT = '"><script>alert(1)</script>'


def harmless(trials: Trials, name: str, html: str) -> None:
    """Nothing in the page is more than words."""
    trials.expect(not read(html).problems, f"{name}: {read(html).problems}")


def test_what_staff_and_residents_write_is_kept_and_harmless(world: World) -> None:
    """Notes, answers and further words: as typed on the timeline, on both sides of it."""
    trials, officer = Trials(), world.people["community_officer"].browser(strict=False)
    here, resident = world.here, Client()
    officer.post(f"/m/{here.matter}/take", {"version": "1"})
    for words in HARMFUL:
        before = _texts(world)
        officer.post(f"/m/{here.matter}/note", form({"text": words.text}).data, FORM)
        version = str(_matter(world).version)
        answer = form({"text": words.text, "version": version, "outcome": ""})
        trials.expect(
            officer.post(f"/m/{here.matter}/answer", answer.data, FORM).status_code == 302,
            f"answer {words}",
        )
        resident.post(f"/t/{here.tracking}/add", form({"text": words.text}).data, FORM)
        trials.expect(_texts(world)[len(before) :] == [words.kept] * 3, f"{words}: not kept")
    for name, html in _pages(world, officer, resident).items():
        harmless(trials, name, html)
        for words in HARMFUL:
            trials.expect(_shows(html, words), f"{words} is not on {name}")
    trials.done()


def _matter(world: World) -> Matter:
    with acting(world.people["community_officer"].scope):
        found: Matter = Matter.objects.get(code=world.here.matter)
    return found


def _texts(world: World) -> list[str]:
    with acting(world.people["community_officer"].scope):
        rows = Step.objects.filter(matter__code=world.here.matter, verb__in=WRITTEN)
        return list(rows.order_by("at", "id").values_list("text", flat=True))


def _pages(world: World, officer: Client, resident: Client) -> dict[str, str]:
    asked = {
        "matter": officer.get(f"/m/{world.here.matter}"),
        "follow": resident.get(f"/t/{world.here.tracking}"),
    }
    return {name: answer.content.decode() for name, answer in asked.items()}


def _shows(html: str, words: Words) -> bool:
    return (words.kept or "").strip("\n") in "".join(read(html).words)


def test_names_in_every_table_are_harmless_on_every_page(world: World) -> None:
    """Whoever gets to choose a name or a label, past or present, gets to choose only words."""
    Account.objects.update(name=SCRIPT)
    Post.objects.filter(name="安德街道派出所").update(name=SCRIPT)
    Role.objects.filter(name="editor").update(label=SCRIPT)
    ApiClient.objects.update(name=SCRIPT, channel=SCRIPT)
    SignIn.objects.update(label=SCRIPT, agent=SCRIPT)
    trials, seen = Trials(), 0
    for door in shown(world):
        html = opened(door).content.decode()
        harmless(trials, str(door), html)
        seen += SCRIPT in "".join(read(html).words)
    trials.done()
    assert seen > 5


def test_names_that_are_typed_are_kept_and_harmless(world: World) -> None:
    """The resident's name, unsealed for the officer, and the names of people and posts."""
    trials = Trials()
    officer = world.people["community_officer"].browser(strict=False)
    administrator = world.people["administrator"].browser()
    for name in NAMES:
        with undone():
            matter = _named(name)
            answer = officer.post(f"/m/{matter.code}/contact/name", {"purpose": "visit"})
            harmless(trials, f"{name} unsealed", answer.content.decode())
            trials.expect(_shows(answer.content.decode(), name), f"{name} is not unsealed")
            for path in ("/people", "/posts"):
                html = administrator.get(path).content.decode()
                harmless(trials, f"{name} on {path}", html)
                trials.expect(_shows(html, name), f"{name} is not on {path}")
    trials.done()


def _named(name: Words) -> Matter:
    """A matter by somebody of this name; an account and a post of this name."""
    with acting(EVERYTHING):
        create_account(name=name.text, username="named.one", password=None)
        create_post(name=name.text, kind="desk", area=TOWN)
    with acting(by_link("named", frozenset({"loop.open"}))):
        return actions.open_matter(
            area=TOWN, words="路灯坏了", channel="web", external_id="named", name=name.text
        ).matter


def test_refusals_give_words_back_harmless(world: World) -> None:
    """A form whose key is missing, or that comes too late, shows again what was typed."""
    trials, strict = Trials(), Client(enforce_csrf_checks=True)
    officer = world.people["community_officer"].browser(strict=False)
    for words in HARMFUL:
        sent = form({"words": words.text, "text": words.text, "reason": words.text})
        for name, browser, path in (
            ("no key", strict, "/say"),
            ("not now", officer, f"/m/{world.here.matter}/refuse"),
            ("nowhere", officer, "/m/0000-0000/answer"),
            ("not yours", Client(), f"/m/{world.here.matter}/answer"),
        ):
            with undone():
                answer = browser.post(path, sent.data, FORM)
            if answer.status_code >= 400:
                harmless(trials, f"{words} {name}", answer.content.decode())
    trials.done()
