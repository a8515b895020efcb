"""T-SOAK of the window: a short turn of the long run, and what the long run makes of its figures."""

from __future__ import annotations

import pytest

from tests.faults import longrun
from tests.faults.longrun import Run

MINUTES, PAYOUTS = 0.15, 2


@pytest.mark.timeout(120)
def test_a_short_turn_pays_searches_pages_and_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = longrun.in_a_process(MINUTES, PAYOUTS)
    with capsys.disabled():
        print("\n" + "".join(line for line in said.splitlines() if line.startswith("T-")))
    assert code == 0, said
    assert all(f"'{word}'" in said for word in ("pay", "search", "page", "scroll")), said


def test_memory_that_grows_and_events_that_stay_away_are_found_in_a_long_run() -> None:
    warming = [(minute / 10, 60 + 2 * minute) for minute in range(20)]
    grown = [(2 + minute / 10, 100 + minute / 10) for minute in range(100)]
    run = Run(minutes=12, warm_up=2, events=2_000_000, memory=warming + grown)
    assert run.slope == pytest.approx(10.0)
    assert run.faults() == ["+10.00 MiB in 10 minutes"]
    flat = Run(minutes=12, warm_up=2, events=2_000, memory=warming + [(at, 100.0) for at, _ in grown])
    assert flat.faults() == ["200 events a minute"]
    short = Run(minutes=4, warm_up=2, events=2, memory=grown[:20])
    assert short.faults() == []


def test_a_person_that_is_ahead_of_the_pace_rests(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(events=int(longrun.PACE))
    ahead = []
    for second in range(1, 71):
        run.look(second / 60)
        ahead.append(run.is_ahead)
    assert ahead == [True] * 59 + [False] * 11
    assert len(run.memory) == 70
    assert capsys.readouterr().out.splitlines()[0].startswith("  1.0 min ")


def test_what_the_ledger_says_counts() -> None:
    run = Run(minutes=1)
    run.sent = {"a", "b"}
    run.accepted.update({"a": 2, "c": 1})
    assert run.faults() == ["1 lost", "1 paid twice"]
    assert "duplicates 1, lost 1" in run.line()
    run.escaped.append("ValueError: x")
    assert run.faults()[0] == "ValueError: x"


def test_a_warm_up_has_no_pace_and_its_events_do_not_count() -> None:
    run, seen = Run(warm_up=1, events=int(longrun.PACE)), []
    for minutes in (0.5, 1.01, 1.02):
        run.look(minutes)
        seen.append((run.events > 0, run.is_ahead))
        run.events += 2_000
    assert seen == [(True, False), (False, False), (True, False)]
    run.events += 2_000
    assert run.is_ahead


def test_a_slice_is_clean_where_the_process_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run, said = Run(minutes=18, warm_up=8, events=1_100_000), ["", ""]
    run.steps.update(pay=300, page=40)
    said[0] = f" 10.0 min  170.0 MiB 9 events\n{run.line()}\n"
    said[1] = f"{said[0]}FAILED +5.74 MiB in 10 minutes\n"
    ends = [(0, said[0]), (1, said[1]), (-11, "killed")]
    monkeypatch.setattr(longrun, "in_a_process", lambda *_: ends.pop(0))
    clean, grown, crashed = (longrun.play_slice(4, 10) for _ in range(3))
    assert clean.is_clean
    assert (clean.cases, clean.counts["minutes"], clean.first) == (340, 10, 4)
    assert (grown.wrong, grown.notes) == (1, ["FAILED +5.74 MiB in 10 minutes"])
    assert (crashed.wrong, crashed.cases, crashed.notes) == (1, 0, ["it ended by -11: killed"])
