"""The agenda: who comes next, and what no longer counts."""

from __future__ import annotations

from console.services.agenda import FAIR, Agenda


def taken(agenda: Agenda, now: float, *held: str) -> list[str]:
    """Everything that is due, in its order."""
    orders = []
    while (order := agenda.take(now, set(held))) is not None:
        orders.append(order)
    return orders


def test_unknown_ones_come_first_then_the_longest_due() -> None:
    agenda = Agenda()
    for order, due, unknown in (("a", 1.0, False), ("b", 0.5, False), ("c", 2.0, True), ("d", 9.0, True)):
        agenda.put(order, "acc", due, unknown=unknown)
    assert taken(agenda, 2.0) == ["c", "b", "a"]
    assert taken(agenda, 2.0) == []
    assert taken(agenda, 9.0) == ["d"]


def test_every_fifth_is_the_longest_due_of_all() -> None:
    agenda = Agenda()
    agenda.put("wait", "acc", 0.0, unknown=False)
    for number in range(8):
        agenda.put(f"u{number}", "acc", 1.0 + number, unknown=True)
    assert taken(agenda, 99.0).index("wait") == FAIR - 1


def test_an_account_that_is_held_is_passed_over() -> None:
    agenda = Agenda()
    agenda.put("a", "one", 1.0, unknown=True)
    agenda.put("b", "two", 2.0, unknown=False)
    assert taken(agenda, 5.0, "one") == ["b"]
    assert taken(agenda, 5.0, "two") == ["a"]


def test_what_was_dropped_or_put_again_counts_once() -> None:
    agenda = Agenda()
    agenda.put("a", "acc", 1.0, unknown=True)
    agenda.put("a", "acc", 3.0, unknown=False)
    agenda.put("b", "acc", 1.0, unknown=True)
    agenda.drop("b")
    agenda.drop("b")
    assert agenda.due("a") == (3.0, "acc")
    assert agenda.due("b") is None
    assert taken(agenda, 2.0) == []
    assert taken(agenda, 3.0) == ["a"]
