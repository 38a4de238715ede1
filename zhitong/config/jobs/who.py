"""In which scope a command acts: as an account, or as the command line itself."""

import os

from zhitong.config.obstacles import Obstacle
from zhitong.kernel.identity.models import Account
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import Reach, Scope


def operator() -> str:
    """Who sits at this terminal, as the machine knows them."""
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or f"uid-{os.getuid()}"


def as_account(username: str, purpose: str) -> Scope:
    """An account with exactly what its appointments allow now. Raises Obstacle."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Obstacle(f"there is no account {username!r}")
    scope = staff_scope(account)
    return Scope(scope.actor, scope.reach, scope.permits, purpose or scope.purpose, scope.label)


def as_command_line(*permits: str, path: str = "", purpose: str) -> Scope:
    """The command line: the permits that the command needs, one subtree, a name in the log."""
    reach = Reach(subtrees=(path,)) if path else Reach()
    label = f"zhitong · {operator()}"
    return Scope(f"system:cli:{operator()}", reach, frozenset(permits), purpose, label)
