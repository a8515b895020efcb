"""A process that ends while it stores a key: at every step the next start finds the old key whole, or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal.append import Journal
from console.services.accounts import Accounts
from console.services.connect_record import facts_of, record_of
from console.services.connect_repair import repair
from console.settings.settings import ACCOUNTS, Settings
from console.vault.entry import AccountEntry
from tests.services.bench import UUID, Bench
from tests.services.connect_bench import Desk


class Killed(BaseException):
    """The process is no more: nothing of it happens after this, no cleaning either."""


class Life:
    """Ends right before the n-th call that changes something outside the process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, bench: Bench) -> None:
        self.left = -1
        for owner, name in (
            (bench.vault, "write"),
            (bench.vault, "remove"),
            (Journal, "append"),
            (Journal, "ensure_key"),
            (os, "open"),
            (os, "fsync"),
            (Path, "replace"),
            (Path, "unlink"),
        ):
            monkeypatch.setattr(owner, name, self._mortal(getattr(owner, name)))

    def until(self, call: int, deed: Callable[[], object]) -> bool:
        """Whether the deed came to its end before that call."""
        self.left = call
        try:
            deed()
        except Killed:
            return False
        finally:
            self.left = -1
        return True

    def _mortal(self, whole: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            if self.left == -1:
                return whole(*arguments, **named)
            self.left = max(self.left - 1, 0)
            if self.left == 0:
                raise Killed
            return whole(*arguments, **named)

        return call


@pytest.fixture
def desk(bench: Bench, tmp_path: Path) -> Desk:
    return Desk(bench, tmp_path)


def restarted(bench: Bench) -> Accounts:
    """The accounts as the next process finds them."""
    settings = Settings.open(bench.home.settings)
    repair(bench.home, bench.vault, settings, bench.journal, bench.reader, bench.clock())
    found = Accounts(bench.home, settings, bench.vault, lambda text: bench.journal.finder.mark("proof", text))
    found.load()
    return found


def opened(accounts: Accounts, account_id: str, kind: Kind) -> str:
    """The fingerprint of the key that opens and signs; the settings say the same."""
    key = accounts.open(account_id).keys[kind]
    key.sign(b"[]", Digest.SHA256)
    assert facts_of(record_of(accounts._settings, account_id), kind.value)["fingerprint"] == key.fingerprint
    return key.fingerprint


def leftovers(bench: Bench) -> list[str]:
    return [path.name for path in bench.home.keys.iterdir() if path.suffix != ".pem"]


@contextmanager
def world(folder: Path) -> Iterator[tuple[Desk, Life]]:
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        bench = Bench(folder, patch)
        try:
            desk = Desk(bench, folder)
            desk.connector.rename("acc", "ООО «Вектор»")  # so that there is a record of it
            yield desk, Life(patch, bench)
        finally:
            bench.close()


def lives(tmp_path: Path, deed: Callable[[Desk], object], least: int = 11) -> Iterator[tuple[Desk, bool]]:
    """Worlds in which the deed ended at its first call, at its second, and so on; the last one ended by itself."""
    for call in count(1):
        with world(tmp_path / str(call)) as (desk, life):
            ended = life.until(call, partial(deed, desk))
            yield desk, ended
        if ended:
            assert call >= least
            return


def test_a_key_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    outcomes = set[str]()

    def replace(desk: Desk) -> object:
        return desk.connector.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT])

    for desk, ended in lives(tmp_path, replace):
        bench, new = desk.bench, desk.certificates[Kind.PAYOUT].fingerprint
        found = restarted(bench)
        now = opened(found, "acc", Kind.PAYOUT)
        opened(found, "acc", Kind.PAYMENT)
        assert found.is_proved(found.open("acc"), Kind.PAYOUT) is False
        assert leftovers(bench) == []
        told = [(each["what"], each["payout_key"]) for each in desk.changes()[1:]]
        assert told == ([("key-replaced", new)] if now == new else [])
        keys = {event.fingerprint for event in bench.reader.event_page(search="public_pem")}
        assert now != new or new in keys
        outcomes.add("new" if now == new else "old")
        assert not ended or now == new
        found.close()
    assert outcomes == {"old", "new"}


def test_an_account_is_connected_whole_or_not_at_all(tmp_path: Path) -> None:
    for desk, ended in lives(tmp_path, lambda desk: desk.add("Второй", Kind.PAYOUT)):
        found = restarted(desk.bench)
        known = [account.id for account in found.all()]
        assert known in (["acc"], ["acc", "new-1"])
        if known[1:]:
            assert opened(found, "new-1", Kind.PAYOUT) == desk.certificates[Kind.PAYOUT].fingerprint
            assert [each["what"] for each in desk.changes()[1:]] == ["account-connected"]
        assert not ended or known[1:]
        assert leftovers(desk.bench) == []
        found.close()


