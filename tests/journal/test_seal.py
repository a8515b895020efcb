"""Sealing: keys, marks, parts behind salts, commitments, and one part opened to an outsider."""

from __future__ import annotations

import dataclasses
import hashlib
import sys

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from console.domain.secret import Secret
from console.journal import seal
from console.journal.entry import Parts
from console.journal.seal import Finder, Sealer, Unsealable
from tests.journal.making import KEY, OTHER_KEY, PARTS

BYTES = st.binary(max_size=200)


@pytest.mark.parametrize("label", [seal.SEAL_LABEL, seal.FIND_LABEL])
def test_keys_are_derived_as_rfc_5869_says(label: bytes) -> None:
    expected = HKDF(SHA256(), 32, None, label).derive(bytes.fromhex(KEY.reveal()))
    assert seal.derive(KEY, label) == expected


def test_the_labels_are_frozen() -> None:
    assert seal.SEAL_LABEL == b"alikassa-console journal 1 seal"
    assert seal.FIND_LABEL == b"alikassa-console journal 1 find"


@pytest.mark.parametrize("text", ["", "ab", "zz" * 32, "ab" * 33])
def test_a_key_is_64_hex_digits(text: str) -> None:
    with pytest.raises(ValueError):
        Finder(Secret(text))


def test_a_new_key_is_a_key_and_new() -> None:
    assert seal.new_key() != seal.new_key()
    assert len(seal.derive(seal.new_key(), b"")) == 32


def test_marks_are_keyed_and_of_their_kind() -> None:
    finder = Finder(KEY)
    marks = {finder.mark("number", "79031112233"), finder.mark("payer", "79031112233"), finder.mark("number", b"7903")}
    marks.add(Finder(OTHER_KEY).mark("number", "79031112233"))
    assert len(marks) == 4
    assert finder.mark("number", "79031112233") in marks
    assert all(len(mark) == 64 for mark in marks)


@given(BYTES, BYTES, BYTES, BYTES, BYTES)
def test_parts_are_read_back(head: bytes, body: bytes, signature: bytes, answer: bytes, rest: bytes) -> None:
    parts = Parts(head, body, signature, answer, rest)
    assert seal.unpack(seal.pack(parts)) == parts


def test_nothing_to_hide_seals_an_empty_text() -> None:
    assert seal.pack(Parts()) == b""
    assert seal.unpack(b"") == Parts()
    assert seal.commitment(b"") == hashlib.sha256().hexdigest()


def test_the_same_parts_have_another_commitment_each_time() -> None:
    assert seal.commitment(seal.pack(PARTS)) != seal.commitment(seal.pack(PARTS))


@pytest.mark.parametrize("cut", [slice(None, -1), slice(1, None), slice(0, 40), slice(0, 39)])
def test_a_cut_text_is_not_five_parts(cut: slice) -> None:
    with pytest.raises(Unsealable):
        seal.unpack(seal.pack(PARTS)[cut])


def test_what_was_sealed_opens_beside_the_same_columns_only() -> None:
    sealer = Sealer(KEY)
    sealed = sealer.seal(b"text", b"bound")
    assert sealer.open(sealed, b"bound") == b"text"
    for broken, bound in ((sealed, b"other"), (sealed[:-1], b"bound"), (b"", b"bound"), (sealed[:5], b"bound")):
        with pytest.raises(Unsealable):
            sealer.open(broken, bound)
    with pytest.raises(Unsealable):
        Sealer(OTHER_KEY).open(sealed, b"bound")


def test_no_nonce_comes_twice() -> None:
    sealer = Sealer(KEY)
    assert len({sealer.seal(b"", b"")[:12] for _ in range(1000)}) == 1000


@pytest.mark.parametrize("index", range(5))
def test_a_part_is_shown_to_an_outsider_without_the_others(index: int) -> None:
    plain = seal.pack(PARTS)
    opening = seal.open_part(plain, index)
    assert opening.part == PARTS.in_order()[index]
    assert opening.proves(seal.commitment(plain))


def test_another_part_proves_nothing() -> None:
    plain = seal.pack(PARTS)
    opening, committed = seal.open_part(plain, 1), seal.commitment(plain)
    other = (opening.hashes[0], *opening.hashes[2:], opening.hashes[1])
    for broken in (
        dataclasses.replace(opening, part=opening.part + b"0"),
        dataclasses.replace(opening, salt=opening.salt[:-1]),
        dataclasses.replace(opening, index=2),
        dataclasses.replace(opening, index=-4),
        dataclasses.replace(opening, index=5),
        dataclasses.replace(opening, hashes=opening.hashes[:4]),
        dataclasses.replace(opening, hashes=other, index=4),
    ):
        assert not broken.proves(committed)
    assert not opening.proves("00" * 32)


def test_a_part_cannot_give_its_bytes_to_its_salt() -> None:
    """Salt, length and bytes have fixed places, so no other cut of the same text is another part."""
    plain = seal.pack(PARTS)
    opening = seal.open_part(plain, 1)
    moved = dataclasses.replace(opening, salt=opening.salt + b"\0" * 8, part=opening.part[8:])
    assert not moved.proves(seal.commitment(plain))


def test_where_nothing_was_sealed_no_part_is_opened() -> None:
    with pytest.raises(IndexError):
        seal.open_part(b"", 0)


def test_marks_need_no_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert Finder(KEY).mark("number", "1")
