"""The form field for words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhitong.kernel.errors import Invalid
from zhitong.kernel.text.clean import clean_line, clean_text


class WordsField(forms.CharField):
    """Words kept exactly as typed (see ``clean_text``), in one line or several.

    Several lines keep the blanks around them; blanks alone count as nothing said.
    """

    def __init__(self, *, max_length: int, multiline: bool = True, **kwargs: Any) -> None:
        self.multiline = multiline
        kwargs.setdefault("widget", forms.Textarea if multiline else forms.TextInput)
        super().__init__(strip=False, **kwargs)
        self.longest = max_length
        # Browsers count in UTF-16 and cut what they paste: twice the limit never cuts words short.
        self.widget.attrs.setdefault("maxlength", str(2 * max_length))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not text.strip():
            return ""
        try:
            if self.multiline:
                return clean_text(text, max_length=self.longest)
            return clean_line(text, max_length=self.longest)
        except Invalid as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
