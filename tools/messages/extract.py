"""Every sentence that code and templates hand to gettext, with the place where it stands."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

# Argument positions of (context, singular, plural) per gettext function.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
INLINE = re.compile(r"""_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")
TRANSLATE = {"translate", "trans"}
BLOCK = {"blocktranslate", "blocktrans"}


@dataclass(frozen=True, slots=True)
class Said:
    """One translatable sentence; `where` is ``path:line``."""

    text: str
    plural: str
    context: str
    where: str

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return self.context, self.text


def _constant(call: ast.Call, position: int | None) -> str:
    if position is None or position >= len(call.args):
        return ""
    argument = call.args[position]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def from_python(path: Path) -> Iterator[Said]:
    """Literal arguments of gettext calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and (places := FUNCTIONS.get(_called(node))):
            context, text, plural = (_constant(node, place) for place in places)
            if text:
                yield Said(text, plural, context, f"{path}:{node.lineno}")


def _unquoted(bit: str) -> str:
    return bit[1:-1] if len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "\"'" else ""


def _context(bits: list[str]) -> str:
    return _unquoted(bits[bits.index("context") + 1]) if "context" in bits[:-1] else ""


def _block(tokens: Iterator[Token], head: Token, bits: list[str], path: Path) -> Said:
    """The body up to ``endblocktranslate``, as Django builds its message from it."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        word = token.contents.split(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if word.startswith("endblocktrans"):
            break
        if word == "plural":
            parts.append([])
        elif token.token_type is TokenType.TEXT:
            parts[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents})s")
    texts = ["".join(part) for part in parts]
    if "trimmed" in bits:
        texts = [trim_whitespace(text) for text in texts]
    plural = texts[1] if len(texts) > 1 else ""
    return Said(texts[0], plural, _context(bits), f"{path}:{head.lineno}")


def from_template(path: Path) -> Iterator[Said]:
    """``translate`` tags, ``blocktranslate`` blocks and ``_("…")`` inside other tags."""
    tokens = iter(Lexer(path.read_text("utf-8")).tokenize())
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        bits = list(smart_split(token.contents))
        where = f"{path}:{token.lineno}"
        if token.token_type is TokenType.BLOCK and bits[0] in BLOCK:
            yield _block(tokens, token, bits, path)
        elif bits[0] in TRANSLATE and (text := _unquoted(bits[1])):
            yield Said(text.replace("%", "%%"), "", _context(bits), where)
        for double, single in INLINE.findall(token.contents):
            yield Said((double or single).replace("%", "%%"), "", "", where)
