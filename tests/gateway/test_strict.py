"""The strict parser: what Python's own takes and two readers could read in two ways (M7)."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.answer import Number
from console.gateway.strict import MAX_BYTES, MAX_DEPTH, NotJson, parse

values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


def _numbered(value: Any) -> object:
    """Return the value with its integers as the parser has them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(str(value))
    if isinstance(value, list):
        return [_numbered(item) for item in value]
    if isinstance(value, dict):
        return {name: _numbered(item) for name, item in value.items()}
    return value


@given(value=values, ascii_only=st.booleans(), indent=st.sampled_from([None, 1]))
def test_json_is_read(value: object, ascii_only: bool, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    assert parse(data) == _numbered(value)


@given(data=st.binary(max_size=64))
def test_bytes_are_json_or_not_json(data: bytes) -> None:
    try:
        value = parse(data)
    except NotJson:
        return
    json.loads(data.decode())
    assert not isinstance(value, float)


@pytest.mark.parametrize("text", ["0", "-0", "12.50", "1e5", "1E-5", "93.84000000", "9" * 40, "0." + "3" * 40, "1e999"])
def test_numbers_keep_their_text(text: str) -> None:
    assert parse(f'{{"a":{text}}}'.encode()) == {"a": Number(text)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"{",
        b'{"a":1}x',
        b'{"a":1}\x00',
        b'{"a":1}{"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":2}',
        b'{"x":[{"a":1,"a":2}]}',
        b"NaN",
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1' + b"0" * 40 + b"}",
        b'{"a":0.' + b"0" * 41 + b"}",
        b'{"a":1e1000}',
        b'{"a":01}',
        b'{"a":+1}',
        b'{"a":.5}',
        b'{"a":1.}',
        b"{'a':1}",
        '{"a":١}'.encode(),
        b'{"a":1,}',
        b'{"a":"\n"}',
        b'{"a":"\\ud83d"}',
        b'{"\\ud83d":1}',
        b'["\\ude00\\ud83d"]',
        b'{"a":"\xff"}',
        b'{"a":"\xed\xa0\xbd"}',
        b'\xef\xbb\xbf{"a":1}',
        '{"a":1}'.encode("utf-16"),
        '{"a":1}'.encode("utf-16-le"),
        b"<html><body>502</body></html>",
        b"[" * 100_000,
        b'{"a":' * 9_000 + b"1" + b"}" * 9_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_doubtful_is_refused(data: bytes) -> None:
    with pytest.raises(NotJson):
        parse(data)


def test_the_error_holds_nothing_of_the_answer() -> None:
    with pytest.raises(NotJson) as caught:
        parse(b'{"number":"79031112233",}')
    assert "7903" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_ends(opening: str) -> None:
    closing = "]" if opening == "[" else "}"

    def nested(depth: int) -> bytes:
        return (opening * depth + "1" + closing * depth).encode()

    parse(nested(MAX_DEPTH))
    with pytest.raises(NotJson):
        parse(nested(MAX_DEPTH + 1))
    with pytest.raises(NotJson):
        parse(nested(8_000))


def test_size_ends() -> None:
    assert parse(b'"' + b"a" * (MAX_BYTES - 2) + b'"') == "a" * (MAX_BYTES - 2)
    with pytest.raises(NotJson):
        parse(b'"' + b"a" * (MAX_BYTES - 1) + b'"')
