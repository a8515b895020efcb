"""Offers the sandbox's outcomes in the window's strip, and hands what is chosen to the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.states import State
from console.sandbox import outcomes as sandbox_outcomes
from console.sandbox.outcomes import OUTCOMES, by_code
from console.ui.controls.outcome import Outcome
from console.ui.controls.states import look

if TYPE_CHECKING:
    from console.sandbox.sandbox import Sandbox
    from console.ui.jobs import Jobs
    from console.ui.shell.strip import SandboxStrip


def offer(strip: SandboxStrip, sandbox: Sandbox, jobs: Jobs, parent: QObject) -> None:
    """Fill the strip's panel; a choice is written to the sandbox's ledger off the main thread, while `parent` lives."""
    strip.offer([_shown(each) for each in OUTCOMES])
    strip.outcome_chosen.connect(_Chooser(sandbox, jobs, parent).choose)


class _Chooser(QObject):
    """Writes what is chosen; it ends with its parent, and so does its hearing of the strip."""

    def __init__(self, sandbox: Sandbox, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._sandbox, self._jobs = sandbox, jobs

    def choose(self, code: str) -> None:
        """Let the next request have this outcome; an empty code is the usual one."""
        outcome = by_code(code) if code else None
        self._jobs.run(self, lambda: self._sandbox.choose(outcome), lambda _: None, _raise, lane="read")


def _shown(outcome: sandbox_outcomes.Outcome) -> Outcome:
    """Return how an outcome stands in the panel; the first one is no choice: the kopecks choose."""
    seen = look(outcome.last if outcome.first is State.WAIT else outcome.first)
    code = "" if outcome is OUTCOMES[0] else outcome.code
    return Outcome(code, seen.icon, seen.colour, outcome.title, outcome.says)


def _raise(error: BaseException) -> None:
    raise error
