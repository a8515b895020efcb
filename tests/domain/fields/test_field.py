"""What every kind of field does: empty, hidden, too long, and what the console would not have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fields.field import DOT, Field, Look, printable
from console.domain.money import Money
from console.domain.trouble import Invalid
from console.settings.translations import Translator

FIELD = Field(name="desc")
OPTIONAL = Field(name="desc", required=False)


def refusal(text: str, field: Field = FIELD) -> str:
    with pytest.raises(Invalid) as caught:
        field.parse(text)
    assert caught.value.field == field.name
    return Translator("en")(caught.value.text)


@pytest.mark.parametrize("text", ["", " ", "\u00a0\t\n"])
def test_an_empty_text_is_missing_or_nothing(text: str) -> None:
    assert refusal(text) == "Fill this in: without it the gateway does not accept the order."
    assert OPTIONAL.parse(text) is None


def test_blanks_around_do_not_matter() -> None:
    assert FIELD.parse("  two words ") == "two words"


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        ("a\u202eb", "U+202E"),
        ("a\u200b\u200bb\x00", "U+200B, U+0000"),
        ("a\nb", "U+000A"),
        ("a\u00a0b", "U+00A0"),
        ("\ud800", "U+D800"),
        ("a\u2028b", "U+2028"),
    ],
)
def test_hidden_characters_are_refused_and_named(text: str, chars: str) -> None:
    assert refusal(text) == f"There is a hidden character in the text: {chars}. Type it by hand."


def test_a_text_has_a_limit() -> None:
    assert FIELD.parse("x" * 100) == "x" * 100
    assert refusal("x" * 101) == "At most 100 characters; this has 101."
    assert refusal("x" * 10**6) == "At most 100 characters; this has 1000000."


@pytest.mark.parametrize("wire", [1, None, True, ["x"], "", " x", "x\n", "a\u202eb", "x" * 101])
def test_what_the_console_would_not_have_written_is_not_read(wire: object) -> None:
    with pytest.raises(ValueError, match="desc"):
        FIELD.read(wire)


@given(st.text(max_size=120))
def test_what_is_taken_is_read_back(text: str) -> None:
    try:
        value = FIELD.parse(text)
    except Invalid:
        return
    assert value is not None
    assert FIELD.read(FIELD.wire(value)) == value
    assert FIELD.show(value, "ru") == value


def test_a_value_is_hidden_unless_a_kind_says_otherwise() -> None:
    assert FIELD.mask("Ivanov") == FIELD.short("Ivanov") == DOT * 3
    assert FIELD.doubts("Ivanov") == ()
    assert FIELD.understood("Ivanov", "Ivanov") is None


def test_money_goes_to_the_wire_as_text() -> None:
    assert FIELD.wire(Money(300000)) == "3000.00"
    assert FIELD.wire(7) == 7


def test_a_plain_field_is_typed_into_a_plain_input() -> None:
    assert (Field.typed, Field.look, Field.counted) == (True, Look.TEXT, False)
    assert FIELD.required
    assert not FIELD.folded


def test_printable_returns_the_text() -> None:
    assert printable("Заказ №5", 8) == "Заказ №5"
