"""What is looked for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Sentence


class Kind(StrEnum):
    """A class of what is personal; earlier ones win where two lie on the same place."""

    ID_NUMBER = "id_number"
    EMAIL = "email"
    PLATE = "plate"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


class Finding(NamedTuple):
    """One occurrence: ``text[start:end]``, counted in characters."""

    kind: Kind
    start: int
    end: int


ALL = frozenset(Kind)
LABELS: Mapping[Kind, Sentence] = {
    Kind.ID_NUMBER: _("ID number"),
    Kind.EMAIL: _("e-mail address"),
    Kind.PLATE: _("number plate"),
    Kind.MOBILE: _("mobile number"),
    Kind.BANK_CARD: _("bank card"),
    Kind.PHONE: _("phone number"),
    Kind.ADDRESS: _("address"),
    Kind.NAME: _("name"),
}
