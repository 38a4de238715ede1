"""Sentences that stand in a template outside any translation tag.

An element with a ``lang`` of its own is meant to stay in that language (the language switch).
"""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

HAN = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[A-Za-z]{2,}[ \n]+[A-Za-z]{2,}")
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
SILENT = {"script", "style", "code", "kbd", "pre"}
HOLE = "\x00"  # stands where a tag or a variable stood


def is_sentence(text: str) -> bool:
    """True for Chinese characters and for two English words in a row."""
    return bool(HAN.search(text) or WORDS.search(text))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own_language = tag != "html" and any(name == "lang" for name, _ in attrs)
        if tag in SILENT or own_language or tag in self.silent:
            self.silent.append(tag)
        for name, value in attrs:
            if name in SPOKEN:
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._look(data)

    def _look(self, text: str) -> None:
        if is_sentence(text):
            self.found.append((self.getpos()[0], " ".join(text.replace(HOLE, "").split())))


def without_tags(source: str) -> str:
    """The template with every tag, variable, comment and translated block blanked out."""
    kept: list[str] = []
    inside = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if word in {"blocktranslate", "blocktrans", "comment"}:
            inside = f"end{word}"
        elif word == inside:
            inside = ""
        spoken = token.token_type is TokenType.TEXT and not inside
        kept.append(token.contents if spoken else HOLE + "\n" * token.contents.count("\n"))
    return "".join(kept)


def hardcoded(path: Path) -> list[tuple[int, str]]:
    """Line and text of each sentence that cannot be translated."""
    reader = _Reader()
    reader.feed(without_tags(path.read_text("utf-8")))
    reader.close()
    return reader.found
