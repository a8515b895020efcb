"""What verify says: in sentences, in both languages, the first fault by its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from console.domain.states import State
from console.domain.text import Text
from console.journal.append import Change
from console.journal.entry import Entry, EventKind, Head, Parts
from console.journal.faults import Fault
from console.journal.keys import fingerprint_of
from console.services import verify as service
from console.services.verify import Report, verify
from console.settings.translations import Translator
from tests.journal.making import BODY, KEY, OTHER_KEY, Desk, behind, moment

PRIVATE = rsa.generate_private_key(65537, 1024)
PEM = PRIVATE.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
FINGERPRINT = fingerprint_of(PEM)
ALGORITHMS = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    opened = Desk(home)
    yield opened
    opened.close()


def sign(desk: Desk, digest_name: str = "sha1", signature: bytes | None = None, order_id: str = "PO-1") -> None:
    """Begin an order and sign it."""
    desk.intend(order_id)
    made = PRIVATE.sign(BODY, PKCS1v15(), ALGORITHMS.get(digest_name, hashes.SHA1()))
    desk.journal.append(
        Entry(
            EventKind.SENDING, desk.now(), order_id, "acc", "/v1/payout", 1, None, FINGERPRINT, digest_name, {},
            Parts(body=BODY, signature=made if signature is None else signature),
        ),
        change=Change(order_id, frozenset({State.INTENDED}), 1, {"state": State.SENDING}),
    )  # fmt: skip


def said(report: Report, language: str = "en") -> list[str]:
    return [Translator(language)(line) for line in report.lines]


def test_all_is_well(desk: Desk) -> None:
    desk.journal.ensure_key(FINGERPRINT, PEM, moment(0.5))
    sign(desk)
    sign(desk, "sha256", order_id="PO-2")
    report = verify(desk.home, key=KEY, anchor=desk.journal.head())
    assert report == Report(True, report.lines, None, records=6, signatures=2, vouched_to=6)
    assert said(report) == [
        "6 records form an unbroken chain.",
        "6 records open with the journal's key.",
        "2 signatures are right.",
        "The table of operations agrees with the records.",
        "The mark kept apart vouches for everything up to record 6.",
    ]


def test_what_was_not_checked_is_said(desk: Desk) -> None:
    sign(desk)
    report = verify(desk.home)
    assert report.ok
    assert said(report) == [
        "3 records form an unbroken chain.",
        "The journal's key is not at hand: what is sealed was checked by its digests only.",
        "The table of operations agrees with the records.",
        "No mark of the journal's end is at hand: a cut end would not be noticed.",
    ]


def test_records_after_the_mark_are_counted(desk: Desk) -> None:
    anchor = desk.journal.head()
    desk.send()
    report = verify(desk.home, anchor=anchor)
    assert report.vouched_to == 1
    assert said(report)[-2:] == [
        "The mark kept apart vouches for everything up to record 1.",
        "3 later records have no mark yet.",
    ]


def test_a_signature_without_its_key_is_not_called_right(desk: Desk) -> None:
    sign(desk)
    report = verify(desk.home, key=KEY)
    assert (report.ok, report.signatures) == (True, 0)
    assert "1 signature could not be checked: its public key is not at hand." in said(report)
    with_key = verify(desk.home, key=KEY, public_keys=[PEM])
    assert (with_key.ok, with_key.signatures) == (True, 1)
    assert "1 signature is right." in said(with_key)


@pytest.mark.parametrize(("digest_name", "signature"), [("sha1", b"wrong"), ("sha256", None), ("md5", None)])
def test_a_wrong_signature_is_the_first_fault(desk: Desk, digest_name: str, signature: bytes | None) -> None:
    made = PRIVATE.sign(BODY, PKCS1v15(), hashes.SHA1()) if signature is None else signature
    sign(desk, digest_name, made)
    report = verify(desk.home, key=KEY, public_keys=[PEM])
    assert (report.ok, report.records, report.signatures) == (False, 2, 0)
    assert report.first_fault is not None
    assert Translator("en")(report.first_fault) == "The signature in record 3 of 2026-11-24 13:00 MSK is wrong."
    assert report.lines[-1] == report.first_fault


def test_what_is_no_public_key_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError):
        verify(desk.home, public_keys=[b"no key"])


def test_a_changed_record_is_named_with_its_time(desk: Desk) -> None:
    desk.send()
    with behind(desk.path) as other:
        other.execute("UPDATE event SET masked = '{}' WHERE seq = 3")
    report = verify(desk.home, key=KEY)
    assert not report.ok
    assert said(report, "ru") == [
        "2 записи образуют непрерывную цепь.",
        "2 записи открываются ключом журнала.",
        "Отметки конца журнала под рукой нет: обрезанный конец остался бы незамеченным.",
        "Запись 3 от 24.11.2026 13:00 МСК изменена.",
    ]


def test_a_record_whose_time_is_lost_is_named(desk: Desk) -> None:
    with behind(desk.path) as other:
        other.execute("UPDATE event SET time = 'x' WHERE seq = 1")
    assert said(verify(desk.home))[-1] == "Record 1 of ? was changed."


def test_a_cut_end_is_named_from_the_first_missing_record(desk: Desk) -> None:
    desk.send()
    desk.send("PO-2")
    anchor = desk.journal.head()
    with behind(desk.path) as other:
        other.execute("DELETE FROM event WHERE seq > 4")
        other.execute("DELETE FROM operation WHERE order_id = 'PO-2'")
    report = verify(desk.home, key=KEY, anchor=anchor)
    assert said(report)[-1] == "Records 5 to 7 are missing at the end: the mark kept apart knows them."
    assert report.vouched_to is None


def test_a_row_that_does_not_agree_is_named(desk: Desk) -> None:
    desk.send()
    with behind(desk.path, unguarded=False) as other:
        other.execute("UPDATE operation SET amount = 1")
    report = verify(desk.home)
    assert said(report)[-1] == "The row of order PO-1 does not agree with its records."
    assert "The table of operations agrees with the records." not in said(report)


def test_another_key_is_said(desk: Desk) -> None:
    assert "The key at hand is not the key of this journal: what is sealed was not opened." in said(
        verify(desk.home, key=OTHER_KEY)
    )


def test_no_journal_proves_nothing(tmp_path: Path) -> None:
    report = verify(tmp_path)
    assert (report.ok, report.records, said(report)) == (False, 0, ["There is no journal here."])


def test_a_file_that_ends_early_says_where(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send()
    with behind(desk.path) as other:
        other.execute("UPDATE event SET time = CAST(x'ff' AS TEXT) WHERE seq = 3")
    assert said(verify(desk.home))[-1].startswith("The file is damaged: reading ended before record ")
    with behind(desk.path, unguarded=False) as other:
        other.execute("DROP TABLE meta")
    assert said(verify(desk.home)) == ["The file is damaged."]


def test_progress_is_handed_on(desk: Desk) -> None:
    done: list[tuple[int, int]] = []
    verify(desk.home, progress=lambda at, total: done.append((at, total)))
    assert done == [(1, 1)]


def test_another_journals_mark_is_said(desk: Desk) -> None:
    anchor: Head = replace(desk.journal.head(), journal_id="other")
    assert said(verify(desk.home, anchor=anchor))[-1] == "The mark kept apart is of another journal."


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_its_sentence_in_both_languages(fault: Fault) -> None:
    text: Text = service._FAULTS[fault].with_(seq=1, time="t", order="o", last=2)
    english, russian = Translator("en")(text), Translator("ru")(text)
    assert english != russian
    assert "{" not in english + russian
