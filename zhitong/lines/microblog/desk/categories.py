"""What the desk writes about, read once from its file."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from zhitong.lines.microblog.desk.domain import Category

FILE = Path(__file__).parent / "data" / "categories.toml"


@cache
def categories() -> dict[str, Category]:
    """All of them, in the order of the file."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return {code: _category(code, **one) for code, one in told.items()}


def _category(code: str, *, zh: str, en: str, eyes: int, urgent: bool, lasts: int) -> Category:
    stays = timedelta(days=lasts) if lasts else None
    return Category(code=code, zh=zh, en=en, eyes=eyes, urgent=urgent, lasts=stays)


def label_of(code: str) -> str:
    """What a reader calls it, in the reader's language."""
    one = categories().get(code)
    if one is None:
        return code
    return one.zh if (get_language() or "").startswith("zh") else one.en
