"""What changed between two versions, sentence by sentence."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhitong.lines.microblog.desk.models import Version

PIECE = re.compile(r"[^。！？；.!?;\n]*[。！？；.!?;\n]+|[^。！？；.!?;\n]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece of text and what happened to it: ``same``, ``new`` or ``gone``."""

    text: str
    what: str


def differences(before: Version, after: Version) -> list[Difference]:
    """The words of both versions as one text; a sentence that changed is gone and new."""
    old, new = _pieces(before), _pieces(after)
    found: list[Difference] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Difference("".join(old[a:b]), "same"))
            continue
        if old[a:b]:
            found.append(Difference("".join(old[a:b]), "gone"))
        if new[c:d]:
            found.append(Difference("".join(new[c:d]), "new"))
    return found


def _pieces(version: Version) -> list[str]:
    parts = [version.title + "\n", version.words]
    if version.title_en:
        parts += [f"\n{version.title_en}\n", version.words_en]
    return PIECE.findall("".join(parts))
