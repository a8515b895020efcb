"""What keeps an account from being connected although each of its parts is well formed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.text import mark
from console.domain.trouble import Invalid
from console.services.connect_entries import HOST, UUID, Address, read_host, read_uuid
from console.services.connect_record import facts_of, text_of
from console.services.connect_rules import LIVE
from console.vault.entry import AccountEntry

if TYPE_CHECKING:
    from console.services.certificates import Certificate
    from console.services.connect_record import Record

_SAME_PAIR = mark("connect", "This is the pair that was given for the other direction: the cabinet makes two.")
_OTHER_ACCOUNT = mark("connect", "This is not the UUID that “{name}” was connected with.")
_NOT_TYPED = mark("connect", "Type the host once more to confirm it.")
_ANOTHER = mark("connect", "This is another host than the one above.")


def typed_entry(host: str, uuid: str, typed_host: str) -> AccountEntry:
    """Return the entry of what was typed; a host that is not documented is typed twice (H8). Raises Invalid."""
    address = confirmed_host(host, typed_host)
    return AccountEntry(read_uuid(uuid), address.url, LIVE)


def confirmed_host(host: str, typed_host: str) -> Address:
    """Return the address of a host; one that is not documented is confirmed by typing it twice (H8). Raises Invalid."""
    address = read_host(host)
    if not address.is_documented and not _confirms(typed_host, address):
        raise Invalid(_ANOTHER if typed_host.strip() else _NOT_TYPED, HOST)
    return address


def _confirms(typed: str, address: Address) -> bool:
    try:
        return read_host(typed) == address
    except Invalid:
        return False


def refuse_same_pair(record: Record, certificates: Mapping[Kind, Certificate]) -> None:
    """Raise Invalid where one pair would serve both directions, beside what an account has already."""
    prints = {kind: text_of(facts_of(record, kind.value), "fingerprint") for kind in Kind}
    prints |= {kind: certificate.fingerprint for kind, certificate in certificates.items()}
    if prints[Kind.PAYMENT] and prints[Kind.PAYMENT] == prints[Kind.PAYOUT]:
        raise Invalid(_SAME_PAIR, "connect/payout")


def refuse_other_account(record: Record, *, is_same: bool) -> None:
    """Raise Invalid where an account would be opened again with another's UUID: its orders are not there."""
    if not is_same:
        raise Invalid(_OTHER_ACCOUNT.with_(name=text_of(record, "name")), UUID)
