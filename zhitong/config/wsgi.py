"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from zhitong.config.serving.whole import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
application = whole(get_wsgi_application())
