"""No core dumps, not dumpable, and a log in which nothing personal stands."""

from __future__ import annotations

import logging
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.app.logs import FILE, close_log, is_private, log_what_escapes, open_log
from console.domain.trouble import Unavailable
from tests.architecture.source import ROOT

UUID = "7b6c2f0e-53a1-4c4c-9d3c-0d6a6f3b4f21"
PRIVATE = (
    "card 2200 7015 5301 7621",
    "phone +7 903 111-22-33",
    "79031112233",
    UUID,
    "Sign: " + "QUJD" * 20,
    "-----BEGIN RSA PRIVATE KEY-----",
)


@pytest.fixture
def log(tmp_path: Path, expected_log: list[logging.LogRecord]) -> Iterator[Path]:
    del expected_log  # this file logs on purpose
    handler = open_log(tmp_path / "logs")
    yield tmp_path / "logs" / FILE
    close_log(handler)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_the_process_is_hardened() -> None:
    code = (
        "import ctypes, resource; from console.app.hygiene import PR_GET_DUMPABLE, harden; harden();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0) 0"


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_private_is_withheld(log: Path, text: str) -> None:
    logging.getLogger("console.test").warning("sent %s", text)
    written = log.read_text("utf-8")
    assert text not in written
    assert "withheld (test_hygiene:" in written


@pytest.mark.parametrize(
    "text", ["PO-20261124-0004: wait", "E-NET-DNS after 10.2 s", "record 41 of 2026-11-24 13:12:08"]
)
def test_ids_codes_and_times_are_written(log: Path, text: str) -> None:
    assert not is_private(text)
    logging.getLogger("console.test").warning(text)
    assert text in log.read_text("utf-8")


def test_a_record_that_cannot_be_said_is_withheld(log: Path) -> None:
    record = logging.LogRecord("console.test", logging.WARNING, "x.py", 7, "%d", ("2200701553017621",), None)
    logging.getLogger("console").handle(record)
    assert "withheld (x:7)" in log.read_text("utf-8")


@pytest.mark.parametrize("text", [*PRIVATE, "my dog's name"])
def test_a_traceback_has_names_and_no_values(log: Path, text: str) -> None:
    def fail(secret: str) -> None:
        raise ValueError(f"bad: {secret}")

    try:
        fail(text)
    except ValueError:
        logging.getLogger("console.test").exception("failed")
    written = log.read_text("utf-8")
    assert text not in written
    assert "test_hygiene.py" in written
    assert "ValueError" in written
    assert "Traceback" not in written


def test_the_log_is_its_owners(log: Path) -> None:
    assert log.stat().st_mode & 0o077 == 0


def test_what_escapes_is_logged_and_goes_on(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda *_: heard.append("main"))
    monkeypatch.setattr(threading, "excepthook", lambda _: heard.append("thread"))
    log_what_escapes()
    error = RuntimeError("quiet words")
    sys.excepthook(RuntimeError, error, None)
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, error, None, None)))
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, None, None, None)))
    assert heard == ["main", "thread", "thread"]
    assert log.read_text("utf-8").count("RuntimeError\n") == 2


def test_what_escapes_is_told_on_stderr_as_in_the_log(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    met: list[str] = []
    log_what_escapes(met.append)
    error = RuntimeError("my dog's name")
    sys.excepthook(RuntimeError, error, None)
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, error, None, None)))
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, None, None, None)))
    assert capsys.readouterr().err == "RuntimeError\n" * 2
    assert met == ["RuntimeError"] * 2
    monkeypatch.setattr(sys, "stderr", None)
    sys.excepthook(RuntimeError, error, None)
    assert "dog" not in log.read_text("utf-8")


def test_codes_of_trouble_and_faults_of_the_system_are_told(log: Path) -> None:
    refused = ssl.SSLCertVerificationError(1, f"certificate is not valid for '{UUID}'")
    full = OSError(28, "No space left on device", "/home/anna/79031112233")
    for error in (Unavailable("E-NET-DNS", host=UUID), full, OSError(UUID), refused):
        logging.getLogger("console.test").error("failed", exc_info=error)
    written = log.read_text("utf-8")
    assert "Unavailable: E-NET-DNS\n" in written
    assert "OSError: No space left on device\n" in written
    assert "SSLCertVerificationError\n" in written
    assert UUID not in written


def test_packages_that_tell_addresses_are_quiet(log: Path) -> None:
    logging.getLogger("httpcore.connection").warning("GET https://secret.test")
    assert log.read_text("utf-8") == ""
    assert not logging.getLogger("httpx").isEnabledFor(logging.ERROR)
