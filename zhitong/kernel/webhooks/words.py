"""Webhooks as people read them."""

from django.utils.translation import gettext_lazy as _

TITLE = _("Webhooks")
PING_LABEL = _("Test message")
