"""Facts about the platform that the console leans on."""

import sys
import tomllib

from PySide6.QtCore import QObject, Signal

import console
from tests.architecture.source import ROOT

CALLS = 1000
TOLERANCE = 50


class Emitter(QObject):
    """Emits what costs a reference where Qt for Python is broken."""

    happened = Signal(object)


def test_qt_for_python_keeps_the_references_of_none_and_true() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None at each void call, and dies after some 5,000."""
    emitter = Emitter()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        emitter.setObjectName("x")
        emitter.happened.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert max(abs(now - then) for now, then in zip(after, before, strict=True)) < TOLERANCE


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == console.__version__


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {text.split(">=")[0].lower() for text in wanted}
    assert names <= locked
    assert (ROOT / "requirements.lock").read_text().count("--hash=sha256:") > len(locked)
