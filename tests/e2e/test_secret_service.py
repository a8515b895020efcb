"""The vault against a real Secret Service: what is kept, under which names, and every way in which it is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.secret_service import Desktop, desktop

UNICODE = "пароль «Ж» 😀\u2028 'quoted' \\ / \n end"


@pytest.fixture
def desk() -> Iterator[Desktop]:
    """A desktop that nobody has used yet."""
    with desktop() as made:
        yield made


def test_secrets_outlive_the_session_whole(desk: Desktop) -> None:
    long = "x" * 20_000
    first = desk.vault(
        ("read", "acc/payout"), ("write", "acc/payout", UNICODE), ("write", "journal/key", long), ("read", "acc/payout")
    )
    assert first == [None, None, None, UNICODE]
    again = desk.vault(
        ("read", "acc/payout"), ("read", "journal/key"), ("write", "acc/payout", "new"), ("read", "acc/payout"),
        ("remove", "acc/payout"), ("remove", "acc/payout"), ("read", "acc/payout"), ("read", "journal/key"),
    )  # fmt: skip
    assert again == [UNICODE, long, None, "new", None, None, None, long]


def test_an_entry_is_found_by_others_under_its_documented_name(desk: Desktop) -> None:
    assert desk.vault(("write", "acc/account", "{}"), ("write", "journal/head", "{}")) == [None, None]
    assert desk.entry("alikassa-console/home1/acc/account") == "{}"
    assert desk.entry("alikassa-console/home1/journal/head") == "{}"
    assert desk.entry("alikassa-console/home2/acc/account") == ""


def test_variables_do_not_lead_the_vault_elsewhere(desk: Desktop) -> None:
    desk.variables |= {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
        "KEYRING_PROPERTY_APPID": "evil",
    }
    assert desk.vault(("write", "acc/payout", "x"), ("read", "acc/payout")) == [None, "x"]
    assert desk.entry("alikassa-console/home1/acc/payout") == "x"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"password": "locked"}, "E-KEYRING-LOCKED"),
        ({"password": "another"}, "E-KEYRING-LOCKED"),
        ({"session": False}, "E-KEYRING-NONE"),
    ],
)
def test_a_store_that_does_not_open_is_told(desk: Desktop, options: dict[str, object], code: str) -> None:
    desk.vault(("write", "acc/payout", "x"))
    deeds = (("read", "acc/payout"), ("write", "acc/payout", "y"), ("remove", "acc/payout"))
    assert desk.vault(*deeds, **options) == [code] * 3
    assert desk.vault(("read", "acc/payout")) == ["x"]


def test_a_window_that_asks_and_is_closed_is_told(desk: Desktop) -> None:
    """A store that nobody has opened yet asks for a new password; without a screen its window is dismissed at once."""
    assert desk.vault(("read", "acc/payout"), ("write", "acc/payout", "y"), password="none") == [
        "E-KEYRING-DISMISSED", "E-KEYRING-DISMISSED"]  # fmt: skip
