import pytest
from django import forms
from django.utils import translation

from zhitong.kernel.text.forms import WordsField


class Say(forms.Form):
    words = WordsField(max_length=20)
    place = WordsField(max_length=10, multiline=False, required=False)


def test_words_arrive_exactly():
    form = Say({"words": " \r\n路灯 坏了\t\r\n", "place": " 安德街 "})
    assert form.is_valid()
    assert form.cleaned_data == {"words": " \n路灯 坏了\t\n", "place": "安德街"}


@pytest.mark.parametrize("blank", ["", " ", "\r\n", "\u3000\t\n"])
def test_blanks_alone_say_nothing(blank):
    form = Say({"words": blank, "place": blank})
    assert set(form.errors) == {"words"}
    assert form.cleaned_data == {"place": ""}


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\ufffdb", "\ud800", "一" * 21, "好" * 10**6])
def test_bad_words_say_what_to_mend(bad):
    with translation.override("en"):
        form = Say({"words": bad})
        assert not form.is_valid()
        (sentence,) = form.errors["words"]
        assert str(sentence).endswith(".")


def test_the_widget_never_cuts_words_that_would_be_let_in():
    html = str(Say())
    assert 'maxlength="40"' in html
    assert "<textarea" in html
    assert 'type="text"' in html
