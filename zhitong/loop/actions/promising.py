"""What the county promises: a new version of the policy."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.loop.domain.policy import UnreadablePolicy
from zhitong.loop.models import PolicyVersion
from zhitong.loop.policies import delivered, read_written
from zhitong.loop.queries.policies import forget_policies

TAKEN = _("There is a version of this name already. What was promised stays; give it another.")
PAST = _("A promise starts now or later, never in the past.")
LONGEST = 20_000
REASON = 200


@action("loop.adopt_policy", describe=_("Adopt new time limits"))
def adopt_policy(*, written: str, starts_at: datetime | None = None, reason: str = "") -> str:
    """Adopt a policy, written as in loop/data/policy.toml; returns its version.

    It holds for matters opened from ``starts_at`` on (now, if it is left out). Raises Invalid.
    """
    at = now()
    starts = starts_at or at
    if starts < at:
        raise Invalid(fields={"starts_at": PAST})
    try:
        policy = read_written(written[:LONGEST])
    except UnreadablePolicy as problem:
        sentence = _("This is not a policy: %(problem)s") % {"problem": problem}
        raise Invalid(fields={"written": sentence}) from problem
    known = PolicyVersion.objects.filter(version=policy.version).exists()
    if known or policy.version == delivered().version:
        raise Invalid(fields={"written": TAKEN})
    row = PolicyVersion.objects.create(
        version=policy.version[:40],
        written=written,
        starts_at=starts,
        adopted_by=current().label,
        reason=clean_line(reason, max_length=REASON),
    )
    path = next(iter(current().reach.subtrees), "")
    acted_on(f"loop.PolicyVersion:{row.pk}", path=path, version=policy.version)
    forget_policies()
    return policy.version
