"""Reasons in a few words: the fullest whose facts are there."""

import pytest

from console.domain.exchange import Reason
from console.domain.phrases.reasons import reason_text
from console.settings.translations import LANGUAGES, Translator

FACTS = {
    "host": "pay.example",
    "seconds": "45",
    "proxy": "127.0.0.1:8080",
    "issuer": "Shield CA",
    "names": "other.example",
    "from": "2026-01-01",
    "until": "2026-06-01",
    "status": 502,
}


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("facts", [FACTS, {}, {"host": "pay.example"}], ids=["all", "none", "host"])
def test_every_reason_has_words_without_gaps(reason: Reason, facts: dict[str, object]) -> None:
    for language in LANGUAGES:
        words = Translator(language)(reason_text(reason, facts))
        assert words
        assert "{" not in words
        assert words[-1] != "."


@pytest.mark.parametrize(
    ("reason", "russian"),
    [
        (Reason.DNS, "pay.example не найден"),
        (Reason.UNREACHABLE, "нет связи с pay.example по сети"),
        (Reason.CONNECT_TIMEOUT, "pay.example не ответил за 45\u00a0с"),
        (Reason.TLS_ISSUER, "сертификат подписан «Shield CA», которому этот компьютер не доверяет"),
        (Reason.TLS_DATE, "сертификат действует 01.01.2026–01.06.2026"),
        (Reason.SILENT, "ответа нет 45\u00a0с"),
        (Reason.DROPPED, "связь оборвалась"),
    ],
)
def test_facts_stand_in_the_words(reason: Reason, russian: str) -> None:
    assert Translator("ru")(reason_text(reason, FACTS)) == russian


def test_only_the_facts_that_are_named_go_along() -> None:
    assert reason_text(Reason.DNS, FACTS).arguments == (("host", "pay.example"),)


@pytest.mark.parametrize(
    ("end", "words"),
    [("stopped", "waiting was stopped"), ("slept", "the computer slept"), ("deadline", "no answer for 45 s")],
)
def test_who_ended_an_attempt_says_more_than_how_it_ended(end: str, words: str) -> None:
    assert Translator("en")(reason_text(Reason.DEADLINE, {**FACTS, "end": end})) == words
