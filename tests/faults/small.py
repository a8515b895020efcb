"""T-DISK for real: a small disk that is filled to the last KiB at a chosen moment of a payout, a question or a backup.

The disk is a tmpfs in a mount namespace. Where mounting is not allowed a limit on the size of files stands in for it: no
file then grows beyond what it was given, which SQLite meets as an I/O error and not as a full disk.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.app.engine import Engine
from console.domain.trouble import Trouble
from console.gateway.client import Gateway
from console.journal import place
from console.services import submit
from console.services.reviews import Problems
from tests.faults import aftermath
from tests.faults.child import run as in_child
from tests.faults.judge import Judge
from tests.faults.stage import Stage, states

SIZE = 80 << 20
"""Bytes of the disk: room for what a payout asks for (64 MiB), the reserve (4 MiB) and the home."""
FILLER = "filler"
MOMENTS = ("start", "intent", "outcome", "status", "backup")
Tell = Callable[[str], None]


def mount(folder: Path) -> None:
    """Mount a disk of its own on a folder. Raises CalledProcessError."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    subprocess.run(words, check=True, capture_output=True)


def run(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """One case: an act on a disk that fills up at a moment of it; then the disk is freed, and a person goes on."""
    disk = Path(order["folder"])
    mount(disk) if order["mounts"] else disk.mkdir()
    stage = Stage(disk / "case", order["number"], order["kopecks"])
    shutil.copytree(order["template"], stage.folder, symlinks=True, ignore=shutil.ignore_patterns("*.reserve"))
    judge = Judge(ledger, Judge(ledger).last_request())
    code, told = in_child(lambda tell: _act(stage, disk, order, tell))
    (disk / FILLER).unlink(missing_ok=True)
    looked, words = in_child(lambda tell: tell(json.dumps(aftermath.look("payout", stage, judge, told).facts())))
    if looked == 0:
        found = json.loads(words[-1])
    else:
        found = {"duplicates": 0, "lost": 0, "wrong": 1, "notes": [f"the aftermath ended by {looked}: {words[-1:]}"]}
    if order["mounts"]:
        subprocess.run(["umount", str(disk)], check=True)
    shutil.rmtree(disk)
    return {"code": code, "told": told, "found": found}


def _act(stage: Stage, disk: Path, order: dict[str, Any], tell: Tell) -> None:
    """A payout, a question and a backup; the disk is full from the moment on. What the person is told is told."""
    moment = order["moment"]

    def fill() -> None:
        if not order["reserve"]:
            place.release_reserve(stage.home.path)
        fill_up(disk, order["left"] << 10, mounts=order["mounts"])

    def full_at(now: str) -> None:
        if now == moment:
            fill()

    _at(full_at)
    try:
        with stage.engine() as engine:
            _work(stage, engine, full_at, tell)
    except (Trouble, Problems) as trouble:
        tell(f"trouble {getattr(trouble, 'code', type(trouble).__name__)}")
    left = [path.name for path in stage.backups.glob(".*")] if stage.backups.exists() else []
    if left:
        tell(f"half {left}")


def _work(stage: Stage, engine: Engine, full_at: Callable[[str], None], tell: Tell) -> None:
    full_at("start")
    reserve = stage.home.path / "journal.reserve"
    had = reserve.exists()
    sent = stage.pay(engine.services, stage.order())
    tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")
    tell("stored" if sent.stored else "E-DISK-OUTCOME")
    if had and sent.stored and not reserve.exists():
        tell("reserve used")
    stage.backups.mkdir()
    engine.services.backups.choose(stage.backups)
    full_at("status")
    for order_id in states(stage.home.journal):
        asked = engine.services.follow.ask(order_id)
        tell(f"asked {asked.order_id} {asked.state.value}")
    full_at("backup")
    tell(f"copied {engine.services.backups.make().path.name}")


def _at(full_at: Callable[[str], None]) -> None:
    """Let the disk fill up right after room was found, or right after the mark and before the first byte."""
    require, create = place.require_room, Gateway.create

    def required(home: Path) -> None:
        require(home)
        full_at("intent")

    def created(gateway: Gateway, kind: Any, signed: Any, gate: Callable[[str | None], None]) -> Any:
        def passed(peer: str | None) -> None:
            gate(peer)
            full_at("outcome")

        return create(gateway, kind, signed, passed)

    for owner, name, value in ((submit, "require_room", required), (Gateway, "create", created)):
        setattr(owner, name, value)


def fill_up(disk: Path, left: int, *, mounts: bool) -> None:
    """Leave so many bytes on the disk; without one of our own let no file grow beyond so many bytes."""
    if not mounts:
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, resource.RLIM_INFINITY))
        return
    free = shutil.disk_usage(disk).free - left
    if free > 0:
        handle = os.open(disk / FILLER, os.O_RDWR | os.O_CREAT)
        os.posix_fallocate(handle, 0, free)
        os.close(handle)
