"""Two machines with one journal: a copy of the home on another computer, and both pay through the same gateway (R9, R7)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from console.app.engine import Engine
from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.services.reviews import Problems
from tests.faults import copying, restoring
from tests.faults.child import Child
from tests.faults.judge import Found, Judge
from tests.faults.stage import Stage, confirm, states

Tell = Callable[[str], None]
SHARED = ("shared-a", "shared-b")
"""Order ids that both machines come to: made from a basis, or from a file, which both of them have."""
PAYOUTS = 3


def run(order: dict[str, Any], ledger: Path, stand: Callable[[dict[str, Any]], Stage]) -> dict[str, Any]:
    """One round: a journal with a payout is copied; the other machine signs its gap off, or not; both pay at once."""
    stage = stand(order)
    judge = Judge(ledger, Judge(ledger).last_request())
    copying.choose(stage)
    first = Child(partial(_before, stage))
    first.go()
    code, lines = first.wait()
    found = Found()
    if code:
        found.is_wrong(f"the first machine ended by {code}: {lines[-1:]}")
        return {"code": code, "told": lines, "found": found.facts()}
    other = Child(partial(_other, stage, judge.last_request(), judge, order["signed"]))
    one = Child(partial(_pays, stage, "one"))
    for child in (other, one):
        child.go()
    ends = [child.wait() for child in (other, one)]
    for end, words in ends:
        if end or any(word.startswith("wrong") for word in words):
            found.is_wrong(f"a machine ended by {end}: {words}")
    restoring.in_child(partial(_look, stage, judge, order["signed"]), found)
    if not found.wrong:
        shutil.rmtree(stage.folder)
    return {"code": max(end for end, _ in ends), "told": [*lines, *(w for _, words in ends for w in words)],
            "found": found.facts()}  # fmt: skip


def _before(stage: Stage, tell: Tell) -> None:
    """The first machine: a payout, a copy, and one more payout that the copy knows nothing of."""
    with stage.engine() as engine:
        stage.pay(engine.services, stage.order())
        copying.tell_copy(engine.services.backups, stage, tell)
        stage.pay(engine.services, stage.order("later"), later(stage))


def later(stage: Stage) -> str:
    """Whom the payout is for that only the first machine knows of."""
    return f"7909{stage.number:07d}"


def _other(stage: Stage, before: int, judge: Judge, signed: bool, tell: Tell) -> None:
    """The other machine: the copy and the recovery code. It sends nothing until the gap is signed off."""
    (copy,) = stage.backups.glob("*.db")
    fresh = restoring.elsewhere(stage, copy)
    found = Found()
    with fresh.engine(first=True) as engine:
        restoring.is_blocked(fresh, engine, judge, before, found)
        try:
            fresh.pay(engine.services, fresh.order("later-again"), later(stage))
        except Unavailable as trouble:
            tell(f"blocked {trouble.code}")
        else:
            tell("wrong: it pays what the first machine paid")
        if signed:
            engine.services.gap.sign_off("each order was looked up in the cabinet", "Громова Е. А.")
            _pay(fresh, "two", engine, tell)
    for note in found.notes:
        tell(f"wrong: {note}")


def _pays(stage: Stage, name: str, tell: Tell) -> None:
    with stage.engine() as engine:
        _pay(stage, name, engine, tell)


def _pay(stage: Stage, name: str, engine: Engine, tell: Tell) -> None:
    """Orders of ids that the machine makes by itself, and the ones that both come to."""
    for place in range(PAYOUTS):
        draft = engine.services.drafts.order_id(Kind.PAYOUT)
        tell(f"id {draft}")
        stage.pay(engine.services, draft, own(stage, name, place))
    for place, order_id in enumerate(SHARED):
        number = shared(stage, place)
        try:
            sent = confirm(engine.services, stage.review(engine.services, f"{order_id}-{stage.number}", number))
        except (Problems, Invalid, Unavailable) as trouble:
            tell(f"trouble {type(trouble).__name__}")
            continue
        tell(f"shared {order_id} {sent.row.state.value} {sent.verdict.code}")
        if sent.verdict.code == "E-DUP-ID" and sent.verdict.state is not State.UNKNOWN:
            tell(f"wrong: a refusal that names the order is {sent.verdict.state.value}")


def own(stage: Stage, name: str, place: int) -> str:
    """Whom a machine pays by itself."""
    return f"7910{'one two'.index(name)}{place}{stage.number:05d}"


def shared(stage: Stage, place: int) -> str:
    """Whom both machines pay under one order id."""
    return f"7911{place}{stage.number:06d}"


def _look(stage: Stage, judge: Judge, signed: bool, found: Found) -> None:
    """Ask on both machines, then hold both journals against the one ledger."""
    machines = [stage, *([Stage(stage.folder / "elsewhere", stage.number)] if signed else [])]
    for machine in machines:
        with machine.engine(first=machine is not stage) as engine:
            for order_id in states(machine.home.journal):
                engine.services.follow.ask(order_id)
    whole: dict[str, str] = {}
    for machine in machines:
        whole |= states(machine.home.journal)
    paid = {stage.recipient: stage.order(), later(stage): stage.order("later")}
    paid |= {shared(stage, place): f"{order_id}-{stage.number}" for place, order_id in enumerate(SHARED)}
    for number, order_id in paid.items():
        judge.duplicates(found, number)
        theirs = {order_id: whole[order_id]} if order_id in whole else {}
        judge.compare(found, number, theirs, "both", resent=True)
    for place, order_id in enumerate(SHARED):
        for machine in machines:
            state = states(machine.home.journal).get(f"{order_id}-{stage.number}")
            if state not in {"wait", "paid", None} or (state is None and machine is stage):
                found.is_wrong(f"{order_id} at {machine.folder.name} is {state}, recipient {shared(stage, place)}")
