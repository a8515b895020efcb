"""T-2APP: several processes at one home at the same moment, and readers beside one that sends."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from console.app.export import export
from console.app.selfcheck import selfcheck
from console.app.verify import verify
from console.domain.trouble import Trouble
from console.journal.lock import Held
from tests.faults.child import Child
from tests.faults.judge import Found, Judge
from tests.faults.stage import Stage, states

PAYOUTS = 4
"""Payouts that the sending process makes beside its readers."""


def run(order: dict[str, Any], ledger: Path, stand: Callable[[dict[str, Any]], Stage]) -> dict[str, Any]:
    """One round: the processes wait at one line, and are let go together."""
    stage = stand(order)
    judge = Judge(ledger, Judge(ledger).last_request())
    works = [partial(_write, stage)] * order["processes"] if order["race"] == "writers" else _beside(stage)
    if order["race"] == "selfcheck":
        works.append(partial(_selfcheck, stage))
    children = [Child(work) for work in works]
    for child in children:
        child.go()
    ends = [child.wait() for child in children]
    found = Found()
    judge_of = _writers if order["race"] == "writers" else _readers
    judge_of(stage, judge, ends, found)
    told = [line for _, lines in ends for line in lines]
    return {"code": max(code for code, _ in ends), "told": told, "found": found.facts()}


def _write(stage: Stage, tell: Callable[[str], None]) -> None:
    """Open the home and pay, as each of the racing processes does with the same order."""
    try:
        with stage.engine() as engine:
            tell("opened")
            sent = stage.pay(engine.services, stage.order())
            tell(f"sent {sent.row.order_id} {sent.row.state.value}")
    except Held:
        tell("held")
    except Trouble as trouble:
        tell(f"trouble {trouble.code}")
    except Exception as error:
        if type(error).__name__ != "Problems":
            raise
        tell("known")


def _writers(stage: Stage, judge: Judge, ends: list[tuple[int, list[str]]], found: Found) -> None:
    """One of them sends; the others are kept out by the lock, or find the order there."""
    sent = [lines for code, lines in ends if code == 0 and any(line.startswith("sent") for line in lines)]
    if len(sent) != 1 or any(code for code, _ in ends):
        found.is_wrong(f"{len(sent)} processes sent: {ends}")
    judge.compare(found, stage.recipient, states(stage.home.journal), "after the race", resent=True)
    judge.duplicates(found, stage.recipient)


def _send_many(stage: Stage, tell: Callable[[str], None]) -> None:
    with stage.engine() as engine:
        for place in range(PAYOUTS):
            sent = stage.pay(engine.services, stage.order(str(place)), _recipient(stage, place))
            tell(f"sent {sent.row.order_id} {sent.row.state.value}")


def _verify(stage: Stage, tell: Callable[[str], None]) -> None:
    """`verify` beside the sender. What it says of a journal that grows is said of one moment of it."""
    for _ in range(PAYOUTS):
        words = io.StringIO()
        with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
            code = verify(stage.home, (), sandbox=True, language="en")
        tell(f"verify {code} {'' if code == 0 else json.dumps(words.getvalue())}")


def _export(stage: Stage, tell: Callable[[str], None]) -> None:
    for place in range(PAYOUTS):
        with contextlib.redirect_stdout(io.StringIO()):
            tell(f"export {export(stage.home, stage.folder / f'{place}.csv', 'csv', language='en')}")


def _selfcheck(stage: Stage, tell: Callable[[str], None]) -> None:
    """`selfcheck` beside the sender: of the journal it says that it is untouched, whatever is written meanwhile."""
    words = io.StringIO()
    with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
        code = selfcheck(stage.home, sandbox=True, language="en")
    tell(f"selfcheck {code} {'' if code == 0 else json.dumps(words.getvalue())}")


def _beside(stage: Stage) -> list[partial[None]]:
    return [partial(_send_many, stage), partial(_verify, stage), partial(_export, stage)]


def _readers(stage: Stage, judge: Judge, ends: list[tuple[int, list[str]]], found: Found) -> None:
    """Every payout went as if alone, and no reader found a fault or changed anything."""
    for code, lines in ends:
        if code or any(line.split()[1] != "0" for line in lines if line.startswith(("verify", "export", "selfcheck"))):
            found.is_wrong(f"{code} {lines}")
    now = states(stage.home.journal)
    for place in range(PAYOUTS):
        mine = {order: state for order, state in now.items() if order == stage.order(str(place))}
        if set(mine.values()) != {"wait"}:
            found.is_wrong(f"payout {place} beside readers: {mine}")
        judge.compare(found, _recipient(stage, place), mine, "beside readers", resent=True)
        judge.duplicates(found, _recipient(stage, place))


def _recipient(stage: Stage, place: int) -> str:
    return f"7905{place}{stage.number:06d}"
