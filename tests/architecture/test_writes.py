"""Only actions write, and only a few named modules may look past a guard."""

import ast
import re
from fnmatch import fnmatch

from tests.architecture.source import Source, listed, product

ALWAYS = {
    "create", "acreate", "get_or_create", "aget_or_create", "update_or_create",
    "aupdate_or_create", "bulk_create", "abulk_create", "bulk_update", "abulk_update",
}  # fmt: skip
BARE = {"save", "asave", "delete", "adelete"}  # of a model or query set: no positional argument
QUERIES = {"objects", "unguarded", "filter", "exclude", "all", "select_for_update"}

# Where rows are written: actions, and the machinery below them.
MAY_WRITE = (
    "zhitong/*/actions.py",
    "zhitong/*/actions/*.py",
    "zhitong/kernel/actions.py",
    "zhitong/kernel/guarded.py",
    "zhitong/kernel/bus/*.py",
    "zhitong/kernel/audit/*.py",
    "zhitong/kernel/timers.py",
    "zhitong/kernel/retention/*.py",
    "zhitong/kernel/rotation.py",  # re-seals with a new key, changes no content
    "zhitong/kernel/worker/*.py",  # who holds which timer
    "zhitong/kernel/sms/*.py",  # an outbox that the acting transaction fills
    "zhitong/kernel/webhooks/owing.py",  # an outbox that listeners fill
    "zhitong/kernel/webhooks/delivery.py",  # what became of it
    "zhitong/kernel/mail/*.py",  # an outbox likewise, and what was taken in
    "zhitong/kernel/identity/grants.py",  # runs in migrations only
    "zhitong/kernel/identity/throttle.py",  # counters of failed tries, gone after minutes
    "zhitong/kernel/identity/sign_ins.py",  # "last seen" marks
    "zhitong/kernel/identity/clients.py",  # "last used" marks
    "zhitong/kernel/identity/passkeys.py",  # challenges, gone after minutes
    "zhitong/kernel/identity/recovery.py",  # codes, made and used up by actions
    "zhitong/kernel/identity/timers.py",  # sign-ins that ended long ago
)
MAY_LOOK_PAST = (
    "zhitong/kernel/guarded.py",
    "zhitong/kernel/checks.py",  # system checks look at classes, not at rows
    "zhitong/kernel/bus/*.py",
    "zhitong/kernel/audit/*.py",
    "zhitong/kernel/retention/*.py",
    "zhitong/loop/timers.py",  # deletes files, and may take none for lost that it cannot see
    "zhitong/loop/queries/counting.py",  # counts every step, and may miss none
    "bench/*.py",  # fills and counts from outside
)

# The searchable words of guarded rows have no guard of their own.
PRIVATE_WORDS = re.compile(r"\w+Words\.rows").fullmatch


def allowed(source: Source, patterns: tuple[str, ...]) -> bool:
    """True when the file's path fits one of the patterns (``*`` crosses folders)."""
    return any(fnmatch(source.name, pattern) for pattern in patterns)


def chain(node: ast.expr) -> set[str]:
    """The attribute names that a call hangs on: ``a.objects.filter(…).update`` and so on."""
    names: set[str] = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names


def writes(node: ast.AST) -> bool:
    """True for a call that changes rows."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name = node.func.attr
    if name in BARE:
        return not node.args
    on_rows = bool(QUERIES & chain(node.func.value))
    return on_rows and (name in ALWAYS or name in {"update", "aupdate"})


def in_actions(source: Source) -> set[ast.AST]:
    """Every node inside a function under ``@action(…)``."""
    return {
        node
        for function in source.functions()
        if any(ast.unparse(mark).startswith("action(") for mark in function.decorator_list)
        for node in ast.walk(function)
    }


def test_only_actions_write():
    offenders = [
        f"{source.at(node)}: {ast.unparse(node)[:80]}"
        for source in product()
        if source.parts[0] == "zhitong" and not allowed(source, MAY_WRITE)
        for node in set(ast.walk(source.tree)) - in_actions(source)
        if writes(node)
    ]
    assert not offenders, listed(offenders)


def test_only_a_few_look_past_the_guard():
    offenders = [
        f"{source.at(node)}: {ast.unparse(node)[:80]}"
        for source in product()
        if not allowed(source, MAY_LOOK_PAST)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and (node.attr in {"unguarded", "_base_manager"} or PRIVATE_WORDS(ast.unparse(node)))
    ]
    assert not offenders, listed(offenders)
