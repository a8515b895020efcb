"""Everything an outsider can do to a journal, and who finds it (measured: M21, M22, M24).

Anyone finds what breaks the chain; the holder of the key also a chain that was made again; whoever has an anchor a cut
tail. What each of them cannot find is tested too: it must not be promised.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.domain.states import State
from console.journal import chain, record
from console.journal.check import check
from console.journal.entry import EventKind, Head
from console.journal.faults import Fault
from tests.journal.making import KEY, Desk, behind, edit, moment, rebuild, rows

ROWS = 12
CLEAR = [*chain.COLUMNS, "digest"]


@dataclass(frozen=True)
class Kept:
    """A closed journal, and what the vault kept of it."""

    path: Path
    head: Head

    def copy(self, folder: Path) -> Path:
        return Path(shutil.copy(self.path, folder / "journal.db"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, public_key: tuple[str, bytes]) -> Kept:
    desk = Desk(tmp_path_factory.mktemp("kept"))
    desk.journal.ensure_key(*public_key, moment(0.5))
    desk.send()
    desk.send("PO-2", amount=5)
    for second in (20, 22, 24):
        desk.ask(at=moment(second))
    desk.move(State.WAIT, State.PAID, EventKind.HEARD)
    head = desk.journal.head()
    desk.close()
    assert head.seq == ROWS
    return Kept(desk.path, head)


def first(path: Path, **options: Any) -> tuple[Fault, int | None] | None:
    """The first fault and its record."""
    findings = check(path, **options).findings
    return (findings[0].fault, findings[0].seq) if findings else None


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
@pytest.mark.parametrize("column", [name for name in CLEAR if name != "seq"])
def test_an_edited_clear_column_is_found_at_its_record(kept: Kept, tmp_path: Path, seq: int, column: str) -> None:
    path = kept.copy(tmp_path)
    ((value,),) = rows(path, f"SELECT {column} FROM event WHERE seq = ?", seq)
    text = column not in {"format", "monotonic", "attempt", "status"}
    edit(path, f"UPDATE event SET {column} = ? WHERE seq = ?", f"{value or ''} " if text else (value or 0) + 1, seq)
    assert first(path) == (Fault.FORMAT if column == "format" else Fault.DIGEST, seq)


@pytest.mark.parametrize(
    "column", ["order_id", "account", "endpoint", "attempt", "status", "fingerprint", "digest_name"]
)
def test_a_value_that_became_nothing_is_found(kept: Kept, tmp_path: Path, column: str) -> None:
    path = kept.copy(tmp_path)
    ((seq,),) = rows(path, f"SELECT min(seq) FROM event WHERE {column} IS NOT NULL")
    edit(path, f"UPDATE event SET {column} = NULL WHERE seq = ?", seq)
    assert first(path) == (Fault.DIGEST, seq)


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
def test_every_sealed_byte_counts(kept: Kept, tmp_path: Path, seq: int) -> None:
    path = kept.copy(tmp_path)
    ((sealed,),) = rows(path, "SELECT sealed FROM event WHERE seq = ?", seq)
    spots = random.Random(seq).sample(range(len(sealed)), min(12, len(sealed)))
    for spot in (0, len(sealed) - 1, *spots):
        changed = bytearray(sealed)
        changed[spot] ^= 1
        edit(path, "UPDATE event SET sealed = ? WHERE seq = ?", bytes(changed), seq)
        assert first(path) == (Fault.SEALED, seq)
    edit(path, "UPDATE event SET sealed = NULL WHERE seq = ?", seq)
    assert first(path) == (Fault.EMPTIED, seq)


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_deleted_record_is_named(kept: Kept, tmp_path: Path, seq: int) -> None:
    path = kept.copy(tmp_path)
    edit(path, "DELETE FROM event WHERE seq = ?", seq)
    assert first(path) == (Fault.MISSING, seq)


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_gap_that_was_closed_is_found(kept: Kept, tmp_path: Path, seq: int) -> None:
    path = kept.copy(tmp_path)
    edit(path, "DELETE FROM event WHERE seq = ?", seq)
    for later in range(seq + 1, ROWS + 1):
        edit(path, "UPDATE event SET seq = seq - 1 WHERE seq = ?", later)
    assert first(path) == (Fault.DIGEST, seq)


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_swapped_records_are_found(kept: Kept, tmp_path: Path, seq: int) -> None:
    path = kept.copy(tmp_path)
    for before, after in ((seq, 99), (seq + 1, seq), (99, seq + 1)):
        edit(path, "UPDATE event SET seq = ? WHERE seq = ?", after, before)
    assert first(path) == (Fault.DIGEST, seq)


@pytest.mark.parametrize("seq", range(2, ROWS))
def test_swapped_sealed_bytes_are_found(kept: Kept, tmp_path: Path, seq: int) -> None:
    path = kept.copy(tmp_path)
    swap(path, seq)
    assert first(path) == (Fault.SEALED, seq)


def swap(path: Path, seq: int) -> None:
    here, there = rows(path, "SELECT sealed, sealed_sha256 FROM event WHERE seq IN (?, ?) ORDER BY seq", seq, seq + 1)
    edit(path, "UPDATE event SET sealed = ? WHERE seq = ?", there[0], seq)
    edit(path, "UPDATE event SET sealed = ? WHERE seq = ?", here[0], seq + 1)


def test_a_record_put_between_others_is_found(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    for seq in range(ROWS, 5, -1):
        edit(path, "UPDATE event SET seq = seq + 1 WHERE seq = ?", seq)
    columns = f"{record.COLUMNS}, sealed"
    edit(path, f"INSERT INTO event ({columns}) SELECT {columns.replace('seq', '6', 1)} FROM event WHERE seq = 5")
    assert first(path) == (Fault.DIGEST, 6)


def close_gap(path: Path) -> None:
    edit(path, "DELETE FROM event WHERE seq = 5")
    for seq in range(6, ROWS + 1):
        edit(path, "UPDATE event SET seq = seq - 1 WHERE seq = ?", seq)


REBUILT: dict[str, Callable[[Path], None]] = {
    "edited": lambda path: edit(path, "UPDATE event SET account = 'other' WHERE seq = 5"),
    "masked": lambda path: edit(path, """UPDATE event SET masked = replace(masked, '"a":1', '"a":2') WHERE seq = 5"""),
    "sealed": lambda path: edit(
        path,
        "UPDATE event SET (sealed, sealed_sha256) = (SELECT sealed, sealed_sha256 FROM event WHERE seq = 3) "
        "WHERE seq = 5",
    ),
    "closed gap": close_gap,
}


@pytest.mark.parametrize("name", REBUILT)
def test_a_chain_that_was_made_again_is_found_with_the_key_or_the_anchor(kept: Kept, tmp_path: Path, name: str) -> None:
    path = kept.copy(tmp_path)
    REBUILT[name](path)
    with behind(path) as other:
        rebuild(other)
    alone = first(path)  # the chain alone proves nothing here; only what records say of others may show it
    assert alone is None or alone[0] in {Fault.OPERATION, Fault.POINTER}
    assert first(path, key=KEY) == (Fault.TAG, 5)
    anchored = first(path, anchor=kept.head)
    assert anchored in {(Fault.REPLACED, ROWS), (Fault.CUT, ROWS)} or (anchored == alone and alone is not None)


def test_a_forged_record_at_the_end_is_found_with_the_key(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    columns = f"{record.COLUMNS}, sealed"
    edit(path, f"INSERT INTO event ({columns}) SELECT {columns.replace('seq', '13', 1)} FROM event WHERE seq = 1")
    with behind(path) as other:
        rebuild(other)
    assert first(path) is None
    assert check(path, anchor=kept.head).vouched_to == ROWS
    assert first(path, key=KEY) == (Fault.TAG, ROWS + 1)


@pytest.mark.parametrize("left", range(1, ROWS))
def test_a_cut_tail_is_found_with_an_anchor_only(kept: Kept, tmp_path: Path, left: int) -> None:
    path = kept.copy(tmp_path)
    edit(path, "DELETE FROM event WHERE seq > ?", left)
    for options in ({}, {"key": KEY}):
        found = first(path, **options)
        assert found is None or found[0] is Fault.OPERATION
    assert first(path, key=KEY, anchor=kept.head) == (Fault.CUT, left + 1)


def test_another_journals_anchor_vouches_for_nothing(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    other = Head("other", kept.head.seq, kept.head.digest)
    assert first(path, anchor=other) == (Fault.OTHER_JOURNAL, None)
    assert check(path, anchor=other).vouched_to is None


def test_another_name_of_the_journal_is_found(kept: Kept, tmp_path: Path) -> None:
    path = kept.copy(tmp_path)
    edit(path, "UPDATE meta SET value = ? WHERE name = 'journal_id'", "00" * 16)
    assert first(path) == (Fault.LINK, 1)
    edit(path, "DELETE FROM meta WHERE name = 'journal_id'")
    assert first(path) == (Fault.LINK, 1)


def test_a_restored_old_copy_is_found_with_an_anchor(desk: Desk, tmp_path: Path) -> None:
    desk.send()
    desk.reopen()
    shutil.copy(desk.path, tmp_path / "old.db")
    desk.send("PO-2")
    assert check(tmp_path / "old.db", key=KEY).findings == ()
    assert first(tmp_path / "old.db", anchor=desk.journal.head()) == (Fault.CUT, 5)


def test_a_flipped_byte_in_the_wal_is_found_with_an_anchor(desk: Desk, tmp_path: Path) -> None:
    """SQLite drops everything from the damaged frame on, says ok, and the chain is whole."""
    desk.reopen()
    for n in range(7):
        desk.send(f"PO-{n}")
    head, wal = desk.journal.head(), (desk.home / "journal.db-wal").read_bytes()
    chooser, lost = random.Random(22), set[int]()
    for _ in range(100):
        changed = bytearray(wal)
        changed[chooser.randrange(len(wal))] ^= 1 << chooser.randrange(8)
        shutil.copy(desk.path, tmp_path / "journal.db")
        (tmp_path / "journal.db-wal").write_bytes(changed)
        (tmp_path / "journal.db-shm").unlink(missing_ok=True)
        assert check(tmp_path / "journal.db", key=KEY).findings == ()
        checked = check(tmp_path / "journal.db", key=KEY, anchor=head)
        assert (checked.findings[0].fault, checked.findings[0].seq) == (Fault.CUT, checked.records + 1)
        lost.add(head.seq - checked.records)
    assert len(lost) > 10
