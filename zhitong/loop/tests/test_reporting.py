"""Monthly reports: the same day gives the same numbers, byte for byte; small ones stay hidden."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import Person, World, build
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.actions.counting import catch_up
from zhitong.loop.actions.reporting import ask_what_is_over, make_next
from zhitong.loop.domain.open_numbers import OPEN, opened
from zhitong.loop.domain.rates import Tally, total
from zhitong.loop.domain.reporting import Cell, Numbers, signature
from zhitong.loop.models import Exclusion, Matter, Report
from zhitong.loop.queries import rates, reporting
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.queries.rates import By
from zhitong.loop.queries.reporting import reporting_scope
from zhitong.loop.tests.county import COUNTY, OTHER_TOWN, TOWN, County, path_of, said

DAY = timedelta(days=1)
START = datetime(2026, 9, 14, 1, tzinfo=UTC)
MONTH, AS_OF = date(2026, 9, 1), date(2026, 10, 10)
LATER = datetime(2026, 10, 20, 1, tzinfo=UTC)


def made(month: date = MONTH, as_of: date = AS_OF) -> Report:
    """Ask for a report of the county and let the worker make it."""
    with acting(reporting_scope()):
        id = actions.ask_report(month=month, as_of=as_of)
        while reporting.waiting():
            make_next()
        return reporting.report(id)


def forget() -> None:
    """Let no report be there."""
    with acting(reporting_scope()):
        assert Report.objects.all().delete()[0] == 1


def happened(county: County) -> list[Matter]:
    """Seven matters of a month: two answered, one of them closed."""
    with clock_at(START):
        matters = [said("村口的路灯坏了三天了", f"r{number}") for number in range(7)]
    with acting(county.officer), clock_at(START + timedelta(hours=2)):
        for matter in matters[:2]:
            actions.take(id=matter.pk)
            actions.answer(id=matter.pk, text="已报修")
        actions.close(id=matters[0].pk, outcome="solved")
    return matters


def test_the_same_day_gives_the_same_bytes(county: County) -> None:
    """Whatever happens afterwards: answers, closings, a corrected place, an exclusion."""
    matters = happened(county)
    with clock_at(LATER):
        first = made()
        forget()
        with acting(county.officer):
            actions.answer(id=matters[1].pk, text="换了灯", outcome="solved")
        everywhere = replace(county.officer.reach, subtrees=(path_of(COUNTY),))
        with acting(replace(county.officer, reach=everywhere)):
            actions.move_area(id=matters[2].pk, area=OTHER_TOWN)
        with acting(county.clerk):
            Exclusion.objects.create(
                matter=matters[3], reason="重复", proposed_by="a", proposed_at=now(),
                accepted=True, decided_by="b", decided_at=now(),
            )  # fmt: skip
    with clock_at(LATER + DAY):
        again = made()
        assert again.numbers.encode() == first.numbers.encode()
        assert again.signature == first.signature == sha256(first.numbers.encode()).hexdigest()
        after = made(as_of=date(2026, 10, 20))
        assert after.signature != first.signature
        told = Numbers.read(after.numbers).by(lambda cell: cell.town)
        assert told[path_of(OTHER_TOWN)].matters == 1
        assert told[path_of(TOWN)].excluded == 1


def test_a_report_says_what_the_rates_say(county: County) -> None:
    """Counted from the steps at once, and matter by matter by the timer: the same sums."""
    happened(county)
    with clock_at(LATER):
        report = made(as_of=date(2026, 10, 19))
        with acting(counting_scope()):
            assert catch_up()
            sums = rates.sums(By.TOWN, [MONTH])
        found = Numbers.read(report.numbers).by(lambda cell: cell.town)
        assert found == {town: by_month[MONTH] for town, by_month in sums.items()}
        assert found[path_of(TOWN)].matters == 7


def test_it_is_made_piece_by_piece(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off after every batch, it goes on where it was and ends with the same numbers."""
    happened(county)
    with clock_at(LATER):
        whole = made()
        forget()
        monkeypatch.setattr("zhitong.loop.actions.reporting.BATCH", 2)
        with acting(reporting_scope()):
            id = actions.ask_report(month=MONTH, as_of=AS_OF)
            seen = [reporting.report(id).seen]
            while not reporting.report(id).made_at:
                make_next(seconds=0)
                seen.append(reporting.report(id).seen)
            pieces = reporting.report(id)
        assert seen == [0, 2, 4, 6, 7]
        assert pieces.numbers == whole.numbers


def test_a_day_that_is_not_over_is_refused(county: County) -> None:
    """Nor one before the month, nor a month that is none of the last twelve."""
    del county
    with clock_at(LATER), acting(reporting_scope()):
        for month, as_of in (
            (MONTH, date(2026, 10, 20)), (MONTH, date(2026, 8, 31)), (date(2020, 1, 1), AS_OF),
            (date(2026, 9, 2), AS_OF),
        ):  # fmt: skip
            with pytest.raises(Invalid):
                actions.ask_report(month=month, as_of=as_of)


