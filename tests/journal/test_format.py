"""The format as `docs/journal.md` tells it to outsiders: its program finds what ours finds, its example is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from console.journal import chain, seal
from console.journal.entry import Event, EventKind
from console.journal.layout import APPLICATION_ID, OPERATION_COLUMNS, SCHEMA
from tests.journal.making import Desk, behind

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def outsider(path: Path, folder: Path) -> tuple[int, str]:
    """Run the page's program without anything of ours; return its exit status and what it said."""
    (folder / "check.py").write_text(blocks("python")[0], "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(folder / "check.py"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def test_an_outsider_confirms_a_real_journal(desk: Desk, tmp_path: Path) -> None:
    desk.send(recipient="Ёлкин\N{PILE OF POO}")
    desk.ask()
    head = desk.journal.head()
    assert outsider(desk.path, tmp_path) == (0, f"{head.seq} records, last digest {head.digest}")


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE event SET masked = '{}' WHERE seq = 3", 3),
        ("UPDATE event SET sealed = x'00' WHERE seq = 3", 3),
        ("UPDATE event SET sealed_sha256 = '00' WHERE seq = 2", 2),
        ("UPDATE event SET attempt = NULL WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 1", 1),
        ("UPDATE meta SET value = 'other' WHERE name = 'journal_id'", 1),
    ],
)
def test_an_outsider_finds_tampering(desk: Desk, tmp_path: Path, change: str, seq: int) -> None:
    desk.send()
    with behind(desk.path) as other:
        other.execute(change)
    assert outsider(desk.path, tmp_path) == (1, f"record {seq} is wrong or missing")


def test_an_outsider_confirms_a_copy_without_sealed_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.send()
    with behind(desk.path) as other:
        other.execute("UPDATE event SET sealed = NULL")
    assert outsider(desk.path, tmp_path)[0] == 0


def test_the_program_is_short() -> None:
    assert len(blocks("python")[0].splitlines()) <= 22


def test_the_example_is_true() -> None:
    assert chain.encode([None, 12, "é"]) == bytes.fromhex("".join(blocks("")[0].split()))


def test_every_name_of_the_format_stands_on_the_page() -> None:
    assert f"`{' '.join(chain.COLUMNS)}`" in " ".join(PAGE.split())
    columns = re.findall(r"^\| `(\w+)` \|", PAGE.partition("### `operation`")[0], re.MULTILINE)
    assert columns == [*Event.__dataclass_fields__, "sealed"]
    told = PAGE.partition("### `operation`")[2].partition("### Others")[0]
    assert set(OPERATION_COLUMNS) <= set(re.findall(r"`(\w+)`", told))
    assert all(f"`{kind.value}`" in PAGE for kind in EventKind)
    assert seal.SEAL_LABEL.decode() in PAGE and seal.FIND_LABEL.decode() in PAGE
    assert f"0x{APPLICATION_ID:X}" in PAGE and f"number of the schema ({SCHEMA})" in PAGE
