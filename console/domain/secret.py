"""A value that must not be printed: account UUIDs, passwords and keys."""

from __future__ import annotations

import hmac
from typing import NoReturn


class Secret:
    """Hold a text that shows as `***` wherever it is printed, logged or formatted.

    Only the modules listed in the house rules call `reveal()`; a test keeps the list. It is no dataclass on purpose:
    `dataclasses.asdict` of whatever holds one would write the text down.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._value), _bytes(other._value))

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
