"""A doubt: something that may be a mistake. It warns and is never a block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from console.domain.text import Text


class Weight(IntEnum):
    """How much a doubt weighs: a hint informs, a warning is read, a strong warning is acknowledged with a reason."""

    HINT = 0
    WARNING = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about `field` (empty: about the whole order).

    `typed` is what a person has to type beside the reason, where reading is not enough (failure model, R6).
    """

    code: str
    title: Text
    detail: Text
    weight: Weight = Weight.WARNING
    field: str = ""
    typed: str | None = None

    @property
    def is_strong(self) -> bool:
        """Whether the review asks for an acknowledgement and a reason."""
        return self.weight is Weight.STRONG
