"""When granted requests are carried out."""

import logging

from django.conf import settings

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.audit.erasure import NotYetPlaced
from zhitong.kernel.clock import now
from zhitong.kernel.rights import queries
from zhitong.kernel.rights.actions import CARRY_OUT, carry_out
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import every

log = logging.getLogger(__name__)
MOST = 100


def carrying_scope() -> Scope:
    """Who carries out what was granted: reaches the county, may do this and nothing else."""
    reach = Reach((path_of(settings.COUNTY),))
    return Scope("system:rights", reach, frozenset({CARRY_OUT}), "own data")


@every(seconds=600, name="rights.carry_out")
def carry_out_what_is_granted() -> int:
    """Erase what residents asked for and nobody took back."""
    done = 0
    with acting(carrying_scope()):
        for id in queries.due(now(), MOST):
            try:
                carry_out(id=id)
            except NotYetPlaced:
                log.info("an erasure waits for the audit log")
                continue
            done += 1
    return done
