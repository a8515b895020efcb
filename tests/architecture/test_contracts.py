"""Imports point down, the first paint stays light, and the contracts have teeth."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import CONSOLE, ROOT, imports, modules, name

LINTER = Path(sys.executable).parent / "lint-imports"
SINS = {
    "Imports point down": ("domain", "import console.services"),
    "The sandbox shares no wire code with the console": ("sandbox", "import console.gateway"),
    "Qt lives in ui and app": ("services", "import PySide6.QtCore"),
    "sqlite3 is for the journal and the sandbox's ledger": ("services", "import sqlite3"),
    "sqlite_utils is for the journal": ("services", "import sqlite_utils"),
    "httpx is for the gateway": ("services", "import httpx"),
    "keyring is for the vault": ("services", "import keyring"),
}
BLOCK_QT = """
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Block())
"""


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run((LINTER, "--no-logo", "--no-cache"), cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    code, said = lint(ROOT)
    assert code == 0, said


def test_every_contract_can_be_broken(tmp_path: Path) -> None:
    shutil.copytree(CONSOLE, tmp_path / "console", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package, sin in SINS.values():
        with (tmp_path / "console" / package / "__init__.py").open("a") as file:
            file.write(f"\n{sin}\n")
    code, said = lint(tmp_path)
    assert code == 1
    assert {contract for contract in SINS if f"{contract} BROKEN" in said} == set(SINS)


def test_everything_below_the_window_works_without_qt() -> None:
    names = [
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in modules()
        if not name(path).startswith(("console/ui/", "console/app"))
    ]
    assert "console.services" in names
    script = f"{BLOCK_QT}\nimport importlib\nfor name in {names!r}:\n    importlib.import_module(name)"
    done = subprocess.run((sys.executable, "-c", script), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_the_ledger_of_the_sandbox_uses_sqlite() -> None:
    users = {name(path) for path in modules("console/sandbox") if "sqlite3" in {module for module, _ in imports(path)}}
    assert users <= {"console/sandbox/ledger.py"}


def test_the_reading_half_of_the_journal_needs_the_standard_library_alone() -> None:
    if not (CONSOLE / "journal" / "read.py").exists():
        return
    script = "import console.journal.read, console.settings, sys; print(*sys.modules)"
    done = subprocess.run((sys.executable, "-c", script), cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"sqlite_utils", "cryptography", "httpx", "keyring"} & set(done.stdout.split())
