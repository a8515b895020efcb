"""Ids: of the order, the service, the payer, and of things kept in the cabinet."""

import pytest

from console.domain.fields.ids import CabinetId, OrderId, PayerId, Service
from console.domain.trouble import Invalid
from console.settings.translations import Translator

ORDER, PAYER, SERVICE = OrderId(), PayerId(name="customer_user_id"), Service()
CABINET = CabinetId(name="notification_endpoint_id", sample="100", required=False)


def test_an_order_id_is_kept_as_it_is() -> None:
    assert ORDER.name == "order_id"
    assert ORDER.parse(" PO-20261124-0015 ") == "PO-20261124-0015"
    assert ORDER.parse("x" * 128) == "x" * 128
    assert ORDER.mask("PO-1") == "PO-1"


@pytest.mark.parametrize("text", ["", "x" * 129, "a\u202eb", "a\tb", "a\u00a0b"])
def test_an_order_id_that_cannot_be_used(text: str) -> None:
    with pytest.raises(Invalid):
        ORDER.parse(text)


def test_letters_that_look_like_latin_ones_are_a_doubt() -> None:
    assert ORDER.doubts("PO-1 №1".replace("№", "#")) == ()
    assert [(doubt.code, doubt.is_strong) for doubt in ORDER.doubts("РО-1")] == [("order-letters", False)]


def test_a_payer_and_a_service_are_shown_like_names() -> None:
    assert PAYER.mask("client-20418") == "client-20418"
    assert SERVICE.mask("payment_card_sbp_rub") == "payment_card_sbp_rub"
    assert not SERVICE.typed


def test_an_id_of_the_cabinet_is_a_whole_number() -> None:
    assert CABINET.parse("100") == 100
    assert CABINET.parse("") is None
    assert CABINET.wire(100) == 100
    assert CABINET.mask(100) == CABINET.show(100, "ru") == "100"
    assert CABINET.read(100) == 100
    assert CABINET.read(CABINET.parse("1")) == 1
    assert CABINET.read(CABINET.parse("9" * 15)) == 10**15 - 1


@pytest.mark.parametrize("text", ["0", "000", "-1", "1.5", "1e3", "x", "\u0661", "1" * 16, "1" * 5000, "1 000"])
def test_what_is_no_id_of_the_cabinet_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        CABINET.parse(text)
    assert Translator("en")(caught.value.text) == "An id of the cabinet is a whole number, for example 100."


@pytest.mark.parametrize("wire", ["100", True, None, 1.0, 0, -1, 10**15])
def test_only_the_form_of_the_wire_is_read_from_a_body(wire: object) -> None:
    with pytest.raises(ValueError, match="notification_endpoint_id"):
        CABINET.read(wire)
