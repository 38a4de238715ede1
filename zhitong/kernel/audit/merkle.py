"""Merkle trees of RFC 6962 (hashing, proofs) in pure Python.

A tree of ``size`` leaves is never held as a whole: functions take a ``node(level, index)``
reader that returns the hash over leaves ``index << level`` to ``(index + 1) << level``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

Node = Callable[[int, int], bytes]

EMPTY = sha256().digest()
INNER = b"\x01"


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbouring subtrees."""
    return sha256(INNER + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, all at once."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        odd = level[-1:] if len(level) & 1 else []
        halves = zip(level[::2], level[1::2], strict=False)
        level = [sha256(INNER + left + right).digest() for left, right in halves] + odd
    return level[0]


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def append(self, subtree: bytes, level: int = 0) -> None:
        """Add the root of ``1 << level`` further leaves; the size is a multiple of that."""
        self.size += 1 << level
        count = self.size >> level
        while not count & 1:
            subtree = node_hash(self.peaks.pop(), subtree)
            count >>= 1
        self.peaks.append(subtree)

    def root(self, rest: Sequence[bytes] = ()) -> bytes:
        """The root now, or with ``rest`` (fewer leaves than any complete subtree has) added."""
        parts = [*self.peaks, root(rest)] if rest else self.peaks
        if not parts:
            return EMPTY
        whole = parts[-1]
        for left in reversed(parts[:-1]):
            whole = node_hash(left, whole)
        return whole


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``: where RFC 6962 cuts a tree in two."""
    return 1 << (size - 1).bit_length() - 1


def subtree(start: int, end: int, node: Node) -> bytes:
    """The root over leaves ``start`` to ``end``, as RFC 6962 nests them in a larger tree."""
    size = end - start
    if not size:
        return EMPTY
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(subtree(start, middle, node), subtree(middle, end, node))


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of RFC 6962 §2.1.1: siblings from the leaf up to the root of ``size``."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, node: Node) -> list[bytes]:
    """The proof of RFC 6962 §2.1.2 that the tree of ``new`` leaves continues that of ``old``."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not continue one of {old}")
    if old in {0, new}:
        return []
    path: list[bytes] = []
    start, end = 0, new
    whole = True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start, whole = middle, False
    return (path if whole else [*path, subtree(start, end, node)])[::-1]


def includes(*, index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that ``leaf`` is number ``index`` of the tree (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    spot, last, whole = index, size - 1, leaf
    for sibling in path:
        if not last:
            return False
        if spot & 1 or spot == last:
            whole = node_hash(sibling, whole)
            while not spot & 1 and spot:
                spot, last = spot >> 1, last >> 1
        else:
            whole = node_hash(whole, sibling)
        spot, last = spot >> 1, last >> 1
    return not last and whole == root


def continues(
    *, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path proves that the new tree only added leaves (RFC 9162 §2.1.4.2)."""
    if old == new or not old:
        return not path and (old_root == new_root if old else old_root == EMPTY)
    if not 0 < old < new:
        return False
    steps = iter(path if old & (old - 1) else [old_root, *path])
    first = next(steps, None)
    if first is None:
        return False
    spot, last = old - 1, new - 1
    while spot & 1:
        spot, last = spot >> 1, last >> 1
    return _replay(spot, last, first, steps, old_root, new_root)


def _replay(
    spot: int, last: int, first: bytes, steps: Iterator[bytes], old_root: bytes, new_root: bytes
) -> bool:
    before = after = first
    for step in steps:
        if not last:
            return False
        if spot & 1 or spot == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not spot & 1 and spot:
                spot, last = spot >> 1, last >> 1
        else:
            after = node_hash(after, step)
        spot, last = spot >> 1, last >> 1
    return not last and before == old_root and after == new_root
