"""Checking a whole journal: what is proved, by whom, and what is found first."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.domain.states import State
from console.journal import chain, layout, record, seal
from console.journal.change import Change
from console.journal.check import Checked, check
from console.journal.entry import Entry, Event, EventKind, Parts
from console.journal.faults import Fault, Finding
from console.journal.seal import Sealer
from console.journal.walk import Claim
from tests.journal.making import BODY, KEY, OTHER_KEY, Desk, behind, moment


def first(checked: Checked) -> tuple[Fault, int | None]:
    """The first thing that is wrong."""
    return checked.findings[0].fault, checked.findings[0].seq


def forge(desk: Desk, masked: dict[str, object] | None = None, parts: Parts | None = None, **columns: Any) -> None:
    """Append a row as its writer would who holds the key."""
    head = desk.journal.head()
    entry = Entry(EventKind.CHANGED, moment(99), masked=masked or {}, parts=parts or Parts())
    entry = replace(entry, **columns)
    event, sealed = record.make(Sealer(KEY), entry, entry.masked, head.seq + 1, head.digest)
    with behind(desk.path, unguarded=False) as other:
        other.execute(record.INSERT, (*record.values(event), sealed))


def test_a_whole_journal_is_proved(told: Desk) -> None:
    done: list[tuple[int, int]] = []
    head = told.journal.head()
    checked = check(told.path, key=KEY, anchor=head, progress=lambda at, total: done.append((at, total)))
    assert checked == Checked(head, records=12, opened=12, vouched_to=12)
    assert done == [(12, 12)]


def test_without_key_and_anchor_the_chain_alone_is_proved(told: Desk) -> None:
    assert check(told.path) == Checked(told.journal.head(), records=12)


def test_an_older_anchor_vouches_up_to_its_record(told: Desk) -> None:
    event = told.reader.event(5)
    assert event is not None
    anchor = replace(told.journal.head(), seq=5, digest=event.digest)
    assert check(told.path, anchor=anchor).vouched_to == 5


def test_a_living_journal_is_checked_as_it_was_at_the_start(told: Desk) -> None:
    def write(at: int, total: int) -> None:
        told.intend("PO-9")
        with behind(told.path, unguarded=False) as other:
            other.execute("UPDATE operation SET amount = 1 WHERE order_id = 'PO-9'")

    checked = check(told.path, key=KEY, progress=write)
    assert (checked.records, checked.findings) == (12, ())
    assert first(check(told.path)) == (Fault.OPERATION, None)


def test_checking_writes_nothing(told: Desk, tmp_path: Path) -> None:
    for name in ("journal.db", "journal.db-wal"):
        shutil.copy(told.home / name, tmp_path / name)
    before = [(tmp_path / name).read_bytes() for name in ("journal.db", "journal.db-wal")]
    assert check(tmp_path / "journal.db", key=KEY).findings == ()
    assert [(tmp_path / name).read_bytes() for name in ("journal.db", "journal.db-wal")] == before


def test_a_living_attempt_is_not_judged(desk: Desk) -> None:
    desk.intend()
    check(desk.path, key=KEY)
    row = desk.reader.get("PO-1")
    assert row is not None and row.state is State.INTENDED


def test_what_progress_raises_ends_the_check(told: Desk) -> None:
    def stop(at: int, total: int) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        check(told.path, progress=stop)


def test_signatures_are_handed_out_with_their_keys(told: Desk, public_key: tuple[str, bytes]) -> None:
    fingerprint, pem = public_key
    forge(told, parts=Parts(body=BODY, signature=b"s"), fingerprint=fingerprint, digest_name="sha1")
    claims: list[Claim] = []

    def confirm(claim: Claim) -> bool | None:
        claims.append(claim)
        return None if claim.public_pem is None else True

    checked = check(told.path, key=KEY, confirm=confirm)
    assert (checked.signatures, checked.unproved, checked.findings) == (1, 6, ())
    assert claims[-1] == Claim(13, BODY, b"s", "sha1", fingerprint, pem)
    assert BODY.decode() not in repr(claims[-1])


def test_a_wrong_signature_is_found(told: Desk) -> None:
    assert first(check(told.path, key=KEY, confirm=lambda claim: claim.seq != 7)) == (Fault.SIGNATURE, 7)


def test_another_key_is_told_apart_from_changed_seals(told: Desk) -> None:
    checked = check(told.path, key=OTHER_KEY)
    assert (first(checked), checked.records, checked.opened) == ((Fault.OTHER_KEY, None), 12, 0)


def test_a_copy_without_its_sealed_bytes_still_verifies(told: Desk) -> None:
    with behind(told.path) as other:
        other.execute("UPDATE event SET sealed = NULL WHERE seq > 3")
    assert first(check(told.path, key=KEY)) == (Fault.EMPTIED, 4)
    checked = check(told.path, key=KEY, withheld=True)
    assert (checked.findings, checked.records, checked.opened, checked.withheld) == ((), 12, 3, 9)


@pytest.mark.parametrize(
    ("masked", "columns", "fault"),
    [
        ({"public_pem": "no key"}, {"kind": EventKind.KEY, "fingerprint": "ab"}, Fault.KEY),
        ({}, {"kind": EventKind.KEY, "fingerprint": "ab"}, Fault.KEY),
        ({"same_as": 9}, {"kind": EventKind.ASKED, "order_id": "PO-2"}, Fault.POINTER),
        ({"same_as": 8}, {"kind": EventKind.ASKED, "order_id": "PO-1"}, Fault.POINTER),
        ({"same_as": 99}, {"kind": EventKind.ASKED, "order_id": "PO-1"}, Fault.POINTER),
        ({"same_as": "9"}, {"kind": EventKind.ASKED, "order_id": "PO-1"}, Fault.POINTER),
        ({"same_as": 0}, {"kind": EventKind.ASKED, "order_id": "PO-1"}, Fault.POINTER),
    ],
)
def test_what_a_record_says_of_others_must_hold(
    told: Desk, masked: dict[str, object], columns: dict[str, Any], fault: Fault
) -> None:
    forge(told, masked, **columns)
    assert first(check(told.path)) == (fault, 13)


def test_a_question_that_points_to_the_first_is_no_fault(told: Desk) -> None:
    forge(told, {"same_as": 9}, kind=EventKind.ASKED, order_id="PO-1")
    assert check(told.path).findings == ()


def test_another_key_in_a_key_record_is_found(told: Desk, public_key: tuple[str, bytes]) -> None:
    forge(told, {"public_pem": public_key[1].decode()}, kind=EventKind.KEY, fingerprint="00" * 32)
    assert first(check(told.path)) == (Fault.KEY, 13)


def test_seals_that_are_not_those_committed_to_are_found(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "commitment", lambda plain: "00" * 32)
    forge(told, parts=Parts(body=BODY))
    monkeypatch.undo()
    assert first(check(told.path, key=KEY)) == (Fault.COMMITMENT, 13)


def test_a_sealed_text_of_another_form_is_found(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "pack", lambda parts: b"not five parts")
    monkeypatch.setattr(seal, "commitment", lambda plain: "00" * 32)
    forge(told, parts=Parts(body=BODY))
    monkeypatch.undo()
    assert first(check(told.path, key=KEY)) == (Fault.TAG, 13)


def test_another_format_is_not_guessed_at(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "FORMAT", 2)
    forge(told)
    monkeypatch.undo()
    assert first(check(told.path)) == (Fault.FORMAT, 13)


def test_a_first_record_of_another_journal_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = record.make

    def renamed(sealer: Sealer, entry: Entry, masked: dict[str, object], seq: int, prev: str) -> tuple[Event, bytes]:
        return real(sealer, entry, {**masked, "journal_id": "other"}, seq, prev)

    monkeypatch.setattr(record, "make", renamed)
    desk = Desk(home)
    assert first(check(desk.path)) == (Fault.IDENTITY, 1)
    desk.close()


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ("UPDATE operation SET amount = 1 WHERE order_id = 'PO-1'", "amount"),
        ("UPDATE operation SET state = 'fail', fee = NULL WHERE order_id = 'PO-1'", "state, fee"),
        ("UPDATE operation SET asks = 7 WHERE order_id = 'PO-1'", "asks"),
        ("DELETE FROM operation WHERE order_id = 'PO-1'", "no row"),
    ],
)
def test_a_row_that_its_events_do_not_make_is_found(told: Desk, change: str, detail: str) -> None:
    with behind(told.path, unguarded=False) as other:
        other.execute(change)
    checked = check(told.path)
    assert checked.findings == (Finding(Fault.OPERATION, order_id="PO-1", detail=detail),)
    assert checked.records == 12


def test_a_row_without_events_is_found(told: Desk) -> None:
    with behind(told.path, unguarded=False) as other:
        columns = ", ".join(layout.OPERATION_COLUMNS[1:])
        other.execute(
            f"INSERT INTO operation (order_id, {columns}) SELECT 'PO-1b', {columns} FROM operation WHERE order_id = 'PO-2'"
        )
    assert check(told.path).findings == (Finding(Fault.OPERATION, order_id="PO-1b", detail="no events"),)


def test_events_that_change_no_row_make_none(told: Desk) -> None:
    told.journal.append(Entry(EventKind.REVEALED, moment(60), "PO-1", masked={"words": '"operation"'}))
    told.journal.append(Entry(EventKind.REVEALED, moment(61), "PO-7", masked={"x": {"operation": [1]}}))
    assert check(told.path, key=KEY).findings == ()


def test_every_kind_of_change_is_folded(desk: Desk) -> None:
    desk.intend(bank="100000000111", partial=False)
    desk.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED, error_code="E-NET-DNS", ended_monotonic=5.0)
    again = Change("PO-1", frozenset({State.NOT_SENT}), 1, {"state": State.INTENDED, "attempt": 2, "error_code": None})
    desk.journal.append(Entry(EventKind.INTENDED, moment(9), "PO-1", attempt=2), change=again)
    assert check(desk.path, key=KEY).findings == ()
