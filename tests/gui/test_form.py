"""The form: everything of it comes from the method's declaration, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.catalogue import methods
from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode
from console.domain.fields.ids import OrderId
from console.domain.method import Method
from console.domain.text import mark
from console.services.drafts import Draft
from console.settings.settings import BASIS_REQUIRED, ORDER_ID_FROM_BASIS
from console.settings.translations import Translator
from console.ui import i18n
from console.ui.controls.bank import BankInput
from console.ui.pages.form_method import _rows
from console.ui.theme import theme
from tests.gui.order_bench import SBP, Hands, press, type_text
from tests.gui.order_fixtures import Sit
from tests.services.bench import answered

ACCOUNT = "virtual_account_rub"
WAIT = {"id": 100001524, "payment_status": "wait"}


@pytest.mark.parametrize("method", methods.every(), ids=lambda method: method.code)
def test_every_method_has_its_form(sit: Sit, method: Method) -> None:
    hands = sit(method.kind)
    hands.page.form.cards.choose(method.code)
    for field in method.fields:
        if field.typed and not field.folded:
            assert hands.edit(f"{method.code}/{field.name}").accessibleName()
        elif field.typed:
            assert not hands.sees(f"{method.code}/{field.name}")
    hands.click(f"{method.code}/more")
    assert all(hands.sees(f"{method.code}/{field.name}") for field in method.fields if field.typed)


def test_a_ninth_method_gets_its_form_from_its_declaration(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    ninth = replace(methods.by_code(SBP), code="ninth", title=mark("catalogue", "Ninth"))
    monkeypatch.setitem(methods.BY_CODE, "ninth", ninth)
    hands = sit(Kind.PAYOUT)
    hands.click("method/ninth")
    assert hands.find("ninth/number").isEnabled()
    assert hands.sees("ninth/review")


@pytest.mark.parametrize("method", methods.every(), ids=lambda method: method.code)
def test_short_fields_share_a_row_that_exists(method: Method) -> None:
    fields = [field for field in method.fields if field.typed and not field.folded]
    rows = _rows(fields)
    assert sorted(field.name for row in rows for field in row) == sorted(field.name for field in fields)
    assert all(len(row) <= 2 for row in rows)
    assert isinstance(rows[-1][0], OrderId)


def test_a_form_begins_with_an_order_id_of_its_own(payout: Hands) -> None:
    assert payout.order_id().startswith("PO-20261124-")
    first = payout.order_id()
    payout.click(f"{SBP}/order_id/renew")
    payout.until(lambda: payout.order_id() != first)


def test_a_problem_stands_at_its_field_on_leaving_it(payout: Hands) -> None:
    payout.type(f"{SBP}/number", "8903111223", leave=False)
    assert payout.problem("number") == ""
    payout.leave()
    assert "10 of 11 digits" in payout.problem("number")
    payout.type(f"{SBP}/number", "89031112233")
    assert payout.problem("number") == ""
    assert payout.text(f"{SBP}/number") == "+7 903 111-22-33"


def test_an_untouched_field_is_not_blamed_on_leaving_it(payout: Hands) -> None:
    payout.find(f"{SBP}/amount").setFocus()
    payout.leave()
    assert payout.problem("amount") == ""


def test_review_shows_every_problem_and_goes_to_the_first(payout: Hands) -> None:
    payout.click(f"{SBP}/review")
    assert payout.problem("amount")
    assert payout.problem("number")
    assert payout.problem("customer_code")
    assert payout.focus().objectName() == f"{SBP}/amount"


def test_a_problem_in_a_folded_field_opens_the_fold(payout: Hands) -> None:
    payout.fill()
    payout.click(f"{SBP}/more")
    payout.type(f"{SBP}/notification_endpoint_url", "ftp://x")
    payout.click(f"{SBP}/more")
    payout.click(f"{SBP}/review")
    assert payout.problem("notification_endpoint_url")
    assert payout.focus().objectName() == f"{SBP}/notification_endpoint_url"


def test_digits_group_and_stand_in_words_below(payout: Hands) -> None:
    payout.type(f"{SBP}/amount", "12345,6")
    assert payout.text(f"{SBP}/amount") == "12\u00a0345.60"
    field = payout.page.form._form.fields["amount"]  # type: ignore[union-attr]  # a method is chosen
    assert field.input.edit.accessibleDescription() == "Twelve thousand three hundred forty-five roubles 60 kopecks"


def test_a_doubtful_amount_is_asked_about(payout: Hands) -> None:
    payout.type(f"{SBP}/amount", "1,234")
    assert "Is this" in payout.problem("amount")
    assert payout.text(f"{SBP}/amount") == "1,234"


def test_a_number_says_how_it_was_read(payout: Hands) -> None:
    payout.type(f"{SBP}/number", "8 (903) 111 22 33")
    described = payout.find(f"{SBP}/number").accessibleDescription()
    assert described == "Typed “8 (903) 111 22 33”, read as +7 903 111-22-33"


def test_an_account_counts_its_digits_and_doubts_its_key(payout: Hands) -> None:
    payout.click(f"method/{ACCOUNT}")
    payout.type(f"{ACCOUNT}/number", "40817810156003706312")
    assert payout.text(f"{ACCOUNT}/number") == "40817 810 1 5600 3706312"
    payout.type(f"{ACCOUNT}/bik_bank", "044525974")
    payout.rest()
    assert payout.find(f"{ACCOUNT}/number").accessibleDescription() == "The account does not fit the BIK"
    assert payout.problem("number", ACCOUNT) == ""


def _bank(hands: Hands) -> BankInput:
    return next(each for each in hands.page.findChildren(BankInput) if each.isVisible())


@pytest.mark.parametrize("typed", ["сбербанк", "sberbank", "Sber", "100000000111"])
def test_a_bank_is_found_by_name_in_two_alphabets_or_by_code(payout: Hands, typed: str) -> None:
    edit = payout.edit(f"{SBP}/customer_code")
    edit.setFocus()
    type_text(edit, typed)
    press(edit, Qt.Key.Key_Return)
    payout.leave()
    assert _bank(payout).value() == "100000000111"
    assert payout.problem("customer_code") == ""


def test_a_bank_that_is_not_found_can_be_used_as_typed(payout: Hands) -> None:
    edit = payout.edit(f"{SBP}/customer_code")
    edit.setFocus()
    type_text(edit, "qqqq")
    payout.leave()
    assert payout.problem("customer_code")
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "qqqq")
    press(edit, Qt.Key.Key_Return)  # the only row: use as typed
    payout.leave()
    assert payout.problem("customer_code") == ""
    assert payout.page.form.texts()["customer_code"] == '"qqqq"'
    assert edit.accessibleDescription() == "The bank is not from the list"


def test_banks_used_lately_come_first(payout: Hands) -> None:
    payout.bench.send(answered(200, WAIT))
    payout.page._desk._renew_offers()
    payout.rest()
    field = payout.page.form._form.fields["customer_code"]  # type: ignore[union-attr]  # a method is chosen
    assert isinstance(field.field, BankCode)
    rows = _bank(payout)._search("")
    assert (rows[0].code, rows[0].recent) == ("100000000111", True)
    assert len(rows) == len(field.field.banks.banks)


def test_switching_the_method_keeps_what_both_have(payout: Hands) -> None:
    payout.fill()
    order_id = payout.order_id()
    payout.click(f"method/{ACCOUNT}")
    assert payout.text(f"{ACCOUNT}/amount") == "3\u00a0000.00"
    assert payout.order_id(ACCOUNT) == order_id
    assert _bank(payout).value() == "100000000111"
    payout.click(f"method/{SBP}")
    assert payout.text(f"{SBP}/number") == "+7 903 111-22-33"


def test_switching_language_and_theme_loses_nothing(payout: Hands) -> None:
    payout.fill()
    payout.type("own/recipient", "Громова Елена")
    before = payout.page.form.texts()
    i18n.current().use("ru", Translator("ru"))
    theme.current().choose("dark")
    payout.rest()
    assert payout.page.form.texts() == before
    assert payout.text("own/recipient") == "Громова Елена"
    assert _bank(payout).text() == "Сбербанк"
    assert payout.find(f"{SBP}/amount").accessibleDescription() == "Три тысячи рублей 00 копеек"


def test_a_draft_survives_a_restart(sit: Sit) -> None:
    hands = sit(Kind.PAYOUT)
    hands.type(f"{SBP}/amount", "77")
    hands.type(f"{SBP}/number", "8903")
    hands.type("own/basis", "Счёт 118")
    order_id = hands.order_id()
    hands.until(lambda: hands.services.drafts.load(Kind.PAYOUT) is not None and hands.jobs.is_idle())
    assert hands.page.form.bar._note.text() == "Draft saved at 12:00"
    hands.close()
    again = sit(Kind.PAYOUT)
    assert again.order_id() == order_id
    assert again.text(f"{SBP}/amount") == "77.00"
    assert again.text(f"{SBP}/number") == "8903"
    assert again.text("own/basis") == "Счёт 118"


def test_leaving_the_page_saves_at_once(payout: Hands) -> None:
    payout.type(f"{SBP}/amount", "77")
    payout.page.hide()
    payout.rest()
    draft = payout.services.drafts.load(Kind.PAYOUT)
    assert draft is not None
    assert draft.texts["amount"] == "77.00"
    payout.page.show()


def test_clearing_empties_the_form_and_its_draft(payout: Hands) -> None:
    payout.fill()
    payout.page.flush()
    payout.rest()
    before = payout.order_id()
    payout.click("payout/clear")
    payout.rest()
    assert payout.text(f"{SBP}/amount") == ""
    assert payout.order_id() != before
    assert payout.services.drafts.load(Kind.PAYOUT) is None


def test_a_duplicate_opens_with_a_new_order_id(payout: Hands) -> None:
    sent = payout.bench.send(answered(200, WAIT))
    payout.page.begin(payout.services.operations.duplicate(sent.row.order_id))
    payout.rest()
    assert payout.text(f"{SBP}/number") == "+7 903 111-22-33"
    assert payout.order_id() != sent.row.order_id


def test_a_draft_with_unknown_texts_chooses_the_first_method(payout: Hands) -> None:
    payout.page.begin(Draft(Kind.PAYOUT, "gone", {"amount": "5"}))
    payout.rest()
    assert payout.page.form.cards.service() == SBP


def test_the_basis_is_asked_for_where_the_settings_say_so(payout: Hands) -> None:
    payout.bench.settings.set(BASIS_REQUIRED, True)
    payout.fill()
    payout.review()
    assert payout.problem("own/basis") == "Enter the basis: the settings ask for it."
    assert payout.focus().objectName() == "own/basis"


def test_the_order_id_follows_the_basis_where_the_settings_say_so(payout: Hands) -> None:
    payout.bench.settings.set(ORDER_ID_FROM_BASIS, True)
    before = payout.order_id()
    payout.type("own/basis", "Invoice 118")
    payout.until(lambda: payout.order_id() != before)
    made = payout.order_id()
    payout.type(f"{SBP}/order_id", "mine-1")
    payout.type("own/basis", "Invoice 119")
    payout.rest()
    assert payout.order_id() == "mine-1"
    assert made == payout.services.drafts.new_order_id(Kind.PAYOUT, "invoice 118")


def test_an_order_id_that_was_used_is_refused_at_its_field(payout: Hands) -> None:
    sent = payout.bench.send(answered(200, WAIT))
    payout.fill(order_id=sent.row.order_id, amount="1")
    payout.review()
    assert "was used" in payout.problem("order_id")


def test_the_names_paid_at_this_number_are_offered(payout: Hands) -> None:
    payout.bench.transport.creates.append(answered(200, WAIT))
    review = payout.bench.review(recipient="Gromova E. A.")
    payout.bench.submit.send(review)
    payout.type(f"{SBP}/number", "79031112233")
    payout.rest()
    edit = payout.edit("own/recipient")
    assert edit.accessibleDescription() == "Paid at this number before: Gromova E. A."
    edit.setFocus()
    press(edit, Qt.Key.Key_Down)
    press(edit, Qt.Key.Key_Return)
    assert edit.text() == "Gromova E. A."


def test_another_name_for_a_known_number_is_doubted(payout: Hands) -> None:
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.bench.submit.send(payout.bench.review(recipient="Gromova E. A."))
    payout.type("own/recipient", "Somebody else")
    payout.fill(amount="1")
    payout.rest()
    assert payout.find("own/recipient").accessibleDescription() == "Another name for this number"


def test_payers_used_before_are_offered_with_their_address(payment: Hands) -> None:
    card = "payment_card_number_card"
    payment.bench.journal.papers.remember_payer("client-7", "95.24.17.8", payment.bench.clock())
    payment.page._desk._renew_offers()
    payment.rest()
    payment.click(f"method/{card}")
    edit = payment.edit(f"{card}/customer_user_id")
    edit.setFocus()
    type_text(edit, "cli")
    press(edit, Qt.Key.Key_Down)
    press(edit, Qt.Key.Key_Return)
    assert edit.text() == "client-7"
    assert payment.text(f"{card}/customer_ip") == "95.24.17.8"


def test_the_offers_close_by_escape_and_by_mouse(payment: Hands) -> None:
    code = "payment_card_sbp_rub_card"
    for number in range(3):
        payment.bench.journal.papers.remember_payer(f"client-{number}", "95.24.17.8", payment.bench.clock())
    payment.page._desk._renew_offers()
    payment.rest()
    payment.click(f"method/{code}")
    edit = payment.edit(f"{code}/customer_user_id")
    edit.setFocus()
    shown = payment.window.findChild(QWidget, "offers/list")
    assert shown is not None
    assert shown.isVisible()
    press(edit, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    press(edit, Qt.Key.Key_Down)
    press(edit, Qt.Key.Key_Up)
    rows = [each for each in shown.findChildren(QAbstractButton) if each.isVisible()]
    QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    assert edit.text().startswith("client-")


def test_the_keyboard_goes_through_the_form_in_the_order_of_its_rows(payout: Hands) -> None:
    payout.find("own/recipient").setFocus()
    order = []
    for _ in range(8):
        order.append(payout.focus().objectName())
        payout.leave()
    assert order == [
        "own/recipient",
        "own/basis",
        f"{SBP}/amount",
        f"{SBP}/number",
        f"{SBP}/customer_code",
        f"{SBP}/order_id",
        f"{SBP}/order_id/renew",
        f"{SBP}/more",
    ]
    assert payout.focus().objectName() == f"{SBP}/review"
