"""The recovery code in use."""

from __future__ import annotations

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Invalid, Unavailable
from console.journal.recovery import GROUPS, code_of
from console.journal.seal import new_key
from console.services.recovery import Recovery
from console.settings.settings import RECOVERY_KEPT, RESTORED
from tests.services.bench import Bench


@pytest.fixture
def recovery(bench: Bench) -> Recovery:
    bench.vault.write("journal/key", bench.key)
    return Recovery(bench.vault, bench.reader, bench.settings)


def test_the_code_is_shown_and_one_group_asked_back(recovery: Recovery, bench: Bench) -> None:
    code = recovery.code()
    bench.settings.set(RECOVERY_KEPT, False)
    assert not recovery.is_kept
    assert (recovery.ask(0.0), recovery.ask(0.999999), recovery.ask(1.0)) == (1, GROUPS, GROUPS)
    with pytest.raises(Invalid):
        recovery.answer(3, "AAAA" if code.split("-")[2] != "AAAA" else "BBBB")
    assert not recovery.is_kept
    recovery.answer(3, code.split("-")[2].lower())
    assert recovery.is_kept


def test_a_code_is_checked_against_the_journal(recovery: Recovery) -> None:
    recovery.check(recovery.code())
    for wrong in ("nonsense", code_of(new_key())):
        with pytest.raises(Invalid):
            recovery.check(wrong)


def test_a_wiped_vault_gets_its_key_back(recovery: Recovery, bench: Bench) -> None:
    code = recovery.code()
    bench.vault.remove("journal/key")
    with pytest.raises(Unavailable):
        recovery.code()
    with pytest.raises(Invalid):
        recovery.restore(code_of(Secret("11" * 32)))
    assert bench.vault.read("journal/key") is None
    recovery.restore(code)
    assert bench.vault.read("journal/key") == bench.key


def test_a_journal_whose_mark_was_lost_too_waits_for_a_sign_off(recovery: Recovery, bench: Bench) -> None:
    """A vault without the key lacks the head as well: nobody can say whether the file is an old copy (R9)."""
    with pytest.raises(Invalid):
        recovery.restore(code_of(Secret("11" * 32)))
    assert not bench.settings.get(RESTORED)
    recovery.restore(recovery.code())
    assert bench.settings.get(RESTORED)
