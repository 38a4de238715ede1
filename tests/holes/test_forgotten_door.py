"""A forgotten door beside a guarded one: search, counts, pickers, pictures, feeds.

Decidim CVE-2026-40870, Zammad CVE-2026-34722, RT CVE-2023-45024, django-helpdesk 2026-04.
"""

import pytest
from django.test import Client

from tests.doors.trials import changed, counts
from tests.permits.world import EVERYTHING, World, serving, signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Post
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.models import Matter
from zhitong.loop.queries import View
from zhitong.loop.tests.county import VILLAGE, by_link, said

SECRET = "只有远方的人知道的秘密"


@pytest.fixture
def secret(world: World) -> Matter:
    """A matter in another county, with words that occur nowhere else."""
    return said(SECRET, "secret", "371402001")


STAFF = ["community_officer", "window_clerk", "editor", "supervisor"]


@pytest.mark.parametrize("role", STAFF)
def test_lists_and_search_know_nothing_of_what_is_far(
    world: World, secret: Matter, role: str
) -> None:
    """Not the words, not the code, not even how many."""
    browser = world.people[role].browser()
    for query in (SECRET, SECRET[3:6], secret.code):
        answer = browser.get("/search", {"q": query})
        assert answer.status_code == 200
        assert not answer.context["rows"]
    for view in View:
        page = browser.get("/board", {"view": view.value}).content.decode()
        assert secret.code not in page
        assert SECRET not in page


@pytest.mark.parametrize("role", STAFF)
def test_counts_count_what_is_near(world: World, secret: Matter, role: str) -> None:
    """A number tells as well as a list."""
    scope = world.people[role].scope
    with acting(scope):
        before = queries.counts(scope.posts)
    for number in range(3):
        said(SECRET, f"more{number}", "371402001")
    with acting(scope):
        assert queries.counts(scope.posts) == before


def test_a_picture_belongs_to_its_matter(world: World) -> None:
    """Another matter's picture is not there under this matter's address, though both are near."""
    other = said("另一件事", "other", VILLAGE)
    officer = world.people["community_officer"].browser()
    assert officer.get(f"/m/{world.here.matter}/photo/{world.here.photo}").getvalue()
    assert officer.get(f"/m/{other.code}/photo/{world.here.photo}").status_code == 404


def test_a_post_far_away_cannot_be_handed_anything(world: World) -> None:
    """The list of posts is not what keeps them apart."""
    with acting(world.people["community_officer"].scope):
        version = Matter.objects.get(code=world.here.matter).version
    post, before = Post.objects.get(name="新湖派出所"), counts()
    officer = world.people["community_officer"].browser(strict=False)
    sent = {"post": str(post.pk), "reason": "x", "version": str(version)}
    answer = officer.post(f"/m/{world.here.matter}/reassign", sent)
    assert 400 <= answer.status_code < 500
    assert not changed(before)


def test_an_auditor_of_one_township_audits_one_township(world: World, secret: Matter) -> None:
    """Neither by the record nor by the actor does the log tell what happened elsewhere."""
    account, _held = serving("auditor.small", world.county.station, "auditor")
    auditor = Client()
    auditor.cookies[sign_ins.COOKIE] = signed_in(account=account)
    with acting(EVERYTHING):
        actions.note(id=secret.pk, text="x")
    for query in ({}, {"target": secret.target}, {"actor": EVERYTHING.actor}):
        lines = auditor.get("/audit", query).context["lines"]
        assert secret.target not in {line.target for line in lines}, query
    whole = world.people["auditor"].browser().get("/audit").context["lines"]
    assert whole, "the auditor of the county sees the county"


def test_a_link_opens_one_matter_and_nothing_beside_it(world: World) -> None:
    """Whoever holds a code reaches one row of each table."""
    said("另一件事", "other", VILLAGE)
    with acting(by_link("near")):
        assert [one.code for one in Matter.objects.all()] == [world.here.matter]
