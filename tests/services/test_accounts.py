"""Accounts: what lies where, how one is opened, and when the proof of a key is void."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.services.accounts import Account
from console.services.certificates import read_certificate
from console.settings.settings import ACCOUNTS, RECOVERY_KEPT, Settings
from console.vault.entry import AccountEntry, write_account
from tests.services.bench import UUID, Bench


def test_settings_hold_no_host_and_no_uuid_and_the_key_file_is_its_owners(bench: Bench) -> None:
    text = bench.home.settings.read_text("utf-8")
    assert UUID not in text
    assert "gateway.test" not in text
    for kind in Kind:
        file = bench.accounts.key_file("acc", kind)
        assert file.stat().st_mode & 0o077 == 0
        assert b"ENCRYPTED" in file.read_bytes()


def test_an_account_is_read_back_after_a_restart(bench: Bench) -> None:
    again = bench._accounts()
    assert again.all() == ()
    (account,) = again.load()
    assert (account.name, account.tail, account.host, account.environment) == (
        "ООО «Вектор»", "4f21", "gateway.test", Environment.OTHER)  # fmt: skip
    assert again.current == account
    assert account.title == "ООО «Вектор»"


@pytest.mark.parametrize("entry", [None, "changed by the store"])
def test_an_account_whose_entry_is_gone_or_changed_is_left_out(bench: Bench, entry: str | None) -> None:
    bench.vault.remove("acc/account")
    if entry is not None:
        bench.vault.write("acc/account", Secret(entry))
    again = bench._accounts()
    assert again.load() == ()
    assert again.current is None


def test_another_account_can_be_chosen(bench: Bench, tmp_path: Path) -> None:
    entry = AccountEntry(Secret(UUID), "https://api-merchant.alikassa.io", "live")
    certificates = {kind: read_certificate([tmp_path / kind.value]) for kind in Kind}
    other = bench.accounts.add("two", "Второй", entry, certificates)
    assert other.environment is Environment.LIVE
    assert bench.accounts.choose("two") == bench.accounts.current
    with pytest.raises(KeyError):
        bench.accounts.choose("three")


def test_the_sandbox_has_a_name_in_every_language() -> None:
    account = Account("s", "Sandbox", "0001", "127.0.0.1", Environment.SANDBOX)
    assert account.is_sandbox
    assert not isinstance(account.title, str)


def test_adding_an_account_again_lets_go_of_the_old_connection_and_keeps_its_proof(
    bench: Bench, tmp_path: Path
) -> None:
    access = bench.accounts.open("acc")
    assert bench.accounts.open("acc") is access
    transport = bench.transport
    certificates = {kind: read_certificate([tmp_path / kind.value]) for kind in Kind}
    bench.accounts.add("acc", "ООО «Вектор»", AccountEntry(Secret(UUID), "https://gateway.test", "live"), certificates)
    assert transport.closed
    fresh = bench.accounts.open("acc")
    assert fresh is not access
    assert bench.accounts.is_proved(fresh, Kind.PAYOUT)
    assert bench.accounts.has_proof("acc", Kind.PAYOUT)


@pytest.mark.parametrize("name", ["acc/account", "acc/payout", "acc/payment"])
def test_a_secret_that_is_gone_is_told(bench: Bench, name: str) -> None:
    bench.vault.remove(name)
    bench.accounts.close()
    with pytest.raises(Unavailable) as caught:
        bench.accounts.open("acc")
    assert caught.value.code == "E-KEYRING-MISSING"


def test_a_key_file_that_is_gone_is_told(bench: Bench) -> None:
    bench.accounts.close()
    bench.accounts.key_file("acc", Kind.PAYOUT).unlink()
    with pytest.raises(Unavailable) as caught:
        bench.accounts.open("acc")
    assert caught.value.code == "E-CERT-PASSWORD"


class TestTheProof:
    def test_is_void_for_another_host(self, bench: Bench, tmp_path: Path) -> None:
        entry = AccountEntry(Secret(UUID), "https://elsewhere.test", "live")
        bench.accounts.add(
            "acc", "ООО «Вектор»", entry, {kind: read_certificate([tmp_path / kind.value]) for kind in Kind}
        )
        assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_is_void_for_another_key(self, bench: Bench, tmp_path: Path) -> None:
        entry = AccountEntry(Secret(UUID), "https://gateway.test", "live")
        swapped = {
            Kind.PAYOUT: read_certificate([tmp_path / "payment"]),
            Kind.PAYMENT: read_certificate([tmp_path / "payout"]),
        }
        bench.accounts.add("acc", "ООО «Вектор»", entry, swapped)
        assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_is_void_for_another_digest(self, bench: Bench) -> None:
        access = bench.accounts.open("acc")
        (record,) = bench.settings.get(ACCOUNTS)
        payout = record["payout"]
        assert isinstance(payout, dict)
        bench.settings.set(ACCOUNTS, ({**record, "payout": {**payout, "digest": "sha256"}},))
        assert bench.accounts.digest("acc", Kind.PAYOUT) is Digest.SHA256
        assert not bench.accounts.is_proved(access, Kind.PAYOUT)

    def test_cannot_be_made_without_the_journals_key(self, bench: Bench) -> None:
        (record,) = bench.settings.get(ACCOUNTS)
        payout = record["payout"]
        assert isinstance(payout, dict)
        bench.settings.set(ACCOUNTS, ({**record, "payout": {**payout, "proof": payout["fingerprint"]}},))
        assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_with_a_new_digest_begins_a_new_connection(self, bench: Bench) -> None:
        access = bench.accounts.open("acc")
        bench.accounts.prove(access, Kind.PAYOUT, Digest.SHA256)
        assert bench.accounts.open("acc") is not access
        assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)
        signed = bench.accounts.open("acc").gateway.sign(Kind.PAYOUT, b"[]")
        assert signed.digest is Digest.SHA256

    def test_of_one_account_leaves_the_others_alone(self, bench: Bench) -> None:
        (record,) = bench.settings.get(ACCOUNTS)
        other: dict[str, object] = {"id": "other", "name": "x"}
        bench.settings.set(ACCOUNTS, (record, other))
        bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
        assert bench.settings.get(ACCOUNTS)[1] == other


def test_settings_written_by_hand_do_no_harm(bench: Bench) -> None:
    record: dict[str, object] = {"id": "acc", "name": "x", "payout": "broken", "codes": []}
    bench.settings.set(ACCOUNTS, (record,))
    again = Settings.open(bench.home.settings)
    assert again.get(ACCOUNTS)
    assert bench.accounts.digest("acc", Kind.PAYOUT) is Digest.SHA1
    assert bench.accounts.service_code("acc", "x") == "x"


def test_an_account_without_its_entry_or_record_is_not_known(bench: Bench) -> None:
    for name in ("none", "acc"):
        bench.vault.remove("acc/account")
        with pytest.raises(Unavailable, match="E-NO-ACCOUNT"):
            bench.accounts.know(name)


def test_whether_the_recovery_code_is_kept_is_a_setting(bench: Bench) -> None:
    assert bench.accounts.is_code_kept
    bench.settings.set(RECOVERY_KEPT, False)
    assert not bench.accounts.is_code_kept


def test_keys_sign_for_no_address_of_this_computer_whoever_put_it_into_the_vault(bench: Bench) -> None:
    bench.accounts.close()
    for host in ("https://127.0.0.1:8443", "http://gateway.test"):
        write_account(bench.vault, "acc", AccountEntry(Secret(UUID), host, "live"))
        with pytest.raises(Unavailable, match="E-ADDRESS"):
            bench.accounts.open("acc")
    with pytest.raises(Unavailable, match="E-ADDRESS"):
        bench.accounts.add("two", "Two", AccountEntry(Secret(UUID), "https://localhost", "live"), {})
    assert bench.vault.read("two/account") is None


def test_a_record_without_an_id_is_no_account(bench: Bench) -> None:
    nameless: dict[str, object] = {"name": "x"}
    bench.settings.set(ACCOUNTS, (nameless, *bench.settings.get(ACCOUNTS)))
    assert [account.id for account in bench.accounts.load()] == ["acc"]
