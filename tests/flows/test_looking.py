"""What can be looked at where a console cannot start: another one holds the home, or the vault lacks the journal's key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.app.engine import Engine
from console.app.vaults import JOURNAL_KEY
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.trouble import Invalid, Unavailable
from console.journal.filters import Filter
from console.journal.lock import Held
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import LANGUAGE, RECOVERY_KEPT, Settings
from console.vault.memory import MemoryVault
from tests.flows.bench import Works


def look(home: Home, trouble: Unavailable, **options: object) -> Engine:
    settings = Settings.open(home.settings)
    return Engine.look(home, settings, system_clock(), trouble, **options)  # type: ignore[arg-type]  # as the caller has them


def test_a_second_window_sees_everything_and_does_nothing(works: Works) -> None:
    works.send("order-1", "1500.00")
    inner = Home(works.home).sandbox
    with pytest.raises(Held) as held:
        Engine.start(inner, Settings.open(inner.settings), system_clock(), sandbox=True)
    engine = look(inner, held.value, sandbox=True)
    services = engine.services
    assert engine.looking is held.value
    assert services.overviews is not None
    assert [row.order_id for row in services.operations.page(Filter())] == ["order-1"]
    assert services.operations.card("order-1").account == works.services.accounts.current
    sealed = next(record.seq for record in services.records.page() if record.order_id == "order-1")
    assert "1500.00" in services.records.open(sealed).request
    assert services.records.verify(lambda done, total: None).ok
    before = works.engine.journal.head()
    deeds: list[Callable[[], object]] = [
        lambda: services.balances.refresh("sandbox"),
        lambda: services.follow.ask("order-1"),
        lambda: services.prover.prove("sandbox", Kind.PAYOUT),
        lambda: services.connect.rename("sandbox", "X"),
        lambda: services.operations.reveal("order-1"),
        engine.anchor.drop,
    ]
    for deed in deeds:
        with pytest.raises(Held):
            deed()
    assert services.follow.claim() == ()
    services.settings.set(LANGUAGE, "en")
    engine.close()
    assert works.engine.journal.head() == before
    assert Settings.open(inner.settings).get(LANGUAGE) == "system"


class TestAJournalWithoutItsKey:
    @pytest.fixture
    def vault(self, home: Path) -> MemoryVault:
        """A vault whose journal was begun, and then it lost everything."""
        made = MemoryVault()
        engine = Engine.start(Home(home), Settings.open(Home(home).settings), system_clock(), sandbox=False, vault=made)
        self.code = engine.services.recovery.code()
        engine.close()
        return MemoryVault()

    def test_is_looked_at_until_the_code_brings_the_key_back(self, home: Path, vault: MemoryVault) -> None:
        place = Home(home)
        settings = Settings.open(place.settings)
        with pytest.raises(Unavailable) as lost:
            Engine.start(place, settings, system_clock(), sandbox=False, vault=vault)
        assert lost.value.code == "E-KEYRING-JOURNAL"
        engine = Engine.look(place, settings, system_clock(), lost.value, sandbox=False, vault=vault)
        assert engine.services.records.page()[-1].seq == 1
        assert engine.services.records.open(1).request == ""
        with pytest.raises(Invalid):
            engine.services.recovery.restore(self.code[:-1] + ("0" if self.code[-1] != "0" else "1"))
        engine.services.recovery.restore(self.code)
        engine.close()
        again = Engine.start(place, settings, system_clock(), sandbox=False, vault=vault)
        assert again.looking is None
        assert again.services.recovery.code() == self.code
        assert settings.get(RECOVERY_KEPT)
        again.close()

    def test_is_never_given_another_one(self, home: Path, vault: MemoryVault) -> None:
        place = Home(home)
        vault.write(JOURNAL_KEY, Secret("ab" * 32))
        with pytest.raises(Unavailable, match="E-KEYRING-JOURNAL"):
            Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=vault)

    def test_a_vault_out_of_reach_leaves_the_journal_to_look_at(self, home: Path, vault: MemoryVault) -> None:
        class Hanging(MemoryVault):
            def read(self, name: str) -> Secret | None:
                raise AssertionError("a vault that hangs is not asked once more")

        settings = (home / "settings.json").read_bytes()
        engine = look(Home(home), Unavailable("E-KEYRING-HANG", seconds=30), sandbox=False, vault=Hanging())
        services = engine.services
        assert services.records.page()
        assert services.accounts.all() == ()
        report = services.records.verify(lambda done, total: None)
        assert report.ok
        assert "key is not at hand" in " ".join(line.source for line in report.lines)
        services.settings.set(LANGUAGE, "en")
        engine.close()
        assert (home / "settings.json").read_bytes() == settings

    def test_a_vault_that_fails_only_then_leaves_it_too(self, home: Path, vault: MemoryVault) -> None:
        class Locked(MemoryVault):
            def read(self, name: str) -> Secret | None:
                raise Unavailable("E-KEYRING-LOCKED")

        engine = look(Home(home), Unavailable("E-KEYRING-JOURNAL"), sandbox=False, vault=Locked())
        assert engine.services.records.page()
        assert engine.services.accounts.all() == ()
        engine.close()


def test_a_new_journal_asks_for_its_own_code(home: Path) -> None:
    settings = Settings.open(Home(home).settings)
    settings.set(RECOVERY_KEPT, True)
    engine = Engine.start(Home(home), settings, system_clock(), sandbox=False, vault=MemoryVault())
    assert not settings.get(RECOVERY_KEPT)
    engine.close()


def test_a_second_window_asks_for_the_pin_too(works: Works) -> None:
    works.services.lock.set_pin(Secret("осень-26"), Secret("осень-26"))
    engine = look(Home(works.home).sandbox, Unavailable("E-SECOND"), sandbox=True)
    assert engine.services.lock.is_locked
    engine.services.lock.unlock(Secret("осень-26"))  # the right one
    assert engine.services.lock.wait() == 0
    engine.close()
