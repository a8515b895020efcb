"""Set-up: what is missing is installed or named exactly, and a second start does nothing."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import setup


class System:
    """A machine with some packages, recording what was run on it."""

    def __init__(self, installed: Sequence[str]) -> None:
        self.installed = installed
        self.ran: list[tuple[str, ...]] = []
        self.code = 0

    def run(self, command: Sequence[object], **_named: object) -> subprocess.CompletedProcess[str]:
        words = tuple(str(word) for word in command)
        self.ran.append(words)
        if words[0] == "dpkg-query":
            return subprocess.CompletedProcess(words, 0, "".join(f"{name} installed\n" for name in self.installed))
        if words[0] == "apt-cache":
            return subprocess.CompletedProcess(words, 0 if words[2].endswith("t64") else 100)
        return subprocess.CompletedProcess(words, self.code, "E: no network\n")


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    """A Debian machine on which Qt's library is missing, seen as root."""
    machine = System(["xvfb"])
    monkeypatch.setattr(subprocess, "run", machine.run)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return machine


NEEDS = (("xvfb",), ("libglib2.0-0", "libglib2.0-0t64"))


def test_only_what_is_missing_is_installed_by_the_name_this_release_has(system: System) -> None:
    setup.install_system(NEEDS)
    update, install = system.ran[1], system.ran[-1]
    assert update[-1] == "update"
    assert install[:2] == ("env", "DEBIAN_FRONTEND=noninteractive")
    assert install[-4:] == ("install", "-y", "--no-install-recommends", "libglib2.0-0t64")


def test_nothing_is_asked_of_apt_when_all_is_there(system: System) -> None:
    system.installed = ["xvfb", "libglib2.0-0"]
    setup.install_system(NEEDS)
    assert [words[0] for words in system.ran] == ["dpkg-query"]


def test_sudo_is_used_where_it_is(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    setup.install_system(NEEDS)
    assert system.ran[-1][0] == "sudo"


def test_without_root_and_sudo_the_packages_are_named(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    with pytest.raises(setup.Missing, match=r"apt-get install libglib2\.0-0$"):
        setup.install_system(NEEDS)


def test_another_system_is_left_alone(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    setup.install_system(NEEDS)
    assert system.ran == []


def test_a_failing_command_shows_its_output(system: System) -> None:
    system.code = 100
    with pytest.raises(setup.Missing, match="apt-get update failed \\(exit 100\\):\nE: no network"):
        setup.install_system(NEEDS)


@pytest.fixture
def ready(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    """The same machine, set up once for `run`."""
    monkeypatch.setattr(setup, "VENV", tmp_path)
    setup.venv_python().parent.mkdir()
    setup.venv_python().touch()
    assert setup.main(["run"]) == 0
    system.ran.clear()
    return system


def test_a_second_start_does_nothing(ready: System) -> None:
    assert setup.main(["run"]) == 0
    assert ready.ran == []


def test_a_changed_lock_is_installed(ready: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("changed")
    monkeypatch.setattr(setup, "LOCK", lock)
    assert setup.main(["run"]) == 0
    assert any("--require-hashes" in words for words in ready.ran)


def test_what_is_installed_is_what_is_locked_and_no_newer_release_is_looked_at(ready: System, tmp_path: Path) -> None:
    setup.stamp("run").unlink()
    assert setup.main(["run"]) == 0
    (words,) = (words for words in ready.ran if "--require-hashes" in words)
    assert "--no-deps" in words


def test_the_tests_need_more_than_the_console(ready: System) -> None:
    assert not setup.is_ready("test")
    assert set(setup.RUN) < set(setup.TEST)


def test_a_failed_set_up_is_one_message_and_is_tried_again(ready: System, capsys: pytest.CaptureFixture[str]) -> None:
    ready.code = 1
    assert setup.main(["test"]) == 1
    assert capsys.readouterr().err.startswith("setup: apt-get update failed")
    assert not setup.is_ready("test")


def test_wrong_usage_is_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(setup, "OLDEST", (9, 0))
    assert setup.main(["run"]) == 1
    assert "Python 9.0 or newer is needed" in capsys.readouterr().err
