"""A process that has imported everything and forks one child a case: `python -m tests.faults.nursery LEDGER`.

Reads one order a line (JSON) and answers each with one line.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from console import catalogue, domain, gateway, journal, services, settings, vault
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.gateway import signing
from console.services.connect_open import key_path
from console.settings.home import Home
from console.vault.file import FileVault
from tests.faults import acts, aftermath, copying, folders, power, race, small, twins
from tests.faults.child import run
from tests.faults.judge import Judge
from tests.faults.stage import Stage

PORTION_SECONDS = 300
"""Hundreds of images are examined in one child, and this machine may have more to do."""


def stand(order: dict[str, Any]) -> Stage:
    """Make the case's folder as the template is."""
    stage = Stage(Path(order["folder"]), order["number"], order["kopecks"])
    template = order.get("template")
    if template is None:
        stage.home.path.mkdir(parents=True, mode=0o700)
        (stage.home.path / "gateway").symlink_to(order["gateway"])
    else:
        shutil.copytree(template, stage.folder, symlinks=True, ignore=shutil.ignore_patterns("*.reserve"))
        os.link(Path(template, "sandbox", "journal.reserve"), stage.home.path / "journal.reserve")
    return stage


def case(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """One case: what comes before, the act under its fault, then the aftermath, judged."""
    stage = stand(order)
    judge = Judge(ledger, Judge(ledger).last_request())
    told: list[str] = []
    code = 0
    for act, tracing in order["acts"]:
        code, heard = run(partial(acts.perform, act, stage), tracing)
        told += heard
    if order["look"] is None:
        return {"code": code, "told": told}
    looked, words = run(lambda tell: tell(json.dumps(aftermath.look(order["look"], stage, judge, told).facts())))
    if looked == 0:
        found = json.loads(words[-1])
        shutil.rmtree(stage.folder)
    else:
        found = {"duplicates": 0, "lost": 0, "wrong": 1, "notes": [f"the aftermath ended by {looked}: {words[-1:]}"]}
    return {"code": code, "told": told, "found": found}


def images(order: dict[str, Any], _: Path) -> dict[str, Any]:
    """A range of power-loss images of one recording."""
    examine = folders.examine if "folder" in order else power.examine
    code, told = run(lambda tell: tell(json.dumps(examine(order))), seconds=PORTION_SECONDS)
    if code == 0:
        return dict(json.loads(told[-1]))
    return {
        "cases": 0,
        "broken": [f"images {order['first']} to {order['last']}: their examination ended by {code}: {told[-1:]}"],
    }


def races(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """A round of processes that race for one home."""
    return race.run(order, ledger, stand)


def copied(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """A round of copies beside a console that pays."""
    return copying.run(order, ledger, stand)


def clocks(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """A payout during which the clock is set, or the machine sleeps."""
    from tests.faults import clocks as jumping

    stage = stand(order)
    code, told = run(lambda tell: tell(json.dumps(jumping.run(order, ledger, stage).facts())))
    if code == 0:
        shutil.rmtree(stage.folder)
        return {"found": json.loads(told[-1])}
    return {"found": {"duplicates": 0, "lost": 0, "wrong": 1, "notes": [f"{code}: {told[-1:]}"]}}


def machines(order: dict[str, Any], ledger: Path) -> dict[str, Any]:
    """A round of two machines with one journal."""
    return twins.run(order, ledger, stand)


def crowds(order: dict[str, Any], _: Path) -> dict[str, Any]:
    """Thousands of pending operations followed for a virtual hour."""
    from tests.faults import polling

    code, told = run(lambda tell: tell(json.dumps(polling.run(order))), seconds=order["limit"])
    if code == 0:
        return dict(json.loads(told[-1]))
    return {"found": {"duplicates": 0, "lost": 0, "wrong": 1, "notes": [f"{code}: {told[-1:]}"]}, "questions": 0}


def warm(order: dict[str, Any], _: Path) -> dict[str, Any]:
    """Import everything and open the keys of the template, once for all children: no call that a fault could hit."""
    for package in (catalogue, domain, gateway, journal, services, settings, vault):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for name in ("httpcore", "h11"):
        importlib.import_module(name)
    load, known = signing.load_key, {}
    home = Path(order["template"], "sandbox")
    secrets = FileVault(home / "vault.json")
    for kind in Kind:
        pem, password = key_path(Home(home), "sandbox", kind).read_bytes(), secrets.read(f"sandbox/{kind.value}")
        known[pem, password] = load(pem, password)

    def load_key(pem: bytes, password: Secret | None, *, allow_plain: bool = False) -> signing.SigningKey:
        return known.get((pem, password)) or load(pem, password, allow_plain=allow_plain)

    signing.load_key = load_key
    gc.freeze()
    return {}


DEEDS: dict[str, Callable[[dict[str, Any], Path], dict[str, Any]]] = {
    "case": case, "clock": clocks, "copies": copied, "crowd": crowds, "images": images, "race": races, "small": small.run,
    "twins": machines, "warm": warm,
}  # fmt: skip


def main(ledger: Path) -> None:
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(DEEDS[order["deed"]](order, ledger)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
