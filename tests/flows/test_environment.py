"""A console tells once which settings of the computer it does not use, and works without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.ui.controls.toast import Toast
from tests.flows.driver import Driver


def test_what_is_ignored_is_told_once_and_stops_nothing(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    driver = Driver(qtbot, home)
    try:
        assert driver.console.ignored == ("HTTPS_PROXY", "SSL_CERT_DIR")
        assert "HTTPS_PROXY" not in os.environ
        toast = driver.get("toast", Toast)
        assert "HTTPS_PROXY, SSL_CERT_DIR" in toast.words.text()
        driver.go("operations")
        assert driver.services.accounts.current is not None
    finally:
        driver.close()
