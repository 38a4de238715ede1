"""Sending something to a door and looking at what came of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from zhitong.kernel.databases.reach import beyond_reach

FORM = "application/x-www-form-urlencoded"
KEPT_BY_THE_DOOR = frozenset({"identity_throttle"})
WRITTEN_OF_REFUSALS = ("audit_", "bus_", "loop_presence")
READ_OUT = frozenset({"alt", "title", "placeholder", "aria-label", "data-trouble"})
NEVER = frozenset({"iframe", "frame", "object", "embed", "applet", "base", "style"})


def counts() -> dict[str, int]:
    """How many rows every table has, asked in one statement."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    wanted = sorted(set(tables) - KEPT_BY_THE_DOOR)
    each = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in wanted)
    with beyond_reach(), connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())


def changed(before: dict[str, int]) -> set[str]:
    """The tables that have other counts now.

    Left out is what is written down of refusals, as it should be: that a password was refused,
    and that the form came back with the record, which somebody then looked at.
    """
    grown = {table for table, number in counts().items() if number != before[table]}
    return {table for table in grown if not table.startswith(WRITTEN_OF_REFUSALS)}


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Trials:
    """Many small trials in one test, all of whose mistakes are told at once."""

    mistakes: list[str] = field(default_factory=list)

    def expect(self, right: object, sentence: str) -> None:
        """Note the sentence unless it is right."""
        if not right:
            self.mistakes.append(sentence)

    def refused(self, name: str, browser: Client, path: str, sent: "Sent", **headers: str) -> None:
        """The door must answer 4xx with a sentence, and write nothing."""
        before = counts()
        with undone():
            answer = sent.to(browser, path, headers)
            written = {table: n - before[table] for table, n in counts().items()}
        self.expect(400 <= answer.status_code < 500, f"{name}: {answer.status_code}")
        self.expect(not any(written.values()), f"{name}: wrote {written}")
        self.expect(len(said(answer)) > 10, f"{name}: says nothing")

    def survived(
        self, name: str, browser: Client, path: str, sent: "Sent", *, before: dict[str, int]
    ) -> None:
        """The door may take it or refuse it, but must not break or write when it refuses."""
        with undone():
            answer = sent.to(browser, path, {})
            written = changed(before)
        self.expect(answer.status_code < 500, f"{name}: {answer.status_code}")
        if answer.status_code >= 400:
            self.expect(not written, f"{name}: refused and yet wrote {written}")

    def done(self) -> None:
        """Fail with everything that went wrong."""
        assert not self.mistakes, "\n".join(self.mistakes)


@dataclass(frozen=True)
class Sent:
    """A body as it travels."""

    data: bytes
    content_type: str = FORM

    def to(self, browser: Client, path: str, headers: Mapping[str, str]) -> Any:
        """Post it."""
        return browser.post(path, self.data, content_type=self.content_type, headers=headers)


def form(data: Mapping[str, str], **more: str) -> Sent:
    """A form as browsers send it; lone surrogates travel as broken browsers would send them."""
    return Sent(urlencode({**data, **more}, errors="surrogatepass").encode())


class _Reader(HTMLParser):
    """Tags, attributes and text of a page, as a browser would understand them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.problems: list[str] = []
        self.words: list[str] = []
        self.seen: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _value in attrs))))
        given = dict(attrs)
        self._script = tag == "script"
        if tag in NEVER:
            self.problems.append(f"<{tag}>")
        if tag == "script" and not given.get("src"):
            self.problems.append("an inline script")
        for name, value in attrs:
            if name in READ_OUT and value:
                self.seen.append(value)
            if name.startswith("on") or name == "style":
                self.problems.append(f"{tag} {name}")
            link = name in {"href", "src", "action", "formaction"}
            if link and (value or "").strip().lower().startswith(("javascript:", "data:", "//")):
                self.problems.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if data.strip():
            self.seen.append(data.strip())
        if self._script and data.strip():
            self.problems.append("words in a script")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def read(html: str) -> _Reader:
    """A page, read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def said(answer: HttpResponse) -> str:
    """The words of an answer: of a page its text, of anything else the whole."""
    text = answer.content.decode()
    return "".join(read(text).words).strip() if "html" in answer["Content-Type"] else text
