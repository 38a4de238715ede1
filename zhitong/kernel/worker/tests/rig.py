"""``python -m zhitong.kernel.worker.tests.rig …``: run the small house in a process of its own.

It has the product's database settings but only the two apps it needs.
"""

import sys
from importlib import import_module

import django
from django.conf import settings

APPS = ["zhitong.kernel.bus", "zhitong.kernel.worker"]

if __name__ == "__main__":
    product = import_module("zhitong.config.settings")
    settings.configure(DATABASES=product.DATABASES, USE_TZ=True, INSTALLED_APPS=APPS)
    django.setup()
    import_module("zhitong.kernel.worker.tests.house").main(sys.argv[1:])
