"""Whether something that was sent again is what was sent the first time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.sealed import holds
from zhitong.kernel.errors import Refusal
from zhitong.kernel.media.photos import Photo as Picture
from zhitong.kernel.scope import acting, current
from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter, Photo, Step

OTHERWISE = _("This is not what was sent the first time.")


class Differs(Refusal):
    """The identifier is taken by something else that was said: that stays, and this is not lost.

    ``first`` is the matter that has it, ``tracking`` its code; ``fields`` names what differs.
    """

    status = 409
    code = "differs"
    sentence = _(
        "Something else was sent with this identifier before. That is kept as it was, and this "
        "was not taken. If it is a new matter, send it with an identifier of its own."
    )

    def __init__(self, first: Matter, tracking: str, parts: Sequence[str]) -> None:
        super().__init__(fields=dict.fromkeys(parts, OTHERWISE))
        self.first = first
        self.tracking = tracking


def known(tracking: str, fields: Mapping[str, Any], pictures: Sequence[Picture]) -> Matter | None:
    """The matter that was opened with this tracking code, or None.

    Sending the same thing again needs no other right than to have sent it, wherever the matter
    was moved since. Raises Differs when what is sent now is something else.
    """
    scope, digest = current(), fields["tracking_digest"]
    with acting(replace(scope, reach=replace(scope.reach, link=digest))):
        rows = Matter.objects.filter(tracking_digest=digest)
        found: Matter | None = rows.select_related("owner").first()
        if found is not None and (parts := _differing(found, fields, pictures)):
            raise Differs(found, tracking, parts)
    return found


@sensitive_variables()
def _differing(first: Matter, fields: Mapping[str, Any], pictures: Sequence[Picture]) -> list[str]:
    same = {
        "area": _same_place(first, fields["area"].pk),
        "words": first.words == fields["words"],
        "category": first.category == fields["category"],
        "name": holds(first.resident_name, fields["resident_name"]),
        "phone": holds(first.resident_phone, fields["resident_phone"]),
        "pictures": _drawn(first) == sorted(picture.sha256 for picture in pictures),
    }
    return [part for part, is_same in same.items() if not is_same]


def _same_place(first: Matter, area: object) -> bool:
    """Where somebody has corrected the place, what was sent the first time is not asked again."""
    if first.area_id == area:
        return True
    moves = Step.objects.filter(matter=first, verb=Verb.MOVE_AREA)
    return moves.exists()


def _drawn(first: Matter) -> list[str]:
    """The digests of the pictures that came with the first words."""
    return sorted(Photo.objects.filter(matter=first).values_list("sha256", flat=True))
