"""What the settings say of an account."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.endpoint import Kind
from console.services import connect_record as records
from console.settings.settings import ACCOUNTS, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings.open(tmp_path / "settings.json")
    for name in ("a", "b", "c"):
        records.put_record(made, {"id": name, "name": name.upper()}, 9)
    return made


def ids(settings: Settings) -> list[object]:
    return [each["id"] for each in settings.get(ACCOUNTS)]


def test_records_keep_their_order(settings: Settings) -> None:
    assert ids(settings) == ["a", "b", "c"]
    assert [records.place_of(settings, name) for name in ("a", "c", "x")] == [0, 2, 3]
    records.put_record(settings, {"id": "b", "name": "Other"}, 1)
    assert ids(settings) == ["a", "b", "c"]
    assert records.record_of(settings, "b") == {"id": "b", "name": "Other"}
    records.remove_record(settings, "a")
    records.put_record(settings, {"id": "a"}, 0)
    assert ids(settings) == ["a", "b", "c"]


def test_facts_are_changed_one_by_one(settings: Settings) -> None:
    records.change_record(settings, "b", issuer="X", name=None)
    assert records.record_of(settings, "b") == {"id": "b", "issuer": "X"}
    records.change_record(settings, "gone", issuer="X")
    assert records.record_of(settings, "gone") == {}
    assert records.record_of(settings, "a") == {"id": "a", "name": "A"}


def test_what_has_another_form_says_nothing() -> None:
    record: records.Record = {"id": 1, "payout": "x", "codes": {"a": "b"}}
    assert (records.text_of(record, "id"), records.facts_of(record, "payout")) == ("", {})
    assert records.facts_of(record, "codes") == {"a": "b"}


def test_the_keys_that_are_named_are_those_there_are() -> None:
    assert records.kinds_of({"payout": {"fingerprint": "f"}}) == {Kind.PAYOUT}
    assert records.kinds_of({"payout": {"fingerprint": "f"}, "payment": {"fingerprint": "f"}}) == set(Kind)
    assert records.kinds_of({"id": "from before"}) == set(Kind)
