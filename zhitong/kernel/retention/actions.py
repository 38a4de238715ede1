"""Ending one whole record: its time is over, or whom it is about asked for it."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.audit.forgetting import forget
from zhitong.kernel.clock import now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.errors import NotFound
from zhitong.kernel.retention import emptying
from zhitong.kernel.retention.registry import RETENTION
from zhitong.kernel.scope import current

END = "retention.end"


@action(END, describe=_("Empty a record for good"))
def end(*, record: str, key: str, asked: bool = False) -> None:
    """Empty a record, with all that hangs on it; what may be counted stays.

    ``record`` names its model. Unless whom it is about ``asked`` for it, its time must be over.
    Raises NotFound for what is not to be ended, NotYetPlaced while the audit log is behind.
    """
    rule = RETENTION.get(record)
    if rule is None or rule.expired is None or not rule.empties:
        raise NotFound
    scope, target = current(), f"{record}:{key}"
    with beyond_reach():
        if not asked and not rule.expired(now()).filter(pk=key).exists():
            raise NotFound
        emptying.end(record, [_plain(record, key)])
    words = forget(target, actor=scope.actor, label=scope.label, purpose=scope.purpose)
    acted_on(target, path="", asked=asked, words=words)


def _plain(record: str, key: str) -> object:
    """The key as the model knows it."""
    field = apps.get_model(record)._meta.pk
    return field.to_python(key)
