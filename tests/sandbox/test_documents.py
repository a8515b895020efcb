"""JSON in: strict. JSON out: as PHP writes it."""

from decimal import Decimal

import pytest

from console.sandbox.documents import NotJson, read, write


def test_an_object_is_read_with_exact_numbers() -> None:
    assert read(b'{"a": 1, "b": "x", "c": 0.10, "d": [null, true]}') == {
        "a": 1, "b": "x", "c": Decimal("0.10"), "d": [None, True],
    }  # fmt: skip


def test_an_empty_list_is_an_empty_object() -> None:
    assert read(b"[]") == {}
    assert read(b" { } ") == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[1]", b"1", b"null", b'"x"', b'{"a":1,"a":1}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1}x',
        b'\xff{"a":1}', '{"a":1}'.encode("utf-16"), b'{"a":' + b"[" * 60_000, b'{"a":' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_object_or_is_doubtful_is_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        read(body)


def test_the_written_form_is_php_s() -> None:
    value = {"url": "https://x/я", "id": 1, "n": None, "b": True, "sum": Decimal("12.50"), "list": [1, "a"], "e": []}
    assert write(value) == (
        b'{"url":"https:\\/\\/x\\/\\u044f","id":1,"n":null,"b":true,"sum":12.50,"list":[1,"a"],"e":[]}'
    )


def test_a_decimal_never_becomes_an_exponent() -> None:
    assert write({"a": Decimal("0.00000001"), "b": Decimal("1E+2")}) == b'{"a":0.00000001,"b":100}'
