"""Turns a `Text` into words of a language: the compiled translations of `resources/i18n`, and how arguments are printed.

English is the source and needs no file. Knows no window: `console.ui.i18n` decides which language is spoken.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from console.catalogue.resources import resource
from console.domain.moment import MOSCOW
from console.domain.money import Money, Sum, format_money, format_sum
from console.domain.text import Text

LANGUAGES = ("ru", "en")
SOURCE = "en"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DAYS = {"ru": "%d.%m.%Y", "en": "%Y-%m-%d"}
_TIMES = {"ru": "%d.%m.%Y %H:%M МСК", "en": "%Y-%m-%d %H:%M MSK"}


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: str) -> gettext.NullTranslations:
    """The compiled translations of a language; English has none."""
    if language == SOURCE:
        return gettext.NullTranslations()
    with resource("i18n", f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


class Translator:
    """Says texts in one language, `ru` or `en`; anything else raises ValueError.

    Money, sums and days are printed as that language writes them, texts in it, times by `moment` (Moscow time unless
    given); everything else as `str` does, so a secret stays hidden.
    """

    def __init__(self, language: str, moment: Callable[[datetime], str] | None = None) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self._words = _words(language)
        self._moment = moment or self._moscow

    def __call__(self, text: Text) -> str:
        """Return the words of `text`; a placeholder that was given no argument stays as it stands."""
        words = self._form(text)
        if not text.arguments:
            return words
        arguments = dict(text.arguments)
        return _PLACEHOLDER.sub(lambda found: self._argument(found, arguments), words)

    def _form(self, text: Text) -> str:
        if text.plural is None:
            return self._words.pgettext(text.context, text.source)
        count = 1 if text.count is None else text.count
        return self._words.npgettext(text.context, text.source, text.plural, count)

    def _argument(self, found: re.Match[str], arguments: dict[str, object]) -> str:
        return self._printed(arguments[found[1]]) if found[1] in arguments else found[0]

    def _printed(self, value: object) -> str:
        match value:
            case Text():
                return self(value)
            case Money():
                return format_money(value, self.language)
            case Sum():
                return format_sum(value, "RUB", self.language)
            case datetime():
                return self._moment(value)
            case date():
                return value.strftime(_DAYS[self.language])
            case _:
                return str(value)

    def _moscow(self, moment: datetime) -> str:
        return moment.astimezone(MOSCOW).strftime(_TIMES[self.language])
