"""After a fault: the next start, its questions, and a person who wants the recipient paid and takes every way there is.

Runs in a process of its own, without any fault, and is judged by the ledger at each step.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from console.domain.trouble import Invalid, Trouble
from console.journal.backup import copies
from console.journal.check import check
from console.services.backups import restore
from console.services.services import Services
from console.settings.settings import Settings
from tests.e2e import leaks
from tests.faults import naive, newer
from tests.faults.judge import Found, Judge
from tests.faults.stage import Stage, confirm, states

Tell = Callable[[str], None]
ASKED = frozenset({"unknown", "wait"})
TOYS = frozenset({"gateway", "vault.json"})
"""The only places of a sandbox's home where its toys may lie (contract)."""
UNSETTLED = frozenset({13, 34})
"""The outcomes that one question does not settle: an answer that contradicts itself, and an order accepted later."""


def look(act: str, stage: Stage, judge: Judge, told: list[str]) -> Found:
    """Start again, ask, pay if the console lets us, and say what the judge found."""
    found = Found()
    if act == "naive":
        return _naive(stage, judge, found)
    if act.startswith("upgrade"):
        newer.install(whole=act == "upgrade")
    judge.compare(found, stage.recipient, _raw(stage.home.journal), "as left", resent=act == "resend")
    with stage.engine(first=act == "founding" and not _is_connected(stage)) as engine:
        _recovered(stage, judge, told, found, resent=act == "resend")
        if engine.journal.fault is not None:
            found.is_wrong(f"the start finds {engine.journal.fault.code} {engine.journal.fault.values}")
        for order_id, state in states(stage.home.journal).items():
            if state in ASKED:
                engine.services.follow.ask(order_id)
        _asked(stage, judge, found)
        person(stage, engine.services, lambda _: None)
        judge.compare(found, stage.recipient, states(stage.home.journal), "in the end", resent=True)
    judge.duplicates(found, stage.recipient)
    if act.startswith("upgrade"):
        newer.hold(stage.home.journal, found)
    _whole(stage, found)
    hold_tongue(stage, found)
    return found


def hold_tongue(stage: Stage, found: Found) -> None:
    """No file of the home and no copy has the recipient's number, however it is written (T-SECRET)."""
    for folder in (stage.home.path, stage.backups):
        places = {name: content for name, content in leaks.files(folder).items() if not TOYS & set(Path(name).parts)}
        for leak in leaks.found({"the recipient": stage.recipient}, places):
            found.is_wrong(leak)


def person(stage: Stage, services: Services, tell: Tell) -> None:
    """Pay the recipient if the console shows no payment: send again what was not sent, else try a new order."""
    known = states(stage.home.journal)
    again = next((order_id for order_id, state in known.items() if state == "not_sent"), None)
    try:
        if again is not None:
            sent = confirm(services, services.submit.resend_review(again))
            tell(f"sent {again} {sent.verdict.state.value}")
        elif not known or set(known.values()) & {"unknown", "intended", "sending"}:
            review = stage.review(services, stage.order(f"b{len(known)}"))
            sent = confirm(services, review)
            tell(f"sent {review.order_id} {sent.verdict.state.value}")
    except (Trouble, Invalid) as trouble:
        tell(f"trouble {trouble.code}")


def _recovered(stage: Stage, judge: Judge, told: list[str], found: Found, *, resent: bool) -> None:
    """What a start made of it, held against the ledger and against what the person was told."""
    now = states(stage.home.journal)
    judge.compare(found, stage.recipient, now, "recovered", resent=resent)
    if set(now.values()) & {"intended", "sending"}:
        found.is_wrong(f"the start leaves {now}")
    for line in told:
        word, *rest = line.split()
        if word in {"sent", "asked"} and rest[0] not in now:
            found.lost += 1
            found.notes.append(f"{line!r} was told and is lost")
        if word == "sent" and rest[1] in {"wait", "unknown"} and now.get(rest[0]) in {"not_sent", "rejected"}:
            found.is_wrong(f"{line!r} was told, now it is {now[rest[0]]}")


def _asked(stage: Stage, judge: Judge, found: Found) -> None:
    """What the gateway knows must be known after one question to it (G15)."""
    accepted = {row["order_id"] for row in judge.accepted(stage.recipient)}
    for order_id, state in states(stage.home.journal).items():
        if order_id in accepted and state == "unknown" and stage.kopecks not in UNSETTLED:
            found.is_wrong(f"{order_id} was asked about and stays unknown, although the gateway has it")
    judge.compare(found, stage.recipient, states(stage.home.journal), "asked", resent=True)


def _whole(stage: Stage, found: Found) -> None:
    """The journal and every copy of it are sound, and a copy put back asks for a sign-off (R9)."""
    for path in (stage.home.journal, *stage.backups.glob("*.db")):
        checked = check(path)
        if checked.findings:
            found.is_wrong(f"{path.name}: {checked.findings[0]}")
    head = check(stage.home.journal).head
    made = [] if head is None or not stage.backups.is_dir() else copies(stage.backups, head.journal_id)
    if made:
        _restored(stage, made[0].path, found)


def _restored(stage: Stage, copy: Path, found: Found) -> None:
    fresh = Stage(stage.folder / "restored", stage.number, stage.kopecks)
    shutil.copytree(stage.home.path, fresh.home.path, ignore=shutil.ignore_patterns("gateway", "*.reserve"))
    restore(copy, fresh.home, Settings.open(fresh.home.settings))
    with fresh.engine() as engine:
        fault = engine.journal.fault
        found.restored += 1
        if fault is None or fault.code != "E-ROLLBACK":
            found.is_wrong(f"a copy was put back and creates are not blocked: {fault}")


def _naive(stage: Stage, judge: Judge, found: Found) -> Found:
    """The naive client's person looks into its record, and pays where there is nothing."""
    known = naive.records(stage)
    judge.compare(found, stage.recipient, dict.fromkeys(known, "sent"), "as left", resent=True)
    if not known:
        naive.pay(stage, lambda _: None)
    judge.duplicates(found, stage.recipient)
    return found


def _raw(journal: Path) -> dict[str, str]:
    """The orders of a journal that nobody recovered; its files stay as they were left."""
    if not journal.exists() or not journal.stat().st_size:
        return {}
    copy = journal.with_name("as-left")
    copy.mkdir()
    for suffix in ("", "-wal"):
        part = journal.with_name(journal.name + suffix)
        if part.exists():
            shutil.copy(part, copy / part.name)
    with closing(sqlite3.connect(copy / journal.name)) as base:
        has = base.execute("SELECT 1 FROM sqlite_master WHERE name = 'operation'").fetchone()
        rows = base.execute("SELECT order_id, state FROM operation").fetchall() if has else []
    shutil.rmtree(copy)
    return dict(rows)


def _is_connected(stage: Stage) -> bool:
    """Whether a first start came as far as the account."""
    try:
        return bool(json.loads(stage.home.settings.read_text("utf-8")).get("accounts"))
    except (OSError, ValueError):
        return False
