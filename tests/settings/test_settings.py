"""Settings: declared, checked, written whole or not at all."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.settings.home import Home, default_home
from console.settings.settings import (
    ACCOUNTS,
    BASIS_REQUIRED,
    HOME_ID,
    LANGUAGE,
    WINDOW,
    Setting,
    Settings,
    flag,
    number,
    numbers,
    one_of,
    proxy_url,
    records,
    text,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "settings.json"


def test_a_new_home_has_the_defaults_and_no_file_until_something_is_set(path: Path) -> None:
    settings = Settings.open(path)
    assert settings.get(LANGUAGE) == "system"
    assert not path.exists()
    settings.set(LANGUAGE, "ru")
    assert Settings.open(path).get(LANGUAGE) == "ru"
    assert json.loads(path.read_text("utf-8"))["format"] == 1


def test_a_value_that_does_not_pass_its_check_is_not_stored_and_not_read(path: Path) -> None:
    settings = Settings.open(path)
    with pytest.raises(ValueError, match="de"):
        settings.set(LANGUAGE, "de")
    settings.set(Setting("language", "", text), "de")
    assert settings.get(LANGUAGE) == "system"


def test_what_this_version_does_not_know_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format": 1, "of_tomorrow": [1]}')
    Settings.open(path).set(BASIS_REQUIRED, True)
    assert json.loads(path.read_text("utf-8"))["of_tomorrow"] == [1]


def test_setting_the_same_value_writes_nothing(path: Path) -> None:
    settings = Settings.open(path)
    settings.set(WINDOW, (1440, 900))
    before = path.stat().st_ino
    settings.set(WINDOW, (1440, 900))
    assert path.stat().st_ino == before


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 2}', '{"format": "1"}', "{}", "[" * 100_000])
def test_a_file_that_cannot_be_read_is_left_alone(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(Unavailable) as caught:
        Settings.open(path)
    assert caught.value.code == "E-SETTINGS"
    assert path.read_text() == content


def test_a_write_that_fails_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.open(path)
    settings.set(LANGUAGE, "ru")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        settings.set(LANGUAGE, "en")
    assert (caught.value.code, caught.value.values) == ("E-SETTINGS-KEPT", {"why": "no space"})
    assert path.read_bytes() == before
    assert settings.get(LANGUAGE) == "ru"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_a_change_is_made_of_the_value_as_it_is_then(path: Path) -> None:
    settings = Settings.open(path)

    def grow() -> None:
        for _ in range(20):
            settings.change(WINDOW, lambda kept: (*kept, 1))

    threads = [threading.Thread(target=grow) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Settings.open(path).get(WINDOW)) == 60


def test_frozen_settings_do_not_write_over_another_process(path: Path) -> None:
    settings, other = Settings.open(path), Settings.open(path)
    settings.freeze()
    settings.set(LANGUAGE, "en")
    other.set(LANGUAGE, "ru")
    assert settings.get(LANGUAGE) == "en"
    settings.reload()
    assert settings.get(LANGUAGE) == "ru"
    settings.set(LANGUAGE, "en")
    assert Settings.open(path).get(LANGUAGE) == "en"


def test_the_home_id_is_made_once(path: Path) -> None:
    settings = Settings.open(path)
    made = settings.home_id()
    assert settings.home_id() == made == Settings.open(path).get(HOME_ID)


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (one_of("a", "b"), "a", 1),
        (flag, True, 1),
        (number, 0, -1),
        (number, 600, True),
        (number, 10, -1),
        (number, 0, True),
        (text, "x", None),
        (numbers, (1, 2), (1, True)),
        (numbers, (), "12"),
        (records, ({"a": 1},), ("a",)),
        (records, (), {}),
        (proxy_url, "http://proxy.example:3128", "http://name:word@proxy.example:3128"),
        (proxy_url, "https://[::1]:3128", "proxy.example:3128"),
        (proxy_url, "", None),
    ],
)
def test_checks(check: object, good: object, bad: object) -> None:
    assert callable(check)
    assert check(good) == good
    with pytest.raises(ValueError, match=r".*"):
        check(bad)


def test_lists_come_back_as_tuples(path: Path) -> None:
    settings = Settings.open(path)
    record: dict[str, object] = {"id": "a"}
    settings.set(ACCOUNTS, (record,))
    assert Settings.open(path).get(ACCOUNTS) == ({"id": "a"},)


def test_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "h").create()
    assert (home.settings.name, home.journal.name, home.keys.name, home.logs.name) == (
        "settings.json", "journal.db", "keys", "logs")  # fmt: skip
    assert home.sandbox.path == home.path / "sandbox"
    assert [folder.stat().st_mode & 0o777 for folder in (home.path, home.keys, home.logs)] == [0o700] * 3


def test_the_users_own_home_is_where_the_system_keeps_data() -> None:
    assert default_home().path.name == "alikassa-console"


def test_a_system_without_modes_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.settings.home.HAS_MODES", False)
    (tmp_path / "h").mkdir(mode=0o755)
    assert Home(tmp_path / "h").create().path.stat().st_mode & 0o777 == 0o755
