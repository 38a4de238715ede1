"""When text messages leave."""

from zhitong.kernel.sms import delivery
from zhitong.kernel.timers import every


@every(seconds=2, name="sms.deliver")
def deliver() -> None:
    """Hand over what is due. Somebody is waiting for their code."""
    delivery.deliver()


@every(seconds=3600, name="sms.forget")
def forget() -> None:
    """Remove what is older than a week."""
    delivery.forget_old()
