"""Sending: the order of journal, signature, mark, send and journal, and what each end proves."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from console.domain.endpoint import Endpoint, Kind
from console.domain.environment import Environment
from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.gateway.signing import verify
from console.journal.change import Lost
from console.journal.check import check
from console.journal.store import NotStored, StoreUnknown
from console.services.recover import recover
from console.services.reviews import Problems, access_of
from console.services.settle import confirmation_word
from console.services.submit import Acknowledgement
from console.settings.settings import RECOVERY_KEPT
from tests.services.bench import Bench, acknowledge, answered, lost, unreachable

ACCEPTED = {"id": 100001524, "payment_status": "wait"}


def test_an_accepted_payout_is_journalled_signed_and_sent_once(bench: Bench) -> None:
    sent = bench.send(answered(200, ACCEPTED))
    assert (sent.row.state, sent.row.gateway_id, sent.stored) == (State.WAIT, "100001524", True)
    assert bench.kinds(sent.row.order_id) == ["intended", "sending", "heard"]
    ((endpoint, signed),) = bench.transport.sent
    assert endpoint is Endpoint.PAYOUT
    events = bench.reader.events(sent.row.order_id)
    intended, sending, heard = (bench.journal.open_parts(event.seq) for event in events)
    assert intended.body == sending.body == signed.body
    assert (intended.signature, sending.signature) == (b"", signed.signature)
    assert sending.request_head.startswith(b"POST /v1/payout")
    assert (heard.body, heard.answer_body) == (b"", b'{"id": 100001524, "payment_status": "wait"}')
    key = bench.accounts.open("acc").keys[Kind.PAYOUT]
    assert verify(key.public_pem, signed.body, signed.signature, signed.digest)


def test_who_answered_stands_beside_the_answer(bench: Bench) -> None:
    answer = dataclasses.replace(answered(200, ACCEPTED), peer="ab12", issuer="Some CA")
    sent = bench.send(answer)
    facts = bench.reader.events(sent.row.order_id)[-1].facts
    assert (facts["peer"], facts["issuer"], facts["ms"]) == ("ab12", "Some CA", 100)


def test_the_intent_is_on_disk_before_the_gate_and_the_mark_before_the_first_byte(bench: Bench) -> None:
    seen: list[State | None] = []

    def look() -> None:
        row = bench.reader.get("PO-20261124-0015")
        seen.append(row.state if row else None)

    bench.transport.before_gate = look
    bench.transport.after_gate = look
    bench.send(answered(200, ACCEPTED))
    assert seen == [State.INTENDED, State.SENDING]


@pytest.mark.parametrize("reason", [Reason.DNS, Reason.REFUSED, Reason.CONNECT_TIMEOUT, Reason.TLS_ISSUER])
def test_what_ends_before_the_gate_was_not_sent(bench: Bench, reason: Reason) -> None:
    sent = bench.send(unreachable(reason))
    assert sent.row.state is State.NOT_SENT
    assert bench.kinds(sent.row.order_id) == ["intended", "ended"]
    assert bench.transport.sent == []


@pytest.mark.parametrize("reason", [Reason.DROPPED, Reason.SILENT, Reason.GARBAGE, Reason.TOO_BIG, Reason.OTHER])
def test_what_ends_after_the_gate_is_unknown(bench: Bench, reason: Reason) -> None:
    sent = bench.send(lost(reason))
    assert sent.row.state is State.UNKNOWN
    assert sent.row.ended is not None
    assert bench.kinds(sent.row.order_id) == ["intended", "sending", "ended"]


def test_a_refusal_names_its_fields_and_hides_numbers(bench: Bench) -> None:
    errors = {"number": ["79031112233 is wrong"], "strange": "no"}
    sent = bench.send(answered(400, {"message": "The given data was invalid.", "errors": errors}))
    assert sent.row.state is State.REJECTED
    assert sent.verdict.errors["number"] == ("79031112233 is wrong",)
    assert sent.row.error_text is not None
    assert "79031112233" not in sent.row.error_text
    assert sent.row.error_text.startswith("number: ••••••33 is wrong")


def test_a_refusal_of_the_order_id_is_never_rejected(bench: Bench) -> None:
    sent = bench.send(answered(400, {"message": "", "errors": {"order_id": ["taken"]}}))
    assert (sent.row.state, sent.verdict.code) == (State.UNKNOWN, "E-DUP-ID")


def test_an_id_that_belongs_to_another_order_is_disputed(bench: Bench) -> None:
    bench.send(answered(200, ACCEPTED), order_id="first", number="79031112200")
    sent = bench.send(answered(200, ACCEPTED), order_id="second")
    assert (sent.row.state, sent.row.disputed_reason) == (State.UNKNOWN, "id-of-another")


def test_a_refused_signature_voids_the_proof_and_leaves_the_outcome_unknown(bench: Bench) -> None:
    sent = bench.send(answered(401, {"message": "Unauthenticated."}))
    assert sent.row.state is State.UNKNOWN
    assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)


def test_an_outcome_is_stored_before_the_settings_that_may_not_be(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable("E-SETTINGS-KEPT", why="no space")

    monkeypatch.setattr(bench.accounts, "prove", full)
    sent = bench.send(answered(401, {"message": "Unauthenticated."}))
    assert (sent.row.state, sent.stored) == (State.UNKNOWN, True)
    assert bench.kinds(sent.row.order_id)[-1] == "heard"


def test_a_payment_keeps_the_masked_number_that_the_payer_is_shown(bench: Bench) -> None:
    answer = {
        "id": 7,
        "uuid": "u-1",
        "payment_status": "wait",
        "cardNumber": "2200701553017648",
        "cardHolderName": "И.",
    }
    sent = bench.send(answered(200, answer), "payment_card_number_card")
    assert sent.row.number_masked is not None
    assert "701553" not in sent.row.number_masked
    assert (sent.row.recipient, sent.row.uuid) == ("client-20418", "u-1")


def test_a_payment_without_a_number_to_show_has_none_in_the_table(bench: Bench) -> None:
    answer = {"id": 8, "payment_status": "wait", "url": "https://pay.example/p/1"}
    assert bench.send(answered(200, answer), "payment_card_number_rub_hpp").row.number_masked is None


def test_an_answer_with_a_final_state_is_taken_at_once(bench: Bench) -> None:
    assert bench.send(answered(200, {"id": 9, "payment_status": "paid"})).row.state is State.PAID


def test_a_new_state_is_shown_and_followed(bench: Bench) -> None:
    row = bench.send(answered(200, {"id": 9, "payment_status": "frozen"})).row
    assert (row.state, row.gateway_state) == (State.WAIT, "frozen")


def test_the_same_review_is_not_sent_twice(bench: Bench) -> None:
    bench.transport.creates = [answered(200, ACCEPTED), answered(200, ACCEPTED)]
    review = bench.review()
    bench.submit.send(review)
    with pytest.raises(Problems):
        bench.submit.send(review)
    assert len(bench.transport.sent) == 1


def test_a_review_from_before_its_twin_was_sent_is_void(bench: Bench) -> None:
    early = bench.review(order_id="early")
    bench.send(answered(200, ACCEPTED), order_id="twin")
    with pytest.raises(Unavailable) as caught:
        bench.submit.send(early)
    assert caught.value.code == "E-REVIEW-VOID"
    assert len(bench.transport.sent) == 1


def test_a_second_journalling_of_one_order_id_is_told_at_the_field(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = bench.review()

    def late(*_: object, **__: object) -> None:
        raise Lost(review.order_id)

    monkeypatch.setattr(bench.journal, "append", late)
    with pytest.raises(Problems) as caught:
        bench.submit.send(review)
    assert list(caught.value.problems) == ["order_id"]


def test_an_intent_that_may_or_may_not_be_on_disk_stops_everything(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsure(*_: object, **__: object) -> None:
        raise StoreUnknown("E-IO")

    review = bench.review()
    monkeypatch.setattr(bench.journal, "append", unsure)
    with pytest.raises(Unavailable):
        bench.submit.send(review)
    assert bench.transport.sent == []


def test_a_mark_that_cannot_be_committed_leaves_no_byte(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    append = bench.journal.append

    def full(entry: Any, **changes: Any) -> Any:
        if entry.kind.value == "sending":
            raise NotStored("E-DISK-FULL", free=0, need=1)
        return append(entry, **changes)

    monkeypatch.setattr(bench.journal, "append", full)
    sent = bench.send(answered(200, ACCEPTED))
    assert sent.row.state is State.NOT_SENT
    assert bench.transport.sent == []


def test_a_sleep_between_connecting_and_the_gate_leaves_no_byte(bench: Bench) -> None:
    bench.transport.before_gate = lambda: bench.clock.sleep(31)
    assert bench.send(answered(200, ACCEPTED)).row.state is State.NOT_SENT
    assert bench.transport.sent == []


def test_a_key_that_does_not_sign_leaves_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Unavailable("E-CERT-PASSWORD")

    monkeypatch.setattr(bench.accounts.open("acc").gateway, "sign", refuse)
    sent = bench.send(answered(200, ACCEPTED))
    assert sent.row.state is State.NOT_SENT
    assert bench.kinds(sent.row.order_id) == ["intended", "ended"]


def test_an_outcome_waits_for_a_locked_journal(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    append, left = bench.journal.append, [2]

    def busy(entry: Any, **changes: Any) -> Any:
        if entry.kind.value == "heard" and left[0]:
            left[0] -= 1
            raise NotStored("E-BUSY")
        return append(entry, **changes)

    monkeypatch.setattr(bench.journal, "append", busy)
    assert bench.send(answered(200, ACCEPTED)).stored
    assert bench.waits == [0.25, 0.5]


@pytest.mark.parametrize("trouble", [NotStored("E-DISK-FULL"), StoreUnknown("E-IO"), NotStored("E-BUSY")])
def test_an_outcome_that_cannot_be_kept_is_told_with_what_was_heard(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    append = bench.journal.append

    def full(entry: Any, **changes: Any) -> Any:
        if entry.kind.value == "heard":
            raise trouble
        return append(entry, **changes)

    monkeypatch.setattr(bench.journal, "append", full)
    sent = bench.send(answered(200, ACCEPTED))
    assert (sent.stored, sent.row.state, sent.verdict.gateway_id) == (False, State.SENDING, "100001524")
    assert sum(bench.waits) <= 65


class TestWhatIsRefusedBeforeAnythingIsWritten:
    def _is_refused(self, bench: Bench, code: str, review: Any, *given: Acknowledgement) -> None:
        head = bench.journal.head()
        with pytest.raises(Unavailable) as caught:
            bench.submit.send(review, given)
        assert caught.value.code == code
        assert bench.journal.head() == head

    def test_an_old_review(self, bench: Bench) -> None:
        review = bench.review()
        bench.clock.advance(121)
        self._is_refused(bench, "E-REVIEW-VOID", review)

    @pytest.mark.parametrize("code", ["payment_card_sbp_rub", "payment_card_number_card"])
    def test_a_real_create_before_the_recovery_code_is_kept(self, bench: Bench, code: str) -> None:
        bench.settings.set(RECOVERY_KEPT, False)
        review = bench.review(code)
        self._is_refused(bench, "E-RECOVERY-FIRST", review, *acknowledge(review))
        account = dataclasses.replace(review.account, environment=Environment.SANDBOX)
        toy = dataclasses.replace(review, account=account)
        bench.transport.creates.append(answered(200, {"id": 7, "payment_status": "wait"}))
        assert bench.submit.send(toy, acknowledge(review)).row.state is State.WAIT

    def test_a_payout_with_an_unproved_key(self, bench: Bench) -> None:
        bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
        self._is_refused(bench, "E-CERT-UNPROVED", bench.review())

    def test_a_strong_doubt_without_a_reason(self, bench: Bench) -> None:
        review = bench.review(customer_code='"some bank"')
        self._is_refused(bench, "E-UNACKNOWLEDGED", review)
        self._is_refused(bench, "E-UNACKNOWLEDGED", review, Acknowledgement("bank-typed", "  "))

    def test_a_twin_without_the_typed_amount(self, bench: Bench) -> None:
        bench.send(answered(200, ACCEPTED), order_id="first")
        review = bench.review()
        self._is_refused(bench, "E-UNACKNOWLEDGED", review, Acknowledgement("twin", "meant", "3000"))

    def test_another_key_than_the_one_that_was_shown(self, bench: Bench) -> None:
        review = dataclasses.replace(bench.review(), fingerprint="other")
        self._is_refused(bench, "E-CERT-CHANGED", review)

    def test_a_full_disk(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("console.journal.place.free_space", lambda _: 1024)
        self._is_refused(bench, "E-DISK-FULL", bench.review())


def test_a_twin_of_an_unclear_payout_is_blocked(bench: Bench) -> None:
    bench.send(lost(), order_id="first")
    review = bench.review()
    assert review.blocked is not None
    assert not review.may_send
    with pytest.raises(Invalid):
        bench.submit.send(review, acknowledge(review))


def test_a_twin_that_was_meant_is_sent(bench: Bench) -> None:
    bench.send(answered(200, ACCEPTED), order_id="first")
    assert bench.send(answered(200, {"id": 2, "payment_status": "wait"}), order_id="second").row.state is State.WAIT


class TestSendingAgain:
    def test_keeps_order_id_and_bytes_as_the_next_attempt(self, bench: Bench) -> None:
        first = bench.send(unreachable(), recipient="Громова", basis="Счёт 7")
        review = bench.submit.resend_review(first.row.order_id)
        assert (review.resend, review.recipient, review.basis) == (True, "Громова", "Счёт 7")
        bench.transport.creates.append(answered(200, ACCEPTED))
        sent = bench.submit.send(review, acknowledge(review))
        assert (sent.row.state, sent.row.attempt) == (State.WAIT, 2)
        intents = [event for event in bench.reader.events(sent.row.order_id) if event.kind == "intended"]
        assert len({bench.journal.open_parts(event.seq).body for event in intents}) == 1
        assert bench.transport.sent[0][1].body == review.body

    def test_is_offered_for_nothing_that_may_have_left(self, bench: Bench) -> None:
        unknown = bench.send(lost())
        for order_id in (unknown.row.order_id, "nobody"):
            with pytest.raises(Unavailable) as caught:
                bench.submit.resend_review(order_id)
            assert caught.value.code == "E-NOT-RESENDABLE"

    def test_does_not_take_the_mark_of_a_newer_attempt(self, bench: Bench) -> None:
        first = bench.send(unreachable())
        one = bench.submit.resend_review(first.row.order_id)
        bench.transport.creates = [unreachable(), answered(200, ACCEPTED)]
        bench.submit.send(one, acknowledge(one))
        row = bench.reader.get(first.row.order_id)
        assert row is not None
        assert (row.state, row.attempt) == (State.NOT_SENT, 2)

    def test_leaves_an_old_worker_before_its_gate(self, bench: Bench) -> None:
        """While a worker waits before its gate, the order is found not sent and intended anew."""
        review = bench.review()

        def overtaken() -> None:
            recover(bench.journal, bench.reader, bench.clock())
            again = bench.submit.resend_review(review.order_id)
            assert bench.submit._intend(again, (), access_of(bench.accounts, again)) == 2

        bench.transport.before_gate = overtaken
        bench.transport.creates.append(answered(200, ACCEPTED))
        with pytest.raises(Unavailable) as caught:
            bench.submit.send(review, acknowledge(review))
        assert (caught.value.code, caught.value.values) == ("E-MOVED", {"order": review.order_id})
        row = bench.reader.get(review.order_id)
        assert row is not None
        assert (row.state, row.attempt, bench.transport.sent) == (State.INTENDED, 2, [])
        assert bench.kinds(review.order_id) == ["intended", "recovered", "intended", "ended"]

    def test_leaves_what_a_question_found_out_while_the_answer_was_on_its_way(self, bench: Bench) -> None:
        """The answer is kept all the same: everything that was heard is an event."""
        review = bench.review()
        found = {"id": 100001524, "order_id": review.order_id, "payment_status": "paid", "amount": "3000.00"}

        def asked() -> None:
            bench.transport.asks.append(answered(200, found))
            bench.follow.ask(review.order_id)

        bench.transport.after_gate = asked
        bench.transport.creates.append(answered(200, ACCEPTED))
        sent = bench.submit.send(review, acknowledge(review))
        assert (sent.row.state, sent.row.attempt, sent.stored) == (State.PAID, 1, True)
        assert bench.kinds(review.order_id) == ["intended", "sending", "asked", "heard"]
        assert check(bench.home.journal, key=bench.key).findings == ()


def test_waiting_can_be_stopped_only_while_something_is_under_way(bench: Bench) -> None:
    bench.submit.stop_waiting()
    bench.transport.after_gate = bench.submit.stop_waiting
    bench.send(lost(Reason.DEADLINE))
    assert bench.transport.stopped == 1


def test_a_closed_operation_may_be_paid_anew(bench: Bench) -> None:
    first = bench.send(unreachable(), order_id="first")
    bench.settle.close("first", confirmation_word(first.row))
    assert bench.review().blocked is None


def test_an_exchange_without_an_answer_is_no_answer() -> None:
    assert Exchange(Reason.DROPPED, gate_passed=True).header("retry-after") is None
