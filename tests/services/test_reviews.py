"""Reviews: exact bytes read back, doubts from the journal and the balance, and when one is void."""

from __future__ import annotations

import dataclasses

import pytest

from console.domain.doubt import Weight
from console.domain.endpoint import Kind
from console.domain.money import Money, Sum
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.services.balances import Held
from console.services.reviews import Problems, Review, read_body
from console.services.settle import Resolution, Word, confirmation_word
from console.settings.settings import ACCOUNTS, BASIS_REQUIRED
from console.settings.translations import Translator
from tests.services.bench import Bench, answered, lost, unreachable

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


def codes(review: Review) -> list[str]:
    return [doubt.code for doubt in review.doubts]


def held(bench: Bench, balance: str) -> None:
    bench.balances._held["acc"] = Held("RUB", Sum(balance), None, bench.clock(), 0.1)


def test_a_review_is_made_of_the_bytes_and_of_nothing_else(bench: Bench) -> None:
    review = bench.review(amount="12 345,67", number="8 (903) 111-22-33", recipient=" Громова ", basis=" Счёт 1 ")
    assert review.body == (
        b'{"amount":"12345.67","order_id":"PO-20261124-0015","service":"payment_card_sbp_rub",'
        b'"number":"79031112233","customer_code":"100000000111"}'
    )
    assert read_body(review.method, review.body) == review.values
    assert (review.amount, review.order_id) == (Money(1234567), "PO-20261124-0015")
    assert (review.recipient, review.basis, review.account.tail) == ("Громова", "Счёт 1", "4f21")


def test_numbers_of_the_cabinet_are_read_back_as_integers(bench: Bench) -> None:
    assert bench.review(notification_endpoint_id="100").values["notification_endpoint_id"] == 100


@pytest.mark.parametrize("body", [b"[]", b'{"amount":"1.00"}', b'{"order_id":"a","amount":"1.00"}', b'{"amount":1.5}'])
def test_other_bytes_are_no_review(bench: Bench, body: bytes) -> None:
    method, _ = bench.texts()
    with pytest.raises(ValueError, match=r".+"):
        read_body(method, body)


def test_problems_are_told_by_field(bench: Bench) -> None:
    bench.settings.set(BASIS_REQUIRED, True)
    bench.send(ACCEPTED, basis="Счёт")
    with pytest.raises(Problems) as caught:
        bench.review(number="12", order_id="PO-20261124-0015")
    assert set(caught.value.problems) == {"number", "order_id", "own/basis"}


def test_a_console_without_an_account_makes_no_review(bench: Bench) -> None:
    bench.accounts._known.clear()
    with pytest.raises(Unavailable) as caught:
        bench.review()
    assert caught.value.code == "E-NO-ACCOUNT"


def test_the_code_of_a_service_can_be_another_for_an_account(bench: Bench) -> None:
    (record,) = bench.settings.get(ACCOUNTS)
    bench.settings.set(ACCOUNTS, ({**record, "codes": {"payment_card_sbp_rub": "sbp_v2", "other": ""}},))
    review = bench.review()
    assert b'"service":"sbp_v2"' in review.body
    assert review.values["service"] == "sbp_v2"
    assert bench.accounts.service_code("acc", "other") == "other"


class TestWhenItIsVoid:
    def test_after_two_minutes(self, bench: Bench) -> None:
        review = bench.review()
        bench.clock.advance(120)
        assert not review.is_void(bench.clock())
        bench.clock.advance(1)
        assert review.is_void(bench.clock())

    def test_after_a_sleep(self, bench: Bench) -> None:
        review = bench.review()
        bench.clock.sleep(6)
        assert review.is_void(bench.clock())

    def test_after_a_restart_of_the_machine(self, bench: Bench) -> None:
        review = bench.review()
        bench.clock.boot = "boot-2"
        assert review.is_void(bench.clock())


