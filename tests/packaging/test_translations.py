"""The tool for translations: extracts, keeps, compiles, and finds what is wrong."""

import gettext
from pathlib import Path

import pytest

from translations import Places, check, main

CODE = """
from console.domain.text import mark
TITLE = mark("try", "Sent {amount} "
             "to {name}")
COUNT = mark("try", "{n} payout", plural="{n} payouts")
OTHER = mark("other", "Failed")
"""
PLURAL = """
msgctxt "try"
msgid "{n} payout"
msgid_plural "{n} payouts"
msgstr[0] "{n} выплата"
msgstr[1] "{n} выплаты"
msgstr[2] "{n} выплат"
"""
SENT = """
msgctxt "try"
msgid "Sent {amount} to {name}"
msgstr "Отправлено {amount} для {name}"
"""
OTHER = """
msgctxt "other"
msgid "Failed"
msgstr "Ошибка"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A small program with complete translations."""
    made = Places(tmp_path / "console", tmp_path / "ru", tmp_path / "ru.mo")
    made.code.mkdir()
    made.sources.mkdir()
    (made.code / "page.py").write_text(CODE)
    (made.sources / "try.po").write_text(PLURAL + SENT)
    (made.sources / "other.po").write_text(OTHER)
    assert main(["--update"], made) == 0
    return made


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_complete_translations_pass(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], places) == 0
    assert capsys.readouterr().out == "translations are complete\n"


def test_the_compiled_file_speaks(places: Places) -> None:
    with places.compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.pgettext("try", "Sent {amount} to {name}") == "Отправлено {amount} для {name}"
    assert words.npgettext("try", "{n} payout", "{n} payouts", 5) == "{n} выплат"


def test_updating_again_changes_nothing(places: Places) -> None:
    before = {path: path.read_bytes() for path in [*places.sources.iterdir(), places.compiled]}
    assert main(["--update"], places) == 0
    assert before == {path: path.read_bytes() for path in [*places.sources.iterdir(), places.compiled]}


def test_updating_one_context_leaves_the_others(places: Places) -> None:
    change(places.code / "page.py", '"Failed"', '"Broken"')
    assert main(["--update", "try"], places) == 0
    assert "Failed" in (places.sources / "other.po").read_text()


def test_updating_drops_what_is_gone_and_adds_what_is_new(places: Places) -> None:
    change(places.code / "page.py", '"other", "Failed"', '"try", "New"')
    assert main(["--update"], places) == 0
    assert not (places.sources / "other.po").exists()
    assert check(places) == ["try.po: 'New' is not translated"]


FAULTS = {
    "try.po: 'More' is missing": ("console/page.py", '"other", "Failed")', '"other", "Failed"); mark("try", "More")'),
    "other.po: obsolete: 'Failed'": ("console/page.py", '"Failed"', '"Broken"'),
    "other.po: 'Failed' is not translated": ("ru/other.po", "Ошибка", ""),
    "other.po: 'Failed' is marked as doubtful": ("ru/other.po", 'msgctxt "other"', '#, fuzzy\nmsgctxt "other"'),
    "has the placeholders ['amount']": ("ru/try.po", " для {name}", ""),
    "has the placeholders ['amount', 'naem']": ("ru/try.po", "для {name}", "для {naem}"),
    "'{n} payout' is not translated": ("ru/try.po", "{n} выплаты", ""),
    "has other plural forms than the code": ("console/page.py", ', plural="{n} payouts"', ""),
    "ru.mo is stale": ("ru/other.po", "Ошибка", "Промах"),
    "has the context 'another'": ("ru/other.po", 'msgctxt "other"', 'msgctxt "another"'),
    "each a literal": ("console/page.py", '"Failed"', 'f"Failed {TITLE}"'),
    "is marked elsewhere with another plural": (
        "console/page.py",
        '"other", "Failed")',
        '"other", "Failed"), mark("other", "Failed", "Fails")',
    ),
    "is no name of a context": ("console/page.py", '"other"', '"Other area"'),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_each_fault_is_found(places: Places, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    name, old, new = FAULTS[sentence]
    change(places.code.parent / name, old, new)
    assert main(["--check"], places) == 1
    assert sentence in capsys.readouterr().out


def test_a_function_of_the_same_name_marks_nothing(places: Places) -> None:
    (places.code / "keyed.py").write_text("def marked(mark, text):\n    return mark(f'account {text}')\n")
    assert check(places) == []


def test_what_is_doubtful_does_not_ship(places: Places) -> None:
    change(places.sources / "other.po", 'msgctxt "other"', '#, fuzzy\nmsgctxt "other"')
    assert main(["--compile"], places) == 0
    with places.compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).pgettext("other", "Failed") == "Failed"
