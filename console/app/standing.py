"""What stands over every page until it is dealt with: orders that the last run left in the air, and outcomes that are
known and not in the journal. Tries to store those again with each beat.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.endpoint import Kind
from console.domain.sentence import MoneyLine
from console.domain.sentences import sentence
from console.domain.states import State
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.ui.pages.order_banners import lost_outcome
from console.ui.shell.strips import Strip

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.engine import Engine
    from console.app.pulse import Pulse
    from console.journal.rows import OperationRow
    from console.services.submit import Sent

SEEN = mark("window", "I have seen it")
WRITTEN_DOWN = mark("window", "I have written it down")
_IN_THE_AIR = frozenset({State.INTENDED, State.SENDING, State.UNKNOWN, State.ABSENT})


def start_key(kind: Kind) -> str:
    """Return the key of the strip about what the last run left in the air."""
    return f"start/{kind.value}"


def start_strip(kind: Kind, count: int, *, known: bool = False) -> Strip:
    """Return what a start says of the orders that were being sent when the last run ended; `known` by now, or not."""
    said = sentence("E-KNOWN-SINCE" if known else "E-UNKNOWN-START", kind).with_({"n": count})
    return Strip(start_key(kind), said, "blue" if known else "amber", SEEN)


def lost_strip(sent: Sent) -> Strip:
    """Return what is said of an outcome that is not stored: by the money, red only where an id has to be written down."""
    said = lost_outcome(sent)
    colours = {MoneyLine.AT_GATEWAY: "red", MoneyLine.UNKNOWN: "amber"}
    close = WRITTEN_DOWN if sent.verdict.gateway_id else SEEN
    return Strip(sent.row.order_id, said, "blue" if said.money is None else colours.get(said.money, "blue"), close)


class Standing(QObject):
    """The strips of one home. They outlive it where an outcome is not in its journal yet."""

    def __init__(
        self,
        console: Console,
        engine: Engine,
        pulse: Pulse,
        parent: QObject,
        *,
        show_order: Callable[[str], object],
        show_operations: Callable[[Filter], object],
    ) -> None:
        super().__init__(parent)
        self._console, self._pulse = console, pulse
        self._services = engine.services
        self._strips = console.window.sheet.strips
        self._show_order, self._show_operations = show_order, show_operations
        self._dismissed: set[str] = set()
        self._is_storing = False
        pulse.ticked.connect(self.look)
        pulse.changed.connect(self._on_changed)
        self._cut_short = engine.recovered.unknown
        self._unknown = {kind: set(ids) for kind, ids in self._cut_short.items()}
        for kind in Kind:
            self._strips.drop(start_key(kind))  # of a home that was left
            if self._cut_short[kind]:
                self._tell_start(kind)

    def look(self) -> None:
        """Show what is known and not stored, and try to store it."""
        held = self._services.submit.storing.held()
        for sent in held:
            self._tell_outcome(sent)
        if held and not self._is_storing:
            self._is_storing = True
            self._console.jobs.run(self, self._store, self._on_stored, self._on_failed, lane="follow")

    def _tell_start(self, kind: Kind) -> None:
        strip = start_strip(kind, len(self._cut_short[kind]), known=not self._unknown[kind])
        strip.opened.connect(lambda: self._open(kind))
        self._add(strip)

    def _open(self, kind: Kind) -> None:
        """Show what the strip is about: what is unclear, or by now the one order, or all."""
        ids = self._cut_short[kind]
        if self._unknown[kind] or len(ids) > 1:
            self._show_operations(Filter(unclear_only=bool(self._unknown[kind])))
        else:
            self._show_order(ids[0])

    def _tell_outcome(self, sent: Sent) -> None:
        order_id = sent.row.order_id
        if order_id in self._dismissed | self._strips.keys():
            return
        strip = lost_strip(sent)
        strip.opened.connect(lambda: self._show_order(order_id))
        self._add(strip)

    def _add(self, strip: Strip) -> None:
        strip.closed.connect(partial(self._on_closed, strip.key))
        self._strips.add(strip)

    def _on_closed(self, key: str) -> None:
        self._dismissed.add(key)
        self._strips.drop(key)

    def _store(self) -> tuple[str, ...]:
        services = self._services
        stored = services.submit.storing.store_again()
        for order_id in stored:
            row = services.operations.get(order_id)
            if row is not None:
                services.follow.watch(row, services.clock())
        return stored

    def _on_stored(self, order_ids: tuple[str, ...]) -> None:
        self._is_storing = False
        for order_id in order_ids:
            self._strips.drop(order_id)
        if order_ids:
            self._pulse.changed.emit(order_ids)

    def _on_changed(self, order_ids: tuple[str, ...]) -> None:
        """Look at what a start did not know, and at what an earlier run of this home could not store."""
        held = {sent.row.order_id for sent in self._services.submit.storing.held()}
        told = self._strips.keys().union(*self._unknown.values())
        for order_id in set(order_ids) & told - held:
            get = partial(self._services.operations.get, order_id)
            self._console.jobs.run(self, get, self._on_row, self._on_failed, lane="read")

    def _on_row(self, row: OperationRow | None) -> None:
        if row is None or row.state in _IN_THE_AIR:
            return
        self._strips.drop(row.order_id)
        unknown = self._unknown[row.kind]
        if row.order_id in unknown:
            unknown.remove(row.order_id)
            if not unknown and {start_key(row.kind)} <= self._strips.keys():
                self._tell_start(row.kind)

    def _on_failed(self, error: BaseException) -> None:
        """Let trouble pass: the strip says what is known. A bug is raised."""
        self._is_storing = False
        if not isinstance(error, Trouble):
            raise error