def test_what_is_asked_twice_is_made_once(county: County) -> None:
    """By the calendar too: one report of every month that is over for long enough."""
    happened(county)
    with clock_at(LATER):
        with acting(counting_scope()):
            assert catch_up()
        with acting(reporting_scope()):
            assert ask_what_is_over() == 1
            assert ask_what_is_over() == 0
            row = Report.objects.get()
            assert row.month == MONTH
            assert row.last_day == reporting.settled(MONTH)
            again = actions.ask_report(month=MONTH, as_of=reporting.settled(MONTH))
            assert again == row.pk


def test_a_report_of_the_county_is_beyond_a_townships_reach(county: County) -> None:
    """Whoever serves in a township gets a report of that township, and sees no other."""
    happened(county)
    with clock_at(LATER):
        whole = made()
        with acting(county.clerk), pytest.raises(NotFound):
            reporting.report(whole.pk)
        with acting(replace(county.stranger, permits=county.stranger.permits | {reporting.ASK})):
            own = actions.ask_report(month=MONTH, as_of=AS_OF)
        with acting(reporting_scope()):
            make_next()
            assert Numbers.read(reporting.report(own).numbers).cells == {}


@pytest.fixture
def world(county: County) -> World:
    """A county with one person of every role."""
    return build(county)


def get(person: Person, path: str, language: str = "zh-hans") -> bytes:
    """A page as this person reads it."""
    answer = person.browser().get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, (path, answer.content[:300])
    return bytes(answer.content)


def test_the_pages(world: World, county: County) -> None:
    """Asked for on the page, waiting, made; in both languages, as PDF, and the signed text."""
    del county
    supervisor = world.people["supervisor"]
    yesterday = (now() - DAY).date()
    browser = supervisor.browser(strict=False)
    assert browser.post("/reports", {"month": "x", "as_of": ""}).status_code == 400
    assert browser.post("/reports", {"month": "2020-01", "as_of": "2020-02-01"}).status_code == 400
    sent = browser.post("/reports", {"month": f"{yesterday:%Y-%m}", "as_of": f"{yesterday}"})
    assert sent.status_code == 302
    path = sent["Location"]
    assert "正在生成" in get(supervisor, path).decode()
    assert browser.get(f"{path}/report.pdf").status_code == 404
    with acting(reporting_scope()):
        make_next()
    page = get(supervisor, path).decode()
    assert "月度报告" in page
    assert "Monthly report" in get(supervisor, f"{path}?edition=public", "en").decode()
    numbers = get(supervisor, f"{path}/numbers.json").decode()
    assert signature(numbers) in page
    assert path in get(supervisor, "/reports").decode()
    assert get(supervisor, f"{path}/report.pdf").startswith(b"%PDF-")


def test_numbers_read_what_was_written() -> None:
    """Text and numbers are two forms of one thing; cells of nothing are not written."""
    cells = {
        Cell("2026-09", "37/14/03/001/", "noise"): Tally(matters=3, rated=1, points=100),
        Cell("2026-08", "37/14/03/002/", "other"): Tally(),
    }
    numbers = Numbers("37/14/03/", "2026-09", "2026-10-10T16:00:00+00:00", cells)
    back = Numbers.read(numbers.written())
    assert len(back.cells) == 1
    assert back.written() == numbers.written()
    assert numbers.months()[0] == "2025-10"
    assert [tally.matters for tally in back.course(back.months())][-2:] == [0, 3]


counts = st.integers(0, 12)
tallies = st.builds(
    lambda matters, out, answers: Tally(
        matters=matters, excluded=min(out, matters), answers=min(answers, matters)
    ),
    counts, st.integers(0, 2), counts,
)  # fmt: skip


@given(st.lists(st.lists(tallies, min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_no_small_number_is_read_or_worked_out(
    lines: list[list[Tally]], data: st.DataObject
) -> None:
    """Over all tables together: no count below five, and none is the only one that is missing."""
    flat = [tally for each in lines for tally in each]
    cut = data.draw(st.integers(0, len(flat)))
    towns = [total(flat[:cut]), total(flat[cut:])]
    shown = opened(towns, lines)
    sums = [total(each) for each in lines]
    for counted, _share in OPEN:
        whole = shown.whole[counted]
        for table, truth in ((shown.towns, towns), (shown.lines, sums)):
            _safe([line[counted] for line in table], [getattr(t, counted) for t in truth], whole)
        for below, line, truth in zip(shown.categories, shown.lines, lines, strict=True):
            _safe([each[counted] for each in below], [getattr(t, counted) for t in truth],
                  line[counted])  # fmt: skip


def _safe(seen: list[int | None], truth: list[int], whole: int | None) -> None:
    """What is seen is true and not small; what is not seen does not follow from the whole."""
    for shown, true in zip(seen, truth, strict=True):
        assert shown is None or (shown == true and not 0 < shown < 5)
    hidden = [true for shown, true in zip(seen, truth, strict=True) if shown is None and true]
    if whole is not None and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= 5
