"""There and back through real servers: a word, its acknowledgement, an answer, words to that."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from zhitong.kernel.clock import now
from zhitong.kernel.mail import delivery, loops
from zhitong.kernel.mail.correspondence import forget, reply, speaks
from zhitong.kernel.mail.intake import Laid, fetch, known_references
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.models import MailMessage, MailTaken
from zhitong.kernel.mail.outbox import answered, send
from zhitong.kernel.mail.placing import Found, Place, Spot, Standing, clues, place
from zhitong.kernel.mail.reading import read
from zhitong.kernel.mail.tests.servers import Mailserver, Postbox, dovecot, smtp_server

pytestmark = pytest.mark.django_db
ABOUT = "loop.Matter:1"
THEM = "resident@mail.example"


@pytest.fixture(scope="module")
def mailserver() -> Iterator[Mailserver]:
    with dovecot() as running:
        yield running


@pytest.fixture
def servers(mailserver: Mailserver, settings) -> Iterator[tuple[Mailserver, Postbox]]:
    with mailserver.session() as program:
        if program.search(None, "ALL")[1][0]:
            program.store("1:*", "+FLAGS", r"(\Deleted)")
            program.expunge()
    with smtp_server() as postbox:
        settings.MAIL_ADDRESS = "say@zhitong.example"
        settings.MAIL_IN, settings.MAIL_OUT = mailserver.url, postbox.url
        yield mailserver, postbox


class Desk:
    """The smallest door: lays every letter by the rule and acknowledges what is new."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def __call__(self, letter: Letter) -> Laid:
        found = Found(references=known_references(clues(letter).references), speaks=speaks)
        spot = place(letter, found)
        self.places.append(spot)
        before = answered(letter.sender)
        if not loops.silent_because(letter, spot, answered=before, at=now()):
            send(
                to=letter.sender,
                subject="收到",
                text="我们收到了您的话。",
                reason="acknowledged",
                about=ABOUT,
                thread=(letter.message_id,),
                automatic="auto-replied",
            )
        about = ABOUT if spot.spot is Spot.NEW else spot.matter
        return Laid(spot.spot, about=about, reason=spot.reason)


def test_there_and_back_and_there_again(servers: tuple[Mailserver, Postbox]):
    mailserver, postbox = servers
    desk = Desk()
    first = f"Message-ID: <one@mail.example>\r\nFrom: 张三 <{THEM}>\r\n\r\n路灯不亮"
    mailserver.put(first.encode())
    assert fetch(desk) == 1
    assert delivery.deliver() == 1
    with transaction.atomic():
        assert reply(about=ABOUT, subject="答复", text="已修好。", reason="answered")
    assert delivery.deliver() == 1
    acknowledged, answer = (read(raw) for _from, _to, raw in postbox.received)
    assert [to for _from, to, _raw in postbox.received] == [[THEM], [THEM]]
    assert acknowledged.in_reply_to == ("one@mail.example",)
    assert answer.references == ("one@mail.example", acknowledged.message_id)
    for sender in (THEM, "somebody@else.example"):
        words = f"From: {sender}\r\nIn-Reply-To: <{answer.message_id}>\r\n\r\n谢谢"
        mailserver.put(words.encode())
    assert fetch(desk) == 2
    assert [(one.spot, one.standing) for one in desk.places] == [
        (Spot.NEW, Standing.OWN),
        (Spot.THREAD, Standing.OWN),
        (Spot.THREAD, Standing.OTHER),
    ]
    assert delivery.deliver() == 0


def test_a_machine_that_answers_everything_hears_from_us_once(servers):
    """Ours and theirs, each through a real server, until nobody says anything more."""
    mailserver, postbox = servers
    desk = Desk()
    mailserver.put(f"From: {THEM}\r\nSubject: 0\r\n\r\nThe lamp is dark.".encode())
    for number in range(5):
        fetch(desk)
        if not delivery.deliver():
            break
        theirs = f"From: {THEM}\r\nSubject: I am away {number}\r\n\r\nI am away."
        mailserver.put(theirs.encode())
    assert len(postbox.received) == 1


def test_what_is_erased_is_forgotten(servers):
    mailserver, _postbox = servers
    mailserver.put(f"Message-ID: <x@y>\r\nFrom: {THEM}\r\n\r\nwords".encode())
    fetch(Desk())
    assert speaks(ABOUT, THEM.upper())
    assert not speaks(ABOUT, "")
    assert not speaks("", THEM)
    assert forget(ABOUT) == 2
    assert not speaks(ABOUT, THEM)
    assert not MailMessage.objects.exists()
    row = MailTaken.objects.get()
    assert (row.sender, row.message_id, row.sender_index) == (None, None, "")
    with transaction.atomic():
        assert reply(about=ABOUT, subject="x", text="y", reason="z") is None
    assert fetch(Desk()) == 0
