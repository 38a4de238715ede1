"""Mails in, from a real Dovecot: each once, whatever crashes between us and the mailbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from zhitong.kernel.errors import Invalid
from zhitong.kernel.mail import intake
from zhitong.kernel.mail.intake import Laid, fetch
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.mailbox import Box, MailboxTrouble
from zhitong.kernel.mail.models import MailBox, MailTaken
from zhitong.kernel.mail.tests.servers import Mailserver, dovecot

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[Mailserver]:
    with dovecot() as server:
        yield server


@pytest.fixture
def server(running: Mailserver, settings) -> Mailserver:
    """An empty mailbox with a UIDVALIDITY of its own past."""
    with running.session() as program:
        if program.search(None, "ALL")[1][0]:
            program.store("1:*", "+FLAGS", r"(\Deleted)")
            program.expunge()
    settings.MAIL_ADDRESS, settings.MAIL_IN = "say@zhitong.example", running.url
    return running


@dataclass
class Desk:
    """Takes letters, and fails as told."""

    letters: list[Letter] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def __call__(self, letter: Letter) -> Laid:
        self.letters.append(letter)
        if self.failures:
            raise self.failures.pop(0)
        return Laid("new", about="loop.Matter:7", reason="nothing known is named")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def mail(number: int) -> bytes:
    head = f"Message-ID: <{number}@mail.example>\r\nFrom: a@mail.example\r\nSubject: {number}\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n路灯 {number}\r\n".encode()


def test_every_mail_is_taken_once_and_then_marked(server: Mailserver, desk: Desk):
    for number in range(3):
        server.put(mail(number))
    assert server.seen() == []
    assert fetch(desk) == 3
    assert [letter.text for letter in desk.letters] == ["路灯 0", "路灯 1", "路灯 2"]
    assert server.seen() == [1, 2, 3]
    assert fetch(desk) == 0
    server.put(mail(3))
    assert fetch(desk) == 1
    assert MailTaken.objects.count() == 4
    assert intake.known_references(("2@mail.example", "9@mail.example", "")) == {
        "2@mail.example": "loop.Matter:7"
    }


def test_a_mail_delivered_twice_is_one(server: Mailserver, desk: Desk):
    server.put(mail(1))
    server.put(b"Received: from elsewhere\r\n" + mail(1))
    assert fetch(desk) == 1
    assert len(desk.letters) == 1
    assert server.seen() == [1, 2]


def test_a_mail_that_somebody_else_has_read_is_taken_too(server: Mailserver, desk: Desk):
    server.put(mail(1))
    with server.session() as program:
        program.store("1", "+FLAGS", r"(\Seen)")
    assert fetch(desk) == 1


def test_a_failure_takes_nothing_and_the_next_round_takes_it(server: Mailserver, desk: Desk):
    server.put(mail(1))
    server.put(mail(2))
    desk.failures.append(RuntimeError("the database went away"))
    assert fetch(desk) == 0
    assert server.seen() == []
    assert not MailTaken.objects.exists()
    assert fetch(desk) == 2
    assert [letter.subject for letter in desk.letters] == ["1", "1", "2"]


def test_a_crash_before_the_mark_takes_it_no_second_time(server, desk: Desk, monkeypatch):
    server.put(mail(1))

    def crash(_box: Box, _uid: int) -> None:
        raise MailboxTrouble("gone")

    with monkeypatch.context() as patched:
        patched.setattr(Box, "mark_seen", crash)
        with pytest.raises(MailboxTrouble):
            fetch(desk)
    assert MailTaken.objects.count() == 1
    assert fetch(desk) == 0
    assert len(desk.letters) == 1


def test_a_refused_mail_is_laid_aside_with_its_reason(server: Mailserver, desk: Desk):
    server.put(mail(1))
    desk.failures.append(Invalid("no"))
    assert fetch(desk) == 1
    assert MailTaken.objects.get().spot == "refused"


def test_a_mail_that_always_fails_holds_up_no_others_for_ever(server: Mailserver, desk: Desk):
    server.put(mail(1))
    server.put(mail(2))
    desk.failures += [RuntimeError("a fault of ours")] * intake.MOST_TRIES
    for _round in range(intake.MOST_TRIES - 1):
        assert fetch(desk) == 0
    assert fetch(desk) == 1
    stuck = MailTaken.objects.get(spot="stuck")
    assert stuck.reason.startswith("RuntimeError")
    assert "a fault of ours" not in stuck.reason
    assert server.seen() == [2]


def test_ids_given_out_anew_take_nothing_twice(server: Mailserver, desk: Desk):
    server.put(mail(1))
    assert fetch(desk) == 1
    MailBox.objects.update(validity=1, last_uid=99_999)
    server.put(mail(2))
    assert fetch(desk) == 1
    assert len(desk.letters) == 2


def test_a_mail_of_any_size_is_read_so_far(server: Mailserver, desk: Desk):
    server.put(mail(1) + b"x" * 60 + (b"y" * 70 + b"\r\n") * 20_000)
    assert fetch(desk) == 1
    assert desk.letters[0].text.startswith("路灯 1")


@pytest.mark.parametrize("url", ["imap://a:b@127.0.0.1:{port}/Nowhere", "imap://a:b@127.0.0.1:1/"])
def test_a_mailbox_that_cannot_be_read_says_so(server: Mailserver, desk: Desk, settings, url):
    settings.MAIL_IN = url.format(port=server.port)
    with pytest.raises(MailboxTrouble):
        fetch(desk)


def test_no_mailbox_is_no_trouble(settings, desk: Desk):
    settings.MAIL_IN = ""
    assert fetch(desk) == 0
