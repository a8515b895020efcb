"""The recovery code: whole keys in groups, read back however a person types them."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.secret import Secret
from console.journal.recovery import GROUPS, Mistyped, code_of, group_of, key_of, same_group
from console.journal.seal import new_key


@given(st.binary(min_size=32, max_size=32))
def test_a_code_gives_its_key_back(raw: bytes) -> None:
    key = Secret(raw.hex())
    code = code_of(key)
    assert [len(group) for group in code.split("-")] == [4] * GROUPS
    assert key_of(code) == key


def test_typed_as_people_type() -> None:
    code = code_of(Secret("00" * 32))
    assert key_of(code.lower().replace("-", " ").replace("0", "o")) == Secret("00" * 32)
    key = new_key()
    russian = code_of(key).translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ"))
    assert key_of(russian) == key


@pytest.mark.parametrize("typed", ["", "AAAA", "U" * 56, "0" * 55 + "!", "0" * 57])
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(Mistyped):
        key_of(typed)


def test_one_wrong_sign_is_noticed() -> None:
    code = code_of(Secret(os.urandom(32).hex()))
    for place in range(0, len(code), 9):
        if code[place] != "-":
            wrong = "1" if code[place] != "1" else "2"
            with pytest.raises(Mistyped):
                key_of(code[:place] + wrong + code[place + 1 :])


def test_groups_are_counted_from_one() -> None:
    code = code_of(new_key())
    assert group_of(code, 1) == code[:4]
    assert group_of(code, GROUPS) == code[-4:]
    assert same_group(f" {code[:4].lower()} ", code[:4])
    assert not same_group("", code[:4])
