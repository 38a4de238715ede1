"""The resident corrects how they are called and where they can be reached."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.loop import queries
from zhitong.loop.actions.opening import plain_number

SIGN_IN = _("A number stands here already. Sign in with it to change it or take it away.")
"""Whoever found a slip could else cut the resident off from what they are told."""
NOTHING = _("Write a name or a number, or tick that both shall be removed.")


@sensitive_variables()
@action("loop.correct_contact", describe=_("Correct the name and number on one's own matter"))
def correct_contact(*, id: UUID, name: str = "", phone: str = "", remove: bool = False) -> None:
    """Write another name or number; an empty one stays as it is. ``remove`` takes both away.

    What was said is never overwritten: that is corrected by adding to it. A number that stands
    there is changed only by who signed in with one, never by who holds the code. Raises Invalid.
    """
    matter = queries.matter(id)
    named, number = clean_line(name, max_length=60), plain_number(phone)
    if not (remove or named or number):
        raise Invalid(fields={"name": NOTHING})
    if matter.resident_phone and (remove or number) and not current().reach.own:
        raise Invalid(fields={"phone": SIGN_IN})
    if remove or named:
        matter.resident_name = "" if remove else named
    if remove or number:
        matter.resident_phone = "" if remove else number
        matter.phone_index = "" if remove else blind_index(number, purpose="loop.phone")
    matter.save(update_fields=["resident_name", "resident_phone", "phone_index"])
    changed = [
        what for what, done in (("name", remove or named), ("phone", remove or number)) if done
    ]
    acted_on(matter.target, path=matter.area_path, changed=changed, removed=remove)
