"""Putting a copy back: in the same home and on a machine that has neither the keyring nor the settings (R9, G26)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from console.app.engine import Engine
from console.domain.secret import Secret
from console.domain.trouble import Invalid, Unavailable
from console.journal.backup import Copy
from console.journal.check import check
from console.journal.lock import HomeLock
from console.journal.read import Reader
from console.journal.recovery import code_of
from console.journal.seal import new_key
from console.services.backups import restore
from console.services.clock import system_clock
from console.services.recovery import Recovery
from console.settings.settings import Settings
from console.vault.file import FileVault
from console.vault.memory import MemoryVault
from tests.faults.child import run
from tests.faults.judge import Found, Judge
from tests.faults.stage import Stage, states


def in_child(look: Callable[[Found], None], found: Found) -> None:
    """Let `look` find what it finds in a process of its own; one that ends badly is a wrong verdict."""

    def looked(tell: Callable[[str], None]) -> None:
        own = Found()
        look(own)
        tell(json.dumps(own.facts()))

    code, told = run(looked)
    if code:
        found.is_wrong(f"the aftermath ended by {code}: {told[-1:]}")
        return
    for name, value in json.loads(told[-1]).items():
        setattr(found, name, getattr(found, name) + value)


def is_whole(copy: Copy, key: Secret | None, last: int, found: Found) -> None:
    """A copy verifies with the journal's key, has what was there when it was begun, and says whose code opens it."""
    assert key is not None
    checked = check(copy.path, key=key)
    if checked.findings or checked.head is None or checked.head.seq < last:
        found.is_wrong(f"{copy.path.name}, begun at {last}: {checked.head} {checked.findings[:1]}")
        return
    if not copy.path.name.startswith(f"journal-{checked.head.journal_id[:8]}-"):
        found.is_wrong(f"{copy.path.name} is of {checked.head.journal_id}")
    with closing(Reader(copy.path)) as reader:
        settings = Settings.open(copy.path.with_name("no-settings.json"))
        opened = Recovery(MemoryVault(), reader, settings)
        opened.check(code_of(key))
        try:
            opened.check(code_of(new_key()))
        except Invalid:
            return
    found.is_wrong(f"{copy.path.name} is opened by any code")


def put_back(stage: Stage, copy: Copy, judge: Judge, found: Found, *, another: bool) -> None:
    """Put a copy back and try to pay: nothing leaves until a person signs the gap off, and then it does."""
    fresh = elsewhere(stage, copy.path) if another else _here(stage, copy)
    before = judge.last_request()
    with fresh.engine(first=another) as engine:
        found.restored += 1
        if check(fresh.home.journal, key=engine.services.recovery.key(engine.services.recovery.code())).findings:
            found.is_wrong(f"{copy.path.name} does not verify where it was put back")
        is_blocked(fresh, engine, judge, before, found)
        engine.services.gap.sign_off("each order was looked up in the cabinet", "Громова Е. А.")
        sent = fresh.pay(engine.services, fresh.order("next"), _next(stage))
        if sent.verdict.state.value not in {"wait", "unknown", "rejected"}:
            found.is_wrong(f"after the sign-off: {sent.verdict}")
        theirs = {name: state for name, state in states(fresh.home.journal).items() if name == fresh.order("next")}
        judge.compare(found, _next(stage), theirs, "after the sign-off", resent=True)
    with fresh.engine(first=another) as engine:
        if engine.journal.fault is not None:
            found.is_wrong(f"signed off, and blocked again: {engine.journal.fault.code}")
    shutil.rmtree(fresh.folder)


def _next(stage: Stage) -> str:
    return f"7907{stage.number:07d}"


def _here(stage: Stage, copy: Copy) -> Stage:
    """The same machine, at another moment: its home copied, the copy put back in it."""
    fresh = Stage(stage.folder / "again", stage.number)
    shutil.copytree(stage.home.path, fresh.home.path, symlinks=True, ignore=shutil.ignore_patterns("*.reserve"))
    lock = HomeLock.take(fresh.home.path, system_clock()())
    restore(copy.path, fresh.home, Settings.open(fresh.home.settings))
    lock.release()
    return fresh


def elsewhere(stage: Stage, copy: Path) -> Stage:
    """Another machine: nothing but the copy and, on paper, the recovery code."""
    code = code_of(_key(stage))
    fresh = Stage(stage.folder / "elsewhere", stage.number)
    fresh.home.path.mkdir(parents=True, mode=0o700)
    (fresh.home.path / "gateway").symlink_to(stage.home.path / "gateway")
    shutil.copy(copy, fresh.home.journal)
    settings, clock = Settings.open(fresh.home.settings), system_clock()
    try:
        Engine.start(fresh.home, settings, clock, sandbox=True).close()
    except Unavailable as trouble:
        if trouble.code != "E-KEYRING-JOURNAL":
            raise
        vault = FileVault(fresh.home.path / "vault.json")
        looking = Engine.look(fresh.home, settings, clock, trouble, sandbox=False, vault=vault)
        looking.services.recovery.restore(code)
        looking.close()
    else:
        raise AssertionError("a copy was opened without its key")
    return fresh


def _key(stage: Stage) -> Any:
    return FileVault(stage.home.path / "vault.json").read("journal/key")


def is_blocked(fresh: Stage, engine: Engine, judge: Judge, before: int, found: Found) -> None:
    """Creates are blocked, nothing of one is journalled and nothing of it has reached the gateway."""
    fault = engine.journal.fault
    if fault is None or fault.code != "E-ROLLBACK":
        found.is_wrong(f"a copy was put back and creates are not blocked: {fault}")
        return
    try:
        fresh.pay(engine.services, fresh.order("blocked"), f"7908{fresh.number:07d}")
    except Unavailable as trouble:
        if trouble.code != "E-ROLLBACK":
            found.is_wrong(f"a create after a restore ended as {trouble.code}")
    else:
        found.is_wrong("a create went out after a restore")
    if fresh.order("blocked") in states(fresh.home.journal) or judge.heard_of(fresh.order("blocked"), before):
        found.is_wrong("a create after a restore was begun")
