"""Keys by their place on the keyboard, so that they work in the Russian layout too.

On some systems Qt reports the Cyrillic letter with no Latin twin; every letter is therefore known by both of its characters.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM"
_CYRILLIC = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
_TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))


def letter(event: QKeyEvent) -> str:
    """Return the Latin capital letter on the pressed key, or an empty string for any other key."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return ""
    typed = event.text().upper()
    if len(typed) == 1:
        return typed if typed in _TO_CYRILLIC else _TO_LATIN.get(typed, "")
    code = event.key()
    return chr(code) if Qt.Key.Key_A <= code <= Qt.Key.Key_Z else ""


def sequences(name: str) -> list[QKeySequence]:
    """Return `name` ("Ctrl+N") and the same key in the Russian layout ("Ctrl+Т")."""
    head, _, last = name.rpartition("+")
    result = [QKeySequence(name)]
    if last in _TO_CYRILLIC:
        result.append(QKeySequence(f"{head}+{_TO_CYRILLIC[last]}" if head else _TO_CYRILLIC[last]))
    return result


def shortcut(
    owner: QWidget,
    name: str,
    act: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Call `act` when `name` is pressed anywhere in the owner's window (or as `context` says), in either layout."""
    result = QShortcut(owner)
    result.setKeys(sequences(name))
    result.setContext(context)
    result.setAutoRepeat(False)
    result.activated.connect(act)
    result.activatedAmbiguously.connect(act)
    return result
