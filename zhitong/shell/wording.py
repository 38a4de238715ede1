"""Words and signs that several components share."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# stage -> (tone of the badge, icon)
STAGE_TONES: dict[str, tuple[str, str]] = {
    "received": ("plain", "note"),
    "owned": ("ring", "person"),
    "answered": ("ring", "speak"),
    "closed": ("good", "tick"),
    "rated": ("good", "rate"),
    "reopened": ("soon", "again"),
    "withdrawn": ("plain", "cross"),
    "refused": ("plain", "cross"),
    "merged": ("plain", "on"),
}

# from 1 to 5
FACES: tuple[str | Promise, ...] = (
    _("Very unsatisfied"),
    _("Unsatisfied"),
    _("So-so"),
    _("Satisfied"),
    _("Very satisfied"),
)
