"""The system's clock names its boot."""

from __future__ import annotations

from pathlib import Path

from console.services.clock import system_clock


def test_moments_of_one_machine_are_of_one_boot(tmp_path: Path) -> None:
    (tmp_path / "boot_id").write_text("abc\n")
    clock = system_clock(tmp_path / "boot_id")
    first, second = clock(), clock()
    assert first.boot == second.boot == "abc"
    assert second.since(first) >= 0
    assert system_clock()().boot == system_clock()().boot


def test_without_a_boot_id_the_process_stands_for_it(tmp_path: Path) -> None:
    clock = system_clock(tmp_path / "none")
    assert clock().boot == clock().boot != system_clock(tmp_path / "none")().boot
