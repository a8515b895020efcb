"""Which vault holds a home's secrets: a file for toys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.vaults import vault_of
from console.settings.home import Home
from console.vault.file import FileVault
from console.vault.keyring import KeyringVault


@pytest.mark.parametrize(("sandbox", "kind"), [(False, KeyringVault), (True, FileVault)])
def test_only_the_sandbox_keeps_its_secrets_in_a_file(home: Path, sandbox: bool, kind: type) -> None:
    assert type(vault_of(Home(home), "0a1b", sandbox=sandbox)) is kind
