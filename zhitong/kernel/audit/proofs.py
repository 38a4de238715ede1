"""Proofs that stand alone: that an entry is in the log, that the log only ever grew."""

import base64
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.audit import keys, merkle, rows
from zhitong.kernel.audit.erasure import NotYetPlaced
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry
from zhitong.kernel.audit.tiles import Tree
from zhitong.kernel.errors import NotFound, Refusal


class NotYetSigned(Refusal):
    """No checkpoint covers the entry yet."""

    status = 409
    code = "not_yet_signed"
    sentence = _("This entry is in the log but not signed for yet. Try again in a minute.")


class NoProof(Refusal):
    """The stored tree lacks or contradicts what the proof needs."""

    status = 409
    code = "no_proof"
    sentence = _("The log is damaged here and cannot prove this. Run: zhitong audit verify")


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Entry number ``index`` is in the tree of the checkpoint. ``data`` is what was hashed."""

    index: int
    leaf: bytes
    data: bytes
    path: list[bytes]
    note: str

    def text(self) -> str:
        """A C2SP tlog-proof: a file that anybody can check with tools/verify_audit.py.

        Its extra data is salt and record, or b'' for an erased entry.
        """
        extra = [f"extra {_base64(self.data)}"] if self.data else []
        steps = [_base64(step) for step in self.path]
        lines = ["c2sp.org/tlog-proof@v1", *extra, f"index {self.index}", *steps]
        return "\n".join(lines) + f"\n\n{self.note}"


@dataclass(frozen=True, slots=True)
class Consistency:
    """The tree of ``new`` entries continues the tree of ``old`` entries."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    path: list[bytes]


def prove(entry: UUID) -> Inclusion:
    """Prove that the entry is in the newest signed log. Checked before it is handed out.

    Raises NotFound, NotYetPlaced, NotYetSigned or NoProof.
    """
    seq = AuditEntry.objects.filter(pk=entry).values_list("seq", flat=True)
    if not seq:
        raise NotFound
    if seq[0] is None:
        raise NotYetPlaced
    newest = AuditCheckpoint.objects.filter(size__gt=seq[0]).order_by("-size").first()
    if newest is None:
        raise NotYetSigned
    stored = rows.between(seq[0], seq[0] + 1)[0]
    row = rows.look(stored)
    checkpoint = keys.verifier().open(newest.note)
    data = b"" if row.erased else bytes(stored[2]) + bytes(stored[1])
    try:
        path = merkle.inclusion_path(row.seq, checkpoint.size, Tree().node)
    except LookupError as error:
        raise NoProof from error
    proof = Inclusion(row.seq, row.leaf, data, path, newest.note)
    if not row.fits(row.leaf) or not merkle.includes(
        index=row.seq, size=checkpoint.size, leaf=row.leaf, path=path, root=checkpoint.root
    ):
        raise NoProof
    return proof


def consistency(old: int, new: int) -> Consistency:
    """Prove that the log of ``new`` entries is that of ``old`` entries and more. Raises NoProof."""
    tree = Tree()
    try:
        path = merkle.consistency_path(old, new, tree.node)
        roots = tree.root(old), tree.root(new)
    except (LookupError, ValueError) as error:
        raise NoProof from error
    if not merkle.continues(old=old, new=new, old_root=roots[0], new_root=roots[1], path=path):
        raise NoProof
    return Consistency(old, new, *roots, path)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
