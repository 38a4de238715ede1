"""Words that other floors show of this one."""

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.rights.domain import Kind, State

MY_DATA = _("My data")
REQUESTS = _("Requests about data")

KINDS = {Kind.ERASE: _("Erase"), Kind.CORRECT: _("Correct")}
STATES = {
    State.ASKED: _("being decided"),
    State.GRANTED: _("granted, still to be carried out"),
    State.REFUSED: _("refused"),
    State.TAKEN_BACK: _("taken back"),
    State.DONE: _("done"),
}
