"""A sentence about trouble in its three parts: what happened, what about the money, what to do (failure model 6).

Knows no code of trouble: the tables of `console.domain.phrases` do, and `console.domain.sentences` finds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from console.domain.text import Text, mark


class MoneyLine(Enum):
    """What about the money: the one line that every trouble near money has."""

    NOT_SENT = mark("trouble", "Nothing was sent.")
    AT_GATEWAY = mark("trouble", "The gateway has it.")
    UNKNOWN = mark("trouble", "We do not know yet.")
    NOT_MOVED = mark("trouble", "No money moves.")
    """A payout that the gateway refused."""
    NOT_CREATED = mark("trouble", "No payment was created.")
    """A payment that the gateway refused."""
    BY_SUPPORT = mark("trouble", "By the word of support, no money moved.")
    """An order that AliKassa says it never had (R10)."""

    @property
    def text(self) -> Text:
        """The line itself."""
        return self.value


class Tone(str, Enum):
    """How a sentence looks: by the money, never by the fault. Nothing sent is nothing lost, so it is never red."""

    QUIET = "quiet"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    CONTRADICTION = "contradiction"
    DAMAGE = "damage"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Three parts and a title. `money` is None where no money is concerned."""

    code: str
    title: Text
    what: Text
    do: Text
    money: MoneyLine | None = None
    tone: Tone = Tone.QUIET

    @property
    def needs(self) -> frozenset[str]:
        """The values that its texts name and that were not given yet."""
        return frozenset().union(*(_open(text) for text in (self.title, self.what, self.do)))

    def with_(self, values: Mapping[str, object]) -> Sentence:
        """Return the sentence with those of `values` in place that it names; an integer `n` chooses the plural."""
        return replace(
            self, title=filled(self.title, values), what=filled(self.what, values), do=filled(self.do, values)
        )

    def about(self, money: MoneyLine | None) -> Sentence:
        """Return the sentence with another line about the money: what the journal knows of it."""
        return replace(self, money=money)


def filled(text: Text, values: Mapping[str, object]) -> Text:
    """Return `text` and the texts inside it with the values that they name."""
    inner = {name: filled(value, values) for name, value in text.arguments if isinstance(value, Text)}
    own = {name: values[name] for name in text.placeholders if name in values and name not in inner}
    count = own.get("n")
    counted = text.of(count) if text.plural is not None and isinstance(count, int) else text
    return counted.with_(**own, **inner)


def _open(text: Text) -> frozenset[str]:
    given = dict(text.arguments)
    inner = [_open(value) for value in given.values() if isinstance(value, Text)]
    return (text.placeholders - given.keys()).union(*inner)
