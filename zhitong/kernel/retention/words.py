"""How other floors call this one."""

from django.utils.translation import gettext_lazy as _

TITLE = _("What is over")
