"""docs/map.md: modules, actions, facts, timers, roles and settings, read from the registries."""

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

from tools.reference.tables import code, codes, first_sentence, table
from tools.settings import rows as settings
from zhitong.kernel.actions import ACTIONS, Action
from zhitong.kernel.bus.emit import LISTENERS, fact_name
from zhitong.kernel.identity.roles import DOOR, LINK, PROGRAM, PUBLIC, RESIDENT, ROLES, STAFF
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.timers import TIMERS

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("config", "insight", "lines", "loop", "register", "bridge", "shell", "kernel")
HEAD = """# Map

Everything that announces itself, as the code announces it. This page is written by
`make reference`; a test fails when it is stale. Words are explained in [the glossary](glossary.md),
the way a word travels in [the architecture](architecture.md).

"""


def page() -> str:
    """The whole page."""
    parts = (
        ("Modules", table(("module", "what it is"), modules())),
        ("Actions", ACTIONS_HEAD + table(("action", "what it does", "takes"), actions())),
        ("Further permits", FURTHER + table(("permit", "what it allows"), further())),
        ("Facts", FACTS_HEAD + table(("fact", "what happened", "fields", "heard by"), facts())),
        ("Timers", table(("timer", "every", "what it does"), timers())),
        ("Who may do what", ROLES_HEAD + "\n".join(permits_by_role())),
        ("Settings", table(("variable", "default", "meaning"), settings())),
    )
    return HEAD + "\n".join(f"## {title}\n\n{body}" for title, body in parts)


ACTIONS_HEAD = """An action is the only way to change anything. Its name is also the permit that
it takes. Run one with `zhitong act NAME key=value …`; arguments with a question mark may be left
out.

"""
FURTHER = "Permits that are no action of their own: they let somebody see something.\n\n"
FACTS_HEAD = """A fact is announced in the transaction that makes it true and delivered once to
each listener.

"""
ROLES_HEAD = """Staff roles are data: these are the ones that come with the house, and a county
may change them. What the public, residents and tracking codes may do is fixed in
`zhitong/kernel/identity/roles.py`.

"""


def modules() -> Iterator[tuple[str, str]]:
    """Every package of the product, upper floors first, with the first words of its docstring."""
    found = [path.parent for path in (ROOT / "zhitong").glob("**/__init__.py")]
    for folder in sorted(found, key=_place):
        parts = folder.relative_to(ROOT).parts
        if len(parts) > 1 and not {"tests", "migrations"} & set(parts):
            about = first_sentence(import_module(".".join(parts)).__doc__)
            if about:
                yield code("/".join(parts)), about


def _place(folder: Path) -> tuple[int, tuple[str, ...]]:
    parts = folder.relative_to(ROOT).parts
    floor = FLOORS.index(parts[1]) if len(parts) > 1 else -1
    return floor, parts


def actions() -> Iterator[tuple[str, str, str]]:
    """Name, description and arguments of every action."""
    for name, one in sorted(ACTIONS.items()):
        yield code(name), str(one.describe), codes(_arguments(one))


def _arguments(one: Action) -> Iterator[str]:
    for name, parameter in one.signature.parameters.items():
        yield name if parameter.default is inspect.Parameter.empty else f"{name}?"


def further() -> Iterator[tuple[str, str]]:
    """Permits that are not actions."""
    for name, one in sorted(PERMITS.items()):
        if name not in ACTIONS:
            yield code(name), str(one.describe)


def fact_classes() -> list[type]:
    """Every fact that some module can announce, heard or not."""
    found: list[type] = []
    for path in sorted((ROOT / "zhitong").glob("**/events.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        own = [one for one in vars(module).values() if inspect.isclass(one)]
        found += [
            one for one in own if one.__module__ == module.__name__ and hasattr(one, "AGGREGATE")
        ]
    return found


def facts() -> Iterator[tuple[str, str, str, str]]:
    """Name, meaning, fields and listeners of every fact."""
    for kind in fact_classes():
        name = fact_name(kind)
        names = [one.name for one in fields(kind)] if is_dataclass(kind) else []
        heard = sorted(key.removeprefix("zhitong.") for key in LISTENERS.get(name, ()))
        yield code(name), first_sentence(kind.__doc__), codes(names), codes(heard) or "nobody yet"


def timers() -> Iterator[tuple[str, str, str]]:
    """Name, period and meaning of every timer."""
    for name, one in sorted(TIMERS.items()):
        yield code(name), _period(one.seconds), first_sentence(one.run.__doc__)


def _period(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


def permits_by_role() -> Iterable[str]:
    """One table of the delivered roles, one of what is fixed."""
    roles = [(seed.name, str(seed.label), seed.permits) for seed in ROLES]
    yield table(("role", "called", "may"), ((code(a), b, codes(sorted(c))) for a, b, c in roles))
    fixed = (
        ("the public", PUBLIC),
        ("holder of a tracking code", LINK),
        ("resident who is signed in", RESIDENT),
        ("everybody who serves", STAFF),
        ("programs with a key, at most", PROGRAM),
        ("the doors themselves", DOOR),
    )
    yield table(("who", "may, always"), ((who, codes(sorted(may))) for who, may in fixed))
    held = frozenset().union(*(may for _who, may in fixed), *(may for *_names, may in roles))
    nobody = sorted(set(PERMITS) - held)
    yield (
        "Held by no role: given to parts of the program for one task, or on the command line.\n"
        f"{codes(nobody)}\n"
    )
