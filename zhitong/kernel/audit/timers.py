"""What the audit log does by the clock."""

from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.timers import every


@every(seconds=1, name="audit.integrate")
def put_in_order() -> None:
    """Give new entries their place, and sign about once a minute."""
    while integrate():
        pass
