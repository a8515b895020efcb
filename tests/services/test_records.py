"""The journal's screen: every record in words, one opened and masked, whole only after that is journalled."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from console.domain.endpoint import Kind
from console.domain.trouble import Unavailable
from console.journal.check import Progress
from console.journal.entry import Entry, EventKind, Head, Parts
from console.journal.looking import Looking
from console.services.records import Records
from console.services.verify import Report, verify
from console.settings.translations import Translator
from tests.services.bench import Bench, acknowledge, answered, lost, unreachable

say = Translator("en")
ACCEPTED = {"id": 100001524, "payment_status": "wait"}


@pytest.fixture
def records(bench: Bench) -> Records:
    def check(progress: Progress) -> Report:
        return verify(bench.home.path, key=bench.key, progress=progress)

    return Records(bench.journal, bench.reader, bench.clock, check)


def of(bench: Bench, order_id: str, kind: EventKind) -> int:
    return next(each.seq for each in bench.reader.events(order_id) if each.kind == kind)


def test_records_come_newest_first_with_their_words(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    page = records.page()
    assert [say(each.title) for each in page] == [
        "Accepted by the gateway, processing",
        "Request signed and sent",
        f"Intent: payout {row.order_id}",
        "Public key recorded",
        "Journal begun",
    ]
    assert page[0].order_id == row.order_id
    assert (page[0].endpoint, page[0].status, page[0].duration, page[0].tone) == ("/v1/payout", 200, 100, "")
    assert [each.seq for each in records.page(before_seq=4, limit=2)] == [3, 2]
    head = records.head()
    assert head is not None
    assert head.seq == page[0].seq
    assert records.first() == page[-1].at


def test_an_empty_journal_has_no_first_record(bench: Bench, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.reader, "event", lambda _: None)
    assert records.first() is None


@pytest.mark.parametrize("text", ["3", "№3", " № 3"])
def test_a_record_is_found_by_its_number(bench: Bench, records: Records, text: str) -> None:
    bench.send(answered(200, ACCEPTED))
    found = records.page(text=text)
    assert found[0].seq == 3
    assert [each.seq for each in found].count(3) == 1
    assert records.page(text="9999") == []


def test_records_are_found_by_order_and_address(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    assert len(records.page(text=row.order_id)) == 3
    assert len(records.page(text="/v1/payout")) >= 2


def test_an_answer_is_shown_masked_with_its_request_and_signature(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, {**ACCEPTED, "odd": "79031112233"})).row
    record = records.open(of(bench, row.order_id, EventKind.HEARD))
    assert json.loads(record.request)["number"] == "7903•••••33"
    assert json.loads(record.request)["order_id"] == row.order_id
    assert json.loads(record.answer) == {"id": 100001524, "payment_status": "wait", "odd": "•••"}
    assert record.answer_bytes == len(bench.journal.open_parts(record.row.seq).answer_body)
    assert record.is_valid is True
    assert record.fingerprint == bench.accounts.open("acc").keys[Kind.PAYOUT].fingerprint
    assert record.has_sealed
    assert not record.whole
    assert record.facts == ()
    assert record.digest == records.head().digest  # type: ignore[union-attr]  # the last record


def test_a_record_is_shown_whole_after_that_is_journalled(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    seq = of(bench, row.order_id, EventKind.INTENDED)
    record = records.reveal(seq)
    assert record.whole
    assert json.loads(record.request)["number"] == "79031112233"
    assert record.is_valid is None
    last = bench.reader.events(row.order_id)[-1]
    assert (last.kind, last.facts) == ("revealed", {"record": seq})
    shown = records.open(last.seq)
    assert (shown.request, shown.answer, shown.has_sealed, shown.answer_bytes) == ("", "", False, None)


def test_an_answer_that_is_no_json_is_hidden_until_it_is_shown_whole(bench: Bench, records: Records) -> None:
    row = bench.send(answered(500, "<b>\nплохо\x07</b>".encode())).row
    seq = of(bench, row.order_id, EventKind.HEARD)
    assert records.open(seq).answer == ""
    assert records.reveal(seq).answer == "<b>\nплохо␇</b>"


def test_a_request_that_is_no_json_is_hidden_until_it_is_shown_whole(bench: Bench, records: Records) -> None:
    entry = Entry(EventKind.PROBED, bench.clock(), endpoint="/v1/account/info", parts=Parts(body=b"odd"))
    seq = bench.journal.append(entry).seq
    assert records.open(seq).request == ""
    assert records.reveal(seq).request == "odd"


def test_a_repeated_question_shows_what_it_repeats(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    status = {"order_id": row.order_id, "id": 100001524, "payment_status": "wait"}
    bench.transport.asks += [answered(200, status), answered(200, status)]
    for _ in range(2):
        bench.clock.advance(60)
        bench.follow.ask(row.order_id)
    bench.journal.flush(bench.clock())
    first, again = [each.seq for each in bench.reader.events(row.order_id) if each.kind == "asked"]
    assert records.open(again).same_as == first
    assert records.open(again).answer == records.open(first).answer != ""
    assert records.open(first).same_as is None
    assert json.loads(records.open(first).request) == {"order_id": row.order_id}
    assert records.open(again).is_valid is True


def test_a_pointer_to_nowhere_shows_nothing(bench: Bench, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    heard = bench.reader.events(row.order_id)[-1]
    pointing = replace(heard, masked=json.dumps({"same_as": 10_000}))
    known = bench.reader.event
    monkeypatch.setattr(bench.reader, "event", lambda seq: pointing if seq == heard.seq else known(seq))
    assert records.open(heard.seq).same_as is None


def test_an_answer_without_a_mark_of_sending_has_no_request(bench: Bench, records: Records) -> None:
    row = bench.send(unreachable()).row
    record = records.open(of(bench, row.order_id, EventKind.ENDED))
    assert (record.request, record.is_valid) == ("", None)
    ((label, words),) = record.facts
    assert (say(label), say(words)) == ("Ended so", "the server refused the connection")  # type: ignore[arg-type]  # a text


def test_what_a_person_wrote_stands_beside(bench: Bench, records: Records) -> None:
    bench.send(answered(200, ACCEPTED))
    row = bench.send(answered(200, ACCEPTED), order_id="PO-2", amount="7.00").row
    bench.settle.lift(row.order_id, "by letter", "Anna")
    facts = records.open(of(bench, row.order_id, EventKind.LIFTED)).facts
    assert [(say(label), value) for label, value in facts] == [("By", "Anna"), ("Note", "by letter")]


def test_the_request_is_that_of_the_same_attempt(bench: Bench, records: Records) -> None:
    row = bench.send(unreachable()).row
    bench.transport.creates.append(lost())
    bench.submit.send(bench.submit.resend_review(row.order_id))
    ended = [each.seq for each in bench.reader.events(row.order_id) if each.kind == "ended"]
    assert [bool(records.open(seq).request) for seq in ended] == [False, True]


def test_a_signature_of_a_key_that_is_not_there_is_not_judged(bench: Bench, records: Records) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    assert records._public_key("none") is None
    records._keys[bench.accounts.open("acc").keys[Kind.PAYOUT].fingerprint] = b"changed"
    seq = of(bench, row.order_id, EventKind.SENDING)
    records._keys.clear()
    assert records.open(seq).is_valid is True


def test_a_record_that_is_not_there_says_so(records: Records) -> None:
    for ask in (records.open, records.reveal):
        with pytest.raises(Unavailable, match="E-NO-ORDER"):
            ask(10_000)


def test_a_check_is_a_record_of_its_own(bench: Bench, records: Records) -> None:
    bench.send(answered(200, ACCEPTED))
    seen: list[tuple[int, int]] = []
    report = records.verify(lambda done, total: seen.append((done, total)))
    assert report.ok
    assert seen
    newest = records.page(limit=1)[0]
    assert say(newest.title) == "Journal checked"
    assert bench.reader.event(newest.seq).facts["records"] == newest.seq - 1  # type: ignore[union-attr]  # it is there


def test_a_journal_that_may_only_be_looked_at_is_checked_without_a_record(bench: Bench) -> None:
    looking = Looking(bench.home.path, Unavailable("E-SECOND"), bench.key)
    records = Records(looking, bench.reader, bench.clock, lambda _: verify(bench.home.path, key=bench.key))
    before = bench.journal.head()
    assert records.verify(lambda done, total: None).ok
    assert bench.journal.head() == before
    looking.close()


def test_a_record_of_the_check_that_cannot_be_written_is_told(
    bench: Bench, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(entry: Entry) -> None:
        raise Unavailable("E-IO")

    monkeypatch.setattr(bench.journal, "append", full)
    with pytest.raises(Unavailable, match="E-IO"):
        records.verify(lambda done, total: None)


def test_a_check_that_is_stopped_leaves_no_record(bench: Bench, records: Records) -> None:
    bench.send(answered(200, ACCEPTED))
    before = records.head()

    def stop(*_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        records.verify(stop)
    assert records.head() == before


def test_a_journal_that_is_not_what_was_written_takes_no_create_any_more(bench: Bench, records: Records) -> None:
    """The start looks at its last thousand links; what is older is found by the whole check."""
    order_id = bench.send(answered(200, ACCEPTED)).row.order_id
    with closing(sqlite3.connect(bench.home.journal)) as other:
        other.execute("UPDATE operation SET amount = 1 WHERE order_id = ?", [order_id])
        other.commit()
    assert not records.verify(lambda done, total: None).ok
    review = bench.review(order_id="next", number="79031112299")
    assert review.blocked is not None
    with pytest.raises(Unavailable, match="E-TAMPER"):
        bench.submit.send(review, acknowledge(review))
    assert bench.transport.sent[1:] == []
    bench.journal.block(Unavailable("E-INTERNAL"))
    assert not records.verify(lambda done, total: None).ok
    assert bench.journal.fault is not None
    assert bench.journal.fault.code == "E-INTERNAL"


class TestAGap:
    """An anchor that knows more than the journal (R9): the start has said so, and a person signs it off."""

    @pytest.fixture
    def records(self, bench: Bench) -> Records:
        bench.send(answered(200, ACCEPTED), order_id="first")
        head = bench.journal.head()
        assert head is not None
        anchor: Head = replace(head, seq=head.seq + 5, digest="0" * 64)

        def check(progress: Progress) -> Report:
            return verify(bench.home.path, key=bench.key, anchor=anchor, progress=progress)

        return Records(bench.journal, bench.reader, bench.clock, check)

    @staticmethod
    def check(bench: Bench, records: Records, known: str = "") -> tuple[bool, str]:
        bench.journal.block(Unavailable(known, k=5) if known else None)
        report = records.examine(lambda done, total: None)
        assert not report.ok
        assert bench.journal.fault is not None
        assert records.is_changed is (bench.journal.fault.code == "E-TAMPER")
        return report.is_gap, bench.journal.fault.code

    def test_that_is_known_stays_one(self, bench: Bench, records: Records) -> None:
        assert self.check(bench, records, "E-ROLLBACK") == (True, "E-ROLLBACK")

    def test_that_nobody_knew_of_stops_creates(self, bench: Bench, records: Records) -> None:
        assert self.check(bench, records) == (True, "E-TAMPER")

    def test_does_not_hide_a_change(self, bench: Bench, records: Records) -> None:
        with closing(sqlite3.connect(bench.home.journal)) as other:
            other.execute("UPDATE operation SET amount = 1")
            other.commit()
        assert self.check(bench, records, "E-ROLLBACK") == (False, "E-TAMPER")
