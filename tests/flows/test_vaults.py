"""A new home over a vault that fails at any call: what is left is nothing, or a journal whose key is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.engine import Engine
from console.app.vaults import JOURNAL_KEY
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import Settings
from console.vault.memory import MemoryVault

TROUBLES = ("E-KEYRING-NONE", "E-KEYRING-LOCKED", "E-KEYRING-DISMISSED", "E-KEYRING-HANG", "E-KEYRING-READBACK")


class Failing(MemoryVault):
    """Fails from the n-th call on."""

    def __init__(self, calls: int, code: str) -> None:
        super().__init__()
        self.calls = calls
        self.code = code

    def _count(self) -> None:
        self.calls -= 1
        if self.calls < 0:
            raise Unavailable(self.code)

    def read(self, name: str) -> Secret | None:
        self._count()
        return super().read(name)

    def write(self, name: str, secret: Secret) -> None:
        self._count()
        super().write(name, secret)


class Losing(MemoryVault):
    """Takes everything and has nothing."""

    def read(self, name: str) -> Secret | None:
        return None


def start(home: Path, vault: MemoryVault) -> Engine:
    place = Home(home)
    return Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=vault)


def trouble_of(home: Path, vault: MemoryVault) -> str:
    """What a start meets; the code, or nothing."""
    try:
        start(home, vault).close()
    except Unavailable as trouble:
        return trouble.code
    return ""


@pytest.mark.parametrize("code", TROUBLES)
@pytest.mark.parametrize("calls", range(6))
def test_a_vault_that_fails_leaves_no_journal_without_its_key(home: Path, calls: int, code: str) -> None:
    vault = Failing(calls, code)
    assert trouble_of(home, vault) == (code if calls < 5 else "")
    vault.calls = 99
    assert vault.read(JOURNAL_KEY) is not None or not Home(home).journal.exists()
    engine = start(home, vault)
    assert engine.services.records.page()[-1].seq == 1
    engine.close()


def test_a_vault_that_loses_what_it_took_begins_no_journal(home: Path) -> None:
    with pytest.raises(Unavailable, match="E-KEYRING-READBACK"):
        start(home, Losing())
    assert not Home(home).journal.exists()
