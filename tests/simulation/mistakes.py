"""Every event at every state: what a person, an answer, a restart or a late worker may do to an order, and what it may not.

In a history the usual deeds come where they make sense. Here each one is tried at any order, and where the table of
failure model 2.1 has no way for it nothing may move. `PAIRS` is what all histories together have to visit (G12).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.domain.states import State
from console.domain.trouble import Trouble, Unavailable
from console.journal.change import Lost
from console.services.settle import Resolution, Word, confirmation_word

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from tests.simulation.world import World

STATES = tuple(state for state in State if state not in {State.DRAFT, State.DISCARDED})
"""The states that an order of the journal can have."""
EVENTS = ("resend", "close", "support has", "support never", "lift", "ask", "twin", "late gate", "restart")
PAIRS = frozenset((state.value, event) for state in STATES for event in EVENTS)
NOT_TRIED = object()
_OPEN_AGAIN = frozenset({State.NOT_SENT, State.ABSENT})
_BLOCKING = frozenset({State.INTENDED, State.SENDING, State.UNKNOWN, State.ABSENT})


class Mistakes:
    """Tries an event at an order of a world, and holds what became of it against the table."""

    def __init__(self, world: World) -> None:
        self._world = world

    def one(self) -> None:
        """Try any event at an order of any state that there is; rare states come as often as the others."""
        world = self._world
        rows = world._all()
        if not rows:
            return
        state = world.random.choice(sorted({row.state for row in rows}, key=lambda each: each.value))
        row = world.random.choice([each for each in rows if each.state is state])
        event = world.random.choice(EVENTS[:-1])  # a restart meets every state by itself
        world.note(f"{event} at {row.order_id}, {state.value}")
        if self._deeds()[event](row) is not NOT_TRIED:
            world.visited[state.value, event] += 1

    def _deeds(self) -> dict[str, Callable[[OperationRow], object]]:
        return {
            "resend": self._resend,
            "close": self._close,
            "support has": lambda row: self._support(row, Word.HAS),
            "support never": lambda row: self._support(row, Word.NEVER),
            "lift": self._lift,
            "ask": self._ask,
            "twin": self._twin,
            "late gate": self._late_gate,
        }

    def _resend(self, row: OperationRow) -> None:
        if row.state in _OPEN_AGAIN:
            self._world.resend_one(row)
            return
        with pytest.raises(Unavailable, match="E-NOT-RESENDABLE"):
            self._world.bench.submit.resend_review(row.order_id)

    def _close(self, row: OperationRow) -> None:
        if row.state in _OPEN_AGAIN:
            self._world.close_one(row)
            return
        self._refused(row, lambda: self._world.bench.settle.close(row.order_id, confirmation_word(row)))

    def _support(self, row: OperationRow, word: Word) -> object:
        """Record the support's word where it is true; where the outcome is no question it changes no state."""
        world = self._world
        may = row.state is State.UNKNOWN or (row.state is State.WAIT and row.is_disputed)
        if may and world.truth(row.order_id) is not word:
            return NOT_TRIED  # the clerk does not lie
        resolution = Resolution(word, "T-1", "Анна", confirmation_word(row), "999" if word is Word.HAS else "")
        if may:
            world.support_one(row)
        elif row.state.is_final:
            self._still(row, lambda: world.bench.settle.resolve(row.order_id, resolution))
        else:
            self._refused(row, lambda: world.bench.settle.resolve(row.order_id, resolution))
        return None

    def _lift(self, row: OperationRow) -> None:
        self._still(row, lambda: self._world.bench.settle.lift(row.order_id, "seen in the cabinet", "Анна"))

    def _ask(self, row: OperationRow) -> None:
        """*Check now*, wherever: what follows is held by the invariants of every step."""
        self._world.bench.follow.ask(row.order_id)

    def _twin(self, row: OperationRow) -> None:
        """The same once more is blocked while it is not clear, and needs words within a day of any other."""
        world = self._world
        intent = next(each for each in world.intents if row.order_id in each.orders)
        review = world.bench.review(order_id="twin", number=intent.number, amount=intent.amount)
        if row.state in _BLOCKING or row.is_disputed:
            assert review.blocked is not None, f"a twin of {row.order_id} is not blocked"

    def _late_gate(self, row: OperationRow) -> object:
        """A worker of an attempt that is over wakes up at its gate: no byte, and no mark of a newer attempt."""
        gates = self._world.gates.get(row.order_id, [])
        if row.state is State.INTENDED:  # its own attempt is not over: the transport's gate holds it, see tests/gateway
            gates = [(attempt, gate) for attempt, gate in gates if attempt != row.attempt]
        for _, gate in gates:
            self._unmoved(row, partial(gate, None), (Lost, Trouble))
        return None if gates else NOT_TRIED

    def _refused(self, row: OperationRow, deed: Callable[[], object]) -> None:
        self._unmoved(row, deed, (Trouble,))

    def _unmoved(self, row: OperationRow, deed: Callable[[], object], raised: tuple[type[Exception], ...]) -> None:
        try:
            deed()
        except raised:
            after = self._world.bench.reader.get(row.order_id)
            assert after is not None
            assert (after.state, after.attempt) == (row.state, row.attempt), f"{row.order_id} moved by what was refused"
            return
        raise AssertionError(f"{row.order_id} is {row.state.value}, and it was not refused")

    def _still(self, row: OperationRow, deed: Callable[[], object]) -> None:
        deed()
        after = self._world.bench.reader.get(row.order_id)
        assert after is not None
        assert after.state is row.state, f"{row.order_id} was {row.state.value} and is {after.state.value}"
