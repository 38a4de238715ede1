"""What administrators fill in about a day."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.days.queries import years
from zhitong.kernel.text.forms import WordsField


class PlainDayField(forms.DateField):
    """A date as browsers send it, whatever the language of the page."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self) -> None:
        wrong = _("Write the day as year-month-day, such as 2026-11-25.")
        super().__init__(
            label=_("Day"), input_formats=["%Y-%m-%d"], error_messages={"invalid": wrong}
        )

    def validate(self, value: date | None) -> None:
        """Only days that the calendar is about."""
        super().validate(value)
        first, last = years()
        if value is not None and not first <= value.year <= last:
            bounds = {"first": first, "last": last}
            raise ValidationError(_("Choose a day from %(first)s to %(last)s.") % bounds)


class DayForm(forms.Form):
    """One day that is worked or free whatever the notice says."""

    day = PlainDayField()
    working = forms.TypedChoiceField(
        label=_("Is it worked?"),
        choices=[("0", _("Free")), ("1", _("Worked"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the day is worked or free.")},
    )
    name = WordsField(
        max_length=60,
        multiline=False,
        label=_("Occasion"),
        help_text=_("As people call it, such as a snow day."),
    )
    source = WordsField(
        max_length=200,
        multiline=False,
        label=_("Who decided it"),
        help_text=_("The office and its notice."),
    )


class WhichDayForm(forms.Form):
    """A day, and nothing else."""

    day = PlainDayField()
