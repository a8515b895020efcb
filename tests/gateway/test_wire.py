"""The wire form against a real PHP: the same bytes, or none."""

import random
import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.endpoint import Kind
from console.gateway.wire import MAX_DEPTH, Unencodable, encode
from tests.gateway.php import Php

EDGES = (
    '\x00\x08\t\n\x0b\x0c\r\x1f"\\/\x7f\x80\xa0\xff\u0416\u2028\u2029\ud7ff\ue000\ufeff\ufffd\uffff'
    "\U00010000\U0010ffff😀"
)
texts = st.one_of(
    st.text(st.one_of(st.sampled_from(EDGES), st.sampled_from(string.printable), st.characters())),
    st.text(st.characters(exclude_categories=[])),  # halves of surrogate pairs too
)
integers = st.one_of(st.integers(-(2**63), 2**63 - 1), st.sampled_from([2**63 - 1, -(2**63), 2**53, -1, 0]))
NUMERALS = [
    "00",
    "01",
    "-0",
    "+1",
    "1.0",
    "1e3",
    "٣",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999999",
]
numerals = st.one_of(st.integers(-20, 20).map(str), st.sampled_from([*NUMERALS, "", " 1", "1 "]))
keys = st.one_of(texts, numerals, st.integers(-3, 12), integers)
scalars = st.one_of(st.none(), st.booleans(), integers, texts, numerals)


def _counted(values: list[object]) -> dict[object, object]:
    return dict(enumerate(values))


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inner, max_size=5)
    counted = lists.map(_counted)
    shuffled = lists.map(_counted).flatmap(lambda value: st.permutations(list(value.items()))).map(dict)
    return st.one_of(
        lists,
        lists.map(tuple),
        counted,
        shuffled,
        counted.map(lambda value: {str(key): item for key, item in value.items()}),
        st.dictionaries(keys, inner, max_size=5),
    )


values = st.recursive(scalars, _deeper, max_leaves=20)


def _has_doubled_key(value: object) -> bool:
    """Whether two keys somewhere are one for PHP, which then drops a value; those that look like integers are."""
    if isinstance(value, (list, tuple)):
        return any(_has_doubled_key(item) for item in value)
    if not isinstance(value, dict):
        return False
    plain = [str(key) for key in value]
    return len(set(plain)) < len(plain) or any(_has_doubled_key(item) for item in value.values())


@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values)
def test_bytes_are_those_of_php_or_there_are_none(php: Php, value: object) -> None:
    try:
        ours = encode(value)
    except Unencodable:
        assert php.encode(value) is None or _has_doubled_key(value)
    else:
        assert ours == php.encode(value)


def test_every_character_is_written_as_php_writes_it(php: Php) -> None:
    for start in range(0, 0x110000, 0x800):
        if start == 0xD800:
            continue
        text = "".join(map(chr, range(start, start + 0x800)))
        assert encode(text) == php.encode(text), hex(start)


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        ([], b"[]"),
        ({}, b"[]"),
        ((), b"[]"),
        ({"order_id": "1234"}, b'{"order_id":"1234"}'),
        ({"url": "https://a.b/c?d=e&f"}, rb'{"url":"https:\/\/a.b\/c?d=e&f"}'),
        ("Иван\x7f<'&", b'"\\u0418\\u0432\\u0430\\u043d\x7f<\'&"'),
        ("😀", b'"\\ud83d\\ude00"'),
        ({"0": "a", 1: "b"}, b'["a","b"]'),
        ({"1": "b", "0": "a"}, b'{"1":"b","0":"a"}'),
        ({1: None}, b'{"1":null}'),
        ({"a": {"b": [True, False, -5]}}, b'{"a":{"b":[true,false,-5]}}'),
    ],
)
def test_known_bodies(php: Php, body: object, wire: bytes) -> None:
    assert encode(body) == wire == php.encode(body)


def _random_value(choose: random.Random, depth: int = 3) -> object:
    """Return a value without halves of surrogates or doubled keys: PHP has bytes for every one of them."""
    text = "".join(choose.choices(EDGES + string.printable, k=choose.randrange(12)))
    kind = choose.randrange(9 if depth else 6)
    if kind < 6:
        return [None, True, False, choose.randint(-(2**63), 2**63 - 1), text, str(choose.randrange(-3, 12))][kind]
    items = [_random_value(choose, depth - 1) for _ in range(choose.randrange(5))]
    if kind == 6:
        return items
    if kind == 7:
        return {str(number): item for number, item in enumerate(items, choose.choice([0, 0, 1]))}
    return {f"{text}{number}": item for number, item in enumerate(items)}


def test_ten_thousand_random_bodies(php: Php) -> None:
    choose = random.Random(20261124)
    for _ in range(10_000):
        value = _random_value(choose)
        assert encode(value) == php.encode(value), value


def _nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth - 1):
        value = [value]
    return value


@pytest.mark.parametrize("make", [_nested, lambda depth: {"a": _nested(depth - 1)}])
def test_depth_ends_before_it_ends_in_php(php: Php, make: Callable[[int], object]) -> None:
    assert encode(make(MAX_DEPTH)) == php.encode(make(MAX_DEPTH))
    with pytest.raises(Unencodable):
        encode(make(MAX_DEPTH + 1))


class _Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "body",
    [
        1.0,
        float("nan"),
        {"amount": 500.1},
        [0.0],
        b"bytes",
        {"a"},
        object(),
        Kind.PAYOUT,
        _Text("a"),
        {Kind.PAYOUT: 1},
        {None: 1},
        {True: 1},
        {1.5: 1},
        2**63,
        -(2**63) - 1,
        {2**63: 1},
        "\ud83d",
        {"\udc00": 1},
        {0: "a", "0": "b"},
        {"7": 1, 7: 2},
    ],
)
def test_what_has_no_certain_bytes_is_refused(body: object) -> None:
    with pytest.raises(Unencodable):
        encode(body)
