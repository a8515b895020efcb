"""`Translator`: forms, arguments, languages."""

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from console.domain.money import Money, Sum
from console.domain.secret import Secret
from console.domain.text import Text, mark
from console.settings import translations
from console.settings.translations import Translator

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgctxt "try"
msgid "Sent {amount}"
msgstr "Отправлено {amount}"

msgctxt "try"
msgid "{n} payout"
msgid_plural "{n} payouts"
msgstr[0] "{n} выплата"
msgstr[1] "{n} выплаты"
msgstr[2] "{n} выплат"
"""


@pytest.fixture
def russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """A translator with a small catalogue of its own."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (tmp_path / "ru.mo").open("wb") as file:
        write_mo(file, read_po(PO.strip().splitlines(keepends=True), locale="ru"))
    translations._words.cache_clear()
    monkeypatch.setattr(translations, "resource", lambda _folder, name: tmp_path / name)
    translator = Translator("ru")
    translations._words.cache_clear()
    return translator


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language: fr"):
        Translator("fr")


def test_russian_says_the_translation_with_money_as_russian_writes_it(russian: Translator) -> None:
    assert russian(mark("try", "Sent {amount}").with_(amount=Money(1234567))) == "Отправлено 12\u00a0345,67\u00a0₽"


def test_what_has_no_translation_is_said_in_english(russian: Translator) -> None:
    assert russian(mark("other", "Sent {amount}").with_(amount="1")) == "Sent 1"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 выплата"), (3, "3 выплаты"), (11, "11 выплат"), (21, "21 выплата")]
)
def test_russian_counts_in_three_forms(russian: Translator, count: int, words: str) -> None:
    assert russian(mark("try", "{n} payout", "{n} payouts").of(count)) == words


@pytest.mark.parametrize(("count", "words"), [(1, "1 payout"), (0, "0 payouts"), (21, "21 payouts")])
def test_english_counts_in_two_forms(count: int, words: str) -> None:
    assert Translator("en")(mark("try", "{n} payout", "{n} payouts").of(count)) == words


def test_a_countable_text_without_a_count_is_singular() -> None:
    assert Translator("en")(mark("try", "payout", "payouts")) == "payout"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (mark("try", "inner {word}").with_(word="text"), "inner text"),
        (Money(5), "RUB\u00a00.05"),
        (Sum("12.345"), "RUB\u00a012.345"),
        (datetime(2026, 11, 24, 21, 30, tzinfo=timezone.utc), "2026-11-25 00:30 MSK"),
        (date(2026, 11, 24), "2026-11-24"),
        (Secret("hidden"), "***"),
        (7, "7"),
    ],
)
def test_arguments_are_printed_by_their_kind(value: object, printed: str) -> None:
    assert Translator("en")(Text("try", "<{value}>").with_(value=value)) == f"<{printed}>"


def test_times_can_be_given_another_form() -> None:
    say = Translator("en", moment=lambda moment: f"year {moment.year}")
    assert say(Text("try", "{at}").with_(at=datetime(2026, 1, 1, tzinfo=timezone.utc))) == "year 2026"


def test_a_placeholder_without_an_argument_stays_visible() -> None:
    assert Translator("en")(Text("try", "{one} and {two}").with_(one=1)) == "1 and {two}"


def test_braces_in_a_text_without_arguments_are_only_braces() -> None:
    assert Translator("en")(Text("try", 'body {"a": 1} {x}')) == 'body {"a": 1} {x}'
