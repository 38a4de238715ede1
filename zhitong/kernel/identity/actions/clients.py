"""Keys for programs."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.clients import new_key
from zhitong.kernel.identity.models import ApiClient
from zhitong.kernel.identity.roles import PROGRAM
from zhitong.kernel.identity.sign_ins import digest_of
from zhitong.kernel.identity.words import line
from zhitong.kernel.ids import uuid7
from zhitong.kernel.scope import current


@sensitive_variables()
@action("identity.issue_api_key", describe=_("Give a program a key"))
def issue_api_key(*, name: str, channel: str, permits: list[str], path: str) -> tuple[UUID, str]:
    """Make a program's key and return its id and the key, which cannot be shown again.

    Programs bring words in and never read; the path lies within reach. Raises Invalid.
    """
    if not permits or not PROGRAM.issuperset(permits):
        raise Invalid(fields={"permits": _("Choose from the permits that programs can hold.")})
    if not path.endswith("/") or not current().reach.covers(path=path):
        raise Invalid(fields={"path": _("Choose an area that you serve.")})
    identifier = uuid7()
    key = new_key(identifier)
    ApiClient.objects.create(
        id=identifier,
        name=line(name, field="name", longest=80),
        channel=line(channel, field="channel", longest=40),
        digest=digest_of(key),
        permits=sorted(set(permits)),
        path=path,
        made_at=now(),
    )
    acted_on(f"identity.ApiClient:{identifier}", path=path, permits=sorted(set(permits)))
    return identifier, key


@action("identity.end_api_key", describe=_("End a program's key"))
def end_api_key(*, client: UUID) -> None:
    """The key opens nothing from now on. Raises NotFound, also for a key of other areas."""
    row = ApiClient.objects.select_for_update().filter(pk=client, ended_at=None).first()
    if row is None or not current().reach.covers(path=row.path):
        raise NotFound
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    acted_on(f"identity.ApiClient:{client}", path=row.path)
