"""The vault in memory, and that it is found without anything heavy being loaded."""

import subprocess
import sys

import pytest

import console.vault
from console.domain.secret import Secret
from console.vault.vault import Vault


def test_secrets_are_kept_replaced_and_forgotten() -> None:
    vault: Vault = console.vault.MemoryVault()
    assert vault.read("a/payout") is None
    vault.write("a/payout", Secret("one"))
    vault.write("a/payment", Secret("other"))
    assert vault.read("a/payout") == Secret("one")
    vault.write("a/payout", Secret("two"))
    assert vault.read("a/payout") == Secret("two")
    vault.remove("a/payout")
    vault.remove("a/payout")
    assert vault.read("a/payout") is None
    assert vault.read("a/payment") == Secret("other")


@pytest.mark.parametrize("name", ["FileVault", "Other"])
def test_nothing_else_is_exported(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(console.vault, name)


def test_nothing_heavy_is_loaded() -> None:
    code = """if True:
        import sys
        import console.vault
        assert "console.vault.memory" not in sys.modules
        console.vault.MemoryVault()
        import console.vault.file, console.vault.vault
        heavy = {"keyring", "cryptography", "httpx", "secretstorage"} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", code], check=True)
