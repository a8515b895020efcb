"""The machine of states: every move there is, and none besides (failure model 2.1 and 2.2)."""

import pytest

from console.domain.states import FINAL, MOVES, State, may_move

LISTED = {
    ("draft", "intended"), ("draft", "discarded"),
    ("intended", "sending"), ("intended", "not_sent"),
    ("sending", "wait"), ("sending", "rejected"), ("sending", "unknown"), ("sending", "not_sent"),
    ("sending", "paid"), ("sending", "cancel"), ("sending", "fail"),
    ("unknown", "wait"), ("unknown", "absent"), ("unknown", "paid"), ("unknown", "cancel"), ("unknown", "fail"),
    ("wait", "absent"), ("wait", "paid"), ("wait", "cancel"), ("wait", "fail"),
    ("not_sent", "intended"), ("not_sent", "closed"),
    ("absent", "intended"), ("absent", "closed"),
    ("absent", "wait"), ("absent", "paid"), ("absent", "cancel"), ("absent", "fail"),
    ("closed", "wait"), ("closed", "paid"), ("closed", "cancel"), ("closed", "fail"),
}  # fmt: skip
PAIRS = [(before, after) for before in State for after in State]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_only_listed_moves_are_known(before: State, after: State) -> None:
    assert may_move(before, after) is ((before.value, after.value) in LISTED)


def test_a_final_state_never_changes() -> None:
    assert not FINAL & MOVES.keys()


def test_from_unknown_no_path_leads_to_sending_without_absent() -> None:
    reached: set[State] = set()
    new = {State.UNKNOWN}
    while new:
        reached |= new
        new = {after for state in new for after in MOVES.get(state, ())} - reached - {State.ABSENT}
    assert State.INTENDED not in reached
    assert State.SENDING not in reached


def test_sending_is_reached_from_intended_alone() -> None:
    assert [before for before, after in PAIRS if after is State.SENDING and may_move(before, after)] == [State.INTENDED]


@pytest.mark.parametrize("state", State)
def test_what_a_state_is(state: State) -> None:
    name = state.value
    assert state.is_final is (name in {"paid", "cancel", "fail"})
    assert state.is_settled is (name in {"paid", "cancel", "fail", "rejected", "closed", "discarded"})
    assert state.is_unclear is (name in {"unknown", "absent"})
    assert state.is_open is (name in {"intended", "sending", "wait"})
    assert state.is_asked is (name in {"unknown", "wait"})
    assert state.may_resend is (name in {"not_sent", "absent"})


@pytest.mark.parametrize("state", State)
def test_a_state_is_settled_open_or_waits_for_somebody(state: State) -> None:
    waits = state in {State.DRAFT, State.NOT_SENT, State.UNKNOWN, State.ABSENT}
    assert [state.is_settled, state.is_open, waits].count(True) == 1
