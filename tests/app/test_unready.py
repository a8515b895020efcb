"""A start without the packages, as after a set-up that failed: one sentence says what is to be done."""

import pytest

from console.app import command_line, main


def start(monkeypatch: pytest.MonkeyPatch, missing: str | None) -> int:
    def run(*_: object) -> int:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(command_line, "run", run)
    return main(["selfcheck"])


@pytest.mark.parametrize("name", ["platformdirs", "PySide6.QtWidgets"])
def test_the_missing_package_is_named_with_what_brings_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(monkeypatch, name) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert name in said.err
    assert "packaging/setup.py run" in said.err


@pytest.mark.parametrize("name", ["console.nothing", None])
def test_a_part_of_the_console_that_is_missing_is_a_bug(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModuleNotFoundError):
        start(monkeypatch, name)
