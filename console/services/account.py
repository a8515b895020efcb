"""A merchant account as pages show it. Made of what the settings say of it and of its entry in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.environment import Environment, environment_of
from console.domain.text import Text, mark
from console.services.connect_record import kinds_of, text_of
from console.services.connect_rules import host_of

if TYPE_CHECKING:
    from console.services.connect_record import Record
    from console.vault.entry import AccountEntry

_SANDBOX = mark("follow", "Sandbox")


@dataclass(frozen=True, slots=True)
class Account:
    """A merchant account as pages show it: `tail` is the end of its UUID, `host` the gateway's.

    `kinds` are the directions that it has a key for; the others are not offered.
    """

    id: str
    name: str
    tail: str
    host: str
    environment: Environment
    kinds: frozenset[Kind] = frozenset(Kind)

    @property
    def title(self) -> Text | str:
        """The name a person gave it; the sandbox has its own in every language."""
        return _SANDBOX if self.is_sandbox else self.name

    @property
    def is_sandbox(self) -> bool:
        """Whether no money moves."""
        return self.environment is Environment.SANDBOX


def shown(record: Record, entry: AccountEntry) -> Account:
    """Return the account of a record and its entry."""
    host = host_of(entry)
    name, environment = text_of(record, "name"), environment_of(entry.kind, host)
    return Account(text_of(record, "id"), name, entry.tail, host, environment, kinds_of(record))