class TestDoubts:
    def test_a_first_payout_is_a_hint(self, bench: Bench) -> None:
        held(bench, "10000.00000000")
        review = bench.review()
        assert codes(review) == ["first"]
        assert review.may_send

    def test_an_unknown_balance_is_a_hint_and_a_small_one_a_strong_warning(self, bench: Bench) -> None:
        assert "no-balance" in codes(bench.review())
        held(bench, "2999.99000000")
        review = bench.review()
        assert ("beyond", Weight.STRONG) in [(doubt.code, doubt.weight) for doubt in review.doubts]

    def test_the_same_payout_within_a_day_wants_its_amount_typed(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first")
        twin = next(doubt for doubt in bench.review().doubts if doubt.code == "twin")
        assert (twin.typed, twin.is_strong) == ("3000.00", True)

    def test_the_same_payout_earlier_is_a_hint(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first")
        bench.clock.advance(24 * 3600)
        assert "same-amount" in codes(bench.review())

    def test_a_refused_one_is_no_twin(self, bench: Bench) -> None:
        bench.send(answered(400, {"message": "", "errors": {"number": ["no"]}}), order_id="first")
        assert "twin" not in codes(bench.review())

    def test_another_amount_to_a_known_recipient_is_nothing_to_doubt(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first")
        held(bench, "100000.00")
        assert codes(bench.review(amount="5")) == []

    def test_another_name_for_a_known_number_is_a_strong_warning(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first", recipient="Громова Е. А.")
        assert "other-name" in codes(bench.review(amount="5", recipient="Титов Р. О."))
        assert "other-name" not in codes(bench.review(amount="5", recipient="громова е. а."))
        assert "other-name" not in codes(bench.review(amount="5"))

    def test_a_basis_that_was_paid_is_a_strong_warning_also_for_another_recipient(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first", basis="Счёт 7")
        assert "same-basis" in codes(bench.review(amount="5", number="79031112299", basis="Счёт 7"))
        assert "same-basis" not in codes(bench.review(amount="5", basis="Счёт 8"))

    def test_a_basis_of_a_refused_payout_may_be_paid(self, bench: Bench) -> None:
        bench.send(answered(400, {"message": "", "errors": {"number": ["no"]}}), order_id="first", basis="Счёт 7")
        assert "same-basis" not in codes(bench.review(basis="Счёт 7"))

    def test_the_same_payment_within_ten_minutes_is_a_plain_warning(self, bench: Bench) -> None:
        bench.send(ACCEPTED, "payment_card_sbp_rub_card", order_id="first")
        (doubt,) = bench.review("payment_card_sbp_rub_card").doubts
        assert (doubt.code, doubt.weight) == ("twin-payment", Weight.WARNING)
        bench.clock.advance(600)
        assert codes(bench.review("payment_card_sbp_rub_card")) == []

    def test_a_payment_with_an_unproved_key_is_a_strong_warning_and_a_payout_has_no_send(self, bench: Bench) -> None:
        access = bench.accounts.open("acc")
        for kind in Kind:
            bench.accounts.prove(access, kind, None)
        payment, payout = bench.review("payment_card_sbp_rub_card"), bench.review()
        assert codes(payment)[0] == "unproved"
        assert (payment.may_send, payout.may_send, payout.proved) == (True, False, False)

    def test_a_wrong_control_key_comes_first(self, bench: Bench) -> None:
        review = bench.review("virtual_account_rub", number="40817120273018899310", bik_bank="041351902")
        assert codes(review)[0] == "control-key"


class TestTheBlock:
    def test_holds_while_the_first_is_unclear_whatever_the_account(self, bench: Bench) -> None:
        bench.send(lost(), order_id="first")
        review = bench.review()
        assert review.blocked is not None
        assert dict(review.blocked.arguments)["order"] == "first"
        assert bench.review(amount="3000.01").blocked is None
        assert bench.review(number="79031112299").blocked is None

    def test_holds_while_the_first_is_disputed(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first")
        bench.transport.asks.append(answered(400, {"errors": {"order_id": ["no"]}}))
        bench.follow.ask("first")
        assert bench.review().blocked is not None

    def test_holds_while_the_first_may_be_sent_again_after_the_supports_word(self, bench: Bench) -> None:
        row = bench.send(lost(), order_id="first").row
        for _ in range(3):
            bench.transport.asks.append(answered(500, b""))
            bench.follow.ask("first")
            bench.clock.advance(301)
        bench.journal.flush(bench.clock())
        row = bench.settle.resolve("first", Resolution(Word.NEVER, "T-1", "Анна", confirmation_word(row)))
        assert row.state is State.ABSENT
        assert bench.review().blocked is not None
        bench.settle.close("first", confirmation_word(row))
        assert bench.review().blocked is None

    def test_is_never_for_payments(self, bench: Bench) -> None:
        bench.send(lost(), "payment_card_sbp_rub_card", order_id="first")
        assert bench.review("payment_card_sbp_rub_card").blocked is None


class TestAJournalThatTakesNoCreate:
    def test_closes_every_order_and_says_why(self, bench: Bench) -> None:
        bench.journal.block(Unavailable("E-ROLLBACK", k=3, why="restored"))
        for code in ("payment_card_sbp_rub", "payment_card_sbp_rub_card"):
            review = bench.review(code)
            assert review.blocked is not None
            assert not review.may_send
            method, texts = bench.texts(code)
            assert bench.reviews.hints(method, texts, "", "").blocked == review.blocked
        assert review.blocked is not None
        said = Translator("en")(review.blocked)
        assert "Records missing: 3" in said
        bench.journal.block(None)
        assert bench.review().blocked is None

    def test_refuses_what_was_reviewed_before_with_its_own_code(self, bench: Bench) -> None:
        review = bench.review()
        bench.journal.block(Unavailable("E-ROLLBACK", k=3, why="restored"))
        with pytest.raises(Unavailable, match="E-ROLLBACK"):
            bench.submit.send(review, ())
        assert bench.reader.get(review.order_id) is None


class TestTheSide:
    def test_knows_little_before_the_recipient_stands(self, bench: Bench) -> None:
        held(bench, "10.00")
        method, texts = bench.texts(number="7903")
        info = bench.reviews.hints(method, texts, "", "")
        assert (info.balance is not None, info.earlier, info.doubts) == (True, (), ())

    def test_shows_earlier_payments_and_names_once_it_does(self, bench: Bench) -> None:
        bench.send(ACCEPTED, order_id="first", recipient="Громова")
        method, texts = bench.texts(amount="")
        info = bench.reviews.hints(method, texts, "", "")
        assert ([row.order_id for row in info.earlier], info.names, info.doubts) == (["first"], ("Громова",), ())

    def test_warns_once_the_amount_stands_too(self, bench: Bench) -> None:
        bench.send(lost(), order_id="first")
        method, texts = bench.texts()
        info = bench.reviews.hints(method, texts, "", "")
        assert info.blocked is not None
        assert "twin" in [doubt.code for doubt in info.doubts]
        assert info.earlier[0].state is State.UNKNOWN


def test_a_review_cannot_be_changed(bench: Bench) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        bench.review().body = b""  # type: ignore[misc]  # that it is refused is the test


def test_sending_an_old_order_again_beside_a_newer_one_wants_its_amount_typed_however_late(bench: Bench) -> None:
    bench.send(unreachable(), order_id="old")
    bench.clock.advance(2 * 24 * 3600)
    bench.send(ACCEPTED, order_id="newer")
    bench.clock.advance(2 * 24 * 3600)
    twin = next(doubt for doubt in bench.submit.resend_review("old").doubts if doubt.code == "twin")
    assert (twin.typed, dict(twin.detail.arguments)["order"]) == ("3000.00", "newer")
