"""What the public may read comes from a reviewed summary, and from nowhere else."""

import ast

from tests.architecture.source import listed, product

MAKER = "zhitong/loop/models/summaries.py"


def test_only_a_reviewed_summary_makes_a_public_text():
    makers = {
        source.at(node): source.name
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _name(node.func) == "PublicText"
    }
    others = [place for place, name in makers.items() if name != MAKER]
    assert not others, listed(others)
    assert len(makers) == 1


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
