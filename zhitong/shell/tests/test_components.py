"""Components say in words what they show in colour, and escape what they are given."""

from datetime import timedelta

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from zhitong.kernel.scope import Reach, Scope
from zhitong.shell import navigation, routes
from zhitong.shell.parts import BoardRow, Choice, StepSeen

HOSTILE = "<img src=x onerror=alert(1)>\"'"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def render(source, **context):
    return engines["django"].from_string(source).render(context)


class OneField(forms.Form):
    words = forms.CharField(label="Words", help_text="In your own words.")


def test_a_wrong_field_is_tied_to_its_help_and_error():
    html = render("{% field form.words %}", form=OneField({"words": ""}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'id="id_words_helptext"' in html
    assert 'id="id_words_error"' in html
    assert 'for="id_words"' in html


def test_a_summary_links_each_problem_to_its_field():
    html = render("{% problems form %}", form=OneField({"words": ""}))
    assert 'href="#id_words"' in html
    assert 'role="alert"' in html
    assert not render("{% problems form %}", form=OneField()).strip()


def test_the_board_says_late_in_words():
    row = BoardRow(
        code="A1",
        title=HOSTILE,
        url="/m/1",
        stage="owned",
        due_at=timezone.now() - timedelta(days=3),
        owner=HOSTILE,
        line="station",
    )
    html = render("{% departure_board rows 'Board' %}", rows=[row])
    assert "late by 3 days" in html
    assert "Station line" in html
    assert "<img" not in html


def test_a_closed_matter_has_no_clock():
    row = BoardRow(code="A1", title="Done", url="/m/1", stage="closed")
    assert "left" not in render("{% departure_board rows %}", rows=[row])


def test_internal_notes_say_that_they_are():
    now = timezone.now()
    steps = [
        StepSeen(title="Note", at=now, words=HOSTILE, internal=True),
        StepSeen(title="Answer", at=now, words="Done.", answer=True),
    ]
    html = render("{% timeline steps %}", steps=steps)
    assert html.count("internal, never shown to residents") == 1
    assert "step--answer" in html
    assert "<img" not in html


def test_rating_is_five_submit_buttons_without_script():
    html = render("{% rating '/r/1' %}<p>Why?</p>{% endrating %}")
    assert [f'value="{score}"' in html for score in range(1, 6)] == [True] * 5
    assert html.count('type="submit" name="score"') == 5
    assert "<p>Why?</p>" in html


def test_block_tags_escape_their_arguments_but_not_their_block():
    html = render("{% card t %}<p>In</p>{% endcard %}", t=HOSTILE)
    assert "<p>In</p>" in html
    assert "<img" not in html


def test_the_picker_keeps_what_was_chosen():
    html = render(
        "{% area_picker towns villages '1' '11' '/villages' %}",
        towns=[Choice("1", "A"), Choice("2", HOSTILE)],
        villages=[Choice("11", "AA")],
    )
    assert '<option value="1" selected>' in html
    assert '<option value="11" selected>' in html
    assert 'hx-get="/villages"' in html
    assert "<img" not in html


def test_a_sealed_value_asks_for_a_purpose():
    html = render("{% masked '138****1234' 'Phone' '/reveal' purposes %}", purposes=[])
    assert 'name="purpose" required' in html
    assert "<form" not in render("{% masked '138****1234' 'Phone' %}")


def test_pages_leave_out_the_way_that_is_not_there():
    html = render("{% pages '/older' %}")
    assert 'rel="next"' in html
    assert 'rel="first"' not in html
    assert not render("{% pages %}").strip()


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("/board?view=late&after=1.2", "?view=late"),
        ("/search?q=a+%26b&before=7", "?q=a+%26b"),
        ("/mine?before=x", "?"),
    ],
)
def test_every_later_page_leads_back_to_the_start(asked, start):
    html = render("{% pages %}", request=RequestFactory().get(asked))
    assert f'href="{start}" rel="first"' in html
    assert "Back to the start" in html


def test_the_first_page_does_not(rf):
    assert not render("{% pages %}", request=rf.get("/board?view=late")).strip()


def test_long_words_fold_and_short_ones_do_not():
    now = timezone.now()
    short = StepSeen(title="Said", at=now, words="第一行\n第二行")
    for words in ("一行\n" * 500, "长" * 700, "word " * 300):
        long = StepSeen(title="Said", at=now, words=words)
        html = render("{% timeline steps %}", steps=[long, short])
        assert html.count("<details") == 1
        assert html.count("Show all") == 1
        assert words in html, "all of it is on the page, also on paper and for who listens"


def test_badges_follow_the_language():
    assert "Owned" in render("{% badge 'owned' %}")
    with translation.override("zh-hans"):
        assert "已接办" in render("{% badge 'owned' %}")


def test_a_long_strip_folds_what_is_last():
    doors = [navigation.OpenDoor(str(n), "", f"/{n}/", here=n == 9) for n in range(10)]
    strip = navigation.strip_of(doors)
    assert (len(strip.near), len(strip.folded)) == (7, 3)
    assert strip.inside == doors[9]
    assert navigation.strip_of(doors[:8]) == navigation.Strip(doors[:8], ())


def test_doors_open_only_for_holders_of_the_permit(monkeypatch):
    monkeypatch.setattr(navigation, "_doors", {})
    navigation.open_door(url_name="shell:about", label="About", permit="about.read")
    navigation.open_door(url_name="nowhere:yet", label="Later", permit="about.read")
    holder = Scope("staff:1", Reach(), frozenset({"about.read"}), "test")
    other = Scope("staff:2", Reach(), frozenset(), "test")
    assert [(door.url, door.here) for door in navigation.doors_for(holder, "/about/")] == [
        ("/about/", True)
    ]
    assert navigation.doors_for(other, "/") == []
    assert navigation.doors_for(None, "/") == []


def test_only_planned_stops_can_open(monkeypatch):
    monkeypatch.setattr(routes, "_open", {})
    assert not any(stop.open for stop in routes.stops_of(routes.LOOP))
    routes.open_stop("loop.say", url_name="shell:home")
    assert routes.door("loop.say") == "/"
    with pytest.raises(KeyError):
        routes.open_stop("loop.nothing")
