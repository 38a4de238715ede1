"""How many SQL statements every page takes. A number here changes on purpose or not at all.

Counted with one row of everything and with thirty: a page asks no more often when there is more.
Two of them find out who is asking; residents cost one, strangers none.
Savepoints are the test's own transaction, not the page's.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.doors.trials import undone
from tests.pages.reading import shown
from tests.permits.openers import Door
from tests.permits.world import World, serving, signed_in
from zhitong.kernel.identity.models import Account
from zhitong.loop.tests.county import VILLAGE, County, said

PINNED = {
    "shell:home": 2,
    "shell:about": 2,
    "shell:privacy": 2,
    "shell:style": 2,
    "identity:sign_in": 2,
    "identity:me": 5,
    "identity:password": 2,
    "identity:my_absence": 8,
    "identity:absence": 8,
    "identity:authenticator": 3,
    "identity:recovery_codes": 2,
    "identity:passkeys": 3,
    "identity:resident_sign_in": 2,
    "identity:people": 4,
    "identity:new_account": 2,
    "identity:break_glass": 6,
    "identity:person": 4,
    "identity:appoint": 7,
    "identity:posts": 3,
    "identity:new_post": 2,
    "identity:roles": 3,
    "identity:role": 3,
    "identity:clients": 4,
    "identity:new_client": 3,
    "areas:areas": 4,
    "days:days": 3,
    "worker:outbox": 7,
    "webhooks:webhooks": 4,
    "webhooks:new": 3,
    "webhooks:webhook": 6,
    "audit:log": 4,
    "loop:say": 3,
    "loop:bring": 2,
    "loop:track": 2,
    "loop:mine": 2,
    "loop:my_data": 10,
    "loop:code_data": 8,
    "loop:follow": 4,
    "loop:said": 1,
    "loop:readers": 2,
    "desk:news": 3,
    "alerts:warnings": 4,
    "desk:desk": 4,
    "desk:new": 2,
    "loop:routes": 5,
    "loop:replies": 3,
    "loop:new_reply": 3,
    "loop:open_rates": 3,
    "loop:open_answers": 4,
    "rights:requests": 3,
    "retention:over": 3,
    "loop:rates": 6,
    "loop:supervise": 7,
    "loop:reports": 3,
    "loop:rates_matters": 5,
    "loop:exclusions": 3,
    "loop:exclude": 3,
    "loop:board": 5,
    "loop:reminders": 4,
    "loop:returns": 3,
    "loop:promises": 4,
    "loop:tasks": 4,
    "loop:matter_tasks": 4,
    "loop:reclassify": 3,
    "loop:send_back": 4,
    "loop:calendar": 3,
    "loop:export": 3,
    "loop:search": 2,
    "loop:say_for": 3,
    "loop:matter": 11,
    "loop:write": 8,
    "loop:choose": 8,
    "loop:place": 6,
    "loop:hand_over": 4,
    "loop:summary": 8,
    "loop:split": 7,
    "loop:merge": 3,
    "loop:merged": 4,
    "loop:similar": 8,
}
FINDING = {"sqlite": 3, "postgresql": 4}  # PostgreSQL counts the hits of rare words first
MOST = 12
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def statements(door: Door, query: str = "") -> list[str]:
    """The SQL of one visit."""
    browser = door.who.browser()
    with undone(), CaptureQueriesContext(connection) as asked:
        assert browser.get(door.path + query).status_code == 200, str(door)
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(CONTROL)]


def crowd(county: County) -> None:
    """Thirty of what lists show."""
    for number in range(30):
        said("村口的路灯坏了三天了", f"crowd{number}", VILLAGE)
        serving(f"crowd{number}", county.station, "community_officer")
    for _browser in range(4):
        signed_in(account=Account.objects.get(username="test.community-officer"))


def counted(world: World) -> dict[str, int]:
    """How many statements each page takes now.

    A process remembers rules and promises for half a minute: a page that asked for more than it
    may is visited again, when it has just been reminded of them.
    """
    return {str(door): _asked(door) for door in shown(world)}


def _asked(door: Door) -> int:
    first = len(statements(door))
    return first if first <= PINNED.get(str(door), MOST) else len(statements(door))


def test_every_page_asks_as_often_as_pinned(world: World) -> None:
    """Change the number here in the same commit as the page, and say why."""
    few = counted(world)
    crowd(world.county)
    assert counted(world) == PINNED
    assert {name for name, many in few.items() if many > PINNED[name]} == set()
    assert max(PINNED.values()) <= MOST


def test_finding_asks_as_often_as_pinned(world: World, database_kind: str) -> None:
    """A page of found matters: who asks, what fits, what the places are called."""
    crowd(world.county)
    (search,) = [door for door in shown(world) if str(door) == "loop:search"]
    assert len(statements(search, "?q=路灯")) == FINDING[database_kind]
