"""Showing a sealed value: only for a purpose, only with the permit, always on the record."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.audit.entries import append
from zhitong.kernel.crypto.sealed import Sealed, unsealed
from zhitong.kernel.errors import Invalid
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current

EXPORT = permit("rights.export", _("Take one's own data away"))
REVEAL = permit("sealed.reveal", _("See a sealed phone number, id number or name in full"))


@sensitive_variables()
def own(sealed: Sealed) -> str:
    """A value of one's own in full, for who proved their phone; masked for who holds a link alone.

    Whoever found a slip would else learn a number. The export that it goes into is written down.
    """
    scope = current()
    scope.require(EXPORT)
    return unsealed(sealed) if scope.reach.own else sealed.mask


@sensitive_variables()
def handed_on(sealed: Sealed) -> str:
    """A value that goes into another sealed place, or is looked for in a text to be masked there.

    Nobody is shown it.
    """
    current()
    return unsealed(sealed)


@sensitive_variables()
def listed(sealed: Sealed) -> str:
    """A value in full for a list. Whoever makes the list writes every look down before.

    Raises Denied without the permit.
    """
    current().require(REVEAL)
    return unsealed(sealed)


@sensitive_variables()
def reveal(sealed: Sealed, *, purpose: str, target: str, path: str) -> str:
    """The text of a sealed value, after the look has been written down.

    ``target`` is what the value belongs to ("loop.Matter:<id>") and ``path`` its area, as in any
    audit entry. Raises Denied without the permit, Invalid without a purpose, Unreadable when the
    box was changed or moved; an attempt that fails leaves no entry.
    """
    scope = current()
    scope.require(REVEAL)
    if not purpose.strip():
        sentence = _("Say what you need it for. The resident can see your reason.")
        raise Invalid(sentence, fields={"purpose": sentence})
    text = unsealed(sealed)
    with transaction.atomic():
        append(
            action=REVEAL,
            actor=scope.actor,
            label=scope.label,
            target=target,
            path=path,
            purpose=purpose.strip(),
            details={"field": sealed.place.partition(":")[0]},
        )
    return text
