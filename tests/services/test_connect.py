"""Connecting accounts: what is stored where, what is a record, and that every failing step takes all of it back."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.text import Text
from console.domain.trouble import Invalid, Trouble, Unavailable
from console.gateway.tls_root import Root, read_root
from console.services import connect, connect_refusals
from console.settings.settings import ACCOUNTS, PROXY, Settings
from tests.gateway.certificates import Authority, now
from tests.services.bench import UUID, Bench
from tests.services.connect_bench import HOST, OTHER, Desk


@pytest.fixture
def desk(bench: Bench, tmp_path: Path) -> Desk:
    return Desk(bench, tmp_path)


@pytest.fixture
def root() -> Root:
    return read_root(Authority("Корень «Вектора»").root.pem, now())


def refused(work: Callable[[], object]) -> tuple[str, Text]:
    with pytest.raises(Invalid) as caught:
        work()
    return caught.value.field, caught.value.text


class TestAnAccount:
    def test_is_stored_in_its_places(self, desk: Desk, bench: Bench) -> None:
        account = desk.add(" Второй ")
        assert (account.id, account.name, account.tail, account.host) == ("new-1", "Второй", "b7aa", HOST)
        assert (account.environment, account.kinds) == (Environment.LIVE, frozenset(Kind))
        assert [each.id for each in bench.accounts.all()] == ["acc", "new-1"]
        for kind in Kind:
            assert bench.vault.read(f"new-1/{kind.value}") == desk.certificates[kind].password
            assert bench.accounts.key_file("new-1", kind).read_bytes() == desk.certificates[kind].pem
        settings = bench.home.settings.read_text("utf-8")
        assert HOST not in settings
        assert OTHER not in settings
        assert desk.certificates[Kind.PAYOUT].fingerprint in settings
        assert not bench.accounts.is_proved(bench.accounts.open("new-1"), Kind.PAYOUT)

    def test_is_a_record_by_name_and_tail_with_its_public_halves(self, desk: Desk, bench: Bench) -> None:
        desk.add()
        assert desk.changes() == [
            {
                "what": "account-connected", "name": "Второй", "tail": "b7aa",
                "payment_key": desk.certificates[Kind.PAYMENT].fingerprint,
                "payout_key": desk.certificates[Kind.PAYOUT].fingerprint,
            }
        ]  # fmt: skip
        keys = {event.fingerprint for event in bench.reader.event_page(None, 100) if event.kind == "key"}
        assert {each.fingerprint for each in desk.certificates.values()} <= keys
        written = b"".join(path.read_bytes() for path in bench.home.path.glob("journal.db*"))
        assert OTHER.encode() not in written

    def test_with_one_key_has_one_direction(self, desk: Desk, bench: Bench) -> None:
        account = desk.add("Только платежи", Kind.PAYMENT)
        assert account.kinds == {Kind.PAYMENT}
        access = bench.accounts.open(account.id)
        with pytest.raises(Unavailable, match="E-CERT-MISSING"):
            access.keys[Kind.PAYOUT]
        with pytest.raises(Unavailable, match="E-CERT-MISSING"):
            bench.balances.refresh(account.id)

    def test_at_a_host_of_its_own_is_confirmed_by_typing_it(self, desk: Desk) -> None:
        def add(typed: str) -> object:
            return desk.connector.add("X", "Gateway.example:8443", OTHER, desk.certificates, typed_host=typed)

        assert desk.connector.needs_typed_host("gateway.example")
        assert not desk.connector.needs_typed_host(HOST)
        assert not desk.connector.needs_typed_host("http://x")
        for typed, words in (
            ("", connect_refusals._NOT_TYPED),
            ("gateway.example", connect_refusals._ANOTHER),
            ("да", connect_refusals._ANOTHER),
        ):
            assert refused(partial(add, typed)) == ("connect/host", words)
        account = add(" gateway.example:8443 ")
        assert getattr(account, "environment", None) is Environment.OTHER

    def test_that_cannot_be_is_refused_at_its_field(self, desk: Desk, bench: Bench) -> None:
        connector, certificates = desk.connector, desk.certificates
        same = dict.fromkeys(Kind, certificates[Kind.PAYOUT])
        assert refused(lambda: connector.add("X", HOST, OTHER, {})) == ("connect/payout", connect._NO_KEYS)
        assert refused(lambda: connector.add("X", HOST, OTHER, same)) == ("connect/payout", connect_refusals._SAME_PAIR)
        assert refused(lambda: connector.add("ООО «вектор»", HOST, OTHER, certificates))[0] == "connect/name"
        assert refused(lambda: connector.add("X", "", OTHER, certificates))[0] == "connect/host"
        assert refused(lambda: connector.add("X", HOST, "", certificates))[0] == "connect/uuid"
        desk.add()
        field, text = refused(lambda: connector.add("X", HOST, OTHER, certificates))
        assert (field, text.source) == ("connect/uuid", connect._KNOWN.source)
        assert refused(lambda: connector.add("X", "api-merchant.alikassa.io", OTHER, certificates))[0] == "connect/uuid"
        assert refused(lambda: connector.add("X", HOST, OTHER.upper(), certificates))[0] == "connect/uuid"
        problems = connector.check_entries("ООО «Вектор»", "localhost", "x")
        assert sorted(problems) == ["connect/host", "connect/name", "connect/uuid"]
        assert connector.check_entries("Третий", HOST, OTHER) == {}
        problems = connector.check_entries("X", "gateway.example", "x", "gateway.exmaple", has_certificate=False)
        assert list(problems) == ["connect/uuid", "connect/host", "connect/payout"]
        assert problems["connect/host"].text == connect_refusals._ANOTHER
        assert problems["connect/payout"].text == connect._NO_KEYS

    def test_can_be_added_by_who_holds_the_home_only(self, desk: Desk) -> None:
        before = desk.state()
        looking = desk.make(Unavailable("E-SECOND"))
        deeds: list[Callable[[], object]] = [
            lambda: looking.add("X", HOST, OTHER, desk.certificates),
            lambda: looking.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT]),
            lambda: looking.rename("acc", "X"),
            lambda: looking.remove("acc"),
            lambda: looking.check("acc"),
            lambda: looking.set_code("acc", "payment_card_sbp_rub", "x"),
            lambda: looking.set_root("acc", None),
            lambda: looking.set_proxy("x:1"),
        ]
        for deed in deeds:
            with pytest.raises(Unavailable, match="E-SECOND"):
                deed()
        assert desk.state() == before


class TestAChange:
    def test_of_a_key_voids_its_proof_and_keeps_the_old_public_half(self, desk: Desk, bench: Bench) -> None:
        old = bench.accounts.open("acc").keys[Kind.PAYOUT].fingerprint
        bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, Digest.SHA256)
        bench.journal.ensure_key(old, bench.accounts.open("acc").keys[Kind.PAYOUT].public_pem, bench.clock())
        account = desk.connector.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT])
        access = bench.accounts.open("acc")
        assert account == access.account
        assert access.keys[Kind.PAYOUT].fingerprint == desk.certificates[Kind.PAYOUT].fingerprint != old
        assert (bench.accounts.is_proved(access, Kind.PAYOUT), bench.accounts.is_proved(access, Kind.PAYMENT)) == (
            False, True)  # fmt: skip
        assert bench.accounts.digest("acc", Kind.PAYOUT) is Digest.SHA1
        assert old in {event.fingerprint for event in bench.reader.event_page(None, 100) if event.kind == "key"}
        assert desk.changes()[-1]["what"] == "key-replaced"

    def test_adds_the_direction_that_was_missing(self, desk: Desk) -> None:
        account = desk.add("Второй", Kind.PAYMENT)
        words = refused(lambda: desk.connector.replace(account.id, Kind.PAYOUT, desk.certificates[Kind.PAYMENT]))
        assert words == ("connect/payout", connect_refusals._SAME_PAIR)
        assert desk.connector.replace(account.id, Kind.PAYOUT, desk.certificates[Kind.PAYOUT]).kinds == set(Kind)

    def test_of_the_name_is_a_record(self, desk: Desk, bench: Bench) -> None:
        assert desk.connector.rename("acc", "ООО  «Вектор+»").name == "ООО «Вектор+»"
        assert desk.changes()[-1] == {
            "what": "account-renamed", "name": "ООО «Вектор+»", "tail": "4f21", "was": "ООО «Вектор»"}  # fmt: skip
        assert desk.connector.rename("acc", "ООО «Вектор+»").name == "ООО «Вектор+»"
        desk.add()
        assert refused(lambda: desk.connector.rename("acc", "второй"))[0] == "connect/name"
        assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_of_a_services_code_is_used_and_can_be_taken_back(self, desk: Desk, bench: Bench) -> None:
        code = "payment_card_sbp_rub"
        desk.connector.set_code("acc", code, " payment_sbp_v5 ")
        assert bench.accounts.service_code("acc", code) == "payment_sbp_v5"
        assert desk.connector.codes("acc") == {code: "payment_sbp_v5"}
        facts = desk.changes()[-1]
        assert [facts[name] for name in ("what", "tail", "method", "code")] == [
            "service-code", "4f21", code, "payment_sbp_v5"]  # fmt: skip
        for usual in ("", code):
            desk.connector.set_code("acc", code, usual)
            assert bench.accounts.service_code("acc", code) == code
            assert desk.connector.codes("acc") == {}
        assert refused(lambda: desk.connector.set_code("acc", "nothing", "x"))[1] == connect._NO_METHOD

    def test_of_an_account_that_is_not_there_is_trouble(self, desk: Desk) -> None:
        for deed in (
            lambda: desk.connector.rename("none", "X"),
            lambda: desk.connector.remove("none"),
            lambda: desk.connector.check("none"),
        ):
            with pytest.raises(Unavailable, match="E-NO-ACCOUNT"):
                deed()


class TestRemoving:
    def test_leaves_the_journal_and_nothing_else(self, desk: Desk, bench: Bench, root: Root) -> None:
        before = desk.state()
        account = desk.add("Второй", root=root)
        bench.accounts.choose(account.id)
        bench.accounts.open(account.id)
        transport = bench.transport
        desk.connector.remove(account.id)
        assert desk.state() == before
        assert transport.closed
        assert bench.accounts.current == bench.account
        assert desk.changes()[-1] == {"what": "account-removed", "name": "Второй", "tail": "b7aa"}
        with pytest.raises(Unavailable, match="E-NO-ACCOUNT"):
            bench.accounts.open(account.id)

    def test_tells_how_many_orders_nobody_could_ask_about(self, desk: Desk, bench: Bench) -> None:
        from tests.services.bench import lost

        bench.send(lost(), order_id="o-1")
        assert (desk.connector.unfinished("acc"), desk.connector.unfinished("other")) == (1, 0)

    def test_works_where_the_vault_has_lost_the_account(self, desk: Desk, bench: Bench) -> None:
        bench.vault.remove("acc/account")
        desk.connector.remove("acc")
        assert bench.settings.get(ACCOUNTS) == ()
        assert desk.changes()[-1]["tail"] == ""


class TestALostAccount:
    def test_is_connected_again_under_its_own_id(self, desk: Desk, bench: Bench) -> None:
        desk.connector.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT])
        for name in ("acc/account", "acc/payout", "acc/payment"):
            bench.vault.remove(name)
        bench.accounts.load()
        (lost,) = desk.connector.lost()
        assert (lost.id, lost.name, lost.kinds) == ("acc", "ООО «Вектор»", frozenset(Kind))
        words = refused(lambda: desk.add(lost.name, again=lost.id))
        assert (words[0], words[1].source) == ("connect/uuid", connect_refusals._OTHER_ACCOUNT.source)
        account = desk.connector.add(
            lost.name, "gateway.test", UUID, desk.certificates, typed_host="gateway.test", again=lost.id
        )
        assert account.id == "acc"
        assert desk.connector.lost() == ()
        assert desk.changes()[-1]["what"] == "account-reconnected"
        assert [record["id"] for record in bench.settings.get(ACCOUNTS)] == ["acc"]


class TestAnExtraRoot:
    def test_is_kept_for_the_account_and_its_fingerprint_is_a_record(
        self, desk: Desk, bench: Bench, root: Root
    ) -> None:
        account = desk.add("Второй", root=root)
        assert desk.changes()[-1]["root"] == root.fingerprint
        assert bench.accounts.root(account.id) == root
        assert bench.accounts.root("acc") is None
        bench.accounts.open(account.id)
        assert bench.transport.extra_root == root.pem
        bench.accounts.drop("acc")
        bench.accounts.open("acc")
        assert bench.transport.extra_root is None

    def test_is_chosen_and_removed_later(self, desk: Desk, bench: Bench, root: Root) -> None:
        desk.connector.set_root("acc", root)
        assert bench.accounts.root("acc") == root
        assert (desk.changes()[-1]["what"], desk.changes()[-1]["root"]) == ("root-trusted", root.fingerprint)
        assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)
        desk.connector.set_root("acc", None)
        assert bench.accounts.root("acc") is None
        assert not bench.accounts.root_file("acc").exists()
        assert desk.changes()[-1] == {"what": "root-removed", "name": "ООО «Вектор»", "tail": "4f21"}

    def test_that_was_changed_outside_is_not_trusted(self, desk: Desk, bench: Bench, root: Root) -> None:
        desk.connector.set_root("acc", root)
        for content in (Authority("Evil").root.pem, b"nothing"):
            bench.accounts.root_file("acc").write_bytes(content)
            with pytest.raises(Unavailable, match="E-TLS-ROOT"):
                bench.accounts.open("acc")
        bench.accounts.root_file("acc").unlink()
        with pytest.raises(Unavailable, match="E-TLS-ROOT"):
            bench.accounts.root("acc")

    def test_that_somebody_laid_there_is_not_trusted(self, bench: Bench, root: Root) -> None:
        bench.accounts.root_file("acc").write_bytes(root.pem)
        bench.accounts.open("acc")
        assert bench.transport.extra_root is None

    def test_needs_the_accounts_entry(self, desk: Desk, bench: Bench, root: Root) -> None:
        bench.vault.remove("acc/account")
        with pytest.raises(Unavailable, match="E-KEYRING-MISSING"):
            desk.connector.set_root("acc", root)
        assert bench.accounts.root("acc") is None


class TestAProxy:
    def test_is_used_from_the_next_connection_on(self, desk: Desk, bench: Bench) -> None:
        bench.accounts.open("acc")
        before = bench.transport
        assert desk.connector.set_proxy(" Proxy.example:3128/ ") == "http://proxy.example:3128"
        assert (before.closed, before.proxy) == (True, None)
        bench.accounts.open("acc")
        assert bench.transport.proxy == "http://proxy.example:3128"
        assert desk.changes()[-1] == {"what": "proxy", "proxy": "http://proxy.example:3128"}
        assert desk.connector.set_proxy("") == ""

    @pytest.mark.parametrize("typed", ["proxy.example", "name:word@proxy.example:3128", "socks5://proxy.example:1080"])
    def test_that_is_none_is_refused(self, desk: Desk, bench: Bench, typed: str) -> None:
        assert refused(lambda: desk.connector.set_proxy(typed))[1] == connect._NOT_A_PROXY
        assert bench.settings.get(PROXY) == ""


class TestFilesThatLieAbout:
    def test_are_named_and_removed_as_a_record(self, desk: Desk, tmp_path: Path) -> None:
        left = desk.connector.leftover(desk.certificates)
        assert {path.name for path in left} == {"private.pem", "public.pem", "password.txt"}
        assert len(left) == 6
        busy = tmp_path / "folder"
        busy.mkdir()
        assert desk.connector.remove_files((*left, busy)) == (busy,)
        assert desk.connector.leftover(desk.certificates) == ()
        facts = desk.changes()[-1]
        assert (facts["what"], len(str(facts["files"]))) == ("files-removed", len(str([path.name for path in left])))
        assert desk.connector.remove_files((busy,)) == (busy,)
        assert len(desk.changes()) == 1


Deed = Callable[[Desk, Root], object]
DEEDS: dict[str, Deed] = {
    "add": lambda desk, root: desk.add("Второй", root=root),
    "replace": lambda desk, _: desk.connector.replace("acc", Kind.PAYOUT, desk.certificates[Kind.PAYOUT]),
    "remove": lambda desk, _: desk.connector.remove("acc"),
    "rename": lambda desk, _: desk.connector.rename("acc", "Другой"),
    "root": lambda desk, root: desk.connector.set_root("acc", root),
    "code": lambda desk, _: desk.connector.set_code("acc", "payment_card_sbp_rub", "other"),
    "proxy": lambda desk, _: desk.connector.set_proxy("proxy.example:3128"),
}


class Breaking:
    """Lets the n-th call of the places that can fail raise, in whichever order they come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, bench: Bench) -> None:
        self.left: int | None = None
        for owner, name in (
            (bench.vault, "write"),
            (bench.vault, "remove"),
            (bench.journal, "append"),
            (bench.journal, "ensure_key"),
            (os, "fsync"),
            (Path, "replace"),
        ):
            monkeypatch.setattr(owner, name, self._breaking(owner, name))

    def fail_at(self, call: int, deed: Callable[[], object]) -> Trouble | None:
        """What the deed raises when that call fails; None where it has not so many."""
        self.left = call
        try:
            deed()
        except Trouble as trouble:
            return trouble
        finally:
            self.left = None
        return None

    def _breaking(self, owner: object, name: str) -> Callable[..., object]:
        whole = getattr(owner, name)

        def call(*arguments: object, **named: object) -> object:
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    self.left = None
                    raise OSError(5, "broken") if owner in {os, Path} else Unavailable("E-KEYRING-HANG", seconds=30)
            return whole(*arguments, **named)

        return call


@pytest.mark.parametrize("deed", DEEDS)
def test_whichever_step_fails_everything_is_as_before(
    desk: Desk, bench: Bench, root: Root, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of vault, disk and journal fails once, until one run has none left to fail."""
    breaking = Breaking(monkeypatch, bench)
    before, failed = desk.state(), 0
    while (trouble := breaking.fail_at(failed, lambda: DEEDS[deed](desk, root))) is not None:
        assert trouble.code in {"E-KEYRING-HANG", "E-KEY-FILE", "E-SETTINGS-KEPT"}
        assert desk.state() == before
        assert Settings.open(bench.home.settings).get(ACCOUNTS) == before[2]
        assert not list(bench.home.keys.glob("*.new"))
        desk.ids = iter(["new-1"])
        failed += 1
    assert failed >= 2
    assert desk.state() != before or bench.settings.get(PROXY)
