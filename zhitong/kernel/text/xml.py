"""Writing XML by hand, safely: whatever the text, what comes out is well-formed."""

import re
from html import escape

from zhitong.kernel.text.output import xml_safe

NAME = re.compile(r"[a-z_][a-z0-9_:-]*")
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def words(value: object) -> str:
    """A value as it stands between tags or in an attribute."""
    return escape(xml_safe(str(value)))


def element(name: str, *content: str, **attributes: object) -> str:
    """An element around content that is XML already. Raises ValueError for a name that is none.

    An underscore in the name of an attribute stands for the colon.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"no name of an element: {name!r}")
    told = "".join(
        f' {key.replace("_", ":")}="{words(value)}"' for key, value in attributes.items()
    )
    inside = "".join(content)
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"
