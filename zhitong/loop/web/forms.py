"""What residents and staff fill in. Rules of content live in the actions."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.errors import Stale
from zhitong.kernel.text.forms import WordsField
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.categories import DEFAULT, choices
from zhitong.loop.domain import Channel
from zhitong.loop.words import CHANNELS, OUTCOMES

NONCE_BYTES = 16


def new_nonce() -> str:
    """A number used once: it makes a form sent twice one matter, not two."""
    return secrets.token_urlsafe(NONCE_BYTES)


class Pictures(forms.ClearableFileInput):
    """A file input for several pictures."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of uploaded files, as a list; what they contain is checked on re-encoding."""

    widget = Pictures(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """All files that were chosen, also empty ones: those are refused, not passed over."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if isinstance(file, UploadedFile)]


class SayForm(forms.Form):
    """Say something: the words, what they are about, pictures, and how to reach the person."""

    words = WordsField(
        max_length=WORDS_LIMIT,
        label=_("What is it about?"),
        help_text=_(
            "Say it as you would tell a neighbour. Where, when, what happened, what helps."
        ),
    )
    category = forms.ChoiceField(
        label=_("Which is closest?"),
        choices=choices,
        initial=DEFAULT,
        required=False,
    )
    photos = PicturesField(
        label=_("Pictures"),
        required=False,
        help_text=_(
            "Up to six, 8 MB each. Where and when they were taken is removed before we keep them."
        ),
    )
    name = WordsField(
        max_length=60,
        multiline=False,
        required=False,
        label=_("Your name"),
        help_text=_("You need not say who you are."),
    )
    phone = WordsField(
        max_length=40,
        multiline=False,
        required=False,
        label=_("Your phone number"),
        help_text=_("For a message when there is an answer. Kept sealed."),
    )
    town = forms.CharField(required=False, max_length=12)
    village = forms.CharField(required=False, max_length=12)
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def words_about_area(self) -> str:
        """The code of the chosen area: the village when one was chosen, else the township."""
        return str(self.cleaned_data["village"] or self.cleaned_data["town"])


class BehalfForm(SayForm):
    """The same, entered by staff for somebody at the counter or on the phone."""

    ASKED: ClassVar = {
        "words": (
            _("What does the resident say?"),
            _("In their own words, as far as possible. Where, when, what happened, what helps."),
        ),
        "name": (_("The resident's name"), _("Only if they want to give it.")),
        "phone": (
            _("The resident's phone number"),
            _("For a message when there is an answer. Kept sealed."),
        ),
    }

    channel = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[(item.value, CHANNELS[item]) for item in (Channel.COUNTER, Channel.PHONE)],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.ASKED.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text


class CodeForm(forms.Form):
    """A tracking code, typed from a slip or a message."""

    code = forms.CharField(
        label=_("Tracking code"), max_length=100, help_text=_("16 letters and digits, in fours.")
    )


class WordsForm(forms.Form):
    """One box of words: more words, a note, a reason."""

    text = WordsField(max_length=WORDS_LIMIT, label=pgettext_lazy("box", "Words"), required=False)


class VersionField(forms.IntegerField):
    """The version of the matter that the person was looking at; without it nothing is written.

    What is missing or no number is refused like an old one: the sender did not look at the
    matter as it stands.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        told = dict.fromkeys(("required", "invalid", "min_value", "max_value"), Stale.sentence)
        super().__init__(min_value=1, max_value=2**31 - 1, error_messages=told)


class VersionForm(forms.Form):
    """Nothing but the version: a button."""

    version = VersionField()


class PlaceForm(forms.Form):
    """Another place, from the area picker."""

    town = forms.CharField(required=False, max_length=12)
    village = forms.CharField(required=False, max_length=12)
    version = VersionField()

    def area(self) -> str:
        """The code of the chosen area: the village when one was chosen, else the township."""
        return str(self.cleaned_data["village"] or self.cleaned_data["town"])


class EndForm(forms.Form):
    """What ends a matter: work that is open with colleagues is cancelled for a reason."""

    cancel_tasks = WordsField(
        max_length=WORDS_LIMIT,
        multiline=False,
        required=False,
        label=_("Why is that work not needed any more?"),
    )


class AnswerForm(EndForm):
    """An answer and, if the matter is done with it, the outcome."""

    text = WordsField(
        max_length=WORDS_LIMIT,
        label=_("Answer to the resident"),
        help_text=_("The resident reads exactly this."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    outcome = forms.ChoiceField(
        label=_("Close it at once?"),
        required=False,
        choices=[("", _("No, leave it open")), *OUTCOMES.items()],
    )
    version = VersionField()


class QuestionForm(forms.Form):
    """A question to the resident."""

    text = WordsField(
        max_length=WORDS_LIMIT,
        label=_("Question to the resident"),
        help_text=_("The resident reads exactly this, and answers on the same page."),
    )
    version = VersionField()


class OutcomeForm(EndForm):
    """How the matter ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("", _("Please choose")), *OUTCOMES.items()],
        error_messages={"required": _("Choose how the matter ended.")},
    )
    version = VersionField()


class ReasonForm(forms.Form):
    """A reason, and the version of the matter that the person was looking at."""

    reason = WordsField(max_length=WORDS_LIMIT, label=_("Reason"))
    version = VersionField()


class RefusalForm(ReasonForm, EndForm):
    """Why the matter is refused."""


class ReassignForm(ReasonForm):
    """Another post, and why."""

    post = forms.UUIDField(label=_("Pass on to"), widget=forms.Select)

    field_order = ("post", "reason", "version")
