"""Recovery codes: printed once, kept as keyed digests, good for one use each."""

from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.identity.domain import RECOVERY_CODES, new_recovery_code
from zhitong.kernel.identity.models import Account, RecoveryCode


@sensitive_variables()
def recovery_digest(account: UUID, code: str) -> str:
    """What is kept of a recovery code."""
    return keyed_digest("index", "identity.recovery", str(account), code)


@sensitive_variables()
def replace_codes(account: Account) -> list[str]:
    """New codes instead of all old ones. Only inside an action."""
    codes = [new_recovery_code() for _place in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=recovery_digest(account.pk, code)) for code in codes
    )
    return codes
