"""What the operations page says about its rows: the footer's count and sums, and the sentence of an empty table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.money import Money
from console.domain.states import State
from console.domain.text import Text, mark
from console.ui import formats, i18n
from console.ui.controls.button import Button
from console.ui.controls.empty import EmptyState
from console.ui.controls.footer import Total
from console.ui.controls.states import look

if TYPE_CHECKING:
    from console.ui.pages.operations_source import Summed

_COUNT = mark("operations", "{n} operation", "{n} operations")
_SHOWN = mark("operations", "Shown {shown} of {all}")
_UNKNOWN = mark("operations", "Unknown")
_NO_MATCH = mark("operations", "Nothing fits this filter")
_NO_MATCH_MORE = mark("operations", "Operations without the filter: {n}.")
_NOT_FOUND = mark("operations", "Nothing was found")
_NOT_FOUND_MORE = mark("operations", "It was {understood}. Operations without the search: {n}.")
_NONE = mark("operations", "No operations yet")
_NONE_MORE = mark("operations", "Payouts and payments stand here from the moment they are confirmed.")

ORDER = (
    (State.UNKNOWN,),
    (State.ABSENT,),
    (State.NOT_SENT,),
    (State.INTENDED, State.SENDING),
    (State.WAIT,),
    (State.PAID,),
    (State.REJECTED,),
    (State.FAIL,),
    (State.CANCEL,),
    (State.CLOSED,),
)
"""How the sums of the footer follow one another: what is not clear comes first; states of one word are one sum."""

Sums = Mapping[tuple[Kind, State], tuple[int, int]]


def count_words(found: Summed) -> Text:
    """Return how many rows are shown; with a filter, of how many."""
    if found.wanted.is_empty:
        return _COUNT.of(found.count).with_(n=formats.number(found.count))
    return _SHOWN.with_(shown=formats.number(found.count), all=formats.number(found.everything))


def totals(found: Summed) -> tuple[Total, ...]:
    """Return the sums by what the badges say: the unknown first, then contradictions, then the rest."""
    sums = list[Total]()
    for states in ORDER:
        loud = State.UNKNOWN in states
        for kind, kopecks in _by_word(found.sums, states):
            shown = look(states[0].value, kind.value)
            sums.append(Total(shown, _UNKNOWN if loud else shown.words, formats.money(Money(kopecks)), loud))
        if loud and found.disputed[0]:
            disputed = look("disputed")
            sums.append(Total(disputed, disputed.words, formats.money(Money(found.disputed[1])), loud))
    return tuple(sums)


def totals_words(found: Summed) -> tuple[str, ...]:
    """Return the sums in words, for a menu that shows them all."""
    return tuple(f"{i18n.tr(total.words)}: {total.amount}" for total in totals(found))


def _by_word(sums: Sums, states: tuple[State, ...]) -> list[tuple[Kind, int]]:
    """Return the sums of states of one word: of what is paid one for each kind, since it is called otherwise."""
    present = [(kind, sums[kind, state]) for kind in Kind for state in states if sums.get((kind, state), (0, 0))[0]]
    if State.PAID in states or not present:
        return [(kind, kopecks) for kind, (_, kopecks) in present]
    return [(present[0][0], sum(kopecks for _, (_, kopecks) in present))]


def nothing_here(payout: Button, payment: Button) -> EmptyState:
    """Return the state of a journal without operations."""
    return EmptyState("list", _NONE, _NONE_MORE, payout, payment)


def nothing_fits(found: Summed, reset: Button, other: Button | None) -> EmptyState:
    """Return the state of a table that a filter or a search left empty."""
    number = formats.number(found.everything)
    if found.understood is not None:
        words = _NOT_FOUND_MORE.with_(understood=found.understood, n=number)
        return EmptyState("search-x", _NOT_FOUND, words, reset, other)
    return EmptyState("list-filter", _NO_MATCH, _NO_MATCH_MORE.with_(n=number), reset, other)
