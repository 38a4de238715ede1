"""When mails leave, and when they are forgotten."""

from zhitong.kernel.mail import delivery
from zhitong.kernel.timers import every


@every(seconds=5, name="mail.deliver")
def deliver() -> None:
    """Hand over what is due."""
    delivery.deliver()


@every(seconds=3600, name="mail.forget")
def forget() -> None:
    """Forget words after a week, rows after a year and some weeks."""
    delivery.forget_old()
