"""A window that may only look opens no account."""

from __future__ import annotations

import pytest

from console.domain.trouble import Unavailable
from console.services.connect_looking import ShownAccounts
from tests.services.bench import Bench


def test_accounts_are_named_and_never_opened(bench: Bench) -> None:
    second = Unavailable("E-SECOND")
    accounts = ShownAccounts(bench.home, bench.settings, bench.vault, str, second)
    assert accounts.load() == bench.accounts.all()
    with pytest.raises(Unavailable) as caught:
        accounts.open("acc")
    assert caught.value is second
