"""Tables that come with the loop as data, with their words in both languages."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language


def table(name: str) -> dict[str, Any]:
    """What stands in ``data/<name>.toml``."""
    text = (files("zhitong.loop") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _in_the_readers(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


_both = lazy(_in_the_readers, str)


@cache
def in_both(zh: str, en: str) -> Promise:
    """A sentence that is read in the language of the page. Raises ValueError if one is missing."""
    if not zh.strip() or not en.strip():
        raise ValueError(f"said in one language only: {zh or en!r}")
    return cast("Promise", _both(zh, en))
