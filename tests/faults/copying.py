"""T-BACKUP: copies made beside a console that pays, killed or not, and what each of them is good for afterwards."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from console.app.vaults import JOURNAL_KEY
from console.domain.moment import Moment
from console.journal.backup import DAILY, WEEKLY, Copy, copies
from console.journal.read import Reader
from console.services.backups import Backups
from console.services.clock import system_clock
from console.settings.settings import BACKUP_FOLDER, Settings
from console.vault.file import FileVault
from tests.faults import acts, restoring
from tests.faults.child import Child
from tests.faults.judge import Found, Judge
from tests.faults.stage import Stage, states

Tell = Callable[[str], None]
PAYOUTS = 4
"""Payouts that go on beside the copies."""
DAYS = 10
"""Copies that are made one after another, each a day later."""


def run(order: dict[str, Any], ledger: Path, stand: Callable[[dict[str, Any]], Stage]) -> dict[str, Any]:
    """One round: a console that pays and a process that copies, of which one may be killed; then the copies, judged."""
    stage = stand(order)
    judge = Judge(ledger, Judge(ledger).last_request())
    choose(stage)
    payer = {"paying": partial(pay, stage), "together": partial(together, stage)}[order["payer"]]
    works = [payer] + ([partial(copy_days, stage)] if order["copies"] else [])
    traced = order["tracing"]
    children = [Child(work, traced[place] if place < len(traced) else ()) for place, work in enumerate(works)]
    for child in children:
        child.go()
    ends = [child.wait() for child in children]
    found = Found()
    restoring.in_child(partial(look, stage, judge, ends, order), found)
    if not found.wrong:
        shutil.rmtree(stage.folder)
    told = [line for _, lines in ends for line in lines]
    return {"code": min(code for code, _ in ends), "told": told, "found": found.facts()}


def choose(stage: Stage) -> None:
    """Choose the folder of copies, as a person did on an earlier day."""
    stage.backups.mkdir()
    Settings.open(stage.home.settings).set(BACKUP_FOLDER, str(stage.backups))


def pay(stage: Stage, tell: Tell) -> None:
    """The case's payout, then some more, each to a recipient of its own."""
    acts.payout(stage, tell)
    with stage.engine() as engine:
        _more(stage, engine.services, tell)
        engine.anchor.drop()


def together(stage: Stage, tell: Tell) -> None:
    """Payouts and copies in one process, as in the window: the copies are made by a thread of their own."""
    with stage.engine() as engine:
        over = threading.Event()

        def copy() -> None:
            while not over.is_set():
                tell_copy(engine.services.backups, stage, lambda _: None)

        copier = threading.Thread(target=copy)
        copier.start()
        try:
            sent = stage.pay(engine.services, stage.order())
            tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")
            _more(stage, engine.services, tell)
        finally:
            over.set()
            copier.join()
        tell_copy(engine.services.backups, stage, tell)


def copy_days(stage: Stage, tell: Tell) -> None:
    """Make a copy each day for some days, beside whatever goes on in the home."""
    with closing(Reader(stage.home.journal)) as reader:
        journal_id = reader.meta()["journal_id"]
    today = system_clock()
    for day in range(DAYS):
        clock = partial(_later, today, timedelta(days=day))
        tell_copy(Backups(stage.home, journal_id, Settings.open(stage.home.settings), clock), stage, tell)


def tell_copy(backups: Backups, stage: Stage, tell: Tell) -> None:
    """Make a copy, and tell its name and the record that was surely there when it was begun."""
    with closing(Reader(stage.home.journal)) as reader:
        last = reader.event_page(limit=1)[0].seq
    made = backups.make()
    tell(f"copied {made.path.name} {last}")


def _later(clock: Callable[[], Moment], by: timedelta) -> Moment:
    now = clock()
    return Moment(now.utc + by, now.monotonic, now.boot)


def _more(stage: Stage, services: Any, tell: Tell) -> None:
    for place in range(PAYOUTS):
        sent = stage.pay(services, stage.order(str(place)), recipient(stage, place))
        tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")


def recipient(stage: Stage, place: int) -> str:
    """Whom a payout beside the copies is for."""
    return f"7906{place}{stage.number:06d}"


def look(stage: Stage, judge: Judge, ends: list[tuple[int, list[str]]], order: dict[str, Any], found: Found) -> None:
    """What is left: the home of the payer, every copy that was acknowledged, and those drawn by the case put back."""
    with stage.engine() as engine:
        journal_id = engine.journal.journal_id
        if engine.journal.fault is not None:
            found.is_wrong(f"the start finds {engine.journal.fault.code}")
        for order_id in states(stage.home.journal):
            engine.services.follow.ask(order_id)
        engine.anchor.drop()
    now = states(stage.home.journal)
    paid = {stage.recipient: stage.order()}
    paid |= {recipient(stage, place): stage.order(str(place)) for place in range(PAYOUTS)}
    for one, order_id in paid.items():
        theirs = {order_id: now[order_id]} if order_id in now else {}
        judge.compare(found, one, theirs, "after", resent=True)
        judge.duplicates(found, one)
    left = copies(stage.backups, journal_id)
    _acknowledged(stage, ends, left, found)
    _ends(ends, order, found)
    for place in order["restores"]:
        if left:
            restoring.put_back(stage, left[place % len(left)], judge, found, another=bool(place % 2))


def _acknowledged(stage: Stage, ends: list[tuple[int, list[str]]], left: list[Copy], found: Found) -> None:
    """Every copy that was told of is there, unless newer ones took its day; all are whole and as new as was promised."""
    told = [line.split()[1:] for _, lines in ends for line in lines if line.startswith("copied")]
    there = {copy.path.name: copy for copy in left}
    kept = {name for name, _ in told} & there.keys()
    if told and len(kept) < min(len(told), DAILY, len({name for name, _ in told})):
        found.is_wrong(f"of {told} only {sorted(there)} is left")
    if len(left) > DAILY + WEEKLY + 1:
        found.is_wrong(f"{len(left)} copies are kept")
    key = FileVault(stage.home.path / "vault.json").read(JOURNAL_KEY)
    for name, last in told:
        if name in there:
            restoring.is_whole(there[name], key, int(last), found)
    for copy in left:
        restoring.is_whole(copy, key, 1, found)
    if strange := [path.name for path in stage.backups.glob("*.db") if path.name not in there]:
        found.is_wrong(f"{strange} are no copies")


def _ends(ends: list[tuple[int, list[str]]], order: dict[str, Any], found: Found) -> None:
    """A process that no fault was put into ends by itself, and without trouble."""
    for place, (code, lines) in enumerate(ends):
        if not any(order["tracing"][place : place + 1]) and (code or any(line.startswith("trouble") for line in lines)):
            found.is_wrong(f"process {place} ended by {code}: {lines[-1:]}")
