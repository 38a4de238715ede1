"""A second verifier of the audit log, for people who trust neither the platform nor its makers.

Needs Python 3.11 and nothing else; shares no code with the platform; docs/audit.md says what it
checks. Prints one line per finding; the exit code is 0 only if there is none.

    python3 verify_audit.py FOLDER KEY [WITNESS [SEAL_KEY]]

FOLDER was written by `zhitong audit export`. KEY is the log's public key (key.txt) from a source
that you trust. WITNESS is a copy of checkpoints.log kept elsewhere. SEAL_KEY is a secret.
"""

import base64
import json
import re
import sys
from collections.abc import Iterable
from functools import reduce
from hashlib import blake2s, sha256, sha512
from pathlib import Path
from types import SimpleNamespace as Row
from typing import Any

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
NOTE = re.compile("(.*?\n— [^\n]*)\n", re.DOTALL)
Point = tuple[int, int, int, int]
Findings = list[tuple[Any, ...]]
Peaks = list[tuple[int, bytes]]
Tiles = dict[tuple[int, int], bytes]


def point(data: bytes) -> Point:  # RFC 8032, 5.1.3
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if x * x % P == xx else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != xx or (not x and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(a: Point, b: Point) -> Point:  # RFC 8032, 5.1.4
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, one: Point) -> Point:
    whole = (0, 1, 1, 0)
    for bit in f"{number:b}":
        whole = add(add(whole, whole), one) if bit == "1" else add(whole, whole)
    return whole


