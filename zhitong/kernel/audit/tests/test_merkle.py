"""RFC 6962 hashing and proofs, against published vectors and against a literal reading."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.audit import merkle

# The inputs and roots that certificate-transparency implementations have in common
# (google/certificate-transparency, merkle_tree_test.cc).
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962 §2.1; the log's own leaves are salted, see ``record.leaf_of``."""
    return hashlib.sha256(b"\x00" + data).digest()


LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]
MANY = [leaf_hash(b"%d" % number) for number in range(131)]


def literal_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return merkle.node_hash(literal_root(leaves[:cut]), literal_root(leaves[cut:]))


def reader(leaves):
    def node(level, index):
        return literal_root(leaves[index << level : (index + 1) << level])

    return node


def test_published_roots():
    assert merkle.root([]).hex() == hashlib.sha256(b"").hexdigest()
    for size, expected in enumerate(ROOTS, 1):
        assert merkle.root(LEAVES[:size]).hex() == expected


def test_published_paths():
    node = reader(LEAVES)
    assert [step.hex()[:8] for step in merkle.inclusion_path(0, 8, node)] == [
        "96a296d2",
        "5f083f0a",
        "6b47aaf2",
    ]
    assert [step.hex()[:8] for step in merkle.consistency_path(6, 8, node)] == [
        "0ebc5d34",
        "ca854ea1",
        "d37ee418",
    ]
    assert merkle.consistency_path(1, 1, node) == []


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=300), st.data())
def test_bulk_incremental_and_literal_roots_agree(leaves, data):
    whole = literal_root(leaves)
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert merkle.root(leaves) == frontier.root() == whole
    width = data.draw(st.sampled_from([1, 2, 4, 8, 16]))
    cut = len(leaves) - len(leaves) % width
    wide = merkle.Frontier()
    for start in range(0, cut, width):
        wide.append(merkle.root(leaves[start : start + width]), width.bit_length() - 1)
    assert wide.root(leaves[cut:]) == whole
    assert merkle.subtree(0, len(leaves), reader(leaves)) == whole


@pytest.mark.parametrize("size", range(1, 131))
def test_every_inclusion_proof_up_to_130(size):
    leaves = MANY[:size]
    node, whole = reader(leaves), merkle.root(leaves)
    for index in range(size):
        path = merkle.inclusion_path(index, size, node)
        assert merkle.includes(index=index, size=size, leaf=leaves[index], path=path, root=whole)
        assert not merkle.includes(index=index, size=size, leaf=MANY[-1], path=path, root=whole)
        assert not merkle.includes(
            index=(index + 1) % (size + 1), size=size, leaf=leaves[index], path=path, root=whole
        )
        if path:
            assert not merkle.includes(
                index=index, size=size, leaf=leaves[index], path=path[:-1], root=whole
            )


@pytest.mark.parametrize("new", range(1, 131))
def test_every_consistency_proof_up_to_130(new):
    node, whole = reader(MANY[:new]), merkle.root(MANY[:new])
    for old in range(new + 1):
        path = merkle.consistency_path(old, new, node)
        before = merkle.root(MANY[:old])

        def holds(path, before=before, whole=whole, old=old):
            return merkle.continues(old=old, new=new, old_root=before, new_root=whole, path=path)

        assert holds(path)
        assert not holds([*path, MANY[0]])
        assert not holds(path, before=MANY[-1])
        if 0 < old < new:
            assert not holds(path, whole=MANY[-1])
            assert not holds(path[:-1])


def test_proofs_outside_the_tree_are_refused():
    node = reader(LEAVES)
    for index, size in ((-1, 8), (8, 8), (0, 0)):
        with pytest.raises(ValueError, match="not in a tree"):
            merkle.inclusion_path(index, size, node)
        assert not merkle.includes(index=index, size=size, leaf=LEAVES[0], path=[], root=LEAVES[0])
    with pytest.raises(ValueError, match="does not continue"):
        merkle.consistency_path(9, 8, node)
    first = LEAVES[0]
    assert not merkle.continues(old=5, new=4, old_root=first, new_root=first, path=[])
