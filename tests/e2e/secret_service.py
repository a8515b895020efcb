"""A desktop of its own: a private D-Bus session with a real Secret Service (gnome-keyring), and a home that outlives it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.processes import ROOT, environment

SECONDS = 55
FOLDERS = ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
LAUNCH = """
import subprocess, sys
password, text, *arguments = sys.argv[1:]
if password == "locked":
    subprocess.run(["gnome-keyring-daemon", "--start", "--components=secrets"], capture_output=True, check=True)
elif password != "none":
    words = ["gnome-keyring-daemon", "--unlock", "--components=secrets"]
    subprocess.run(words, input=password.encode() + b"\\n", capture_output=True, check=True)
sys.exit(subprocess.run([sys.executable, "-c", text, *arguments]).returncode)
"""
VAULT = """
import json, sys
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault.keyring import KeyringVault

vault = KeyringVault("home1")
deeds = {
    "read": lambda name: (found := vault.read(name)) and found.reveal(),
    "write": lambda name, text: vault.write(name, Secret(text)),
    "remove": vault.remove,
}
said = []
for deed, *words in json.loads(sys.argv[1]):
    try:
        said.append(deeds[deed](*words))
    except Unavailable as trouble:
        said.append(trouble.code)
print(json.dumps(said))
"""


class Desktop:
    """What a user has between two sessions: a home, with the keyring's own files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.variables = {name: str(folder / name.lower()) for name in FOLDERS}
        for path in self.variables.values():
            Path(path).mkdir(mode=0o700)

    def run(
        self, text: str, *arguments: str, password: str = "", session: bool = True, seconds: float = SECONDS
    ) -> subprocess.CompletedProcess[str]:
        """Run a Python text in a session, to its end.

        The store is unlocked with `password` (made with it the first time); "locked" starts it without one, "none" leaves
        it to be started on demand. Without a session there is no bus at all. More than `seconds` raises TimeoutExpired.
        """
        inside = [sys.executable, "-c", LAUNCH, password, text, *arguments]
        command = ["dbus-run-session", "--", *inside] if session else [sys.executable, "-c", text, *arguments]
        variables = {**environment(), **self.variables}
        return subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, cwd=ROOT, env=variables, check=False
        )

    def vault(self, *deeds: tuple[str, ...], **options: Any) -> list[str | None]:
        """What the vault of a home says to `read`, `write` and `remove`: a text, nothing, or a code of trouble."""
        done = self.run(VAULT, json.dumps(deeds), **options)
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert isinstance(said, list)
        return said

    def forget(self) -> None:
        """Lose everything that the store keeps."""
        shutil.rmtree(Path(self.variables["XDG_DATA_HOME"]) / "keyrings")

    def entry(self, service: str) -> str:
        """What another program of the desktop finds under a service, by libsecret's own tool."""
        text = "import subprocess, sys; subprocess.run(['secret-tool', 'lookup', *sys.argv[1:]])"
        return self.run(text, "service", service, "username", "value").stdout


@contextmanager
def desktop() -> Iterator[Desktop]:
    """A new desktop; its path is short, since sockets are made below it."""
    folder = tempfile.mkdtemp(prefix="desk-", dir=os.environ.get("TMPDIR", "/tmp"))
    try:
        yield Desktop(Path(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
