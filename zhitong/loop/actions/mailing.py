"""The mail door: a letter is laid in its place, and news goes back the way the word came.

What a letter may do is decided by ``kernel/mail/placing.py`` (docs/decisions/0021).
"""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.errors import Invalid, NotFound, Refusal
from zhitong.kernel.identity import roles
from zhitong.kernel.identity.scopes import link_scope
from zhitong.kernel.mail.correspondence import reply, speaks
from zhitong.kernel.mail.intake import Laid, known_references
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.loops import silent_because
from zhitong.kernel.mail.outbox import answered, is_open, send
from zhitong.kernel.mail.placing import Found, Place, Spot, Standing, clues, place
from zhitong.kernel.media.photos import Photo, reencode
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop import queries
from zhitong.loop.actions.answering import note
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.actions.notifying import NEWS, tracking_link
from zhitong.loop.actions.opening import PHOTO_LIMIT, open_matter
from zhitong.loop.actions.rating import add, reopen
from zhitong.loop.domain import Channel, Stage, Verb, possible
from zhitong.loop.domain.merging import meant
from zhitong.loop.domain.splitting import origin_of
from zhitong.loop.models import Matter, target_of

ACKNOWLEDGE = "loop.acknowledge_mail"
MAIL_BACK = "loop.mail_back"
DESK = frozenset({"loop.note", ACKNOWLEDGE})


def take_letter(letter: Letter) -> Laid:
    """Lay a letter where it belongs, in the transaction that takes it in. Raises Refusal."""
    where = place(letter, _found(letter))
    if where.spot is Spot.BIN:
        return Laid(where.spot, reason=where.reason)
    if where.spot is Spot.NEW:
        return _open(letter, where)
    return _lay_with(letter, where)


def _desk() -> Scope:
    """The door itself: it reaches the county, and may lay words beside a matter."""
    reach = Reach((path_of(settings.COUNTY),))
    return Scope("system:loop.mail", reach, DESK, "mail door", label=gettext("The mail door"))


def _found(letter: Letter) -> Found:
    seen = clues(letter)
    tracking: dict[str, str] = {}
    staff: dict[str, str] = {}
    for code in seen.tracking:
        with acting(link_scope(tracking_digest(code))):
            if matter := _or_none(queries.by_link):
                tracking[code] = matter.target
    with acting(_desk()):
        for code in seen.staff:
            if matter := _or_none(partial(queries.by_code, code)):
                staff[code] = matter.target
    return Found(known_references(seen.references), tracking, staff, speaks)


def _or_none(find: Callable[[], Matter]) -> Matter | None:
    try:
        return find()
    except NotFound:
        return None


def _open(letter: Letter, where: Place) -> Laid:
    pictures, others = _files(letter)
    said = "\n\n".join(filter(None, (letter.subject, letter.text, others))).strip()
    code = tracking_code(channel=Channel.MAIL, external_id=letter.fingerprint)
    with acting(link_scope(tracking_digest(code), roles.PUBLIC)):
        opened = open_matter(
            area=settings.MAIL_AREA,
            words=said[:WORDS_LIMIT],
            channel=Channel.MAIL,
            external_id=letter.fingerprint,
            name=letter.sender_name,
            pictures=pictures,
        )
    silent = silent_because(letter, where, answered=answered(letter.sender), at=now())
    if is_open() and not silent:
        with acting(_desk()):
            acknowledge(id=opened.matter.pk, to=letter.sender, thread=letter.message_id)
    return Laid(where.spot, opened.matter.target, silent or "acknowledged")


def _files(letter: Letter) -> tuple[list[Photo], str]:
    """The pictures, drawn again, and a line that names what stays in the mailbox."""
    pictures: list[Photo] = []
    names: list[str] = []
    for file in letter.enclosures:
        try:
            if len(pictures) >= PHOTO_LIMIT or not file.type.startswith("image/"):
                raise Invalid
            pictures.append(reencode(BytesIO(file.data)))
        except Refusal:
            names.append(file.name)
    with translation.override(settings.LANGUAGE_CODE):
        left = gettext("Files that came along stay in the mailbox: %(names)s")
    return pictures, left % {"names": ", ".join(names)} if names else ""


def _lay_with(letter: Letter, where: Place) -> Laid:
    id = UUID(where.matter.rpartition(":")[2])
    with acting(_desk()):
        matter = queries.matter(id)
    text = (letter.text or letter.subject or "…")[: WORDS_LIMIT // 2]
    verbs = possible(Stage(matter.stage))
    if where.standing is Standing.OWN and verbs & {Verb.ADD, Verb.REOPEN}:
        try:
            with acting(link_scope(matter.tracking_digest)):
                (add if Verb.ADD in verbs else reopen)(id=id, text=text)
            return Laid(where.spot, where.matter, where.reason)
        except Invalid:  # said too often already: whoever owns the matter judges
            pass
    with acting(_desk()), translation.override(settings.LANGUAGE_CODE):
        told = gettext("By mail, from nobody who is known to be the resident:\n\n%(words)s")
        note(id=id, text=told % {"words": text})
    return Laid(where.spot, where.matter, f"beside it: {where.reason}")


@action(ACKNOWLEDGE, describe=_("Tell a resident that their mail has come in"))
def acknowledge(*, id: UUID, to: str, thread: str) -> None:
    """Send the link to the matter to the address that its mail came from."""
    matter = queries.matter(id)
    acted_on(matter.target, path=matter.area_path)
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("Your words have come in. Follow them here, or answer this mail: %(link)s")
        send(
            to=to,
            subject=gettext("[Zhitong] Your words have come in"),
            text=text % {"link": tracking_link(matter)},
            reason=ACKNOWLEDGE,
            about=matter.target,
            thread=(thread,) if thread else (),
            automatic="auto-replied",
        )


@action(MAIL_BACK, describe=_("Send a resident news of their matter by mail"))
def mail_back(*, id: UUID, news: str) -> None:
    """Answer where the matter came from; with the answer itself, if that is the news."""
    matter = queries.matter(id)
    acted_on(matter.target, path=matter.area_path, news=news)
    if not is_open():
        return
    said = ""
    if news == Stage.ANSWERED:
        steps = queries.timeline(matter, public_only=True)
        answers = (s.text for s in reversed(steps) if meant(s.verb, s.data) == Verb.ANSWER)
        said = next(answers, "")
    with translation.override(settings.LANGUAGE_CODE):
        told = gettext("[Zhitong] %(news)s") % {
            "news": NEWS[news] % {"link": tracking_link(matter)}
        }
        subject = gettext("[Zhitong] News of your matter")
    text = f"{said}\n\n{told}".strip()
    about = target_of(origin_of(matter.external_id) or matter.pk)
    reply(about=about, subject=subject, text=text, reason=MAIL_BACK)
