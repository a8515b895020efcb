import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics

from console.ui.theme import fonts
from console.ui.theme.tokens import MONO, ROLES, TEXT


def test_both_families_come_from_our_files() -> None:
    assert {TEXT, MONO} <= set(fonts.load())


@pytest.mark.parametrize("role", ROLES)
def test_every_role_gets_its_font(role: str) -> None:
    wanted, info = ROLES[role], QFontInfo(fonts.font(role))
    assert info.family() == (MONO if wanted.mono else TEXT)
    assert info.pixelSize() == wanted.size
    assert info.weight() == wanted.weight


@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if role.tabular])
def test_tabular_digits_are_equally_wide(role: str) -> None:
    metrics = QFontMetrics(fonts.font(role))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_text_keeps_its_narrow_hyphen() -> None:
    assert QFontMetrics(fonts.font("second")).horizontalAdvance("-" * 20) < QFontMetrics(
        fonts.font("second_tabular")
    ).horizontalAdvance("-" * 20)


@pytest.mark.parametrize("text", ["ё", "₽", "№", "«", "»", "—", "•", "−", "…", "\u00a0"])
def test_the_signs_we_use_are_in_the_font(text: str) -> None:
    assert QFontMetrics(fonts.font("body")).inFontUcs4(ord(text))


def test_a_file_that_is_no_font_is_an_error(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "resource", lambda *parts: folder)
    with pytest.raises(RuntimeError, match=r"broken\.ttf"):
        fonts.load.__wrapped__()
