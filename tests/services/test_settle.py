"""What a person may do with an operation that hangs, and what it takes."""

from __future__ import annotations

import pytest

from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.services.settle import Resolution, Word, confirmation_word
from tests.services.bench import Bench, acknowledge, answered, lost, unreachable

ORDER = "PO-20261124-0015"
WORD = "0015"


def ask(bench: Bench, times: int) -> None:
    for _ in range(times):
        bench.transport.asks.append(answered(500, b""))
        bench.follow.ask(ORDER)
        bench.clock.advance(1)
    bench.journal.flush(bench.clock())


def never(**changed: str) -> Resolution:
    values = {"ticket": "T-123", "name": "Анна", "typed": WORD, "gateway_id": "", **changed}
    return Resolution(Word.NEVER, **values)


def test_what_was_not_sent_is_closed_by_typing_its_last_signs(bench: Bench) -> None:
    row = bench.send(unreachable()).row
    assert confirmation_word(row) == WORD
    with pytest.raises(Invalid):
        bench.settle.close(ORDER, "15")
    assert bench.settle.close(ORDER, " 0015 ").state is State.CLOSED
    assert bench.kinds(ORDER)[-1] == "closed"


def test_an_unknown_operation_cannot_be_closed(bench: Bench) -> None:
    bench.send(lost())
    with pytest.raises(Unavailable, match="E-MOVED"):
        bench.settle.close(ORDER, WORD)
    row = bench.reader.get(ORDER)
    assert row is not None
    assert row.state is State.UNKNOWN


class TestTheSupportsWord:
    def test_waits_a_quarter_of_an_hour_and_three_questions(self, bench: Bench) -> None:
        bench.send(lost())
        gate = bench.settle.may_resolve(ORDER)
        assert gate.asks_missing == 3
        ask(bench, 3)
        with pytest.raises(Unavailable) as early:
            bench.settle.resolve(ORDER, never())
        assert early.value.code == "E-RESOLVE"
        bench.clock.advance(15 * 60 - 3 - 1)
        assert not bench.settle.may_resolve(ORDER).is_open(bench.clock().utc)
        bench.clock.advance(1)
        assert bench.settle.may_resolve(ORDER).is_open(bench.clock().utc)
        row = bench.settle.resolve(ORDER, never())
        assert (row.state, row.resolved_at is not None) == (State.ABSENT, True)

    def test_needs_three_questions_however_late(self, bench: Bench) -> None:
        bench.send(lost())
        ask(bench, 2)
        bench.clock.advance(99_999)
        with pytest.raises(Unavailable):
            bench.settle.resolve(ORDER, never())

    @pytest.mark.parametrize("missing", [{"ticket": " "}, {"name": ""}, {"typed": "0014"}])
    def test_needs_ticket_name_and_typed_words(self, bench: Bench, missing: dict[str, str]) -> None:
        bench.send(lost())
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        with pytest.raises(Invalid):
            bench.settle.resolve(ORDER, never(**missing))

    def test_that_the_gateway_has_it_needs_its_id(self, bench: Bench) -> None:
        bench.send(lost())
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        with pytest.raises(Invalid):
            bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD))
        row = bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD, "100001524"))
        assert (row.state, row.gateway_id) == (State.UNKNOWN, "100001524")

    def test_is_not_for_an_operation_that_is_being_processed(self, bench: Bench) -> None:
        bench.send(answered(200, {"id": 5, "payment_status": "wait"}))
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        with pytest.raises(Unavailable) as caught:
            bench.settle.resolve(ORDER, never())
        assert caught.value.code == "E-NOT-RESOLVABLE"

    def test_settles_an_accepted_one_that_is_disputed(self, bench: Bench) -> None:
        bench.send(answered(200, {"id": 5, "payment_status": "wait"}))
        bench.transport.asks.append(answered(400, {"errors": {"order_id": ["no"]}}))
        bench.follow.ask(ORDER)
        ask(bench, 2)
        bench.clock.advance(15 * 60)
        row = bench.settle.resolve(ORDER, never())
        assert (row.state, row.is_disputed) == (State.ABSENT, False)

    def test_beside_a_final_state_is_recorded_and_changes_nothing(self, bench: Bench) -> None:
        bench.send(answered(200, {"id": 5, "payment_status": "paid"}))
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        row = bench.settle.resolve(ORDER, never())
        assert (row.state, bench.kinds(ORDER)[-1]) == (State.PAID, "resolved")


def test_an_absent_order_is_sent_again_with_the_same_bytes(bench: Bench) -> None:
    bench.send(lost())
    ask(bench, 3)
    bench.clock.advance(15 * 60)
    bench.settle.resolve(ORDER, never())
    review = bench.submit.resend_review(ORDER)
    assert review.blocked is None
    bench.transport.creates.append(answered(200, {"id": 5, "payment_status": "wait"}))
    first = bench.transport.sent[0][1].body
    assert bench.submit.send(review, acknowledge(review)).row.state is State.WAIT
    assert bench.transport.sent[1][1].body == first


def test_the_mark_is_lifted_with_a_note_and_the_state_stays(bench: Bench) -> None:
    bench.send(answered(200, {"id": 5, "payment_status": "wait"}))
    bench.transport.asks.append(answered(400, {"errors": {"order_id": ["no"]}}))
    assert bench.follow.ask(ORDER).is_disputed
    for note, name in (("", "Анна"), ("seen", " ")):
        with pytest.raises(Invalid):
            bench.settle.lift(ORDER, note, name)
    row = bench.settle.lift(ORDER, "seen in the cabinet", "Анна")
    assert (row.state, row.is_disputed) == (State.WAIT, False)
    assert bench.kinds(ORDER)[-1] == "lifted"


def test_an_order_that_moved_while_the_words_were_typed_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    row = bench.send(unreachable()).row
    with monkeypatch.context() as patch:
        patch.setattr(bench.reader, "get", lambda _: row)
        bench.settle.close(row.order_id, confirmation_word(row))
        with pytest.raises(Unavailable) as caught:
            bench.settle.lift(row.order_id, "a note", "Анна")
        assert (caught.value.code, caught.value.values) == ("E-MOVED", {"order": row.order_id})
    assert bench.kinds(row.order_id)[-1] == "closed"


def test_an_order_nobody_knows_is_told(bench: Bench) -> None:
    with pytest.raises(Unavailable):
        bench.settle.lift("nobody", "a", "b")
