"""Masked bodies: nothing is shown that no field declares, and JSON is written for people."""

from __future__ import annotations

import pytest

from console.catalogue.methods import by_code, every
from console.domain.answer import Number
from console.domain.method import Method
from console.services.masks import HIDDEN, masked, pretty

SBP = by_code("payment_card_sbp_rub")


@pytest.mark.parametrize("method", every(), ids=lambda method: method.code)
def test_no_field_of_a_method_is_shown_but_as_it_declares(method: Method) -> None:
    body = method.body(method.sample())
    shown = masked(body, method)
    assert isinstance(shown, dict)
    assert list(shown) == list(body)
    for field in method.fields:
        if field.name in body and field.name not in {"amount", "order_id", "service"}:
            assert shown[field.name] == field.mask(body[field.name])


def test_a_number_is_hidden_and_an_unknown_name_too() -> None:
    body = {"number": "79031112233", "secret_note": "call 79031112233", "order_id": "PO-1"}
    assert masked(body, SBP) == {"number": "7903•••••33", "secret_note": HIDDEN, "order_id": "PO-1"}
    assert masked(body, None) == {"number": HIDDEN, "secret_note": HIDDEN, "order_id": "PO-1"}


def test_what_a_payer_is_shown_is_masked_as_its_form_says() -> None:
    answer = {"cardNumber": "2200700012347648", "cardHolderName": "IVAN I.", "payment_status": "wait"}
    shown = masked(answer, by_code("payment_card_number_card"))
    assert shown == {"cardNumber": "220070••••••7648", "cardHolderName": "IVAN I.", "payment_status": "wait"}


def test_the_gateways_words_hide_long_numbers() -> None:
    answer = {"message": "wrong 79031112233", "errors": {"number": ["79031112233 is wrong"], "7903 111 22 33": "x"}}
    text = pretty(masked(answer, SBP))
    assert "79031112233" not in text
    assert "••••••33 is wrong" in text


def test_lists_and_objects_are_masked_inside() -> None:
    answer = {"data": [{"id": Number("7"), "order_id": "a", "payer": "Ivan"}], "meta": {"total": Number("1")}}
    assert masked(answer, None) == {
        "data": [{"id": Number("7"), "order_id": "a", "payer": HIDDEN}],
        "meta": {"total": Number("1")},
    }


def test_truth_and_nothing_identify_nobody() -> None:
    assert masked({"odd": None, "flag": True}, None) == {"odd": None, "flag": True}
    assert masked({"number": Number("79031112233")}, SBP) == {"number": "7903•••••33"}


def test_json_is_written_in_lines_with_numbers_as_they_were() -> None:
    value = {"id": Number("1e3"), "empty": {}, "none": [], "list": [None, True, False], "text": "а\u202eб\n"}
    assert pretty(value) == (
        "{\n"
        '  "id": 1e3,\n'
        '  "empty": {},\n'
        '  "none": [],\n'
        '  "list": [\n    null,\n    true,\n    false\n  ],\n'
        '  "text": "а⟨U+202E⟩б␊"\n'
        "}"
    )


def test_a_long_text_is_cut_unless_it_is_shown_whole() -> None:
    assert pretty("x" * 600).endswith('…"')
    assert pretty("x" * 600, 1000) == '"' + "x" * 600 + '"'
