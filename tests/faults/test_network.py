"""T-NET: every mode of a faulty network, cuts at drawn bytes; T-HTTP: the whole table of answers. No verdict is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.states import State
from console.domain.verdicts import Verdict
from tests.faults.judge import Tally
from tests.faults.seeds import drawn
from tests.gateway import net, shapes

Tell = Callable[[Tally], Tally]
CASES = 400


@pytest.mark.timeout(180)
def test_no_fault_of_the_network_gives_a_wrong_verdict(seed: int, tell: Tell) -> None:
    modes = net.modes()
    cases = [*modes, *drawn(net.cuts(), CASES - len(modes), seed)]
    tally = tell(net.played(cases, seed))
    assert tally.cases == CASES
    assert tally.is_clean, tally.explain()


def test_the_suite_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict by the exception instead of the phase says *not sent* of bytes that the server read."""
    case = next(each for each in net.modes() if each.name == "closed after reading" and each.scheme == "http")
    monkeypatch.setattr(net, "judge_create", lambda *_: Verdict(State.NOT_SENT))
    tally = net.played([case], 0)
    assert tally.wrong == 1
    assert "is not sent, and the server read" in "".join(tally.notes)


def test_the_whole_table_of_answers_holds(tell: Tell) -> None:
    tally = tell(shapes.play())
    assert tally.is_clean, tally.explain()
    assert tally.counts[State.REJECTED.value] > 0
    assert {state.value for state in (State.WAIT, State.PAID, State.CANCEL, State.FAIL)} <= tally.counts.keys()


def test_a_wrong_cell_of_the_table_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.domain.verdicts.REFUSALS", frozenset({400, 422, 500}))
    tally = shapes.play()
    assert tally.wrong > 0
    assert tally.notes[0].startswith("500 REFUSED")
