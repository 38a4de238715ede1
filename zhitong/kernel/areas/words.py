"""Words that other floors show for this one."""

from django.utils.translation import gettext_lazy as _

TITLE = _("Places")
