"""django-helpdesk as an application for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peering.helpdesk_settings")
application = get_wsgi_application()
