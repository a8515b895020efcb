"""Forms: empty, filled, with problems, with the list of banks, after a refusal."""

from datetime import datetime, timezone

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.states import State
from console.services.reviews import SideInfo
from console.ui.pages.fields import BankField
from console.ui.pages.form import FormPage
from console.ui.pages.order_banners import new_id_words, refusal_banner, refusal_words
from shots_scenes.frame import framed
from shots_scenes.samples import (
    ACCOUNT,
    EARLIER,
    HALF,
    LARGE,
    PAYMENT,
    SCALES,
    SMALL,
    account_form,
    form,
    held,
    review,
    row,
    same_amount,
)
from shots_stage import Stage, scene


def payout(stage: Stage, bank: str = "100000000004") -> FormPage:
    """The payout by phone of the pictures."""
    page = form(
        Kind.PAYOUT,
        "payment_card_sbp_rub",
        SideInfo(held(), EARLIER, (), (same_amount(stage),)),
        stage.say("Громова Елена Андреевна", "Gromova Elena Andreevna"),
        stage.say("Счёт 118 от 20.11.2026", "Invoice 118"),
        amount="12345,67",
        number="+7 903 111-22-33",
        customer_code=bank,
        order_id="PO-20261124-0015",
    )
    number = page._form.fields["number"] if page._form else None
    assert number is not None
    number.set_understood(
        stage.say(
            "Введено «8 (903) 111 22 33», прочитано как +7\u00a0903\u00a0111-22-33",
            "Typed “8 (903) 111 22 33”, read as +7\u00a0903\u00a0111-22-33",
        )
    )
    return page


@scene("03-payout-sbp", LARGE)
def payout_problem(stage: Stage) -> QWidget:
    page = payout(stage, "")
    page.check()
    stage.later(page.review.setFocus)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-1280x720", SMALL, SCALES)
def payout_small(stage: Stage) -> QWidget:
    page = payout(stage, "")
    stage.later(page.check)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-960x540", HALF, (200,))
def payout_half(stage: Stage) -> QWidget:
    page = payout(stage)
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-bank-list", LARGE)
def payout_banks(stage: Stage) -> QWidget:
    page = payout(stage, "")

    def open_list() -> None:
        bank = page._form.fields["customer_code"] if page._form else None
        assert isinstance(bank, BankField)
        bank.bank.edit.setFocus()
        bank.bank.edit.insert(stage.say("т", "t"))
        bank.bank._on_edited(stage.say("т", "t"))

    stage.later(open_list)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-empty", LARGE)
def payout_empty(stage: Stage) -> QWidget:
    page = form(Kind.PAYOUT, "payment_card_sbp_rub", SideInfo(None), order_id="PO-20261124-3f9a1c5e07b2")
    page.show_saved("")
    stage.later(page.go_to_start)
    return framed(stage, "payout", lambda: page)


@scene("04-payout-account", LARGE, SCALES)
def payout_account(stage: Stage) -> QWidget:
    page = account_form(stage)
    return framed(stage, "payout", lambda: page)


@scene("06-rejected-at-field", LARGE, codes=("E-REJECTED",))
def rejected(stage: Stage) -> QWidget:
    texts = {**ACCOUNT, "amount": "7000.00", "order_id": "PO-20261124-0011", "bik_bank": "041351902"}
    shown = review(stage, "virtual_account_rub", texts)
    info = SideInfo(held(), EARLIER[:2], (), shown.doubts)
    page = form(Kind.PAYOUT, "virtual_account_rub", info, "", "", **{**texts, "order_id": "PO-20261124-0012"})
    errors = {"bik_bank": ("выбранное значение bik bank неверно",)}
    page.explain_order_id(new_id_words("PO-20261124-0011"))
    page.show_above(refusal_banner(shown, errors, shown.values, page.update))
    page.refuse(refusal_words(errors))
    return framed(stage, "payout", lambda: page, "live")


@scene("08-payment-form", LARGE, SCALES)
def payment_form(stage: Stage) -> QWidget:
    earlier = (
        row(State.PAID, 490000, datetime(2026, 11, 18, 9, tzinfo=timezone.utc), "payment_card_number_card"),
        row(State.CANCEL, 250000, datetime(2026, 11, 2, 9, tzinfo=timezone.utc), "payment_card_number_card"),
    )
    texts = {**PAYMENT, "customer_ip": "", "order_id": "PM-20261124-0031"}
    page = form(Kind.PAYMENT, "payment_card_number_card", SideInfo(held(), earlier), **texts)
    ip = page._form.fields["customer_ip"] if page._form else None
    assert ip is not None
    stage.later(ip.input.edit.setFocus)
    return framed(stage, "payment", lambda: page)


@scene("08-payment-form-960x900", (960, 900), ())
def payment_form_half(stage: Stage) -> QWidget:
    page = form(Kind.PAYMENT, "payment_card_number_card", SideInfo(held()), **PAYMENT, order_id="PM-20261124-0031")
    page.set_narrow(True)
    return framed(stage, "payment", lambda: page)