def signed(public: bytes, message: bytes, box: bytes) -> bool:  # RFC 8032, 5.1.7
    s = int.from_bytes(box[32:], "little")
    k = int.from_bytes(sha512(box[:32] + public + message).digest(), "little") % Q
    a = times(s, point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    b = add(point(box[:32]), times(k, point(public)))
    same = (a[0] * b[2] - b[0] * a[2]) % P == 0 == (a[1] * b[2] - b[1] * a[2]) % P
    return same and len(box) == 64 and s < Q


def checkpoint(note: str, key: str) -> tuple[int, bytes, bool]:
    """Size, root, and whether it declares a restore. ValueError unless the key signed this."""
    name, number, public = key.split("+", 2)
    text, _, line = note.rpartition(f"\n— {name} ")
    box = base64.b64decode(line, validate=True)
    if box[:4].hex() != number or not signed(base64.b64decode(public)[1:], text.encode(), box[4:]):
        raise ValueError("the signature does not fit")
    size, top, _at, *more = text.split("\n")[1:-1]
    return int(size), base64.b64decode(top, validate=True), bool(more)


def grow(peaks: Peaks, leaves: Iterable[bytes]) -> Peaks:
    """The complete subtrees of a tree (RFC 6962, 2.1), largest first, after adding leaves."""
    peaks = list(peaks)
    for leaf in leaves:
        width, whole = 1, leaf
        while peaks and peaks[-1][0] == width:
            width, whole = width * 2, sha256(b"\1" + peaks.pop()[1] + whole).digest()
        peaks.append((width, whole))
    return peaks


def root(peaks: Peaks) -> bytes:
    top = sha256().digest() if not peaks else peaks[-1][1]
    return reduce(lambda right, one: sha256(b"\1" + one[1] + right).digest(), peaks[-2::-1], top)


def entry(key: bytes, seq: int, *columns: str) -> Row:
    """A row with the leaf that its content gives, and whether the stored one fits its seal."""
    fields, (salt, leaf, seal) = list(columns[:9]), map(bytes.fromhex, columns[9:])
    made = sha256(b"\0" + salt + "\x1f".join(fields).encode()).digest() if len(salt) == 16 else b""
    mac = blake2s(leaf + seq.to_bytes(8, "big", signed=True), key=key, digest_size=16).digest()
    erased = not salt and fields[1:] == ["0", *[""] * 7]
    row = Row(seq=seq, id=fields[0], leaf=leaf, sealed=mac == seal if key else None, erased=erased)
    row.made, row.fields = (leaf if erased else made), fields
    return row


def known(stored: str, witness: str, key: str, most: int, found: Findings) -> dict[int, bytes]:
    """Signed roots by size: those of the database, and of the witness after its last restore."""
    here, there = dict[int, bytes](), dict[int, bytes]()
    listed = [("checkpoint", one) for one in NOTE.findall(stored)]
    for kind, note in listed + [("witness", one) for one in NOTE.findall(witness)]:
        try:
            size, top, restored = checkpoint(note, key)
        except ValueError:
            found.append((kind, int(note.split("\n")[1])))
            continue
        there = {one: there[one] for one in there if one <= size} if restored else there
        (here if kind == "checkpoint" else there)[size] = top
    for kind, lost in (("checkpoint", {*there} - {*here}), ("witness", {*here} - {*there})):
        told = {one[1] for one in found} if "\nrestored " not in witness else {*lost}
        found += [(kind, x) for x in lost - told if x < (max(here) if kind == "witness" else most)]
    return there | here


def belongs(rows: list[Row], tiles: Tiles, roots: dict[int, bytes], found: Findings) -> list[bytes]:
    """The leaf at each place: every signed stretch from the copy that gives the signed root."""
    last = max((number for level, number in tiles if level == 0), default=-1)
    full = [tiles.get((0, n), b"").ljust(8192 if n < last else 0, b"\0") for n in range(last + 1)]
    tile = [one[at : at + 32] for one in full for at in range(0, len(one), 32)]
    rank = {row.seq: row for row in reversed(rows)}
    here = [rank.get(n, Row(leaf=one, made=one, sealed=None)) for n, one in enumerate(tile)]
    sealed = [row.leaf if row.sealed else one for row, one in zip(here, tile, strict=True)]
    sources = [tile, [row.leaf for row in here], [row.made for row in here], sealed]
    leaves, peaks = list[bytes](), Peaks()
    for mark in [*sorted(one for one in roots if one < len(tile)), len(tile)]:
        for source in sources if mark in roots else sources[:2:-1]:
            grown = grow(peaks, source[len(leaves) : mark])
            if root(grown) == roots.get(mark, root(grown)):
                leaves, peaks = leaves + source[len(leaves) : mark], grown
                break
        else:
            bad = [row for row in here[len(leaves) : mark] if row.sealed is False]
            found += [("changed", row.seq, row.id) for row in bad] or [("replaced", len(leaves))]
            return leaves + tile[len(leaves) :]
    pairs = zip(here, leaves, strict=True)
    found += [
        ("seal", row.seq, row.id) for row, one in pairs if row.leaf == one and row.sealed is False
    ]
    return leaves


def compare(leaves: list[bytes], rows: list[Row], found: Findings) -> None:
    """Hold the entries against what belongs there."""
    place = {leaf: seq for seq, leaf in enumerate(leaves)}
    homes = [place.get(row.leaf, place.get(row.made, -1)) for row in rows]
    missing = {*range(len(leaves))} - {*homes}
    orders = {(one.fields[5], one.fields[8]) for one in rows if one.fields[2] == "audit.erase"}
    before = forged = 0
    for row, home in zip(rows, homes, strict=True):
        spot = home if home >= 0 else next((x for x in (row.seq, before) if x in missing), -1)
        forged, drift = forged + (spot < 0), row.seq - home
        order = f'{{"leaf":"{row.leaf.hex()}","seq":{spot}}}'
        kinds = {
            "inserted": spot < 0,
            "moved": home >= 0 != drift != forged - sum(one < home for one in missing),
            "leaf": spot >= 0 and row.made == leaves[spot] != row.leaf,
            "changed": spot >= 0 and row.made != leaves[spot],
            "erased": row.erased and (f"audit.AuditEntry:{row.id}", order) not in orders,
        }
        found += [(kind, row.seq, row.id) for kind, true in kinds.items() if true]
        before = spot + 1 or before
        missing.discard(spot)
    found += [("dropped", seq) for seq in sorted(missing)]


def verify(folder: Path, key: str, witness: str = "", seal: bytes = b"") -> Findings:
    """Every finding: what happened, at which position, to which entry."""
    text = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    lines = map(json.loads, text["entries.jsonl"].split("\n")[:-1])
    rows = sorted((entry(seal, *one) for one in lines), key=lambda row: row.seq)
    lines = map(json.loads, text["tiles.jsonl"].split("\n")[:-1])
    tiles = {(level, number): bytes.fromhex(hashes) for level, number, hashes in lines}
    found: Findings = []
    most = 1 + sum(len(hashes) // 32 for (level, _), hashes in tiles.items() if level == 0)
    roots = known(text["checkpoints.log"], witness or text["witness.log"], key, most, found)
    leaves = belongs(rows, tiles, roots, found)
    level, hashes = 0, [] if any(one[0] in {"replaced", "changed"} for one in found) else leaves
    while hashes:
        for place, one in enumerate(hashes):
            if tiles.get((level, place >> 8), b"")[(place & 255) * 32 :][:32] != one:
                found.append(("tile", place << 8 * level))
        starts = range(0, len(hashes) - 255, 256)
        level, hashes = level + 1, [root(grow([], hashes[at : at + 256])) for at in starts]
    compare(leaves, rows, found)
    return found + [("rolled_back", len(leaves))][: max(roots, default=0) > len(leaves)]


if __name__ == "__main__":
    texts = [Path(one).read_text("utf-8") for one in sys.argv[2:]] + ["", ""]
    problems = verify(Path(sys.argv[1]), texts[0].strip(), texts[1], bytes.fromhex(texts[2]))
    print(*[" ".join(map(str, one)) for one in problems] or ["sound"], sep="\n")
    sys.exit(1 if problems else 0)
