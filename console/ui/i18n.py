"""The language of the window: texts in, words out, and a signal when the language changes.

Components keep the `Text` they were given and say it again on `changed`; words from outside (names, ids, answers) are plain
strings and pass unchanged. Translating itself is done by `console.settings.translations`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from console.domain.text import Text

Words = Text | str
"""What a component shows: a marked text, or a string from outside."""

LANGUAGES = ("ru", "en")


class Language(QObject):
    """The language in use; `changed` comes when every text has to be said again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = "en"
        self._say: Callable[[Text], str] = _english
        self._qt = QTranslator()

    def choose(self, code: str) -> None:
        """Speak `ru` or `en` from now on; anything else raises ValueError."""
        from console.settings.translations import Translator

        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code}")
        self.use(code, Translator(code))

    def use(self, code: str, say: Callable[[Text], str]) -> None:
        """Speak `code` through `say`, and give Qt's own menus the same language."""
        self.code = code
        self._say = say
        self._translate_qt(code)
        self.changed.emit()

    def say(self, text: Text) -> str:
        """Return the words for a text in this language."""
        return self._say(text)

    def locale(self) -> QLocale:
        """Return the locale for dates and numbers."""
        return QLocale(QLocale.Language.Russian if self.code == "ru" else QLocale.Language.English)

    def _translate_qt(self, code: str) -> None:
        QCoreApplication.removeTranslator(self._qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt.load(f"qtbase_{code}", folder):
            QCoreApplication.installTranslator(self._qt)


@lru_cache(maxsize=1)
def current() -> Language:
    """Return the one language of the process."""
    return Language()


def tr(words: Words) -> str:
    """Return `words` in the language in use; a string from outside is returned as it is."""
    return words if isinstance(words, str) else current().say(words)


def system_language() -> str:
    """Return the language of the system if the console speaks it, and English otherwise."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


def _english(text: Text) -> str:
    source = text.plural if text.plural and text.count not in {None, 1} else text.source
    return source.format(**{name: tr(value) if isinstance(value, Text) else value for name, value in text.arguments})
