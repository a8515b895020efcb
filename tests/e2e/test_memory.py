"""What of the keys is in the memory of a locked console, searched from outside as by who took an image of it (G19)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.e2e.processes import ROOT, environment, gateway
from tests.flows.bench import Works

CONSOLE = """
import gc, sys
from pathlib import Path
from console.app.engine import Engine
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import Settings
from console.vault.file import FileVault

home = Home(Path(sys.argv[1])).sandbox
vault = FileVault(home.path / "vault.json")
engine = Engine.start(home, Settings.open(home.settings), system_clock(), sandbox=False, vault=vault)
engine.services.balances.refresh("sandbox")
for say in ("open", "locked"):
    gc.collect()
    print(say, flush=True)
    sys.stdin.readline()
    engine.services.lock.lock()
engine.close()
"""
"""An engine whose gateway is in another process, so that this one holds no key but its own."""


def image(pid: int) -> bytes:
    """Everything that a process can have written to memory."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span is None or "[vvar" in line:
                continue
            start, end = (int(each, 16) for each in span.groups())
            memory.seek(start)
            try:
                found.append(memory.read(end - start))
            except OSError:
                continue
    return b"".join(found)


def secrets(folder: Path) -> tuple[bytes, list[bytes]]:
    """The password of a certificate, and its prime as OpenSSL keeps it and as it is written."""
    password = (folder / "password.txt").read_bytes().strip()
    key = load_pem_private_key((folder / "private.pem").read_bytes(), password)
    assert isinstance(key, RSAPrivateKey)
    prime = key.private_numbers().p
    size = (prime.bit_length() + 7) // 8
    return password, [prime.to_bytes(size, "little"), prime.to_bytes(size, "big")]


@pytest.mark.skipif(sys.platform != "linux", reason="the image is read from /proc")
def test_a_locked_console_has_no_password_and_no_key_in_memory(home: Path) -> None:
    with gateway(home):
        Works.start(home).close()
        words = [sys.executable, "-c", CONSOLE, str(home)]
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()
        ) as process:
            counts = []
            for _ in ("open", "locked"):
                assert process.stdout is not None and process.stdin is not None
                process.stdout.readline()
                whole = image(process.pid)
                for kind in ("payment", "payout"):
                    password, primes = secrets(home / "sandbox" / "gateway" / kind)
                    counts.append((whole.count(password), sum(whole.count(prime) for prime in primes)))
                process.stdin.write("\n")
                process.stdin.flush()
            process.communicate(timeout=60)
    opened, locked = counts[:2], counts[2:]
    assert all(keys for _, keys in opened), "the search does not find a key that is there"
    assert [passwords for passwords, _ in locked] == [0, 0]
    assert all(keys <= 1 for _, keys in locked)
