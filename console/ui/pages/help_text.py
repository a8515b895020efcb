"""The pages of the help: which there are, and how one is read. A page is a file of plain lines in either language.

A line that begins with `# ` is the title, with `## ` a heading, with `- ` an item, with `> ` a word of care; blank lines
part paragraphs. Pages `method-…` are generated from the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "help"
WRITTEN = (
    "begin",
    "payout",
    "payment",
    "unknown",
    "operations",
    "journal",
    "connect",
    "lock",
    "recovery",
    "limits",
    "keys",
)
"""The written pages, in their order."""
_MARKS = {"# ": "title", "## ": "heading", "- ": "item", "> ": "care"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: `title`, `heading`, `item`, `care` or `text`, and its words."""

    kind: str
    words: str


def names() -> tuple[str, ...]:
    """Return the pages there are: the written ones, then those of the methods."""
    return (*WRITTEN, *sorted(path.stem for path in (FOLDER / "en").glob("method-*.txt")))


def read(name: str, language: str) -> tuple[Block, ...]:
    """Return the blocks of a page; FileNotFoundError where there is none of that name."""
    text = (FOLDER / language / f"{name}.txt").read_text("utf-8")
    return tuple(block for part in text.split("\n\n") for block in _blocks(part))


def title(name: str, language: str) -> str:
    """Return what a page is called."""
    return next(block.words for block in read(name, language) if block.kind == "title")


def _blocks(part: str) -> list[Block]:
    found: list[Block] = []
    for line in part.splitlines():
        sign = next((sign for sign in _MARKS if line.startswith(sign)), "")
        if sign:
            found.append(Block(_MARKS[sign], line.removeprefix(sign).strip()))
        elif found and found[-1].kind not in {"title", "heading"}:
            found[-1] = Block(found[-1].kind, f"{found[-1].words} {line.strip()}")
        elif line.strip():
            found.append(Block("text", line.strip()))
    return found
