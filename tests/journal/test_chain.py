"""The canonical encoding: nothing runs into its neighbour, and nothing equals something of another type."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.journal import chain

VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(exclude_categories=["Cs"])), st.binary()
)


def decode(encoded: bytes) -> list[chain.Value]:
    """Read the encoding back, by its description alone."""
    values: list[chain.Value] = []
    while encoded:
        letter, length = encoded[:1], int.from_bytes(encoded[1:9], "big")
        raw, encoded = encoded[9 : 9 + length], encoded[9 + length :]
        assert len(raw) == length
        values.append(
            {b"N": None, b"B": raw}[letter] if letter in b"NB" else int(raw) if letter == b"I" else raw.decode()
        )
    return values


@given(st.lists(VALUES))
def test_every_list_is_read_back(values: list[chain.Value]) -> None:
    assert decode(chain.encode(values)) == values


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_two_lists_are_encoded_alike_only_where_they_are_one(left: list[chain.Value], right: list[chain.Value]) -> None:
    assert (chain.encode(left) == chain.encode(right)) == (
        left == right and list(map(type, left)) == list(map(type, right))
    )


def test_the_encoding_is_as_written_down() -> None:
    assert chain.encode([None, 12, "é", b"\0"]) == (
        b"N" + bytes(8) + b"I" + (2).to_bytes(8, "big") + b"12" + b"T" + (2).to_bytes(8, "big") + "é".encode()
        + b"B" + (1).to_bytes(8, "big") + b"\0"
    )  # fmt: skip


@pytest.mark.parametrize("value", [True, 1.0, [], object()])
def test_what_no_column_holds_has_no_encoding(value: Any) -> None:
    with pytest.raises(TypeError):
        chain.encode([value])


def test_the_columns_of_format_1_are_frozen() -> None:
    """Released: another list is another format."""
    assert chain.FORMAT == 1
    assert " ".join(chain.COLUMNS) == (
        "format seq time monotonic boot kind order_id account endpoint attempt status fingerprint digest_name masked "
        "commitment sealed_sha256 prev"
    )
    assert tuple(name for name in chain.COLUMNS if name != "sealed_sha256") == chain.BOUND


def test_a_chain_begins_at_its_journal() -> None:
    assert chain.genesis("id") == hashlib.sha256(b"id").hexdigest()


def test_a_digest_covers_each_column() -> None:
    values: list[chain.Value] = list(chain.COLUMNS)
    digests = {chain.digest(values)}
    for index in range(len(values)):
        digests.add(chain.digest([*values[:index], None, *values[index + 1 :]]))
    assert len(digests) == len(values) + 1
