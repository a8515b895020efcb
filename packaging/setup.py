"""Makes a fresh machine ready: `python3 packaging/setup.py run|test`.

Knows the virtual environment in `.venv`, the hash-locked requirements and the system packages of Debian and Ubuntu.
Runs under the system's own Python with the standard library alone, and must not import anything of the console.
A stamp of what was set up lets a second start do nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)

# One entry a need; a later name in an entry is what another release of Debian or Ubuntu calls the same library.
RUN: tuple[tuple[str, ...], ...] = (
    ("libglib2.0-0", "libglib2.0-0t64"),
    ("libgl1",),
    ("libegl1",),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libxkbcommon0",),
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
    ("libxkbcommon-x11-0",),
    ("ca-certificates",),
)
TEST: tuple[tuple[str, ...], ...] = (
    *RUN,
    ("xvfb",),
    ("xauth",),
    ("xdotool",),
    ("php-cli",),
    ("php-curl",),
    ("curl",),
    ("openssl",),
    ("strace",),
    ("dbus",),
    ("gnome-keyring",),
    ("libsecret-tools",),
)
SETS = {"run": RUN, "test": TEST}
APT = ("apt-get", "-qq", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0")


class Missing(Exception):
    """Something is missing that this program cannot bring; its text says exactly what."""


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(name: str) -> str:
    """What a set consists of; the same text again means there is nothing to do."""
    digest = hashlib.sha256(LOCK.read_bytes())
    digest.update(repr((sys.version, SETS[name], str(VENV))).encode())
    return digest.hexdigest()


def stamp(name: str) -> Path:
    return VENV / f".ready-{name}"


def is_ready(name: str) -> bool:
    return venv_python().exists() and stamp(name).exists() and stamp(name).read_text() == fingerprint(name)


def run(*command: str | Path, what: str) -> None:
    """Run quietly; show the output only when it failed."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise Missing(f"{what} failed (exit {done.returncode}):\n{done.stdout.strip()}")


def absent(needs: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The needs of which no name is installed."""
    names = [name for need in needs for name in need]
    asked = subprocess.run(
        ("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    installed = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [need for need in needs if not installed.intersection(need)]


def as_root() -> tuple[str, ...] | None:
    """The words before a command that make it run as root, or None where that cannot be had."""
    if os.geteuid() == 0:
        return ()
    return ("sudo",) if shutil.which("sudo") else None


def known(need: tuple[str, ...]) -> str:
    """The first name of a need that this release of the system offers."""
    for name in need:
        shown = subprocess.run(("apt-cache", "show", name), capture_output=True, check=False)
        if shown.returncode == 0:
            return name
    return need[0]


def install_system(needs: Sequence[tuple[str, ...]]) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return  # not Debian or Ubuntu: whether Qt finds its libraries is checked at the end
    missing = absent(needs)
    if not missing:
        return
    sudo = as_root()
    if sudo is None:
        names = " ".join(need[0] for need in missing)
        raise Missing(
            f"these packages are missing and neither root nor sudo is at hand: {names}\nas root: apt-get install {names}"
        )
    say("reading the list of system packages")
    run(*sudo, *APT, "update", what="apt-get update")
    names = " ".join(known(need) for need in missing)
    say(f"installing {names}")
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive")
    run(
        *sudo, *quiet, *APT, "install", "-y", "--no-install-recommends", *names.split(), what=f"apt-get install {names}"
    )


def has_venv() -> bool:
    probe = subprocess.run((sys.executable, "-c", "import venv, ensurepip"), capture_output=True, check=False)
    return probe.returncode == 0


def works(python: Path) -> bool:
    try:
        return subprocess.run((python, "-m", "pip", "--version"), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    if not works(venv_python()):
        if not has_venv():
            raise Missing(
                "this Python has no venv or ensurepip module (Debian and Ubuntu: apt-get install python3-venv)"
            )
        say("making .venv")
        run(sys.executable, "-m", "venv", "--clear", VENV, what="making .venv")
    say("installing the locked requirements")
    pip = (venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
    # The lock names every package. Left to resolve, pip 23 meets a newer release of one that is wanted with an extra, and
    # stops: it has no hash of it.
    run(*pip, "--require-hashes", "--no-deps", "-r", LOCK, what="pip install -r requirements.lock")


def check_qt() -> None:
    """Qt's own libraries of the system are found; the text of the error names the one that is not."""
    run(venv_python(), "-c", "import PySide6.QtWidgets, PySide6.QtSvg", what="loading Qt")


def set_up(name: str) -> None:
    if sys.version_info < OLDEST:
        raise Missing(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {sys.version.split()[0]}")
    if is_ready(name):
        return
    needs = SETS[name] if has_venv() else (("python3-venv",), *SETS[name])
    install_system(needs)
    make_venv()
    check_qt()
    stamp(name).write_text(fingerprint(name))
    say("ready")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in SETS:
        print("usage: python3 packaging/setup.py run|test", file=sys.stderr)
        return 2
    try:
        set_up(arguments[0])
    except Missing as trouble:
        print(f"setup: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
