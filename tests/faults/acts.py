"""What a process does while a fault is injected into it: a whole payout, questions, a backup, a first start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from console.domain.trouble import Invalid, Trouble
from console.journal.change import Lost
from console.services.reviews import Problems
from tests.faults import marks, naive, newer
from tests.faults.stage import Stage, states

Tell = Callable[[str], None]
"""Notes what the person at this console has been told, where a SIGKILL cannot take it back."""


def payout(stage: Stage, tell: Tell) -> None:
    """A whole payout: start, send, ask, anchor, close."""
    with stage.engine() as engine:
        tell("opened")
        sent = stage.pay(engine.services, stage.order())
        tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")
        engine.anchor.drop()
        asked = engine.services.follow.ask(sent.row.order_id)
        tell(f"asked {asked.order_id} {asked.state.value}")


def marked_late(stage: Stage, tell: Tell) -> None:
    """A negative control: the same payout by a console that marks it after sending."""
    marks.mark_late()
    payout(stage, tell)


def status(stage: Stage, tell: Tell) -> None:
    """Rounds of questions about an order that was sent before, most of which say nothing new."""
    with stage.engine() as engine:
        for _ in range(4):
            for order_id in states(stage.home.journal):
                asked = engine.services.follow.ask(order_id)
                tell(f"asked {asked.order_id} {asked.state.value}")
        engine.anchor.drop()


def backup(stage: Stage, tell: Tell) -> None:
    """A payout and a backup after it."""
    with stage.engine() as engine:
        sent = stage.pay(engine.services, stage.order())
        tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")
        stage.backups.mkdir(exist_ok=True)
        engine.services.backups.choose(stage.backups)
        made = engine.services.backups.make()
        tell(f"copied {made.path.name}")


def connect(stage: Stage, tell: Tell) -> None:
    """A first start and nothing else: what the other cases begin from."""
    with stage.engine(first=True):
        tell("opened")


def founding(stage: Stage, tell: Tell) -> None:
    """A first start: key, schema, account, proof of the keys; and a payout."""
    with stage.engine(first=True) as engine:
        tell("opened")
        sent = stage.pay(engine.services, stage.order())
        tell(f"sent {sent.row.order_id} {sent.verdict.state.value}")


def resend(stage: Stage, tell: Tell) -> None:
    """A start after a killed one, and whatever the person may do then: the second kill in a row."""
    from tests.faults.aftermath import person

    with stage.engine() as engine:
        tell("opened")
        person(stage, engine.services, tell)


def upgrade(stage: Stage, tell: Tell, *, whole: bool = True) -> None:
    """A start of a console with a newer schema, and a round of questions."""
    newer.install(whole=whole)
    with stage.engine() as engine:
        tell("opened")
        for order_id in states(stage.home.journal):
            asked = engine.services.follow.ask(order_id)
            tell(f"asked {asked.order_id} {asked.state.value}")
        engine.anchor.drop()


ACTS: dict[str, Callable[[Stage, Tell], None]] = {
    "payout": payout,
    "marked-late": marked_late,
    "status": status,
    "backup": backup,
    "connect": connect,
    "founding": founding,
    "resend": resend,
    "upgrade": upgrade,
    "upgrade-in-pieces": partial(upgrade, whole=False),
    "marks-upgrade": marks.upgrade,
    "marks-upgrade-in-pieces": partial(marks.upgrade, whole=False),
    "marks-backup": marks.back_up,
    "marks-backup-unflushed": partial(marks.back_up, flushed=False),
    "naive": naive.pay,
    **{f"marks-{name}": partial(marks.pay, name) for name in marks.VARIANTS},
}


def perform(act: str, stage: Stage, tell: Tell) -> None:
    """Do an act; a trouble of the house is told and ends it, as on a page."""
    try:
        ACTS[act](stage, tell)
    except (Trouble, Invalid, Problems, Lost) as trouble:
        tell(f"trouble {getattr(trouble, 'code', type(trouble).__name__)}")
