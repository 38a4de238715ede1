"""Pages as PDF. What a paper shows is in its text: nothing is fetched from anywhere."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.shell import __file__ as shell_file

SHEETS = (
    Path(shell_file).parent / "static" / "shell" / "tokens.css",
    Path(__file__).parent.parent / "static" / "loop" / "paper.css",
)


class NoPaper(Refusal):
    """The libraries that set text on paper are not on this machine."""

    status = 503
    code = "no_paper"
    sentence = _(
        "This machine cannot make PDF files: Pango is missing. Whoever operates it installs "
        "libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0 and fonts-noto-cjk. Until then "
        "print the page from your browser."
    )


def pdf(html: str) -> bytes:
    """The page as PDF. Raises NoPaper."""
    document = _weasyprint().HTML(string=html, url_fetcher=_refuse)
    paper: bytes = document.write_pdf()
    return paper


def style() -> str:
    """The style sheet of papers."""
    return "\n".join(sheet.read_text("utf-8") for sheet in SHEETS)


@cache
def _weasyprint() -> Any:
    """Loaded at the first paper, because it takes half a second and system libraries."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as problem:
        raise NoPaper(reason=str(problem)[:200]) from problem


def _refuse(url: str, *_more: object, **_named: object) -> NoReturn:
    raise ValueError(f"a paper fetches nothing: {url[:60]}")
