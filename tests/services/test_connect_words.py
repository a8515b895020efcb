"""The records of changes say what was changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.endpoint import Kind
from console.gateway.tls_root import read_root
from console.services.connect_words import _WORDS, change_words
from console.services.record_rows import row_of
from console.settings.translations import Translator
from tests.gateway.certificates import Authority, now
from tests.services.bench import Bench, answered
from tests.services.connect_bench import Desk


def test_every_change_of_an_account_has_its_words(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, tmp_path)
    connector, pair = desk.connector, desk.certificates[Kind.PAYOUT]
    account = desk.add("Второй", Kind.PAYMENT)
    for name in ("account", "payment"):
        bench.vault.remove(f"{account.id}/{name}")
    bench.accounts.load()
    desk.add("Второй", Kind.PAYMENT, again=account.id)
    connector.replace(account.id, Kind.PAYOUT, pair)
    connector.rename(account.id, "Третий")
    connector.set_root(account.id, read_root(Authority().root.pem, now()))
    connector.set_root(account.id, None)
    connector.set_code(account.id, "payment_card_sbp_rub", "another")
    connector.set_proxy("proxy.example:3128")
    connector.set_proxy("")
    connector.remove_files(pair.files)
    for issuer in ("one", "two"):
        desk.issuers.saw(account, replace(answered(200, {}), issuer=issuer))
    connector.remove(account.id)
    events = [event for event in bench.reader.event_page(None, 100) if event.kind == "changed"]
    assert {event.facts["what"] for event in events} == set(_WORDS)
    for language in ("en", "ru"):
        said = [Translator(language)(row_of(event).title) for event in events]
        assert len(set(said)) == len(events)
        assert not [words for words in said if "{" in words or words in {"Settings changed", "Настройки изменены"}]


@pytest.mark.parametrize("facts", [{}, {"what": "of-tomorrow"}, {"what": "account-connected", "name": "x"}])
def test_a_change_that_is_not_known_has_none(facts: dict[str, object]) -> None:
    assert change_words(facts) is None
