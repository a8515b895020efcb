"""One mistake that somebody could make in the console, and the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Stale(Exception):
    """The text that a mutant changes is not there any more, or not once only."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """In `file` (below `console`) `old` becomes `new`; at least one of `nodes` (below `tests`) must fail then."""

    name: str
    file: str
    old: str
    new: str
    nodes: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.old == self.new or not self.nodes:
            raise ValueError(f"{self.name} changes nothing or is looked for by nobody")

    def mutated(self, console: Path) -> str:
        """Return the file's text with the mistake in it; raises Stale."""
        path = console / self.file
        text = path.read_text("utf-8") if path.is_file() else ""
        if text.count(self.old) != 1:
            raise Stale(f"{self.name}: {text.count(self.old)} times in {self.file}: {self.old!r}")
        return text.replace(self.old, self.new)
