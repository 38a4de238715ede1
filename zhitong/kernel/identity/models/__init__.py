"""The tables of identity. None of them holds a word of any resident's matter."""

from zhitong.kernel.identity.models.absences import Absence
from zhitong.kernel.identity.models.accounts import Account, Passkey, RecoveryCode
from zhitong.kernel.identity.models.clients import ApiClient
from zhitong.kernel.identity.models.doors import OneTimeCode, SignIn, Throttle
from zhitong.kernel.identity.models.posts import Appointment, Post, Role
from zhitong.kernel.identity.models.residents import Resident

__all__ = [
    "Absence",
    "Account",
    "ApiClient",
    "Appointment",
    "OneTimeCode",
    "Passkey",
    "Post",
    "RecoveryCode",
    "Resident",
    "Role",
    "SignIn",
    "Throttle",
]
