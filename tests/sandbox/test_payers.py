"""What a payer is shown: as the method declares, in the documented form."""

import pytest

from console.catalogue import methods
from console.domain.endpoint import Kind
from console.domain.method import Form, Method, Shown
from console.domain.text import mark
from console.sandbox.payers import NAMES, PAGE, card_mask, luhn, shown, value
from tests.sandbox.orders import PAYMENT, entry

FIELDS: dict[str, dict[str, Form | None]] = {
    "payment_card_number_rub_hpp": {"url": Form.LINK},
    "payment_card_number_card": {"url": None, "cardNumber": Form.CARD, "cardHolderName": Form.HOLDER},
    "payment_card_sbp_rub_card": {"url": None, "cardNumber": Form.PHONE, "cardHolderName": Form.HOLDER},
    "payment_card_sberpay_rub_card": {"url": Form.LINK, "cardNumber": Form.PHONE, "cardHolderName": Form.HOLDER},
    "virtual_account_rub_hpp": {"url": Form.LINK, "cardNumber": Form.ACCOUNT, "cardHolderName": Form.HOLDER},
    "virtual_account_rub_card": {"cardNumber": Form.ACCOUNT, "cardHolderName": Form.HOLDER},
}


@pytest.mark.parametrize("method", methods.every(Kind.PAYMENT), ids=lambda method: method.code)
def test_each_method_shows_what_the_reference_says(method: Method) -> None:
    order = entry(method.code)
    expected = {name: form and value(form, order) for name, form in FIELDS[method.code].items()}
    assert shown(method, order) == expected


@pytest.mark.parametrize("form", Form)
def test_each_form_is_the_documented_one(form: Form) -> None:
    for number in range(50):
        text = value(form, entry(PAYMENT, uuid=f"uuid-{number}"))
        assert Shown("x", form, mark("catalogue", "Holder")).is_expected(text)


def test_values_stay_the_same_for_an_order() -> None:
    assert [value(form, entry()) for form in Form] == [value(form, entry()) for form in Form]
    assert value(Form.CARD, entry()) != value(Form.CARD, entry(uuid="another"))


def test_links_lead_nowhere() -> None:
    assert PAGE.endswith(".invalid/")
    assert value(Form.LINK, entry(uuid="u")) == PAGE + "u"


def test_holders_are_a_name_a_patronymic_and_a_letter() -> None:
    for name in NAMES:
        first, middle, letter = name.split()
        assert first.istitle() and middle.istitle() and letter.istitle() and letter.endswith(".")


@pytest.mark.parametrize(("front", "digit"), [("7992739871", 3), ("411111111111111", 1), ("000000000000000", 0)])
def test_luhn(front: str, digit: int) -> None:
    assert luhn(front) == digit


def test_card_masks_are_of_card_payments() -> None:
    masks = {method.code: card_mask(method, entry(method.code)) for method in methods.every(Kind.PAYMENT)}
    with_mask = {code for code, mask in masks.items() if mask is not None}
    assert with_mask == {"payment_card_number_rub_hpp", "payment_card_number_card"}
    assert all(mask is None or (len(mask) == 16 and mask[6:12] == "******") for mask in masks.values())
