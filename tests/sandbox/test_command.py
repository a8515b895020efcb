"""The command `gateway`, as a process of its own and without Qt."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from console.domain.endpoint import Endpoint
from console.sandbox import command
from console.sandbox.command import SIGNALS, serve
from console.sandbox.sandbox import Facts, Sandbox
from tests.sandbox.client import Client, accepted
from tests.sandbox.conftest import Open
from tests.sandbox.orders import body

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
sys.modules["PySide6"] = None
from pathlib import Path
from console.sandbox.command import serve
sys.exit(serve(Path(sys.argv[1]), None, sys.argv[2] if sys.argv[2:] else ""))
"""


class Impatient(Event):
    """An event for which the first wait is in vain, and during the second of which the process is told to end."""

    waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        Impatient.waits += 1
        if Impatient.waits > 1:
            signal.raise_signal(signal.SIGTERM)
        return self.is_set()


@contextmanager
def process(home: Path, *name: str) -> Iterator[tuple[subprocess.Popen[str], Facts]]:
    command = [sys.executable, "-c", SCRIPT, str(home), *name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        try:
            yield started, Facts(**json.loads(started.stdout.readline()))
        finally:
            started.kill()


@pytest.mark.parametrize("number", SIGNALS)
def test_it_prints_one_line_and_serves_until_told_to_end(practice: Path, number: signal.Signals) -> None:
    with process(practice) as (started, facts):
        client = Client(Sandbox(facts))
        assert client.post(Endpoint.PAYOUT, body()).status == 200
        started.send_signal(number)
        output, errors = started.communicate(timeout=20)
        assert (started.returncode, output, errors) == (0, "", "")
    assert accepted(Path(facts.ledger)) == [body()["order_id"]]


def test_a_killed_one_leaves_its_lock_and_its_ledger(practice: Path, start: Open) -> None:
    with process(practice) as (started, facts):
        Client(Sandbox(facts)).post(Endpoint.PAYOUT, body())
        started.kill()
        started.wait(20)
    sandbox = start()
    assert sandbox.is_own
    assert accepted(sandbox.ledger) == [body()["order_id"]]
    assert Client(sandbox).post(Endpoint.PAYOUT, body()).errors == ["order_id"]


def test_a_console_uses_the_one_that_runs(practice: Path, start: Open) -> None:
    with process(practice) as (_, facts):
        sandbox = start()
        assert (sandbox.is_own, sandbox.facts()) == (False, facts)


def test_a_home_that_is_served_already(practice: Path, start: Open, capsys: pytest.CaptureFixture[str]) -> None:
    start()
    assert serve(practice, None) == 1
    output, errors = capsys.readouterr()
    assert (output, errors) == ("", f"The sandbox gateway of {practice} runs already in another process.\n")


@pytest.mark.parametrize("port", [1_000_000, None])
def test_what_cannot_start_says_why_in_one_line(
    home: Path, port: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if port is None:
        (home / "sandbox").write_text("in the way")
    assert serve(home, port) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith(f"The sandbox gateway of {home} cannot start: ") and errors.count("\n") == 1
    assert "[Errno" not in errors and ".." not in errors


def test_signals_are_as_before_afterwards(
    practice: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    monkeypatch.setattr(command, "Event", Impatient)
    assert serve(practice, None) == 0
    output, errors = capsys.readouterr()
    assert (set(json.loads(output)), errors) == (set(Facts.__slots__) - {"root"}, "")
    assert [signal.getsignal(number) for number in SIGNALS] == before
