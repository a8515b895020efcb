"""An attempt passes its gate once, before its deadline, or not at all."""

import threading

import pytest

from console.gateway.gate import SLEPT, TICK, Attempt, End, GateClosed, Phase


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock of one's own."""
    return Clock()


def _no_gate(_peer: str | None) -> None:
    raise AssertionError("the gate may not be asked")


def test_gate_is_asked_once(clock: Clock) -> None:
    asked: list[str | None] = []
    attempt = Attempt(asked.append, 60, clock)
    attempt.pass_gate("peer")
    assert attempt.passed
    with pytest.raises(GateClosed):
        attempt.pass_gate("peer")
    assert asked == ["peer"]
    assert attempt.passed
    assert attempt.close() is Phase.PASSED
    assert attempt.passed


def test_gate_that_refuses(clock: Clock) -> None:
    def refuse(_peer: str | None) -> None:
        raise OSError("no space left")

    attempt = Attempt(refuse, 60, clock)
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert isinstance(attempt.refusal, OSError)
    assert not attempt.passed
    assert attempt.close() is Phase.CLOSED
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_interrupt_in_the_gate_goes_on(clock: Clock, kind: type[BaseException]) -> None:
    def interrupt(_peer: str | None) -> None:
        raise kind

    attempt = Attempt(interrupt, 60, clock)
    with pytest.raises(kind):
        attempt.pass_gate(None)
    assert isinstance(attempt.refusal, kind)
    assert not attempt.passed


def test_closed_attempt_asks_no_gate(clock: Clock) -> None:
    attempt = Attempt(_no_gate, 60, clock)
    assert attempt.close() is Phase.OPEN
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)


@pytest.mark.parametrize("end", End)
def test_ended_attempt_asks_no_gate(clock: Clock, end: End) -> None:
    attempt = Attempt(_no_gate, 60, clock)
    attempt.stop(end)
    attempt.stop(End.INTERRUPTED)
    assert attempt.news.is_set()
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert attempt.end is end
    assert not attempt.passed


def test_deadline_closes_the_gate(clock: Clock) -> None:
    attempt = Attempt(_no_gate, 60, clock)
    for clock.now in range(101, 160):
        assert not attempt.is_over()
    clock.now = 160
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert attempt.end is End.DEADLINE
    assert attempt.is_over()


def test_deadline_that_passes_while_the_gate_commits(clock: Clock) -> None:
    def slow(_peer: str | None) -> None:
        attempt.is_over()
        clock.now += 3

    attempt = Attempt(slow, 3, clock)
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert attempt.end is End.DEADLINE
    assert not attempt.passed


def test_attempt_that_is_closed_while_the_gate_commits(clock: Clock) -> None:
    """The watchdog gave it up: whatever the gate committed, nothing leaves."""

    def given_up(_peer: str | None) -> None:
        attempt.stop(End.DEADLINE)
        assert attempt.close() is Phase.AT_GATE

    attempt = Attempt(given_up, 60, clock)
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert not attempt.passed


def test_sleep_closes_the_gate(clock: Clock) -> None:
    attempt = Attempt(_no_gate, 600, clock)
    clock.now += TICK + SLEPT
    assert not attempt.is_over()
    clock.now += TICK + SLEPT + 0.1
    with pytest.raises(GateClosed):
        attempt.pass_gate(None)
    assert attempt.end is End.SLEPT
    clock.now += 600
    assert attempt.is_over()
    assert attempt.end is End.SLEPT


def test_patience_and_age(clock: Clock) -> None:
    attempt = Attempt(_no_gate, 2.5, clock)
    assert (attempt.patience, attempt.age) == (TICK, 0)
    clock.now += 2
    assert (attempt.patience, attempt.age) == (0.5, 2)
    clock.now += 2
    assert (attempt.patience, attempt.age) == (0, 4)


def test_of_many_racers_one_passes(clock: Clock) -> None:
    asked: list[str | None] = []
    attempt = Attempt(asked.append, 60, clock)
    start = threading.Barrier(8)
    refused = []

    def race() -> None:
        start.wait(10)
        try:
            attempt.pass_gate(None)
        except GateClosed:
            refused.append(1)

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(asked), len(refused)) == (1, 7)


def test_of_closing_and_passing_one_wins(clock: Clock) -> None:
    for _ in range(200):
        asked: list[str | None] = []
        attempt = Attempt(asked.append, 60, clock)
        start = threading.Barrier(2)

        def close(attempt: Attempt = attempt, start: threading.Barrier = start) -> None:
            start.wait(10)
            attempt.close()

        thread = threading.Thread(target=close)
        thread.start()
        start.wait(10)
        try:
            attempt.pass_gate(None)
        except GateClosed:
            passed = False
        else:
            passed = True
        thread.join(10)
        assert attempt.passed is passed
        assert len(asked) >= passed
