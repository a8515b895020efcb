"""Texts a person reads, as data: a context, an English source and arguments.

Nothing here translates or prints: `console.settings.translations` does, so that every layer can name what it means
without knowing a language or a window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence: `{name}` in `source` stands for the argument of that name.

    `plural` is the English plural; `count` chooses the form and is the argument `{n}`.
    """

    context: str
    source: str
    plural: str | None = None
    count: int | None = None
    arguments: tuple[tuple[str, object], ...] = ()

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that stand in braces, of this text alone."""
        return frozenset(_PLACEHOLDER.findall(self.source + (self.plural or "")))

    def with_(self, **arguments: object) -> Text:
        """Return the same text with `arguments` added; values may be texts, money, times, strings or numbers."""
        return replace(self, arguments=(*self.arguments, *arguments.items()))

    def of(self, count: int) -> Text:
        """Return the form for `count` things, with `{n}` standing for the number."""
        return replace(self, count=count, arguments=(*self.arguments, ("n", count)))


def mark(context: str, source: str, plural: str | None = None) -> Text:
    """Mark an English text for translation; the translations' check finds these calls by their literals."""
    return Text(context, source, plural)
