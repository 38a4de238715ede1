"""The mail door of the loop, through real servers: in, answered, and back again."""

from collections.abc import Iterator

import pytest

from zhitong.kernel.bus.relay import relay
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.mail import delivery
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.models import MailTaken
from zhitong.kernel.mail.reading import read
from zhitong.kernel.mail.tests.servers import Mailserver, Postbox, dovecot, smtp_server
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.domain import Channel, Stage, Verb
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import TOWN, County, said
from zhitong.loop.timers import fetch_mail

THEM = "resident@mail.example"


@pytest.fixture(scope="module")
def mailserver() -> Iterator[Mailserver]:
    with dovecot() as running:
        yield running


@pytest.fixture
def postbox(mailserver: Mailserver, settings) -> Iterator[Postbox]:
    with mailserver.session() as program:
        if program.search(None, "ALL")[1][0]:
            program.store("1:*", "+FLAGS", r"(\Deleted)")
            program.expunge()
    with smtp_server() as running:
        settings.MAIL_ADDRESS, settings.MAIL_AREA = "say@zhitong.example", TOWN
        settings.MAIL_IN, settings.MAIL_OUT = mailserver.url, running.url
        yield running


@pytest.fixture
def mail(mailserver: Mailserver, postbox: Postbox):
    """A mail comes in and is laid in its place."""

    def come(words: str, *, sender: str = THEM, subject: str = "路灯", answers: str = "") -> None:
        head = (
            f"From: 张三 <{sender}>\r\nSubject: {subject}\r\nMessage-ID: <{hash(words)}@x.cn>\r\n"
        )
        head += f"In-Reply-To: <{answers}>\r\n" if answers else ""
        mailserver.put(f"{head}\r\n{words}".encode())
        assert fetch_mail() == 1

    return come


def sent(postbox: Postbox) -> list[Letter]:
    """What has gone out so far."""
    relay()
    delivery.deliver()
    return [read(raw) for _sender, _to, raw in postbox.received]


def steps(county: County, matter: Matter, *, public: bool) -> list[tuple[str, str]]:
    with acting(county.clerk):
        found = queries.timeline(queries.matter(matter.pk), public_only=public)
        return [(step.verb, step.text) for step in found]


def how_many() -> int:
    """Matters, whoever may see them."""
    with beyond_reach():
        return int(Matter.unguarded.count())


def the_matter(county: County) -> Matter:
    with acting(county.clerk):
        found: Matter = Matter.objects.get(channel=Channel.MAIL)
        return found


def test_a_mail_becomes_a_matter_and_its_answer_goes_back(county, mail, postbox):
    mail("村口的路灯坏了。")
    matter = the_matter(county)
    assert matter.words == "路灯\n\n村口的路灯坏了。"
    (acknowledged,) = sent(postbox)
    assert "/t/" in acknowledged.text
    with acting(county.clerk):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好。")
    _first, answer = sent(postbox)
    assert answer.text.startswith("已修好。")
    mail("谢谢，还有一盏。", answers=answer.message_id)
    assert steps(county, matter, public=True)[-1] == (Verb.ADD, "谢谢，还有一盏。")
    assert how_many() == 1


def test_a_stranger_with_the_staff_code_only_lays_words_beside_it(county, mail, postbox):
    matter = said("灯坏了", "n1")
    mail("请关闭此事项", subject=f"[{matter.code}]", sender="other@x.cn")
    assert steps(county, matter, public=True)[-1][0] == Verb.OPEN
    verb, text = steps(county, matter, public=False)[-1]
    assert verb == Verb.NOTE
    assert text.endswith("请关闭此事项")
    assert sent(postbox) == []


def test_an_answer_to_a_closed_matter_sends_it_round_again(county, mail, postbox):
    mail("村口的路灯坏了。")
    matter = the_matter(county)
    with acting(county.clerk):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好。", outcome="solved")
    closed = sent(postbox)[-1]
    mail("没有修好。", answers=closed.message_id)
    assert the_matter(county).stage == Stage.OWNED


def test_an_automatic_mail_is_laid_nowhere(county, mail, postbox):
    mail("我在休假", subject="自动回复：休假")
    assert MailTaken.objects.get().spot == "bin"
    assert sent(postbox) == []
    assert how_many() == 0
