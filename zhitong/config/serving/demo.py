"""Loading the demo county on the first start."""

from collections.abc import Callable

from zhitong.config.demo.load import load
from zhitong.kernel.identity.models import Account


def load_once(say: Callable[[str], None]) -> None:
    """Load the demo county on the first start; leave every database alone that is in use."""
    if not Account.objects.exists():
        say("loading the demo county …")
        load(say)
