"""The microblog desk on its pages: one writes, another approves and lets it out."""

from tests.permits.world import World
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.lines.microblog.desk.models import Note

FRAUD = {"category": "office", "title": "别信“安全账户”", "words": "公检法没有安全账户。"}


def version_at(address: str) -> int:
    """What the form of a note's page would send along."""
    with beyond_reach():
        note: Note = Note.unguarded.get(pk=address.rpartition("/")[2])
    return note.version


def test_round_the_desk_on_its_pages(world: World) -> None:
    author, other = (world.people[role].browser(strict=False) for role in ("editor", "supervisor"))
    assert author.post("/desk/new", {**FRAUD, "title": ""}).status_code == 400
    answer = author.post("/desk/new", FRAUD)
    assert answer.status_code == 302
    address = answer.headers["Location"]

    def sent(who, verb: str, **more: str) -> int:
        data = {"version": version_at(address), **more}
        return int(who.post(f"{address}/{verb}", data).status_code)

    assert FRAUD["title"] in author.get(address).content.decode()
    assert sent(author, "submit") == 302
    assert sent(author, "review", do="approve") == 409
    assert sent(other, "review", do="approve") == 302
    assert sent(other, "schedule", at="some day") == 400
    assert sent(other, "schedule") == 302
    for who in (author, other):
        assert FRAUD["title"] in who.get("/desk").content.decode()
        assert who.get(address).status_code == 200
    assert sent(other, "hold", words="等核实") == 302
    assert sent(other, "withdraw", words="") == 400
    assert sent(other, "withdraw", words="不需要了") == 302
    assert FRAUD["title"] not in author.get("/desk").content.decode()
    assert FRAUD["title"] in author.get("/desk?show=all").content.decode()
