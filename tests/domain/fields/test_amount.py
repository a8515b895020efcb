"""The amount of an order."""

import pytest

from console.domain.fields.amount import Amount
from console.domain.fields.field import Look
from console.domain.money import Money
from console.domain.trouble import Invalid
from console.settings.translations import Translator

AMOUNT = Amount(name="amount")
WHOLE = Amount(name="amount", whole=True)


def test_an_amount_is_money() -> None:
    assert AMOUNT.parse("12 345,67 ₽") == Money(1234567)
    assert AMOUNT.wire(Money(1234567)) == "12345.67"
    assert AMOUNT.read("12345.67") == Money(1234567)
    assert AMOUNT.look is Look.MONEY


def test_an_amount_is_asked_for() -> None:
    with pytest.raises(Invalid) as caught:
        AMOUNT.parse(" ")
    assert Translator("en")(caught.value.text) == "Enter the amount"
    assert caught.value.field == "amount"


@pytest.mark.parametrize("wire", [3000, 3000.0, None, "3000", "3 000.00", "0.00"])
def test_another_form_is_not_read_from_a_body(wire: object) -> None:
    with pytest.raises(ValueError, match="amount"):
        AMOUNT.read(wire)


def test_an_amount_is_shown_and_not_hidden() -> None:
    assert AMOUNT.show(Money(1234567), "ru") == "12\u00a0345,67\u00a0₽"
    assert AMOUNT.show(Money(1234567), "en") == "RUB\u00a012,345.67"
    assert AMOUNT.mask(Money(1234567)) == "12345.67"


def test_kopecks_are_a_doubt_where_the_channel_may_refuse_them() -> None:
    assert [doubt.code for doubt in WHOLE.doubts(Money(100001))] == ["kopecks"]
    assert WHOLE.doubts(Money(100000)) == ()
    assert AMOUNT.doubts(Money(100001)) == ()
