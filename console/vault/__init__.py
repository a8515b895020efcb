"""Secrets; the only importer of keyring. Nothing is loaded before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.vault.memory import MemoryVault as MemoryVault


def __getattr__(name: str) -> object:
    if name != "MemoryVault":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from console.vault.memory import MemoryVault

    return MemoryVault
