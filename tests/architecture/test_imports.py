"""What the import contracts in pyproject.toml cannot say."""

import ast
from fnmatch import fnmatch

from tests.architecture.source import EVERYTHING, PRODUCT, listed, product, sources

FIRST_PARTY = {*PRODUCT, "tools", "tests"}
NAMELESS = {"utils", "util", "common", "helpers", "helper", "base", "manager", "managers", "misc"}
BACKENDS = "zhitong/kernel/databases/*/base.py"  # the name that Django asks of a backend
SIGNALS = {
    "django.db.models.signals",
    "django.dispatch",
    "django.core.signals",
    "django.test.signals",
}


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_no_first_party_import_inside_a_function():
    hidden = [
        f"{source.at(node)}: {name} is imported inside {function.name}"
        for source in sources(EVERYTHING)
        for function in source.functions()
        for node in ast.walk(function)
        for name in imported(node)[:1]
        if name.split(".")[0] in FIRST_PARTY
    ]
    assert not hidden, listed(hidden)


def test_every_module_has_a_telling_name():
    nameless = [
        source.name
        for source in sources(EVERYTHING)
        if NAMELESS & set(source.parts) and not fnmatch(source.name, BACKENDS)
    ]
    assert not nameless, listed(nameless)


def test_rules_know_nothing_of_django():
    mixed = [
        f"{source.at(node)}: domain code imports {name}"
        for source in product()
        if "domain" in source.parts
        for node in ast.walk(source.tree)
        for name in imported(node)[:1]
        if name.split(".")[0] == "django"
    ]
    assert not mixed, listed(mixed)


def test_signals_are_not_wiring():
    wired = [
        f"{source.at(node)}: {name}"
        for source in product()
        for node in ast.walk(source.tree)
        for name in imported(node)
        if name in SIGNALS
    ]
    assert not wired, listed(wired)
