"""The command line as outsiders use it: without Qt, in one sentence, with the documented exit statuses."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console import __version__
from tests.e2e.processes import console, gateway
from tests.flows.bench import Works


@pytest.fixture
def paid(home: Path) -> Path:
    """A home with a payout, closed as it should be."""
    works = Works.start(home)
    works.send("order-1", "1500.00")
    works.services.follow.ask("order-1")
    works.close()
    return home


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["verify", "--help"]])
def test_what_needs_no_qt_runs_without_it(arguments: list[str]) -> None:
    done = console(*arguments, without_qt=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout or "usage" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--colour", "red"], ["--theme", "pink"], ["nothing"], ["export"], ["gateway", "--port", "99999"],
     ["gateway", "--port", "-1"], ["gateway", "--port", "٨٠"]],
)  # fmt: skip
def test_wrong_usage_is_one_sentence_and_status_2(arguments: list[str]) -> None:
    done = console(*arguments, without_qt=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_name_that_is_none_is_wrong_usage() -> None:
    refused = console("gateway", "--tls", "localhost")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no name with a dot in it, such as gateway.test: localhost" in refused.stderr


def test_no_display_is_one_sentence_and_status_2(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = console("--sandbox", "--home", str(home))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_whole_journal_is_vouched_for(paid: Path) -> None:
    done = console("verify", "--home", str(paid), "--sandbox", without_qt=True)
    assert done.returncode == 0
    assert "unbroken chain" in done.stdout
    assert "signatures are right" in done.stdout
    assert "vouches" in done.stdout


def test_a_home_without_a_journal_is_no_success(home: Path) -> None:
    done = console("verify", "--home", str(home), without_qt=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_home_without_a_journal_is_not_exported_as_an_empty_table(home: Path, form: str) -> None:
    out = home / "out"
    done = console("export", "--home", str(home / "mistyped"), "--format", form, "--out", str(out), without_qt=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "There is no journal here.\n")
    assert not out.exists()


def test_a_public_key_that_is_none_is_wrong_usage(paid: Path) -> None:
    done = console("verify", "--home", str(paid), "--sandbox", "--public-key", str(paid / "none"), without_qt=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("harm", ["edit", "remove", "cut"])
def test_a_changed_journal_is_named_by_its_first_wrong_record(paid: Path, harm: str) -> None:
    path = paid / "sandbox" / "journal.db"
    with closing(sqlite3.connect(path)) as base:
        for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f"DROP TRIGGER {trigger}")
        last = base.execute("SELECT max(seq) FROM event").fetchone()[0]
        statement = {
            "edit": "UPDATE event SET masked = replace(masked, '1500.00', '1900.00') WHERE kind = 'intended'",
            "remove": "DELETE FROM event WHERE kind = 'sending'",
            "cut": f"DELETE FROM event WHERE seq > {last - 2}",
        }[harm]
        found = {"edit": "intended", "remove": "sending"}.get(harm)
        seq = base.execute("SELECT seq FROM event WHERE kind = ?", [found]).fetchone()[0] if found else last - 1
        base.execute(statement)
        base.commit()
    done = console("verify", "--home", str(paid), "--sandbox", without_qt=True)
    assert done.returncode == 1
    assert str(seq) in done.stderr


def test_a_byte_flipped_in_the_log_is_noticed(home: Path) -> None:
    works = Works.start(home)
    works.send("order-1", "1500.00")
    works.engine.anchor.drop()
    copy = home.parent / "copy"
    shutil.copytree(home, copy)
    works.close()
    log = copy / "sandbox" / "journal.db-wal"
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)
    done = console("verify", "--home", str(copy), "--sandbox", without_qt=True)
    assert done.returncode == 1
    assert "missing" in done.stderr


def test_the_gateway_says_where_it_is_and_a_console_uses_it(home: Path) -> None:
    with gateway(home) as facts:
        assert set(facts) == {"url", "account", "payment_certificate", "payout_certificate", "ledger"}
        works = Works.start(home)
        works.send("order-1", "1500.00")
        assert works.engine.sandbox is not None
        assert works.engine.sandbox.url == facts["url"]
        works.close()
        assert [entry["order_id"] for entry in works.accepted()] == ["order-1"]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_operations_are_exported_without_qt_and_without_a_full_number(paid: Path, form: str) -> None:
    out = paid / f"out.{form}"
    done = console("export", "--home", str(paid), "--sandbox", "--format", form, "--out", str(out), without_qt=True)
    assert (done.returncode, done.stdout.strip()) == (0, "Operations written: 1")
    text = out.read_text("utf-8-sig")
    assert "order-1" in text
    assert "79031112233" not in text


def test_a_file_that_cannot_be_written_is_one_sentence(paid: Path) -> None:
    out = paid / "none" / "out.csv"
    done = console("export", "--home", str(paid), "--sandbox", "--format", "csv", "--out", str(out), without_qt=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
