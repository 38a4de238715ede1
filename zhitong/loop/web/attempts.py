"""Doing what a form says, or showing it again with the sentences that help."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from zhitong.kernel.errors import Refusal, Stale
from zhitong.loop.models import Matter

NO_VERSION = "no version was sent"


def attempt(form: Form, matter: Matter, act: Callable[..., Any]) -> int:
    """Call ``act`` with the cleaned data; 0 when it is done, else the status of the answer.

    Then the form holds the sentences, and the next try is made on the matter as it stands.
    """
    valid = form.is_valid()
    try:
        if "version" in form.fields and "version" not in form.cleaned_data:
            raise Stale(reason=NO_VERSION)
        if not valid:
            return 400
        act(**form.cleaned_data)
    except Refusal as problem:
        form.errors.pop("version", None)
        for name, sentence in (problem.fields or {"": problem.message}).items():
            form.add_error(name if name in form.fields else None, str(sentence))
        form.data = {**dict(form.data.items()), "version": str(matter.version)}
        return problem.status
    return 0
