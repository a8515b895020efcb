"""A person at the settings, over real services and a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.services.anchor import Anchor
from console.services.backups import Backups
from console.services.gap import Gap
from console.services.lock import Lock
from console.services.recovery import JOURNAL_KEY, Recovery
from console.services.services import Services
from console.ui import formats
from console.ui.jobs import Jobs
from console.ui.pages.settings import SettingsPage
from console.vault import pin as pins
from tests.gui.order_bench import type_text
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench
from tests.services.connect_bench import Desk

Page = Sitting[SettingsPage]


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(pins, "COST", 2)
    bench.vault.write(JOURNAL_KEY, bench.key)
    anchor = Anchor(bench.vault, bench.journal)
    backups = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    more: dict[str, Any] = {
        "connect": Desk(bench, tmp_path).connector,
        "limits": bench.limits,
        "backups": backups,
        "gap": Gap(bench.journal, anchor, bench.settings, bench.clock, backups),
        "recovery": Recovery(bench.vault, bench.reader, bench.settings),
        "lock": Lock(bench.vault, bench.accounts, bench.journal, bench.reader, bench.clock),
    }

    def make(services: Services, jobs: Jobs) -> SettingsPage:
        return SettingsPage(replace(services, **more), jobs)

    sitting = Sitting(qtbot, bench, make)
    sitting.page.entered()
    sitting.rest()
    yield sitting
    formats.hide_amounts(hidden=False)
    sitting.close()


def show(seat: Page, section: str) -> None:
    seat.click(f"settings/section/{section}")


def type_in(seat: Page, name: str, text: str) -> None:
    edit = seat.one(name, QLineEdit)
    edit.clear()
    edit.setFocus()
    type_text(edit, text)
