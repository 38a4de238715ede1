"""QR codes as part of the page: no address of their own, no inline style, nothing fetched."""

import segno
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_variables


@sensitive_variables()
def drawn(text: str, *, label: str = "") -> SafeString:
    """``text`` as an SVG element, black on white also in the dark; ``label`` is read aloud.

    What it carries is often a key, so it must not stand in an address that is logged or kept in
    a history: it is drawn where it is shown.
    """
    code = segno.make_qr(text, error="m")
    colours = {"light": "#ffffff", "dark": "#000000"}
    picture = code.svg_inline(scale=5, border=4, svgclass="qr", title=label or None, **colours)
    return mark_safe(picture)  # noqa: S308
