"""The PIN's verifier: what is kept, what fits, and what a damaged one leads to."""

from __future__ import annotations

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault import pin
from console.vault.memory import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


def test_without_a_pin_nothing_fits(vault: MemoryVault) -> None:
    assert not pin.is_set(vault)
    assert not pin.fits(vault, Secret(""))


def test_only_the_pin_fits_and_it_is_not_kept(vault: MemoryVault) -> None:
    pin.keep(vault, Secret("осень-26"))
    kept = vault.read(pin.ENTRY)
    assert kept is not None
    assert "осень" not in kept.reveal()
    assert pin.is_set(vault)
    assert pin.fits(vault, Secret("осень-26"))
    assert not pin.fits(vault, Secret("осень-27"))


def test_two_verifiers_of_one_pin_differ(vault: MemoryVault) -> None:
    pin.keep(vault, Secret("123456"))
    first = vault.read(pin.ENTRY)
    pin.keep(vault, Secret("123456"))
    assert vault.read(pin.ENTRY) != first


def test_a_forgotten_pin_is_gone(vault: MemoryVault) -> None:
    pin.keep(vault, Secret("123456"))
    pin.forget(vault)
    assert not pin.is_set(vault)


@pytest.mark.parametrize("kept", ["", "scrypt$aa", "scrypt$zz$00", "other$00$00"])
def test_a_damaged_verifier_lets_nobody_in(vault: MemoryVault, kept: str) -> None:
    vault.write(pin.ENTRY, Secret(kept))
    with pytest.raises(Unavailable, match="E-KEYRING-READBACK"):
        pin.fits(vault, Secret("123456"))


def test_the_least_length_counts_characters_not_bytes() -> None:
    assert not pin.is_long_enough(Secret("пятьь"))
    assert pin.is_long_enough(Secret("шесть6"))
