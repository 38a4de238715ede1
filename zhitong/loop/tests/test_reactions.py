"""Residents hear by text message what is still news, if they left a number."""

import pytest

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.scope import acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County, said


def settled(county: County, matter: Matter, *, at_once: bool) -> None:
    """Answer and close, in one go or with the news in between."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好", outcome="solved" if at_once else "")
    relay()
    if not at_once:
        with acting(county.officer):
            actions.close(id=matter.pk, outcome="solved")
        relay()


@pytest.mark.parametrize(("at_once", "messages"), [(True, 1), (False, 2)])
def test_one_message_for_each_piece_of_news(county: County, at_once: bool, messages: int) -> None:
    """Answered and closed in one go is one message, with the link to the verdict."""
    settled(county, said("灯坏了", "n1", phone="16900000001"), at_once=at_once)
    assert SmsMessage.objects.count() == messages
    newest = SmsMessage.objects.latest("made_at")
    assert "是否满意" in unsealed(newest.text)
    assert "/t/" in unsealed(newest.text)


def test_nothing_is_sent_or_written_down_without_a_number(county: County) -> None:
    """The resident's page must not show a message that never was."""
    matter = said("灯坏了", "n1")
    settled(county, matter, at_once=True)
    assert not SmsMessage.objects.exists()
    assert not AuditEntry.objects.filter(target=matter.target, action="loop.notify").exists()
