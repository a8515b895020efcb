"""Writing events: sealed, chained, in one transaction with their rows, or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal import chain
from console.journal.append import Change, Journal, Lost, NotStored, StoreUnknown
from console.journal.entry import Entry, Event, EventKind, Parts
from console.journal.seal import Unsealable
from tests.journal.faulty import Fault, Faulty
from tests.journal.making import BODY, PARTS, Desk, behind, facts, moment, new, rows

PLAIN = Entry(EventKind.CHANGED, moment(1))


@pytest.fixture
def faulty(desk: Desk) -> Iterator[Desk]:
    """A desk whose connection fails by plan."""
    desk.reopen(kind=Faulty)
    yield desk
    Faulty.plan.clear()


def test_an_entry_becomes_a_row(desk: Desk) -> None:
    entry = Entry(
        EventKind.HEARD, moment(2.5), "PO-1", "acc", "/v1/payout", 3, 200, "fp", "sha256", {"имя": "Ёж"}, PARTS
    )
    event = desk.journal.append(entry)
    assert desk.reader.event(2) == event
    assert (event.format, event.seq, event.time, event.monotonic, event.boot) == (
        1, 2, "2026-11-24T10:00:02.500000Z", 1_002_500_000, "boot",
    )  # fmt: skip
    assert (event.kind, event.order_id, event.account, event.endpoint) == ("heard", "PO-1", "acc", "/v1/payout")
    assert (event.attempt, event.status, event.fingerprint, event.digest_name) == (3, 200, "fp", "sha256")
    assert event.masked == '{"имя":"Ёж"}'


def test_a_text_that_came_as_an_enum_is_written_as_its_value(desk: Desk) -> None:
    entry = Entry(EventKind.HEARD, moment(1), endpoint=Endpoint.PAYOUT, digest_name=Digest.SHA1)
    event = desk.journal.append(entry)
    assert (event.endpoint, event.digest_name) == ("/v1/payout", "sha1")
    assert desk.reader.event(2) == event


def test_rows_are_chained(desk: Desk) -> None:
    desk.send()
    desk.journal.append(PLAIN)
    prev = chain.genesis(desk.journal.journal_id)
    stored = rows(desk.path, f"SELECT {', '.join(chain.COLUMNS)}, digest, sealed FROM event ORDER BY seq")
    assert len(stored) == 5
    for seq, (*clear, digest, sealed) in enumerate(stored, 1):
        row = dict(zip(chain.COLUMNS, clear, strict=True))
        assert (row["seq"], row["prev"], digest) == (seq, prev, hashlib.sha256(chain.encode(clear)).hexdigest())
        assert row["sealed_sha256"] == hashlib.sha256(sealed).hexdigest()
        prev = digest
    assert desk.journal.head().digest == prev


def test_parts_are_sealed_and_opened_again(desk: Desk) -> None:
    desk.intend()
    event = desk.move(State.INTENDED, State.SENDING, EventKind.SENDING)
    assert desk.journal.open_parts(event.seq) == PARTS
    opening = desk.journal.open_part(event.seq, 1)
    assert (opening.part, opening.proves(event.commitment)) == (BODY, True)
    assert desk.journal.open_parts(1) == Parts()


def test_nothing_sealed_stands_in_clear(desk: Desk) -> None:
    desk.send()
    desk.close()
    for file in desk.home.iterdir():
        content = file.read_bytes()
        assert not any(part in content for part in (BODY, PARTS.signature, PARTS.request_head, b"79031112233"))


def test_what_is_not_there_is_not_opened(desk: Desk) -> None:
    with pytest.raises(LookupError):
        desk.journal.open_parts(2)
    with behind(desk.path) as other:
        other.execute("UPDATE event SET sealed = NULL")
    with pytest.raises(LookupError):
        desk.journal.open_parts(1)


def test_changed_bytes_do_not_open(desk: Desk) -> None:
    desk.intend()
    with behind(desk.path) as other:
        other.execute("UPDATE event SET account = 'other' WHERE seq = 2")
    with pytest.raises(Unsealable):
        desk.journal.open_parts(2)


def test_half_a_character_does_not_stop_an_answer(desk: Desk) -> None:
    event = desk.journal.append(Entry(EventKind.HEARD, moment(1), masked={"message": "Ж\ud800"}))
    assert event.facts == {"message": "Ж\ud800"}
    assert event.masked == json.dumps({"message": "Ж\ud800"}, separators=(",", ":"))


def test_no_number_without_a_value_is_written(desk: Desk) -> None:
    with pytest.raises(ValueError):
        desk.journal.append(Entry(EventKind.HEARD, moment(1), masked={"x": float("nan")}))
    assert desk.journal.head().seq == 1


@pytest.mark.parametrize("name", ["operation", "question", "answer", "same_as", "public_pem", "journal_id"])
def test_what_the_journal_says_nobody_else_says(desk: Desk, name: str) -> None:
    with pytest.raises(ValueError):
        desk.journal.append(Entry(EventKind.HEARD, moment(1), masked={name: 1}))


def test_a_blocked_journal_starts_no_create(desk: Desk) -> None:
    desk.intend()
    fault = Unavailable("E-ROLLBACK", k=3)
    desk.journal.block(fault)
    starts: tuple[Callable[[], Event], ...] = (
        lambda: desk.intend("PO-2"),
        lambda: desk.move(State.INTENDED, State.SENDING, EventKind.SENDING),
    )
    for start in starts:
        with pytest.raises(Unavailable) as told:
            start()
        assert told.value is fault
    desk.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED)
    desk.journal.block(None)
    desk.intend("PO-2")


def test_the_row_is_not_written_without_its_event(faulty: Desk) -> None:
    Faulty.plan.append(Fault("INSERT INTO event"))
    with pytest.raises(NotStored):
        faulty.intend()
    assert rows(faulty.path, "SELECT count(*) FROM operation") == [(0,)]


@pytest.mark.parametrize("after", [False, True])
def test_a_commit_that_raised_is_told_by_what_is_on_disk(faulty: Desk, after: bool) -> None:
    faulty.intend()
    Faulty.plan.append(Fault(after=after))
    if after:
        event = faulty.move(State.INTENDED, State.SENDING, EventKind.SENDING)
        assert faulty.reader.event(event.seq) == event
    else:
        with pytest.raises(NotStored):
            faulty.move(State.INTENDED, State.SENDING, EventKind.SENDING)
    row = faulty.reader.get("PO-1")
    assert row is not None and row.state is (State.SENDING if after else State.INTENDED)


@pytest.mark.parametrize("after", [False, True])
def test_where_nobody_can_tell_it_says_so_and_starts_nothing_more(faulty: Desk, after: bool) -> None:
    """What a failing disk acknowledges is not believed for a create; what was heard is written all the same."""
    Faulty.plan += [Fault(after=after), Fault("BEGIN", skip=1)]
    with pytest.raises(StoreUnknown):
        faulty.intend()
    assert (faulty.reader.get("PO-1") is not None) == after
    for _ in range(2):
        with pytest.raises(Unavailable, match="E-IO"):
            faulty.intend("PO-2")
    faulty.journal.append(Entry(EventKind.VERIFIED, faulty.now()))
    assert faulty.reopen().fault is None
    faulty.intend("PO-2")


def test_a_disk_that_fails_takes_no_other_faults_place(faulty: Desk) -> None:
    faulty.journal.block(Unavailable("E-ROLLBACK", k=3))
    Faulty.plan += [Fault(), Fault("BEGIN", skip=1)]
    with pytest.raises(StoreUnknown):
        faulty.journal.append(Entry(EventKind.VERIFIED, faulty.now()))
    assert faulty.journal.fault is not None
    assert faulty.journal.fault.code == "E-ROLLBACK"


def test_another_row_at_its_place_is_not_taken_for_it(faulty: Desk) -> None:
    """Another program wrote between the failed commit and the second look."""
    event = faulty.intend()
    stranger = rows(faulty.path, "SELECT * FROM event WHERE seq = ?", event.seq)[0]

    desk_is_quiet: list[bool] = []

    class Meddling(Faulty):
        def close(self) -> None:
            super().close()
            if desk_is_quiet:
                return
            desk_is_quiet.append(True)
            with behind(faulty.path, unguarded=False) as other:
                other.execute(f"INSERT INTO event VALUES ({', '.join('?' * 19)})", (1, 3, *stranger[2:17], "00", b""))

    faulty.reopen(kind=Meddling)
    Faulty.plan.append(Fault())
    with pytest.raises(NotStored):
        faulty.intend("PO-2")


def test_on_a_full_disk_an_outcome_takes_the_reserve(faulty: Desk) -> None:
    faulty.intend()
    assert (faulty.home / "journal.reserve").exists()
    Faulty.plan.append(Fault("INSERT INTO event", sqlite3.SQLITE_FULL))
    faulty.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED)
    assert not (faulty.home / "journal.reserve").exists()


def test_on_a_full_disk_nothing_is_begun_with_the_reserve(faulty: Desk) -> None:
    Faulty.plan.append(Fault("INSERT INTO event", sqlite3.SQLITE_FULL))
    with pytest.raises(NotStored) as told:
        faulty.intend()
    assert told.value.code == "E-DISK-FULL"
    assert (faulty.home / "journal.reserve").exists()


def test_an_outcome_is_tried_again_once(faulty: Desk) -> None:
    faulty.intend()
    Faulty.plan.append(Fault("INSERT INTO event", sqlite3.SQLITE_FULL, forever=True))
    with pytest.raises(NotStored) as told:
        faulty.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED)
    assert told.value.code == "E-DISK-FULL"


def test_only_a_full_disk_is_tried_again(faulty: Desk) -> None:
    faulty.intend()
    Faulty.plan.append(Fault("INSERT INTO event"))
    with pytest.raises(NotStored) as told:
        faulty.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED)
    assert told.value.code == "E-IO"


def test_a_row_that_a_foreign_trigger_swallowed_is_noticed(desk: Desk) -> None:
    with behind(desk.path, unguarded=False) as other:
        other.execute("CREATE TRIGGER swallow BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(NotStored) as told:
        desk.intend()
    assert told.value.code == "E-CORRUPT"
    assert rows(desk.path, "SELECT count(*) FROM operation") == [(0,)]


def test_public_keys_are_written_once_and_only_their_own(desk: Desk, public_key: tuple[str, bytes]) -> None:
    fingerprint, pem = public_key
    for _ in range(3):
        desk.journal.ensure_key(fingerprint, pem, moment(1))
    (event,) = [event for event in desk.reader.event_page() if event.kind == EventKind.KEY]
    assert (event.fingerprint, event.facts) == (fingerprint, {"public_pem": pem.decode()})
    with pytest.raises(ValueError):
        desk.journal.ensure_key("00" * 32, pem, moment(1))


def test_a_head_names_the_last_record(desk: Desk) -> None:
    event = desk.intend()
    head = desk.journal.head()
    assert (head.journal_id, head.seq, head.digest) == (desk.journal.journal_id, event.seq, event.digest)
    assert desk.reader.head() == head


def test_one_of_many_threads_takes_the_mark(desk: Desk) -> None:
    desk.intend()
    outcomes: list[Event | Exception] = []

    def mark(journal: Journal) -> None:
        change = Change("PO-1", frozenset({State.INTENDED}), 1, {"state": State.SENDING})
        try:
            outcomes.append(journal.append(Entry(EventKind.SENDING, moment(3), "PO-1", attempt=1), change=change))
        except Lost as lost:
            outcomes.append(lost)

    threads = [threading.Thread(target=mark, args=[desk.journal]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Event"] + ["Lost"] * 7


def test_thousands_of_rows_are_written_and_found(desk: Desk) -> None:
    for n in range(1500):
        entry = Entry(EventKind.INTENDED, desk.now(), f"PO-{n}", "acc", attempt=1, parts=Parts(body=BODY))
        desk.journal.append(entry, new=new(amount=n + 1, recipient=f"Имя{n}"))
    head = desk.journal.head()
    assert head.seq == 1501
    assert desk.reopen(anchor=head).fault is None
    row = desk.reader.get("PO-1499")
    assert row is not None and row.amount == 1500
    assert facts(desk.reader.event_page(limit=1)[0]) == {}


def test_a_closed_journal_is_written_to_by_nobody_who_comes_late(desk: Desk) -> None:
    """The lock of the home is free by then: another process may hold it, or a copy lie in the file's place."""
    desk.send()
    head = desk.reader.head()
    desk.journal.close()
    for late in (
        desk.ask,
        lambda: desk.journal.append(Entry(EventKind.VERIFIED, desk.now())),
        desk.journal.head,
    ):
        with pytest.raises(NotStored):
            late()
    desk.journal.close()
    assert desk.reader.head() == head
