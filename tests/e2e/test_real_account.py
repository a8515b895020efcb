"""A real account against a gateway that is not ours: PHP, openssl_verify, TLS with a root that only a file vouches for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal.entry import EventKind
from console.journal.filters import Filter
from console.services import check
from console.services.check import CheckReport
from console.services.export import FORMATS, export
from console.settings.translations import Translator
from console.vault.memory import MemoryVault
from tests.e2e.leaks import leaks
from tests.e2e.names import knowing
from tests.e2e.php_gateway import ACCOUNT, HOST, PhpGateway, php_gateway
from tests.e2e.real import Real, root_of
from tests.gateway.certificates import Authority, now

OTHER = "other.test"


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", knowing(HOST, OTHER))


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def real(home: Path, vault: MemoryVault) -> Iterator[Real]:
    made = Real.start(home, vault)
    yield made
    made.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhpGateway]:
    """A gateway that takes SHA-1 unless a test says otherwise."""
    with php_gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(autouse=True)
def _as_issued(gateway: PhpGateway) -> None:
    gateway.verify_with("sha1")
    gateway.know("payment", "payout")
    gateway.forget_requests()


def said(report: CheckReport, name: str) -> tuple[str, str]:
    """What a step says, in both languages."""
    detail = next(step.detail for step in report.steps if step.name == name)
    assert detail is not None
    return Translator("en")(detail), Translator("ru")(detail)


@pytest.mark.parametrize(("spoken", "digest"), [("sha1", Digest.SHA1), ("sha256", Digest.SHA256)])
def test_an_account_is_connected_checked_restarted_and_paid_from(
    home: Path, vault: MemoryVault, gateway: PhpGateway, spoken: str, digest: Digest
) -> None:
    gateway.verify_with(spoken)
    real = Real.start(home, vault)
    account = real.connect(gateway, root=root_of(gateway))
    report = real.services.connect.check(account.id)
    assert (report.ok, report.digests) == (True, dict.fromkeys(Kind, digest))
    assert report.issuer == "Тестовый УЦ (Шлюз)"
    assert report.info is not None
    assert report.balance is not None
    assert report.balance.balance.text == "250000.00000000"
    order_id = f"PO-{spoken}"
    with pytest.raises(Unavailable, match="E-RECOVERY-FIRST"):
        real.pay(order_id)
    real.keep_code()
    real.close()
    again = Real.start(home, vault)
    sent = again.pay(order_id)
    assert sent.row.state is State.WAIT
    assert [again.services.follow.ask(order_id).state for _ in range(2)] == [State.WAIT, State.PAID]
    events = again.engine.services.operations._reader.events(order_id)
    sending = next(event for event in events if event.kind == EventKind.SENDING)
    assert sending.digest_name == digest.value
    assert gateway.orders()[order_id]["body"]["amount"] == "1500.00"
    again.close()


def test_the_host_is_in_no_file_whatever_was_done(
    home: Path, vault: MemoryVault, gateway: PhpGateway, tmp_path: Path
) -> None:
    """Connected, refused, out of reach, paid, renamed, backed up, exported: the keyring alone knows where it went."""
    real = Real.start(home, vault)
    account = real.connect(gateway, root=root_of(gateway))
    real.keep_code()
    assert real.services.connect.check(account.id).ok
    assert real.pay("PO-host").row.state is State.WAIT
    real.services.connect.set_proxy("127.0.0.1:9")
    assert real.pay("PO-unreached", "1600.00").row.state is State.NOT_SENT
    real.services.connect.set_proxy("")
    real.services.connect.set_root(account.id, None)
    assert not real.services.connect.check(account.id).ok
    real.services.connect.rename(account.id, "Другое имя")
    others = tmp_path / "others"
    others.mkdir()
    real.services.backups.choose(others)
    real.services.backups.make()
    for form in FORMATS:
        assert export(real.services.operations._reader, Filter(), others / form, form, Translator("ru")) == 2
    assert (leaks(home, [HOST]), leaks(others, [HOST])) == ([], [])
    real.close()
    assert leaks(home, [HOST]) == []


class TestTls:
    def test_for_another_name_is_refused(self, real: Real, gateway: PhpGateway) -> None:
        account = real.connect(gateway, root=root_of(gateway), host=f"{OTHER}:{gateway.port}")
        report = real.services.connect.check(account.id)
        english, russian = said(report, "network")
        assert f"for {HOST}, not for {OTHER}" in english
        assert f"для {HOST}" in russian
        self._nothing_was_asked(report, gateway)

    @pytest.mark.parametrize("chosen", [None, "another"])
    def test_by_an_unknown_issuer_is_refused(self, real: Real, gateway: PhpGateway, chosen: str | None) -> None:
        from console.gateway.tls_root import read_root

        root = None if chosen is None else read_root(Authority("Другой УЦ").root.pem, now())
        report = real.services.connect.check(real.connect(gateway, root=root).id)
        english, russian = said(report, "network")
        assert "“Тестовый УЦ (Шлюз)”, which this computer does not trust" in english or "is not trusted" in english
        assert "не доверяет" in russian
        self._nothing_was_asked(report, gateway)

    def test_that_has_expired_is_refused(self, real: Real, tmp_path: Path) -> None:
        with php_gateway(tmp_path, end=now() - timedelta(hours=1)) as gateway:
            report = real.services.connect.check(real.connect(gateway, root=root_of(gateway)).id)
            english, russian = said(report, "network")
            assert "clock says" in english
            assert "часы этого компьютера показывают" in russian
            self._nothing_was_asked(report, gateway)

    def test_through_the_proxy_that_the_settings_name_and_nobody_runs_is_told(
        self, real: Real, gateway: PhpGateway
    ) -> None:
        real.services.connect.set_proxy("127.0.0.1:9")
        report = real.services.connect.check(real.connect(gateway, root=root_of(gateway)).id)
        assert "127.0.0.1:9" in said(report, "network")[0]
        self._nothing_was_asked(report, gateway)

    def _nothing_was_asked(self, report: CheckReport, gateway: PhpGateway) -> None:
        assert [(step.name, step.ok) for step in report.steps] == [
            ("network", False), ("payout", None), ("payment", None), ("info", None)]  # fmt: skip
        assert report.summary.source == check._UNREACHED.source
        assert gateway.requests() == []


class TestARefusedSignature:
    def test_of_swapped_pairs_closes_payouts(self, real: Real, gateway: PhpGateway) -> None:
        account = real.connect(gateway, root=root_of(gateway), swapped=True)
        report = real.services.connect.check(account.id)
        assert (report.ok, report.summary) == (False, check._SWAPPED)
        assert "swapped" in said(report, "payout")[0]
        assert "перепутаны" in said(report, "payout")[1]
        self._nothing_leaves(real, gateway, "PO-swapped")

    def test_of_a_pair_that_was_not_saved_closes_payouts(self, real: Real, gateway: PhpGateway) -> None:
        gateway.know("payment", "payment")
        report = real.services.connect.check(real.connect(gateway, root=root_of(gateway)).id)
        assert [step.ok for step in report.steps] == [True, False, True, None]
        assert report.summary == check._PAYOUT_REFUSED
        self._nothing_leaves(real, gateway, "PO-unsaved")

    def test_that_comes_later_voids_the_proof(self, real: Real, gateway: PhpGateway) -> None:
        account = real.connect(gateway, root=root_of(gateway))
        assert real.services.connect.check(account.id).ok
        gateway.know("payout", "payment")
        with pytest.raises(Exception, match="E-CERT-REFUSED"):
            real.services.balances.refresh(account.id)
        self._nothing_leaves(real, gateway, "PO-replaced")
        gateway.know("payment", "payout")
        assert real.services.connect.check(account.id).ok
        assert real.pay("PO-proved-again").row.state is State.WAIT

    def test_of_another_account_closes_payouts(self, real: Real, gateway: PhpGateway) -> None:
        (gateway.folder / "account.txt").write_text("0f21c7de-9a11-4a60-8a33-5d1c77a0b7aa")
        try:
            report = real.services.connect.check(real.connect(gateway, root=root_of(gateway)).id)
        finally:
            (gateway.folder / "account.txt").write_text(ACCOUNT)
        assert report.summary == check._SWAPPED
        self._nothing_leaves(real, gateway, "PO-other-account")

    def _nothing_leaves(self, real: Real, gateway: PhpGateway, order_id: str) -> None:
        real.keep_code()
        with pytest.raises(Unavailable, match="E-CERT-UNPROVED"):
            real.pay(order_id)
        assert order_id not in gateway.orders()
