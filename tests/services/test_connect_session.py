"""One run without a password store: what is typed is proved, and nothing of it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.text import Text
from console.domain.trouble import Invalid
from console.journal.read import Reader
from console.journal.recovery import code_of
from console.journal.seal import Finder
from console.services import connect_session as module
from console.services.accounts import Accounts
from console.services.certificates import Certificate, own_password, read_certificate
from console.services.connect_refusals import _OTHER_ACCOUNT
from console.services.connect_session import Session, Typed
from tests.services.bench import UUID, Bench, certificate
from tests.services.connect_bench import HOST, OTHER, Desk


@pytest.fixture
def session(bench: Bench) -> Session:
    return Session(bench.home, bench.settings, bench.reader)


def typed(uuid: str = UUID, typed_host: str = "gateway.test", **passwords: str) -> tuple[Typed, ...]:
    given = {kind: passwords.get(kind.value, "right") for kind in Kind}
    return (Typed("acc", uuid, "gateway.test", given, typed_host),)


def refused(session: Session, code: str, *given: Typed) -> tuple[str, Text]:
    with pytest.raises(Invalid) as caught:
        session.fill(code, given)
    return caught.value.field, caught.value.text


def test_what_is_typed_opens_the_accounts_for_one_run(session: Session, bench: Bench) -> None:
    (known,) = session.accounts()
    assert (known.id, known.name, known.kinds) == ("acc", "ООО «Вектор»", frozenset(Kind))
    assert session.needs_code
    before = {path: path.read_bytes() for path in bench.home.path.rglob("*") if path.is_file()}
    vault = session.fill(code_of(bench.key), typed())
    assert vault.read("journal/key") == bench.key
    again = Accounts(bench.home, bench.settings, vault, lambda text: bench.journal.finder.mark("proof", text))
    (account,) = again.load()
    assert again.is_proved(again.open(account.id), Kind.PAYOUT)
    again.close()
    assert {path: path.read_bytes() for path in bench.home.path.rglob("*") if path.is_file()} == before


def test_the_code_alone_opens_the_journal(session: Session, bench: Bench) -> None:
    vault = session.fill(code_of(bench.key))
    assert vault.read("journal/key") == bench.key
    assert vault.read("acc/account") is None


def test_a_home_without_a_journal_begins_with_nothing(bench: Bench, tmp_path: Path) -> None:
    session = Session(bench.home, bench.settings, Reader(tmp_path / "none.db"))
    assert not session.needs_code
    assert session.fill("").read("journal/key") is None


def test_what_does_not_fit_is_told_at_its_field(session: Session, bench: Bench) -> None:
    code = code_of(bench.key)
    assert refused(session, " ") == ("session/code", module._NO_CODE)
    assert refused(session, "ABCD")[0] == "session/code"
    assert refused(session, code_of(Secret("11" * 32)))[0] == "session/code"
    other = refused(session, code, *typed("0f21c7de-9a11-4a60-8a33-5d1c77a0b7aa"))
    assert (other[0], other[1].source) == ("connect/uuid", _OTHER_ACCOUNT.source)
    assert refused(session, code, *typed(typed_host=""))[0] == "connect/host"
    assert refused(session, code, *typed(payout="wrong")) == ("session/payout", module._NOT_OPENED)
    assert refused(session, code, *typed(payment="")) == ("session/payment", module._NOT_OPENED)
    bench.accounts.key_file("acc", Kind.PAYMENT).unlink()
    assert refused(session, code, *typed()) == ("session/payment", module._NO_FILE)


def test_what_was_typed_is_not_printed() -> None:
    assert "right" not in repr(typed())
    assert UUID not in repr(typed())


class TestAKeyThatCameWithoutAPassword:
    """Nobody can type a password that the console made: the recovery code brings it back."""

    @pytest.fixture
    def desk(self, bench: Bench, tmp_path: Path) -> Desk:
        return Desk(bench, tmp_path)

    def plain(self, folder: Path) -> Certificate:
        key = load_pem_private_key(certificate("plain"), b"right")
        folder.mkdir()
        words = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "private.pem").write_bytes(key.private_bytes(*words))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / "public.pem").write_bytes(public)
        return read_certificate([folder])

    def test_opens_with_the_code_alone(self, desk: Desk, bench: Bench, session: Session, tmp_path: Path) -> None:
        pair = self.plain(tmp_path / "plain")
        desk.connector.replace("acc", Kind.PAYOUT, pair)
        code = code_of(bench.key)
        vault = session.fill(code, typed(payout=""))
        assert vault.read("acc/payout") == bench.vault.read("acc/payout")
        assert pair.password != bench.vault.read("acc/payout")
        assert refused(session, code, *typed(payout="wrong")) == ("session/payout", module._NOT_OPENED)
        again = Accounts(bench.home, bench.settings, vault, lambda text: bench.journal.finder.mark("proof", text))
        again.load()
        assert again.open("acc").keys[Kind.PAYOUT].fingerprint == pair.fingerprint
        again.close()

    def test_and_belongs_to_a_new_account_does_too(
        self, desk: Desk, bench: Bench, session: Session, tmp_path: Path
    ) -> None:
        pair = self.plain(tmp_path / "plain")
        account = desk.connector.add("Третий", HOST, OTHER, {Kind.PAYOUT: pair})
        assert bench.accounts.open(account.id).keys[Kind.PAYOUT].fingerprint == pair.fingerprint
        vault = session.fill(code_of(bench.key), (Typed(account.id, OTHER, HOST, {}),))
        assert vault.read(f"{account.id}/payout") == bench.vault.read(f"{account.id}/payout")

    def test_has_a_password_that_no_file_holds_and_no_other_journal_makes(
        self, desk: Desk, bench: Bench, tmp_path: Path
    ) -> None:
        pair = self.plain(tmp_path / "plain")
        desk.connector.replace("acc", Kind.PAYOUT, pair)
        password = bench.vault.read("acc/payout")
        assert password is not None
        assert len(password.reveal()) == 64
        assert password != own_password(Finder(Secret("11" * 32)), pair.fingerprint)
        found = [path for path in bench.home.path.rglob("*") if path.is_file()]
        assert not [path for path in found if password.reveal().encode() in path.read_bytes()]
