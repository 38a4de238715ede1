"""The sign-ins that the demo shows to everybody: on the first page, and where it was started."""

from dataclasses import dataclass

from django.utils.text import format_lazy

from zhitong.kernel.errors import Sentence
from zhitong.kernel.identity.roles import LABELS

PASSWORD = "lingcheng-demo"  # noqa: S105 - no secret: shown to everybody, in demo mode only
RESIDENT_PHONE = "16900000001"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody invented whom visitors may sign in as. ``part`` is a role, or ``resident``.

    A resident's user name is a phone number; the code that is sent to it is on the demo's page
    of text messages.
    """

    part: str
    username: str
    name: str
    password: str = PASSWORD

    @property
    def label(self) -> Sentence:
        """The role and the name, for a button."""
        return format_lazy("{role} · {name}", role=LABELS.get(self.part, ""), name=self.name)


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("resident", RESIDENT_PHONE, "李桂兰", password=""),
    SignIn("community_officer", "wangping", "王平"),
    SignIn("window_clerk", "liumin", "刘敏"),
    SignIn("editor", "zhaoyue", "赵悦"),
    SignIn("supervisor", "sunwei", "孙炜"),
    SignIn("auditor", "chenjing", "陈静"),
    SignIn("administrator", "zhouhai", "周海"),
)
STAFF_SIGN_INS = tuple(one for one in SIGN_INS if one.part != "resident")
