"""The forms of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.text.forms import WordsField
from zhitong.lines.microblog.desk.actions.writing import REASON, TITLE, TITLE_EN, WORDS
from zhitong.lines.microblog.desk.categories import categories, label_of


def _kinds() -> list[tuple[str, str]]:
    return [(code, label_of(code)) for code in categories()]


class NoteForm(forms.Form):
    """What a note says."""

    category = forms.ChoiceField(label=_("What it is about"), choices=_kinds)
    title = WordsField(max_length=TITLE, multiline=False, label=_("Title"))
    words = WordsField(
        max_length=WORDS,
        label=_("Text of the note"),
        help_text=_("Plain words, no personal data. A blank line begins a new paragraph."),
    )
    title_en = WordsField(
        max_length=TITLE_EN, multiline=False, required=False, label=_("Title in English")
    )
    words_en = WordsField(max_length=WORDS, required=False, label=_("Words in English"))
    why = WordsField(
        max_length=REASON,
        multiline=False,
        required=False,
        label=_("What is corrected"),
        help_text=_("Only for what is out already: readers see it above the words."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class StepForm(forms.Form):
    """One step of a note: with some words, a time, or a tick."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words = WordsField(max_length=500, multiline=False, required=False)
    urgent = forms.BooleanField(required=False)
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
