"""The form field for a place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import area_in_use
from zhitong.kernel.errors import Invalid


class AreaField(forms.Field):
    """A township or village by its 9 or 12 digits; cleans to the Area, or None when empty.

    Refuses codes that are malformed, unknown or retired, in the reader's language. What is
    offered is the widget's business: see ``queries.townships`` and ``queries.villages``.
    """

    widget = forms.TextInput
    default_error_messages = {"required": _("Choose a township or village.")}

    def to_python(self, value: Any) -> Area | None:
        if value in self.empty_values:
            return None
        try:
            return area_in_use(str(value).strip())
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message), code="area") from refusal

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Area) else value
