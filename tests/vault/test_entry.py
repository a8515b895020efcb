"""Entries of the vault: an account's as one text, and the head of the chain."""

from __future__ import annotations

import pytest

from console.app.vaults import AwayVault
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault.entry import AccountEntry, known_account, read_account, read_head, write_account, write_head
from console.vault.memory import MemoryVault


def test_an_account_is_one_entry() -> None:
    vault = MemoryVault()
    entry = AccountEntry(Secret("uuid-4f21"), "https://host", "live")
    assert read_account(vault, "a") is None
    write_account(vault, "a", entry)
    assert read_account(vault, "a") == entry
    assert entry.tail == "4f21"
    assert "uuid" not in repr(entry.uuid)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"uuid": "", "host": "h", "kind": "live"}', '{"uuid": 1, "host": "h", "kind": "live"}',
     '{"uuid": "u", "host": "h", "kind": "toy"}'],
)  # fmt: skip
def test_anything_else_is_not_used(text: str) -> None:
    vault = MemoryVault()
    vault.write("a/account", Secret(text))
    with pytest.raises(Unavailable) as caught:
        read_account(vault, "a")
    assert caught.value.code == "E-KEYRING-READBACK"
    assert known_account(vault, "a") is None


def test_a_vault_that_does_not_serve_has_lost_nothing() -> None:
    with pytest.raises(Unavailable, match="E-KEYRING-LOCKED"):
        known_account(AwayVault(Unavailable("E-KEYRING-LOCKED")), "a")


def test_the_head_is_kept_as_it_is() -> None:
    vault = MemoryVault()
    assert read_head(vault) is None
    write_head(vault, "{}")
    assert read_head(vault) == "{}"


def test_an_account_is_known_again_by_a_mark_of_its_uuid() -> None:
    entry = AccountEntry(Secret("UUID-4F21"), "https://host", "live")
    assert entry.marked(lambda text: text) == "account\nuuid-4f21"
    assert entry.marked(str) != AccountEntry(Secret("other"), "https://host", "live").marked(str)
