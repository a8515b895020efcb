"""Following when things meet: a journal that is busy, two who ask at once, an order that is sent again meanwhile."""

from __future__ import annotations

import threading

import pytest

from console.domain.exchange import Exchange
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal.rows import OperationRow
from console.services.settle import Resolution, Word
from tests.services.bench import Bench, acknowledge, answered, lost, unreachable
from tests.services.test_follow import ORDER, accepted, status


class TestAJournalThatCannotBeReadForAMoment:
    """A question that was claimed is asked later, and keeps no other from being asked."""

    @pytest.mark.parametrize("fails", [1, 2])
    def test_loses_no_question(self, bench: Bench, monkeypatch: pytest.MonkeyPatch, fails: int) -> None:
        accepted(bench)
        bench.clock.advance(60)
        get, left = bench.reader.get, fails

        def busy(order_id: str) -> OperationRow | None:
            nonlocal left
            left -= 1
            if left >= 0:
                raise Unavailable("E-BUSY")
            return get(order_id)

        monkeypatch.setattr(bench.reader, "get", busy)
        assert bench.follow.claim() == (ORDER,)
        with pytest.raises(Unavailable, match="E-BUSY"):
            bench.follow.ask(ORDER)
        bench.clock.advance(60)
        assert bench.follow.claim() == (ORDER,)
        bench.transport.asks.append(answered(200, status("paid")))
        assert bench.follow.ask(ORDER).state is State.PAID
        assert bench.follow._asking == set()

    def test_after_the_answer_leaves_what_was_known_before(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        accepted(bench)
        answers = [bench.reader.get(ORDER)] * 2
        bench.transport.asks.append(answered(200, status("wait")))

        def busy(_: str) -> OperationRow | None:
            if not answers:
                raise Unavailable("E-BUSY")
            return answers.pop()

        monkeypatch.setattr(bench.reader, "get", busy)
        assert bench.follow.ask(ORDER).state is State.WAIT
        assert bench.follow.next_check(ORDER) is not None


def test_a_question_that_a_person_asks_meanwhile_waits_for_the_answer_of_the_other(bench: Bench) -> None:
    """Else "processing" that was on its way would come after "paid" and look as if the gateway took it back."""
    accepted(bench)
    threads: list[threading.Thread] = []

    def slow(_: object) -> Exchange:
        threads.append(threading.Thread(target=lambda: bench.follow.ask(ORDER)))
        threads[0].start()
        threads[0].join(0.2)
        return answered(200, status("wait"))

    bench.transport.asks = [slow, answered(200, status("paid"))]
    bench.follow.ask(ORDER)
    threads[0].join(5)
    row = bench.reader.get(ORDER)
    assert row is not None
    assert (row.state, row.is_disputed) == (State.PAID, False)


def test_not_found_that_was_true_when_it_was_asked_contradicts_nothing(bench: Bench) -> None:
    """Sent again while a question about it was on its way: the gateway did not have it yet."""
    bench.send(unreachable())

    def sent_again(_: object) -> Exchange:
        review = bench.submit.resend_review(ORDER)
        bench.transport.creates.append(answered(200, {"id": 5, "payment_status": "wait"}))
        bench.submit.send(review, acknowledge(review))
        return answered(400, {"errors": {"order_id": ["no"]}})

    bench.transport.asks = [sent_again]
    row = bench.follow.ask(ORDER)
    assert (row.state, row.is_disputed) == (State.WAIT, False)


class TestHowOftenWasAsked:
    def test_counts_no_question_that_did_not_leave(self, bench: Bench) -> None:
        bench.send(lost())
        for _ in range(3):
            bench.transport.asks.append(unreachable())
            bench.follow.ask(ORDER)
        bench.journal.flush(bench.clock())
        assert bench.settle.may_resolve(ORDER).asks_missing == 3

    def test_begins_anew_with_each_attempt(self, bench: Bench) -> None:
        """R10: three questions after the attempt; R4: the first of them five seconds after it."""
        bench.send(lost())
        for _ in range(3):
            bench.transport.asks.append(answered(500, b""))
            bench.follow.ask(ORDER)
            bench.clock.advance(2)
        bench.journal.flush(bench.clock())
        bench.clock.advance(15 * 60)
        bench.settle.resolve(ORDER, Resolution(Word.NEVER, "T-1", "Анна", ORDER[-4:]))
        review = bench.submit.resend_review(ORDER)
        bench.transport.creates.append(lost())
        row = bench.submit.send(review, acknowledge(review)).row
        assert (row.state, row.attempt) == (State.UNKNOWN, 2)
        bench.follow.watch(row, bench.clock())
        assert bench.follow.next_check(ORDER) == 5.0
        assert bench.settle.may_resolve(ORDER).asks_missing == 3
        bench.clock.advance(15 * 60)
        for missing in (2, 1, 0):
            bench.transport.asks.append(answered(500, b""))
            bench.follow.ask(ORDER)
            bench.clock.advance(2)
            bench.journal.flush(bench.clock())
            assert bench.settle.may_resolve(ORDER).asks_missing == missing
