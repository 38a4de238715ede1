"""Tables in Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table, with what would break a cell made harmless."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(one) for one in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(value: object) -> str:
    """One line without bars."""
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: object) -> str:
    """Text as it stands in the code, or nothing."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Several of them, in order."""
    return " ".join(code(text) for text in texts)


def first_sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring as one line; empty when there is none."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())
