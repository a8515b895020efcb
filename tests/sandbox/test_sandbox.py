"""The sandbox of a home: made once, held by one process, found by others, and the same after a restart."""

import json
import socket
import stat
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.sandbox import sandbox as module
from console.sandbox.ledger import Lock
from console.sandbox.outcomes import by_code
from console.sandbox.sandbox import FOLDER, Busy, Facts, Sandbox, running
from tests.sandbox.client import Client, rows
from tests.sandbox.conftest import Open
from tests.sandbox.orders import body


def test_a_new_home_gets_everything(home: Path) -> None:
    with closing(Sandbox.open(home)) as sandbox:
        folder = home / "sandbox" / "gateway"
        assert (sandbox.payment_certificate, sandbox.payout_certificate) == (folder / "payment", folder / "payout")
        assert sandbox.ledger == folder / "ledger.db"
        assert UUID(sandbox.account)
        assert sandbox.is_own
        assert Client(sandbox).post(Endpoint.BALANCE).status == 200
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert [path.name for path in home.iterdir()] == ["sandbox"]


def test_its_files_are_its_owners_alone(home: Path) -> None:
    folder = home.joinpath(*FOLDER)
    folder.mkdir(parents=True)
    (folder / "ledger.db").touch(mode=0o644)
    with closing(Sandbox.open(home)) as sandbox:
        assert Client(sandbox).post(Endpoint.BALANCE).status == 200
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert {"lock", "ledger.db", "ledger.db-wal"} <= set(modes)
    assert {name for name, mode in modes.items() if mode != 0o600} == set()


def test_it_says_where_it_listens_until_it_closes(start: Open, practice: Path) -> None:
    said = practice.joinpath(*FOLDER, "port.json")
    sandbox = start()
    facts = json.loads(said.read_text())
    assert facts == {
        "url": sandbox.url, "account": sandbox.account, "payment_certificate": str(sandbox.payment_certificate),
        "payout_certificate": str(sandbox.payout_certificate), "ledger": str(sandbox.ledger),
    }  # fmt: skip
    assert facts == json.loads(sandbox.facts().as_json())
    assert stat.S_IMODE(said.stat().st_mode) == 0o600
    sandbox.close()
    sandbox.close()
    assert not said.exists()
    assert sorted(path.name for path in said.parent.iterdir()) == ["ledger.db", "lock", "payment", "payout"]


def test_a_restart_changes_nothing_but_the_port(start: Open) -> None:
    with closing(start()) as first:
        Client(first).post(Endpoint.PAYOUT, body())
    second = start()
    assert (second.account, second.ledger) == (first.account, first.ledger)
    assert Client(second).post(Endpoint.PAYOUT, body()).errors == ["order_id"]


def test_a_second_one_uses_the_first(start: Open) -> None:
    first, second = start(), start()
    assert (second.is_own, second.facts()) == (False, first.facts())
    second.close()
    assert Client(first).post(Endpoint.BALANCE).status == 200


def test_alone_means_alone(start: Open) -> None:
    first = start()
    with pytest.raises(Busy, match="another process serves this home"):
        start(alone=True)
    first.close()
    assert start(alone=True).is_own


def test_the_second_one_chooses_for_the_first(start: Open) -> None:
    first, second = start(), start()
    second.choose(by_code("fail"))
    assert first.chosen() == second.chosen() == "fail"
    Client(first).post(Endpoint.PAYOUT, body())
    assert rows(first.ledger, "SELECT outcome FROM accepted") == [("fail",)]
    assert first.chosen() is second.chosen() is None


@pytest.mark.parametrize("closes", ["choosing", "serving"])
def test_a_choice_does_not_outlive_who_made_it(start: Open, closes: str) -> None:
    first, second = start(), start()
    second.choose(by_code("fail"))
    if closes == "choosing":
        second.close()
    else:
        first.close()
        first = start()
    assert rows(first.ledger, "SELECT * FROM chosen") == []


def test_one_that_does_not_say_where_it_is_is_given_up(practice: Path) -> None:
    lock = Lock(practice.joinpath(*FOLDER, "lock"))
    assert lock.take()
    with pytest.raises(Busy, match="does not say where"):
        Sandbox.open(practice, wait_seconds=0.01)
    lock.free()


def test_one_that_is_just_starting_is_waited_for(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Lock(practice.joinpath(*FOLDER, "lock"))
    assert lock.take()
    facts = Facts("http://127.0.0.1:1", "account", "a", "b", str(practice / "ledger.db"))
    answers = iter([None, None, facts])
    monkeypatch.setattr(module, "running", lambda folder: next(answers))
    assert Sandbox.open(practice).facts() == facts
    lock.free()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": "http://127.0.0.1:1"}', "1"])
def test_what_is_not_whole_says_nothing(tmp_path: Path, text: str) -> None:
    assert running(tmp_path) is None
    (tmp_path / "port.json").write_text(text)
    assert running(tmp_path) is None


def test_whatever_fails_gives_the_lock_back(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(module, "_say", fail)
        with pytest.raises(PermissionError):
            Sandbox.open(practice)
    with closing(Sandbox.open(practice)) as sandbox:
        assert sandbox.is_own


def test_a_dead_one_s_address_is_gone_before_a_new_one_serves(start: Open, practice: Path) -> None:
    said = practice.joinpath(*FOLDER, "port.json")
    said.write_text('{"url": "http://127.0.0.1:1"}')
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        start(port=taken.getsockname()[1])
    assert not said.exists()


def test_a_gateway_may_take_one_digest_only(start: Open) -> None:
    client = Client(start(digests=frozenset({Digest.SHA256})))
    statuses = {digest: client.post(Endpoint.BALANCE, (), digest).status for digest in Digest}
    assert statuses == {Digest.SHA1: 401, Digest.SHA256: 200}


def test_a_home_may_be_named_from_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    with closing(Sandbox.open(Path("here"))) as sandbox:
        assert sandbox.ledger == home.joinpath("here", *FOLDER, "ledger.db")
