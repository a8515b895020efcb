"""What is recorded for power losses: payouts whose marks are acknowledged, as shipped and as four faults would have it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from console.domain.moment import Moment
from console.gateway.client import Gateway
from console.journal import backup, connect
from console.journal.append import Journal
from console.services.backups import Backups
from console.services.clock import system_clock
from tests.faults import newer
from tests.faults.stage import Stage

VARIANTS: dict[str, dict[str, int | str]] = {
    "full": {},
    "wal-normal": {"synchronous": 1},
    "delete-full": {"journal_mode": "delete"},
    "off": {"synchronous": 0},
    "mark-after-sending": {},
}
"""The settings that each variant changes; all but the first are negative controls (failure model M14)."""
CONTROLS = tuple(name for name in VARIANTS if name != "full")
PAYOUTS = 3
COPIES = 3


def pay(variant: str, stage: Stage, tell: Callable[[str], None]) -> None:
    """Send payouts and ask about them, in two starts, the second of which never closes."""
    connect._SETTINGS.update(VARIANTS[variant])
    _acknowledge()
    if variant == "mark-after-sending":
        mark_late()
    _round(stage, "a", tell)
    with contextlib.suppress(_LeftOpen):
        _round(stage, "b", tell, leave_open=True)


def upgrade(stage: Stage, tell: Callable[[str], None], *, whole: bool = True) -> None:
    """Upgrade the schema and go on: the start and the payouts after it are recorded."""
    newer.install(whole=whole)
    _acknowledge()
    _round(stage, "a", tell, leave_open=True)


def back_up(stage: Stage, tell: Callable[[str], None], *, flushed: bool = True) -> None:
    """Make copies between payouts, each of which takes the place of the one before it; acknowledge each.

    `flushed` False is a negative control: copies get their name before they are on the disk.
    """
    if not flushed:
        for name in ("_flush", "_flush_folder"):
            setattr(backup, name, lambda _: None)
    stage.backups.mkdir()
    with stage.engine() as engine:
        engine.services.backups.choose(stage.backups)
        for place in range(COPIES):
            tell(
                f"sent {stage.pay(engine.services, stage.order(str(place)), recipient(stage, 0, place)).row.state.value}"
            )
            last = engine.journal.head().seq
            later = partial(_later, system_clock(), place)
            made = Backups(stage.home, engine.journal.journal_id, engine.services.settings, later).make()
            say(f"copied {made.path.name} {last}")
        say("end")
        os._exit(0)


def _later(clock: Callable[[], Moment], seconds: int) -> Moment:
    now = clock()
    return Moment(now.utc + timedelta(seconds=seconds), now.monotonic, now.boot)


class _LeftOpen(Exception):
    """The process ends here, as at a power loss."""


def _round(stage: Stage, which: str, tell: Callable[[str], None], *, leave_open: bool = False) -> None:
    with stage.engine() as engine:
        for place in range(PAYOUTS):
            order_id = stage.order(f"{which}{place}")
            say(f"begin {order_id}")
            sent = stage.pay(engine.services, order_id, recipient(stage, "ab".index(which), place))
            tell(f"sent {sent.row.state.value}")
            engine.services.follow.ask(order_id)
        if leave_open:
            say("end")
            os._exit(0)


def recipient(stage: Stage, which: int, place: int) -> str:
    """Whom a recorded payout is for."""
    return f"7904{which}{place}{stage.number % 100000:05d}"


def say(words: str) -> None:
    """Leave a word in the recording: a write to no file."""
    with contextlib.suppress(OSError):
        os.write(-1, words.encode())


def _acknowledge() -> None:
    """Say each mark that was acknowledged to its caller, and each final sentence that was shown."""
    append = Journal.append

    def acknowledged(journal: Journal, entry: Any, **options: Any) -> Any:
        event = append(journal, entry, **options)
        say(f"ack {event.seq} {event.digest}")
        return event

    setattr(Journal, "append", acknowledged)  # noqa: B010  # mypy knows no assignment to a method


def mark_late() -> None:
    """The negative control: bytes leave, and then the mark is written."""
    create = Gateway.create

    def late(gateway: Gateway, kind: Any, signed: Any, gate: Any) -> Any:
        peers: list[str | None] = []
        exchange = create(gateway, kind, signed, peers.append)
        gate(peers[0])
        return exchange

    setattr(Gateway, "create", late)  # noqa: B010  # as above
