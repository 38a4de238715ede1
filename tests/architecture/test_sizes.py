"""Files, functions and views stay small enough to be read at once."""

import ast

from tests.architecture.source import EVERYTHING, Function, listed, product, sources

FILE, FUNCTION, VIEW = 300, 40, 15  # lines


def lines(function: Function) -> int:
    """Lines from ``def`` to the end, the docstring not counted."""
    count = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return count
    docstring = function.body[0]
    return count - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def test_files_are_short():
    long = [
        f"{source.name}: {count} lines"
        for source in sources(EVERYTHING)
        if (count := len(source.text.splitlines())) > FILE
    ]
    assert not long, listed(long)


def test_functions_are_short():
    long = [
        f"{source.at(function)}: {function.name} has {lines(function)} lines"
        for source in sources(EVERYTHING)
        for function in source.functions()
        if lines(function) > FUNCTION
    ]
    assert not long, listed(long)


def test_views_are_short():
    long = [
        f"{source.at(function)}: view {function.name} has {lines(function)} lines"
        for source in product()
        if "web" in source.parts or "api" in source.parts
        for function in source.functions()
        if function.args.args and function.args.args[0].arg == "request"
        if lines(function) > VIEW
    ]
    assert not long, listed(long)
