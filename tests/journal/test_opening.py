"""Opening a journal: whose file it is, whether it is whole, and what was touched meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.journal import layout, place
from console.journal.append import Journal
from console.journal.entry import EventKind, Head
from console.journal.lock import HomeLock
from console.settings.translations import Translator
from tests.journal.faulty import Fault, Faulty
from tests.journal.making import KEY, OTHER_KEY, Desk, behind, moment, rows


def opened(desk: Desk, **options: Any) -> Journal:
    return Journal.open(desk.home, KEY, moment(9), desk.lock, **options)


def refused(desk: Desk) -> Unavailable:
    """What an opening says that refuses."""
    with pytest.raises(Unavailable) as told:
        opened(desk)
    return told.value


def found(desk: Desk, anchor: Head | None = None) -> tuple[str, dict[str, object]]:
    """What an opening says that lets people look."""
    journal = opened(desk, anchor=anchor)
    journal.close()
    assert journal.fault is not None
    return journal.fault.code, journal.fault.values


def test_a_new_journal_begins_with_its_own_name(home: Path) -> None:
    lock = HomeLock.take(home, moment())
    journal = Journal.open(home, KEY, moment(), lock, facts={"version": "0.1.0", "user": "anna"})
    journal.close()
    lock.release()
    ((seq, kind, masked),) = rows(home / "journal.db", "SELECT seq, kind, masked FROM event")
    assert (seq, kind) == (1, "opened")
    assert masked == f'{{"version":"0.1.0","user":"anna","journal_id":"{journal.journal_id}"}}'


def test_two_journals_have_two_names(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    assert other.journal.journal_id != desk.journal.journal_id
    other.close()


def test_a_journal_is_opened_again_as_it_was(desk: Desk) -> None:
    desk.intend()
    before = desk.journal.head()
    assert desk.reopen(anchor=before).fault is None
    assert desk.journal.head() == before


def test_only_the_holder_of_its_homes_lock_writes(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        Journal.open(tmp_path / "elsewhere", KEY, moment(), desk.lock)
    desk.lock.release()
    with pytest.raises(ValueError):
        opened(desk)


def test_files_are_private_and_a_reserve_is_kept(desk: Desk) -> None:
    desk.intend()
    modes = {path.name: path.stat().st_mode & 0o777 for path in desk.home.iterdir() if path.name != "journal.reserve"}
    assert modes == dict.fromkeys(("journal.db", "journal.db-wal", "journal.db-shm", "journal.lock"), 0o600)
    assert (desk.home / "journal.reserve").stat().st_size == place.RESERVE


def test_a_network_folder_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_file_system", lambda folder: "nfs")
    assert refused(desk).code == "E-SHARE"


def test_another_key_is_refused(desk: Desk) -> None:
    with pytest.raises(Unavailable) as told:
        Journal.open(desk.home, OTHER_KEY, moment(), desk.lock)
    assert told.value.code == "E-KEYRING-JOURNAL"


def test_a_foreign_file_is_refused(home: Path) -> None:
    with closing(sqlite3.connect(home / layout.FILE)) as other:
        other.execute("CREATE TABLE event (x)")
    with pytest.raises(Unavailable) as told:
        Desk(home)
    assert told.value.code == "E-CORRUPT"
    assert rows(home / layout.FILE, "SELECT name FROM sqlite_master") == [("event",)]


def test_what_is_no_database_is_refused(home: Path) -> None:
    (home / layout.FILE).write_bytes(b"this is a text" * 1000)
    with pytest.raises(Unavailable) as told:
        Desk(home)
    assert told.value.code == "E-CORRUPT"


def test_a_damaged_page_is_refused(desk: Desk) -> None:
    for n in range(50):
        desk.intend(f"PO-{n}")
    desk.journal.close()
    desk.reader.close()
    ((page,),) = rows(desk.path, "SELECT rootpage FROM sqlite_master WHERE name = 'event'")
    content = bytearray(desk.path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = bytes(4096)
    desk.path.write_bytes(content)
    assert refused(desk).code == "E-CORRUPT"


def test_a_newer_journal_is_refused(desk: Desk) -> None:
    with behind(desk.path, unguarded=False) as other:
        other.execute(f"PRAGMA user_version = {layout.SCHEMA + 1}")
    assert refused(desk).code == "E-NEWER"


@pytest.mark.parametrize(
    "change", ["DELETE FROM meta WHERE name = 'journal_id'", "DELETE FROM meta", "DELETE FROM event"]
)
def test_what_is_left_of_a_journal_is_not_made_a_new_one(desk: Desk, change: str) -> None:
    with behind(desk.path) as other:
        other.execute(change)
    assert refused(desk).code == "E-CORRUPT"


def test_a_start_that_was_cut_short_is_made_good(home: Path) -> None:
    """The tables were there, the first record not yet."""
    desk = Desk(home)
    desk.close()
    with behind(desk.path) as other:
        other.execute("DELETE FROM event")
        other.execute("DELETE FROM meta")
    again = Desk(home)
    assert again.journal.head().seq == 1
    again.close()


def test_an_error_while_opening_closes_and_says_what_it_is(desk: Desk) -> None:
    desk.journal.close()
    Faulty.plan.append(Fault("PRAGMA quick_check", sqlite3.SQLITE_IOERR))
    with pytest.raises(Unavailable) as told:
        opened(desk, kind=Faulty)
    assert (told.value.code, Faulty.plan) == ("E-IO", [])


@pytest.mark.parametrize("change", ["DROP TRIGGER event_no_update", "CREATE VIEW more AS SELECT 1"])
def test_changed_guards_are_found(desk: Desk, change: str) -> None:
    with behind(desk.path, unguarded=False) as other:
        other.execute(change)
    assert found(desk) == ("E-TAMPER", {"n": None, "time": None, "why": "guards"})


@pytest.mark.parametrize(
    ("change", "n", "why"),
    [
        ("UPDATE event SET masked = '{}' WHERE seq = 3", 3, "digest"),
        ("UPDATE event SET prev = digest WHERE seq = 3", 3, "digest"),
        ("DELETE FROM event WHERE seq = 3", 3, "missing"),
        ("DELETE FROM event WHERE seq = 1", 1, "missing"),
    ],
)
def test_a_broken_link_is_found_and_questions_go_on(desk: Desk, change: str, n: int, why: str) -> None:
    desk.send()
    with behind(desk.path) as other:
        other.execute(change)
    code, values = found(desk)
    assert (code, values["n"], values["why"]) == ("E-TAMPER", n, why)
    desk.reopen()
    with pytest.raises(Unavailable) as told:
        desk.intend("PO-2")
    assert told.value.code == "E-TAMPER"
    desk.ask()


def test_only_the_last_thousand_links_are_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.journal.opening._LAST", 2)
    desk.send()
    with behind(desk.path) as other:
        other.execute("UPDATE event SET masked = '{}' WHERE seq = 2")
    assert desk.reopen().fault is None


def test_an_anchor_vouches_for_its_ancestors_only(desk: Desk) -> None:
    desk.intend()
    anchor = desk.journal.head()
    desk.intend("PO-2")
    assert desk.reopen(anchor=anchor).fault is None
    for broken, k, why in (
        (replace(anchor, journal_id="other"), f"at least {anchor.seq}", "other-journal"),
        (replace(anchor, digest="00" * 32), "nobody can say how many", "replaced"),
        (replace(anchor, seq=9), "at least 6", "cut"),
    ):
        code, values = found(desk, broken)
        assert code == "E-ROLLBACK"
        assert Translator("en")(cast(Text, values["k"])) == k
        assert values["why"] == why


def test_a_kind_of_a_later_release_is_read(desk: Desk) -> None:
    assert "later" not in {kind.value for kind in EventKind}
    event = desk.intend()
    assert replace(event, kind="later").kind == "later"
