"""One line of words from a form, with the refusal put beside its field."""

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid
from zhitong.kernel.text.clean import clean_line


def line(typed: str, *, field: str, longest: int, required: bool = True) -> str:
    """The line as it may be stored. Raises Invalid that names the field."""
    try:
        plain = clean_line(typed, max_length=longest)
    except Invalid as refusal:
        raise Invalid(fields={field: refusal.message}) from refusal
    if required and not plain:
        raise Invalid(fields={field: _("Please fill this in.")})
    return plain
