"""When webhooks are handed over."""

from zhitong.kernel.timers import every
from zhitong.kernel.webhooks import delivery


@every(seconds=1, name="webhooks.deliver")
def deliver() -> None:
    """Hand over what is due."""
    delivery.start()


@every(seconds=3600, name="webhooks.forget")
def forget() -> None:
    """Remove messages after thirty days."""
    delivery.forget_old()