def test_a_lost_account_is_connected_again_whole_or_still_lost(tmp_path: Path) -> None:
    def again(desk: Desk) -> object:
        for name in ("acc/account", "acc/payout", "acc/payment"):
            desk.bench.vault._secrets.pop(name, None)
        desk.bench.accounts.load()
        return desk.connector.add(
            "Снова", "gateway.test", UUID, desk.certificates, typed_host="gateway.test", again="acc"
        )  # fmt: skip

    for desk, ended in lives(tmp_path, again):
        found = restarted(desk.bench)
        assert leftovers(desk.bench) == []
        if found.all():
            assert {opened(found, "acc", kind) for kind in Kind} == {
                each.fingerprint for each in desk.certificates.values()
            }
        assert not ended or found.all()
        found.close()


def test_an_account_that_is_removed_leaves_nothing_that_nobody_can_remove(tmp_path: Path) -> None:
    """It is whole, or lost (and removed again by its name), or gone with its keys and passwords."""
    outcomes = set[str]()
    for desk, ended in lives(tmp_path, lambda desk: desk.connector.remove("acc"), least=6):
        bench, found = desk.bench, restarted(desk.bench)
        left = [*bench.vault._secrets, *(path.name for path in bench.home.keys.iterdir())]
        named = bool(record_of(found._settings, "acc"))
        outcome = "whole" if found.all() else "lost" if named else "gone"
        assert outcome != "gone" or left == []
        if outcome == "whole":
            assert {opened(found, "acc", kind) for kind in Kind}
        if outcome == "lost":
            bench.settings.reload()
            bench.accounts.load()
            desk.connector.remove("acc")
            assert not bench.settings.get(ACCOUNTS)
            assert bench.vault._secrets == {}
            assert not list(bench.home.keys.iterdir())
        assert not ended or outcome == "gone"
        outcomes.add(outcome)
        found.close()
    assert outcomes == {"whole", "lost", "gone"}


def test_a_vault_that_does_not_take_its_old_password_back_is_mended_by_the_next_start(
    desk: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password went in, a later step failed, and the store died: the new key is made whole, not left half."""
    write = bench.vault.write

    def once(name: str, secret: Secret) -> None:
        write(name, secret)
        monkeypatch.setattr(bench.vault, "write", gone)

    def gone(*_: object) -> None:
        raise Unavailable("E-KEYRING-NONE")

    def fails(*_: object) -> None:
        raise Unavailable("E-IO")

    with monkeypatch.context() as patch:
        patch.setattr(bench.journal, "ensure_key", fails)
        monkeypatch.setattr(bench.vault, "write", once)
        with pytest.raises(Unavailable, match="E-IO"):
            desk.connector.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT])
    monkeypatch.setattr(bench.vault, "write", write)
    assert opened(restarted(bench), "acc", Kind.PAYOUT) == desk.certificates[Kind.PAYOUT].fingerprint
    assert leftovers(bench) == []


def waiting(bench: Bench, name: str, pem: bytes) -> Path:
    path = bench.home.keys / name
    path.write_bytes(pem)
    return path


def test_what_lies_there_of_nobodys_is_left_or_removed(desk: Desk, bench: Bench) -> None:
    """A file of an account that is gone goes; what is no waiting key stays as it is."""
    pem = desk.certificates[Kind.PAYOUT].pem
    gone = waiting(bench, "none-payout.pem.next", pem)
    half = waiting(bench, "acc-payout.pem.new", b"half")
    strange = waiting(bench, "acc-other.pem.next", b"")
    before = desk.state()[2]
    restarted(bench)
    assert (gone.exists(), half.exists(), strange.exists()) == (False, False, True)
    assert (desk.state()[2], desk.changes()) == (before, [])


def test_the_sandbox_stores_its_keys_anew_at_each_start(desk: Desk, bench: Bench) -> None:
    bench.vault.write("acc/account", AccountEntry(Secret(UUID), "http://127.0.0.1:1", "sandbox").pack())
    left = waiting(bench, "acc-payout.pem.next", desk.certificates[Kind.PAYOUT].pem)
    repair(bench.home, bench.vault, bench.settings, bench.journal, bench.reader, bench.clock())
    assert (left.exists(), desk.changes()) == (False, [])


def test_a_disk_that_refuses_leaves_it_to_the_next_start(
    desk: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = desk.certificates[Kind.PAYOUT]
    bench.vault.write("acc/payout", new.password)
    left = waiting(bench, "acc-payout.pem.next", new.pem)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        repair(bench.home, bench.vault, bench.settings, bench.journal, bench.reader, bench.clock())
    assert left.exists()
    assert opened(restarted(bench), "acc", Kind.PAYOUT) == new.fingerprint
