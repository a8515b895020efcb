"""One run without a password store: what is typed is proved, and nothing of it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.text import Text
from console.domain.trouble import Invalid
from console.journal.read import Reader
from console.journal.recovery import code_of
from console.services import connect_session as module
from console.services.accounts import Accounts
from console.services.connect_refusals import _OTHER_ACCOUNT
from console.services.connect_session import Session, Typed
from tests.services.bench import UUID, Bench


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
