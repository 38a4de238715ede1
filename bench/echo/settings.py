"""The product's settings with the echo added."""

from zhitong.config import settings as product
from zhitong.config.settings import *  # noqa: F403

INSTALLED_APPS = [*product.INSTALLED_APPS, "bench.echo"]
