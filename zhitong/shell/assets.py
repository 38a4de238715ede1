"""What every page loads: the icon, the style sheets and the scripts, under their lasting names."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SHEETS = ("tokens", "base", "layout", "header", "forms", "components", "journey", "steps")
HTMX = "django_htmx/htmx-2.min.js"
MODULES = ("shell/elements.js", "shell/photo-picker.js")


@cache
def stylesheets() -> SafeString:
    """Links to the icon and to the style sheets of every page. The same for all readers."""
    icon = format_html(
        '<link rel="icon" href="{}" type="image/svg+xml">\n', static("shell/mark.svg")
    )
    sheets = ((static(f"shell/{name}.css"),) for name in SHEETS)
    return icon + format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@cache
def scripts() -> SafeString:
    """The scripts of every page; all of them only enhance."""
    htmx = format_html('<script src="{}" defer></script>\n', static(HTMX))
    modules = ((static(name),) for name in MODULES)
    return htmx + format_html_join("\n", '<script src="{}" type="module"></script>', modules)
