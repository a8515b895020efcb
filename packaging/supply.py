"""What the console is made of: `packaging/supply.py --check | --update | --audit`.

`--check` (in the gate, without network): every line of the lock is one version with hashes and from no other place, what is
installed is exactly what is locked, and `docs/sbom.json` says the same. `--update` writes that file, a CycloneDX list of
the locked packages. `--audit` asks an advisory service about them; it needs network and is not in the gate.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from licences import canonical, named, needed

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
SBOM = ROOT / "docs" / "sbom.json"
LINE = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9._+!-]+)(?: ; (?P<marker>[^\\]+?))?(?P<hashes>(?: --hash=\S+)*)"
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# What a fresh virtual environment brings by itself on older Pythons; the console and its tests import nothing of it.
BOOTSTRAP = frozenset({"setuptools", "wheel"})
AUDITOR = "pip-audit==2.10.1"
AUDIT_SECONDS = 600


@dataclass(frozen=True)
class Locked:
    """One package of the lock, with the condition under which it is installed."""

    name: str
    version: str
    marker: str = ""
    hashes: int = 0

    @property
    def is_here(self) -> bool:
        """Whether this system and Python need it."""
        return not self.marker or Marker(self.marker).evaluate()

    @property
    def purl(self) -> str:
        """The package's name in the form that lists of advisories use."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str | None = None) -> tuple[list[Locked], list[str]]:
    """Return the packages of the lock, and what is wrong with its lines."""
    found: list[Locked] = []
    problems: list[str] = []
    plain = (LOCK.read_text("utf-8") if text is None else text).replace("\\\n", " ")
    for line in (" ".join(each.split()) for each in plain.splitlines()):
        read = LINE.fullmatch(line)
        if read is None:
            problems += [f"not one version with its hashes: {line[:80]}"] if line and not line.startswith("#") else []
            continue
        hashes = read["hashes"].split()
        if not hashes or not all(HASH.fullmatch(each) for each in hashes):
            problems.append(f"without SHA-256: {read['name']}")
        found.append(Locked(canonical(read["name"]), read["version"], (read["marker"] or "").strip(), len(hashes)))
    names = [each.name for each in found]
    return found, [*problems, *(f"twice: {name}" for name in sorted(set(names)) if names.count(name) > 1)]


def installed() -> dict[str, str]:
    """The version of each package of this environment."""
    return {canonical(each.name): each.version for each in distributions()}


def differences(packages: list[Locked], here: dict[str, str]) -> list[str]:
    """Return where the environment is not what is locked."""
    wanted = {each.name: each.version for each in packages if each.is_here}
    problems = [f"not installed: {name}" for name in sorted(wanted.keys() - here.keys())]
    problems += [f"not locked: {name} {here[name]}" for name in sorted(here.keys() - wanted.keys() - BOOTSTRAP)]
    both = sorted(wanted.keys() & here.keys())
    return [
        *problems,
        *(f"{name} is {here[name]}, locked {wanted[name]}" for name in both if here[name] != wanted[name]),
    ]


def bill(packages: list[Locked]) -> dict[str, Any]:
    """Return the list of what the console is made of (CycloneDX 1.6); the same lock gives the same list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    root = f"pkg:generic/{project['name']}@{project['version']}"
    by_name = {each.name: each for each in packages}
    direct = sorted(named(text) for text in project["dependencies"])
    shipped = {canonical(each.name) for each in needed()} | set(direct)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
            },
            "properties": [
                {"name": "requirements.lock:sha256", "value": hashlib.sha256(LOCK.read_bytes()).hexdigest()}
            ],
        },
        "components": [_component(each, is_shipped=each.name in shipped) for each in packages],
        "dependencies": [{"ref": root, "dependsOn": [by_name[name].purl for name in direct]}],
    }


def _component(package: Locked, *, is_shipped: bool) -> dict[str, Any]:
    """A package that another system needs counts as shipped: nobody here can tell."""
    scope = "required" if is_shipped or not package.is_here else "excluded"
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
    }
    made |= {"scope": scope, "purl": package.purl}
    return made | ({"properties": [{"name": "marker", "value": package.marker}]} if package.marker else {})


def check() -> list[str]:
    """Return everything that is wrong."""
    packages, problems = locked()
    problems += differences(packages, installed())
    if not SBOM.exists() or json.loads(SBOM.read_text("utf-8")) != bill(packages):
        problems.append("docs/sbom.json is out of date: make sbom")
    return problems


def audit() -> int:
    """Ask about known vulnerabilities, by a tool in an environment that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin" if sys.platform != "win32" else "Scripts", "python")
        install = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", AUDITOR)
        ask = (python, "-m", "pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "-s", "osv")
        for words in (install, ask):
            code = subprocess.run(words, cwd=ROOT, check=False, timeout=AUDIT_SECONDS).returncode
            if code:
                print("the audit found something or could not be made; nothing is known by it")
                return code
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="supply.py", description="Check what the console is made of.")
    deed = parser.add_mutually_exclusive_group(required=True)
    for name in ("--check", "--update", "--audit"):
        deed.add_argument(name, action="store_true")
    asked = parser.parse_args(arguments)
    if asked.audit:
        return audit()
    if asked.update:
        SBOM.write_text(json.dumps(bill(locked()[0]), indent=1) + "\n", "utf-8")
    problems = check()
    packages = locked()[0]
    said = (
        f"{len(packages)} packages are locked with {sum(each.hashes for each in packages)} hashes, installed and listed"
    )
    print("\n".join(problems) or said)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
