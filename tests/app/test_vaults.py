"""Which vault holds a home's secrets: a file for toys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.vaults import JOURNAL_KEY, AwayVault, at_hand, held_by, is_away, vault_of
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.settings.home import Home
from console.vault.file import FileVault
from console.vault.keyring import KeyringVault
from console.vault.memory import MemoryVault


@pytest.mark.parametrize(("sandbox", "kind"), [(False, KeyringVault), (True, FileVault)])
def test_only_the_sandbox_keeps_its_secrets_in_a_file(home: Path, sandbox: bool, kind: type) -> None:
    assert type(vault_of(Home(home), "0a1b", sandbox=sandbox)) is kind


def test_what_a_vault_raised_is_raised_again_by_what_stands_for_it() -> None:
    trouble = Unavailable("E-KEYRING-LOCKED")
    away = AwayVault(trouble)
    with pytest.raises(Unavailable) as read:
        away.read("x")
    with pytest.raises(Unavailable) as written:
        away.write("x", Secret("y"))
    with pytest.raises(Unavailable) as removed:
        away.remove("x")
    assert read.value is written.value is removed.value is trouble
    assert held_by(away) == (None, None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("E-KEYRING-LOCKED", True), ("E-KEYRING-NONE", True), ("E-KEYRING-JOURNAL", False), ("E-SECOND", False)],
)
def test_a_vault_is_away_where_it_does_not_serve(code: str, expected: bool) -> None:
    assert is_away(Unavailable(code)) is expected


def test_a_vault_that_serves_gives_the_journals_key() -> None:
    vault = MemoryVault()
    vault.write(JOURNAL_KEY, Secret("00"))
    assert held_by(vault) == (Secret("00"), None)


def test_a_home_without_an_id_or_with_damaged_settings_has_nothing_at_hand(home: Path) -> None:
    assert at_hand(Home(home), sandbox=True) == (None, None)
    (home / "settings.json").write_text("{")
    assert at_hand(Home(home), sandbox=True) == (None, None)
