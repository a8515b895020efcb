"""Exports: masked, safe, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.journal.filters import Filter
from console.services import export as module
from console.services.export import COLUMNS, export, safe_cell
from console.settings.translations import Translator
from tests.services.bench import Bench, answered, unreachable

RU = Translator("ru")


@pytest.fixture
def filled(bench: Bench) -> Bench:
    answer = {"id": 100001524, "payment_status": "wait"}
    bench.send(answered(200, answer), order_id="first", recipient="=HYPERLINK(1)", basis="-1+1")
    bench.send(unreachable(), order_id="second", number="79031112244")
    return bench


def test_csv_for_russian_excel(filled: Bench, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    heard: list[int] = []
    assert export(filled.reader, Filter(), path, "csv", RU, heard.append) == 2
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"79031112233" not in raw
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows[0]) == len(COLUMNS)
    first = dict(zip((name for name, _ in COLUMNS), rows[2], strict=True))
    assert first["amount"] == "3000,00"
    assert first["recipient"] == "'=HYPERLINK(1)"
    assert first["basis"] == "'-1+1"
    assert first["number"] == "'+7 903 •••-••-33"
    assert first["bank"] == "'100000000111"
    assert first["created"] == "2026-11-24 12:00:00"
    assert heard == [2]


def test_jsonl_for_programs(filled: Bench, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export(filled.reader, Filter(order_id="first"), path, "jsonl", RU) == 1
    (line,) = path.read_text("utf-8").splitlines()
    found = json.loads(line)
    assert (found["state"], found["amount"], found["gateway_id"]) == ("wait", "3000.00", "100001524")
    assert found["created"].endswith("Z")


def test_pages_follow_each_other(filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    assert export(filled.reader, Filter(), tmp_path / "out.csv", "csv", RU) == 2


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_empty_journal_is_an_empty_file(bench: Bench, tmp_path: Path, form: str) -> None:
    assert export(bench.reader, Filter(), tmp_path / "out", form, RU) == 0
    assert (tmp_path / "out").exists()


def test_a_stopped_export_leaves_nothing(filled: Bench, tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(filled.reader, Filter(), tmp_path / "out.csv", "csv", RU, stop)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("out", ".export"))]


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@a", "\ta", "\ra", " =1", "\u00a0=1", "\u3000=1", "＝1", "＋1", "－1", "＠a", "a\n=1", "\ufeff=1",
     "\u200b=1", "100000000111", " 40817810156003706312 "],
)  # fmt: skip
def test_dangerous_cells_get_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Громова", "PO-2026", "12345", "a=1", "12 345,67 ₽"])
def test_calm_cells_stay(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=20))
def test_no_cell_begins_with_a_formula(text: str) -> None:
    assert safe_cell(text).lstrip()[:1] not in set("=+-@") | {"\t", "\r"}


def test_a_method_that_the_catalogue_lost_is_named_by_its_code(
    filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BY_CODE", {})
    export(filled.reader, Filter(), tmp_path / "out.csv", "csv", RU)
    assert "payment_card_sbp_rub" in (tmp_path / "out.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("heard", "written"),
    [("1477.500000000", "1477,50"), ("1477.505", "1477,505"), ("22.5", "22,5"), ("10", "10"), ("", "")],
)
def test_zeros_behind_the_kopecks_are_left_out_for_a_person(heard: str, written: str) -> None:
    assert module._comma(heard) == written
