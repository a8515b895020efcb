"""A phone number: any usual form is read, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fields.phone import Phone, grouped_phone
from console.domain.trouble import Invalid
from console.settings.translations import Translator

PHONE = Phone(name="number")

READ = [
    "79031112233",
    "+79031112233",
    "89031112233",
    "9031112233",
    "+7 903 111-22-33",
    "+7 (903) 111-22-33",
    "8 (903) 111 22 33",
    "8-903-111-22-33",
    "7.903.111.22.33",
    "+7\u00a0903\u00a0111\u201122\u201133",
    "+7 903 111\u201322\u201333",
    "  903 111 22 33 ",
    "(903)1112233",
]
REFUSED = {
    "8903111223": "The number has 10 of 11 digits: 1 is missing.",
    "+7 903 111": "The number has 7 of 11 digits: 4 are missing.",
    "790311122334": "The number has 12 digits and needs 11: 1 too many.",
    "8 10 7 903 111 22 33": "The number has 14 digits and needs 11: 3 too many.",
    "+7 495 123-45-67": "A mobile number begins with +7 9.",
    "84951234567": "A mobile number begins with +7 9.",
    "+8 903 111-22-33": "A mobile number begins with +7 9.",
    "59031112233": "A mobile number begins with +7 9.",
    "+903 111 22 33": "The number has 10 of 11 digits: 1 is missing.",
    "+905321112233": "The number has 12 digits and needs 11: 1 too many.",
    "+380501112233": "The number has 12 digits and needs 11: 1 too many.",
    "7903111223x": "These characters are not digits: x",
    "7903+1112233": "These characters are not digits: +",
    "++79031112233": "These characters are not digits: +",
    "79031112233 доб. 5": "These characters are not digits: д, о, б",
    "7903111223З": "These characters are not digits: З",
    "79031112233,79031112234": "These characters are not digits: ,",
    "79031112233\n79031112234": "These characters are not digits: U+000A",
    "\u202a+79031112233\u202c": "These characters are not digits: U+202A, +, U+202C",
    "\u0667\u0669\u0660\u0663": "These characters are not digits: "
    "\u0667 (U+0667), \u0669 (U+0669), \u0660 (U+0660), \u0663 (U+0663)",
    "": "Enter the recipient's phone number",
    "+": "The number has 0 of 11 digits: 11 are missing.",
    "9" * 5000: "The number has 5000 digits and needs 11: 4989 too many.",
}


@pytest.mark.parametrize("text", READ)
def test_usual_forms_are_read(text: str) -> None:
    assert PHONE.parse(text) == "79031112233"


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:24] or "empty")
def test_other_texts_are_refused_with_the_reason(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        PHONE.parse(text)
    assert Translator("en")(caught.value.text) == REFUSED[text]


@given(st.integers(0, 10**9 - 1))
def test_what_is_shown_is_read_back(number: int) -> None:
    digits = f"79{number:09d}"
    assert PHONE.parse(PHONE.show(digits, "ru")) == digits
    assert PHONE.read(digits) == digits


@given(st.text(max_size=30))
def test_any_text_is_read_as_a_mobile_number_or_refused(text: str) -> None:
    try:
        digits = str(PHONE.parse(text))
    except Invalid:
        return
    assert len(digits) == 11
    assert digits.startswith("79")
    assert digits.endswith("".join(char for char in text if char.isdigit())[-10:])


@pytest.mark.parametrize("wire", ["89031112233", "+79031112233", "9031112233", "74951234567", 79031112233, ""])
def test_only_the_form_of_the_wire_is_read_from_a_body(wire: object) -> None:
    with pytest.raises(ValueError, match="number"):
        PHONE.read(wire)


def test_a_number_is_masked() -> None:
    assert PHONE.mask("79031112233") == "7903•••••33"
    assert PHONE.limit == 11
    assert PHONE.short("79031112233") == "+7 903 •••-••-33"


def test_how_it_was_read_is_told_where_it_differs() -> None:
    assert PHONE.understood("8 (903) 111 22 33", "79031112233") == "+7 903 111-22-33"
    assert PHONE.understood(" +7\u00a0903 111-22-33 ", "79031112233") is None


@pytest.mark.parametrize("text", ["7903111223", "790311122334", "7903111223x", "\u0667" * 11, ""])
def test_what_is_no_number_is_shown_as_it_is(text: str) -> None:
    assert grouped_phone(text) == text
