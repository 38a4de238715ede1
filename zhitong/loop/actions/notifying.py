"""Telling the resident by text message that something waits for them, if they left a number."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.reveal import REVEAL, reveal
from zhitong.kernel.sms.outbox import send
from zhitong.loop import queries
from zhitong.loop.domain import Stage
from zhitong.loop.models import Matter

ASKED = "asked"
RETERMED = "retermed"
TO_BE_ERASED, DATA_ANSWERED = "to_be_erased", "data_answered"
TOGETHER = "together"
SPLIT = "split"
NEWS = {
    SPLIT: _("You told us several things; each is dealt with by itself. See them here: %(link)s"),
    TOGETHER: _("Others said the same. It is dealt with together; follow it here: %(link)s"),
    ASKED: _("There is a question to you about your matter. Answer it here: %(link)s"),
    TO_BE_ERASED: _(
        "Your matter is to be erased, as was asked. If it was not you, take that back within seven "
        "days: %(link)s"
    ),
    DATA_ANSWERED: _("There is an answer to your request about your data: %(link)s"),
    RETERMED: _("Other times are promised for your matter now. See them here: %(link)s"),
    Stage.ANSWERED: _("Your matter has an answer. Read it here: %(link)s"),
    Stage.CLOSED: _("Your matter is closed. One tap says whether you are satisfied: %(link)s"),
    Stage.REFUSED: _("Your matter was not taken on. The reason is here: %(link)s"),
}
NOTIFY = "loop.notify"


@action(NOTIFY, describe=_("Send a resident a text message about their matter"))
def notify(*, id: UUID, news: str) -> None:
    """Send the message for these ``news``; nothing is sent to who left no mobile number."""
    matter = queries.matter(id)
    acted_on(matter.target, path=matter.area_path, news=news)
    if matter.resident_phone is None:
        return
    purpose = "text message"
    phone = reveal(
        matter.resident_phone, purpose=purpose, target=matter.target, path=matter.area_path
    )
    if phone.startswith("1"):
        send(to=phone, text=_text(matter, news), reason=NOTIFY)


def tracking_link(matter: Matter) -> str:
    """The address under which the resident follows the matter. It is the key to it."""
    code = tracking_code(channel=matter.channel, external_id=matter.external_id)
    return f"{settings.ADDRESS}/t/{code}"


def _text(matter: Matter, news: str) -> str:
    """In the county's language: nobody knows which page the resident will read it next to."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("[Zhitong] %(news)s") % {
            "news": NEWS[news] % {"link": tracking_link(matter)}
        }


NOTIFYING = {NOTIFY, REVEAL}
