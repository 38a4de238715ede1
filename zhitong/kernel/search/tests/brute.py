"""What search promises, written the slow way: a search through every text for a substring."""

import unicodedata

HAN = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def kind(sign):
    if any(low <= ord(sign) <= high for low, high in HAN):
        return "han"
    return "word" if sign.isalnum() else ""


def plain(text):
    """Runs joined by one sign, with another at the beginning of every word."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    out: list[str] = []
    before = ""
    for sign in text:
        now = kind(sign)
        if now and now != before:
            out.append(("\0" if out else "") + ("\1" if now == "word" else ""))
        if now:
            out.append(sign)
        before = now
    return "".join(out)


def parts(query):
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", query).casefold())
    return [part for part in map(plain, normal.split()) if part]


def occurs(query, text):
    wanted = parts(query)
    return bool(wanted) and all(part in plain(text) for part in wanted)
