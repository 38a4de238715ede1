"""Plain text out of an HTML mail. Nothing is fetched, run or rendered; links are written out.

A reader of our own, because the standard library's needs quadratic time for broken markup. Every
search either moves forward or finds that there is nothing more to find.
"""

import html
import re

LARGEST = 2_000_000
DEEPEST_QUOTE = 5
MOST_LINKS = 200
_MARK = re.compile(r"<(?=[A-Za-z/!?])")
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:]{0,30}")
_TURN = re.compile(r"[>\"']")
_HREF = re.compile(
    r"\bhref\s{0,5}=\s{0,5}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>\"']{1,2000}))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_LINES = re.compile(r"\n{3,}")
_SILENT = {
    name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "title", "template", "noscript", "svg", "select")
}
_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "pre",
        "dl",
        "dt",
        "dd",
        "form",
        "center",
        "address",
        "blockquote",
    ]
)
_SAFE = ("http://", "https://", "mailto:", "tel:")


def plain(source: str) -> str:
    """What a reader would see, as lines; quotes marked with ``>``, links as ``words <address>``."""
    reader = _Reader(source[:LARGEST])
    reader.read()
    return _LINES.sub("\n\n", "\n".join(reader.lines())).strip("\n")


class _Reader:
    """One pass over one source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.written: list[tuple[int, list[str]]] = [(0, [])]
        self.quotes = 0
        self.link = ""
        self.link_from = 0
        self.links = 0
        self.quoting = True

    def read(self) -> None:
        at = 0
        while found := _MARK.search(self.source, at):
            mark = found.start()
            self.write(self.source[at:mark])
            if self.source.startswith("<!--", mark):
                end = self.source.find("-->", mark + 4)
                at = end + 3 if end >= 0 else len(self.source)
            elif self.source.startswith(("<!", "<?"), mark):
                at = self.past(">", mark)
            elif name := _NAME.match(self.source, mark + 1):
                at = self.tag(name[0].lower(), name.end())
            else:
                self.write("<")
                at = mark + 1
        self.write(self.source[at:])

    def past(self, what: str, at: int) -> int:
        end = self.source.find(what, at)
        return end + len(what) if end >= 0 else len(self.source)

    def tag(self, name: str, at: int) -> int:
        """Reads one tag from behind its name; returns where the text goes on."""
        end = self.tag_end(at)
        attributes = self.source[at : min(end, at + 4000)]
        if closing := _SILENT.get(name):
            found = closing.search(self.source, end)
            return self.past(">", found.end()) if found else len(self.source)
        if name.lstrip("/") in _BREAKS:
            self.new_line(name)
        elif name in ("td", "th"):
            self.write(" ")
        elif name == "a":
            self.open_link(attributes)
        elif name == "/a":
            self.close_link()
        elif name == "img" and not self.link:
            self.write(" ")
        return end

    def tag_end(self, at: int) -> int:
        """Behind the ``>`` that ends the tag; one inside a quoted value does not."""
        while found := _TURN.search(self.source, at):
            at = found.end()
            if found[0] == ">":
                return at
            if self.quoting and self.source[
                max(0, found.start() - 5) : found.start()
            ].rstrip().endswith("="):
                closed = self.source.find(found[0], at)
                self.quoting = closed >= 0  # an open quote: from here on none is believed
                at = closed + 1 if closed >= 0 else at
        return len(self.source)

    def new_line(self, name: str) -> None:
        if name == "blockquote":
            self.quotes += 1
        elif name == "/blockquote":
            self.quotes = max(0, self.quotes - 1)
        self.written.append((min(self.quotes, DEEPEST_QUOTE), []))
        if name == "li":
            self.write("- ")

    def open_link(self, attributes: str) -> None:
        found = _HREF.search(attributes)
        target = (
            html.unescape(_NUMBER.sub("", found[1] or found[2] or found[3] or "")) if found else ""
        )
        target = _SPACE.sub("", target)
        self.link = target if target.lower().startswith(_SAFE) and self.links < MOST_LINKS else ""
        self.link_from = len(self.written[-1][1])

    def close_link(self) -> None:
        said = "".join(self.written[-1][1][self.link_from :]).strip()
        bare = self.link.split(":", 1)[-1].strip("/")
        if self.link and bare != said.split(":", 1)[-1].strip("/"):
            self.write(f" <{self.link}>" if said else self.link)
            self.links += 1
        self.link = ""

    def write(self, text: str) -> None:
        if text:
            shown = html.unescape(_NUMBER.sub("", _SPACE.sub(" ", text)))
            self.written[-1][1].append(shown.replace("\xa0", " "))

    def lines(self) -> list[str]:
        made: list[str] = []
        for depth, pieces in self.written:
            line = _SPACE.sub(" ", "".join(pieces)).strip()
            if line or (made and made[-1].strip("> ")):
                made.append(f"{'> ' * depth}{line}".rstrip())
        return made
