"""Words of danger: whom to call comes first, and nothing is ever held back or lost."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.scope import acting
from zhitong.loop.domain.emergency import Call, bare, numbers_for
from zhitong.loop.emergency import in_danger, to_call
from zhitong.loop.models import Step
from zhitong.loop.tests.county import TOWN, County, said

DAY = date(2026, 11, 2)
LIST = (
    Call("110", ("救命", "拿刀"), ("救命钱",), date(2026, 1, 1)),
    Call("119", ("着火",), (), date(2026, 1, 1), date(2026, 11, 1)),
    Call("120", ("ABC",), (), date(2026, 11, 2)),
)
harmless = st.text(st.sampled_from("路灯坏了好三天大家看下a1，。 "))


@given(harmless, st.lists(st.sampled_from(" 　,。！-\n"), min_size=1), harmless)
def test_spaces_and_marks_hide_nothing(before: str, gap: list[str], after: str) -> None:
    """However it is typed."""
    text = f"{before}救{''.join(gap)}命{after}"
    assert numbers_for(text, LIST, on=DAY) == ["110"]


@given(harmless, harmless)
def test_a_harmless_phrase_is_harmless_and_hides_no_other(before: str, after: str) -> None:
    """Only the phrase itself is passed over."""
    assert numbers_for(f"{before}救命钱{after}", LIST, on=DAY) == []
    assert numbers_for(f"{before}救命钱{after}救命{after}", LIST, on=DAY) == ["110"]


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """Nothing that can be typed breaks it, and joined words are not invented."""
    assert set(numbers_for(text, LIST, on=DAY)) <= {"110", "119", "120"}
    assert bare(bare(text)) == bare(text)


def test_a_list_holds_from_its_first_to_its_last_day() -> None:
    """Both included; width and case make no difference."""
    assert numbers_for("着火了", LIST, on=date(2026, 11, 1)) == ["119"]
    assert numbers_for("着火了", LIST, on=DAY) == []
    assert numbers_for("ａｂＣ", LIST, on=DAY) == ["120"]
    assert numbers_for("abc", LIST, on=date(2026, 11, 1)) == []


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("有人拿刀砍人！快来", ["110"]),
        ("二楼起火了，有人被困", ["110", "119"]),
        ("老人喝了农药叫不醒", ["110", "120"]),
        ("路口出车祸了", ["110", "120"]),
        ("路灯坏了三天", []),
        ("楼道里堆东西有火灾隐患", []),
        ("这是我爸的救命钱，被骗子骗走了", []),
        ("预防自杀的讲座什么时候有", []),
        ("这事一直被困扰着", []),
        ("", []),
    ],
)
def test_whom_the_delivered_list_says_to_call(words: str, numbers: list[str]) -> None:
    """110 stands first whatever else is named."""
    assert [call.number for call in to_call(words)] == numbers


def test_the_delivered_list_contradicts_nothing() -> None:
    """Every word is found, and every harmless phrase is about a word of its own list."""
    text = (files("zhitong.loop") / "data" / "emergency.toml").read_text("utf-8")
    for call in tomllib.loads(text)["call"]:
        for word in call["words"]:
            assert call["number"] in in_danger(word), word
        for phrase in call["unless"]:
            assert call["number"] not in in_danger(phrase), phrase
            assert any(bare(word) in bare(phrase) for word in call["words"]), phrase


DANGER = {"words": "有人拿刀，救命", "name": "张三", "town": TOWN, "nonce": "n-danger"}


@pytest.mark.django_db
def test_the_form_says_whom_to_call_keeps_everything_and_sends_with_one_tap(
    client: Client, county: County
) -> None:
    """Before any complaint about the form; then it is sent as it is."""
    told = client.post("/say", DANGER)
    assert told.status_code == 200
    page = told.text
    assert page.index('href="tel:110"') < page.index('id="say"')
    assert page.count('name="anyway"') == 2
    assert "有人拿刀，救命" in page
    assert 'value="张三"' in page
    sent = client.post("/say", DANGER | {"anyway": "1"}, follow=True)
    assert "张三" not in sent.text
    assert sent.redirect_chain


@pytest.mark.django_db
def test_danger_comes_before_what_is_to_mend_and_is_said_once(
    client: Client, county: County
) -> None:
    """No place chosen: first whom to call, then, on sending, what is missing; never both ways."""
    lacking = DANGER | {"town": ""}
    first = client.post("/say", lacking)
    assert first.status_code == 200
    assert "field__error" not in first.text
    then = client.post("/say", lacking | {"anyway": "1"})
    assert then.status_code == 400
    assert '<input type="hidden" name="anyway" value="1">' in then.text


@pytest.mark.django_db
def test_plain_words_are_not_interrupted(client: Client, county: County) -> None:
    """One send, as ever."""
    plain = DANGER | {"words": "路灯坏了", "nonce": "n-plain"}
    assert client.post("/say", plain).status_code == 302


@pytest.mark.django_db
def test_the_mark_is_kept_for_staff(county: County) -> None:
    """Whatever the door it came through."""
    marked, plain = said("家里着火了", "n-mark"), said("路灯坏了", "n-none")
    with acting(county.officer):
        steps = {one.matter_id: one.data for one in Step.objects.filter(verb="open")}
    assert steps[marked.pk]["danger"] == ["119"]
    assert "danger" not in steps[plain.pk]
