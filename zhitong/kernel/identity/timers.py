"""Tidying up at the doors."""

from datetime import timedelta

from zhitong.kernel.clock import now
from zhitong.kernel.identity import throttle
from zhitong.kernel.identity.actions.residents import sweep_codes
from zhitong.kernel.identity.models import SignIn
from zhitong.kernel.timers import every

KEEP_SIGN_INS = timedelta(days=180)


@every(seconds=600, name="identity.sweep")
def sweep() -> None:
    """Forget counters and codes that are over, and sign-ins after half a year.

    The audit log keeps who signed in when; the books of the door need not.
    """
    throttle.sweep()
    sweep_codes()
    SignIn.objects.filter(started_at__lt=now() - KEEP_SIGN_INS).delete()
