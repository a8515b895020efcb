"""The fonts of the console: loading the files and building a QFont for a role of text.

Tabular digits are a feature of a role, never of the application's font: in Inter they also widen the hyphen. Ids have no
ligatures, or `->` and `!=` in a body would be drawn as one sign.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from console.catalogue.resources import resource
from console.ui.theme.tokens import MONO, ROLES, TEXT


@lru_cache(maxsize=1)
def load() -> tuple[str, ...]:
    """Register every font file once; returns the families. A file that Qt refuses raises RuntimeError."""
    families: set[str] = set()
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise RuntimeError(f"Qt refuses the font {path.name}")
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


@lru_cache(maxsize=64)
def font(role: str) -> QFont:
    """Return the font of a text role of `tokens.ROLES`; callers must not change it in place."""
    wanted = ROLES[role]
    result = QFont(MONO if wanted.mono else TEXT)
    result.setPixelSize(wanted.size)
    result.setWeight(QFont.Weight(wanted.weight))
    if wanted.spacing:
        result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + wanted.spacing)
    if wanted.tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    if wanted.mono:
        result.setFeature(QFont.Tag("calt"), 0)
        result.setStyleHint(QFont.StyleHint.Monospace)
    return result
