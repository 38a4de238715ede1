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
    picture = segno.make_qr(text, error="m").svg_inline(
        border=4,  # the quiet zone that scanners need, ISO/IEC 18004
        omitsize=True,  # a viewBox instead, so that a style sheet can make it larger or smaller
        light="#ffffff",
        dark="#000000",
        svgclass="qr",
        title=label or None,
    )
    return mark_safe(picture)  # noqa: S308
