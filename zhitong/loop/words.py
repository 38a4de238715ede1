"""The loop's stages, verbs, outcomes and channels as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.loop.domain import Channel, Outcome, Stage, Verb

STAGES: dict[str, Promise] = {
    Stage.RECEIVED: pgettext_lazy("stage", "Received"),
    Stage.OWNED: pgettext_lazy("stage", "Owned"),
    Stage.ANSWERED: pgettext_lazy("stage", "Answered"),
    Stage.CLOSED: pgettext_lazy("stage", "Closed"),
    Stage.RATED: pgettext_lazy("stage", "Rated"),
    Stage.WITHDRAWN: pgettext_lazy("stage", "Withdrawn"),
    Stage.REFUSED: pgettext_lazy("stage", "Refused"),
    Stage.MERGED: pgettext_lazy("stage", "Merged"),
}
VERBS: dict[str, Promise] = {
    Verb.OPEN: pgettext_lazy("step", "Said"),
    Verb.TAKE: pgettext_lazy("step", "Taken in hand"),
    Verb.REASSIGN: pgettext_lazy("step", "Passed on"),
    Verb.SEND_BACK: pgettext_lazy("step", "Asked to send it back"),
    Verb.KEEP: pgettext_lazy("step", "Not sent back: it stays"),
    Verb.RECLASSIFY: pgettext_lazy("step", "What it is about was corrected"),
    Verb.SET_TASK: pgettext_lazy("step", "Work asked of colleagues"),
    Verb.END_TASK: pgettext_lazy("step", "Work of colleagues"),
    Verb.MOVE_AREA: pgettext_lazy("step", "Place corrected"),
    Verb.HAND_OVER: pgettext_lazy("step", "Handed over"),
    Verb.TAKE_BACK: pgettext_lazy("step", "Taken back from another line"),
    Verb.NOTE: pgettext_lazy("step", "Internal note"),
    Verb.ADD: pgettext_lazy("step", "Added by the resident"),
    Verb.ASK: pgettext_lazy("step", "Question to the resident"),
    Verb.ANSWER: pgettext_lazy("step", "Answer"),
    Verb.CLOSE: pgettext_lazy("step", "Closed"),
    Verb.RATE: pgettext_lazy("step", "Rated"),
    Verb.REOPEN: pgettext_lazy("step", "Sent round again"),
    Verb.WITHDRAW: pgettext_lazy("step", "Withdrawn"),
    Verb.REFUSE: pgettext_lazy("step", "Refused with a reason"),
    Verb.MERGE: pgettext_lazy("step", "Merged"),
    Verb.UNMERGE: pgettext_lazy("step", "Merge undone"),
    Verb.JOIN: pgettext_lazy("step", "Another one was merged into this"),
    Verb.PART: pgettext_lazy("step", "Merge undone"),
    Verb.TOLD: pgettext_lazy("step", "More was said on a merged one"),
    Verb.SPLIT: pgettext_lazy("step", "Split"),
}
OWN_VERBS: dict[str, Promise] = {
    Verb.OPEN: pgettext_lazy("own step", "What you said"),
    Verb.ASK: pgettext_lazy("own step", "A question to you"),
    Verb.ADD: pgettext_lazy("own step", "You added"),
    Verb.RATE: pgettext_lazy("own step", "Your verdict"),
    Verb.REOPEN: pgettext_lazy("own step", "You sent it round again"),
    Verb.WITHDRAW: pgettext_lazy("own step", "You took it back"),
    Verb.MERGE: pgettext_lazy("own step", "Dealt with together"),
    Verb.SPLIT: pgettext_lazy("own step", "Several matters"),
}
DONE_TO_YOURS: dict[str, Promise] = {
    "loop.read": _("Opened it and read it"),
    "loop.notify": _("Sent you a text message"),
    "loop.acknowledge_mail": _("Sent you a mail"),
    "loop.mail_back": _("Sent you a mail"),
    "loop.pass_on": _("Told you what was said about the same thing"),
    "sealed.reveal": _("Looked at your full name or number"),
    "loop.export_personal": _("Took it out in a list, with your name and what you said"),
}
"""What was done, by action, where its description speaks of residents to staff."""

OUTCOMES: dict[str, Promise] = {
    Outcome.SOLVED: _("Solved"),
    Outcome.EXPLAINED: _("Explained or advised"),
    Outcome.HANDED_OVER: _("Handed over to the office responsible"),
    Outcome.NOT_POSSIBLE: _("Not possible, reasons given"),
}
CHANNELS: dict[str, Promise] = {
    Channel.WEB: _("Web form"),
    Channel.COUNTER: _("At the counter"),
    Channel.PHONE: _("By phone"),
    Channel.API: _("Partner system"),
    Channel.MICROBLOG: _("Microblog"),
    Channel.MAIL: _("By mail"),
}
