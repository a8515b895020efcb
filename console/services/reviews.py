"""Reviews: an order as the exact bytes that will be signed, read back from them, with everything that is doubtful.

A review is drawn from its bytes and from nothing of the form. It is void after two minutes, and after a sleep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.answer import Number
from console.domain.digest import Digest
from console.domain.doubt import Doubt
from console.domain.endpoint import Kind
from console.domain.fields.field import Value
from console.domain.method import Method, Order
from console.domain.moment import Moment
from console.domain.money import Money
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Invalid, Unavailable
from console.services.accounts import Account
from console.services.balances import Held
from console.services.doubts import Candidate, block_of, doubts_of, unlisted_method, unproved_payment_key
from console.settings.settings import BASIS_REQUIRED

if TYPE_CHECKING:
    from console.journal.read import Reader
    from console.journal.rows import OperationRow
    from console.journal.seal import Finder
    from console.services.accounts import Access, Accounts
    from console.services.balances import Balances
    from console.services.clock import Clock
    from console.services.limits import Limits
    from console.settings.settings import Settings

LASTS = 120.0
"""Seconds after which a review is void."""
ASLEEP = 5.0
"""Seconds that the wall clock may run ahead of the monotonic one before the machine must have slept."""

_SEEN = mark("doubts", "This order id was used on {time}. Take another one.")
_STOPPED = mark("doubts", "{what} {do}")
_BASIS = mark("doubts", "Enter the basis: the settings ask for it.")


class Problems(Exception):
    """What stops a review, by field (`own/basis` for the basis)."""

    def __init__(self, problems: Mapping[str, Invalid]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Review:
    """An order that can be confirmed. `body` are the bytes that are shown, journalled, signed and sent.

    `values` were read back from `body`. `blocked` closes it (R6); a payout whose key is not `proved` has no Send (R11).
    `resend` is whether the order was journalled before and keeps its id and bytes (R3).
    """

    body: bytes
    method: Method
    values: Mapping[str, Value]
    recipient: str
    basis: str
    account: Account
    fingerprint: str
    digest: Digest
    doubts: tuple[Doubt, ...]
    blocked: Text | None
    proved: bool
    balance: Held | None
    made: Moment
    resend: bool = False

    @property
    def order_id(self) -> str:
        """The order id in the bytes."""
        return str(self.values["order_id"])

    @property
    def amount(self) -> Money:
        """The amount in the bytes."""
        return self.method.amount(self.values)

    @property
    def may_send(self) -> bool:
        """Whether it has a Send at all."""
        return self.blocked is None and (self.proved or self.method.kind is Kind.PAYMENT)

    def is_void(self, now: Moment) -> bool:
        """Whether it is too old, or the machine slept since it was made."""
        awake = now.since(self.made)
        wall = (now.utc - self.made.utc).total_seconds()
        return awake > LASTS or wall - awake > ASLEEP or now.boot != self.made.boot


@dataclass(frozen=True, slots=True)
class SideInfo:
    """What stands beside a form while it is filled in."""

    balance: Held | None
    earlier: tuple[OperationRow, ...] = ()
    names: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    blocked: Text | None = None


class Reviews:
    """Makes reviews, and the information beside a form. `fault` tells what keeps the journal from taking a create."""

    def __init__(
        self,
        accounts: Accounts,
        balances: Balances,
        reader: Reader,
        finder: Finder,
        limits: Limits,
        settings: Settings,
        clock: Clock,
        *,
        fault: Callable[[], Unavailable | None] = lambda: None,
    ) -> None:
        self._fault = fault
        self._accounts = accounts
        self._balances = balances
        self._reader = reader
        self.finder = finder
        self._limits = limits
        self._settings = settings
        self._clock = clock

    def prepare(self, method: Method, texts: Mapping[str, str], recipient: str, basis: str) -> Review:
        """Return the review of a filled form for the current account.

        Raises Problems where a field does not stand, Unavailable where the account's keys do not open.
        """
        from console.gateway.wire import encode

        values, problems = method.parse(texts)
        seen = self._reader.get(str(values.get("order_id", "")))
        if seen is not None:
            problems["order_id"] = Invalid(_SEEN.with_(time=seen.created), "order_id")
        if method.kind is Kind.PAYOUT and self._settings.get(BASIS_REQUIRED) and not basis.strip():
            problems["own/basis"] = Invalid(_BASIS, "own/basis")
        if problems:
            raise Problems(problems)
        account = self._current()
        service = self._accounts.service_code(account.id, method.code)
        order = Order(method, values, recipient.strip(), basis.strip(), service)
        return self.of_bytes(encode(order.body()), method, account.id, order.recipient, order.basis)

    def of_bytes(
        self, body: bytes, method: Method, account_id: str, recipient: str, basis: str, *, resend: bool = False
    ) -> Review:
        """Return the review of exact bytes, read back from them; ValueError where they are not this method's."""
        access = self._accounts.open(account_id)
        values = read_body(method, body)
        candidate = self.candidate(method, values, account_id, recipient, basis)
        held = self._balances.latest(account_id)
        proved = self._accounts.is_proved(access, method.kind)
        doubts = (*method.doubts(values), *self._doubts(candidate, held))
        if method.kind is Kind.PAYMENT and not proved:
            doubts = (unproved_payment_key(), *doubts)
        if self._accounts.offers(account_id, method) is False:
            doubts = (*doubts, unlisted_method())
        return Review(
            body=body,
            method=method,
            values=values,
            recipient=recipient,
            basis=basis,
            account=access.account,
            fingerprint=access.keys[method.kind].fingerprint,
            digest=self._accounts.digest(account_id, method.kind),
            doubts=tuple(sorted(doubts, key=lambda doubt: -doubt.weight)),
            blocked=self._closed(candidate),
            proved=proved,
            balance=held,
            made=self._clock(),
            resend=resend,
        )

    def look_again(self, review: Review) -> tuple[Text | None, tuple[Doubt, ...]]:
        """Return what blocks a review now, and what the journal and the balance make doubtful about it now."""
        candidate = self.candidate(review.method, review.values, review.account.id, review.recipient, review.basis)
        held = self._balances.latest(review.account.id)
        return self._block(candidate), self._doubts(candidate, held)

    def candidate(
        self, method: Method, values: Mapping[str, Value], account_id: str, recipient: str = "", basis: str = ""
    ) -> Candidate:
        """Return what the journal can be asked about an order."""
        party = values[method.party]
        return Candidate(
            method.kind,
            account_id,
            party_mark(self.finder, method, values),
            method.field(method.party).short(party),
            method.amount(values),
            recipient,
            basis,
            str(values.get("order_id", "")),
        )

    def hints(self, method: Method, texts: Mapping[str, str], recipient: str, basis: str) -> SideInfo:
        """Return what can be said beside an unfinished form; fields that do not stand yet are left out."""
        account = self._current()
        held = self._balances.latest(account.id)
        values, _ = method.parse(texts)
        if method.party not in values:
            return SideInfo(held)
        mark_ = party_mark(self.finder, method, values)
        earlier = tuple(self._reader.earlier(mark_, 3))
        names = tuple(self._reader.names_for(mark_))
        if "amount" not in values:
            return SideInfo(held, earlier, names)
        candidate = self.candidate(method, values, account.id, recipient.strip(), basis.strip())
        doubts = (*method.doubts(values), *self._doubts(candidate, held))
        return SideInfo(held, earlier, names, doubts, self._closed(candidate))

    def _closed(self, candidate: Candidate) -> Text | None:
        """Return what closes an order: the journal takes no create now (E-ROLLBACK and the like), or a block of its own.

        The journal itself refuses as well, whatever was shown.
        """
        fault = self._fault()
        if fault is None:
            return self._block(candidate)
        said = told(fault)
        return _STOPPED.with_(what=said.what, do=said.do)

    def _block(self, candidate: Candidate) -> Text | None:
        return block_of(self._reader, candidate) or self._limits.block_of(candidate, self._clock())

    def _doubts(self, candidate: Candidate, held: Held | None) -> tuple[Doubt, ...]:
        now = self._clock()
        return (*doubts_of(self._reader, candidate, held, now), *self._limits.doubts_of(candidate, now))

    def _current(self) -> Account:
        account = self._accounts.current
        if account is None:
            raise Unavailable("E-NO-ACCOUNT")
        return account


def party_mark(finder: Finder, method: Method, values: Mapping[str, Value]) -> str:
    """Return the keyed mark by which earlier orders of the same recipient or payer are found."""
    return finder.mark("number" if method.kind is Kind.PAYOUT else "payer", str(values[method.party]))


def read_body(method: Method, body: bytes) -> dict[str, Value]:
    """Return the values that stand in the exact bytes of a body; ValueError where they are not this method's."""
    from console.gateway.strict import parse

    found = parse(body)
    if not isinstance(found, dict):
        raise ValueError("a body is an object")
    return method.read({name: _plain(value) for name, value in found.items()})


def _plain(value: object) -> object:
    return int(value.text) if isinstance(value, Number) and value.is_integer else value


def access_of(accounts: Accounts, review: Review) -> Access:
    """Return the opened account of a review; E-CERT-CHANGED where its key is no longer the one that was shown."""
    access = accounts.open(review.account.id)
    if access.keys[review.method.kind].fingerprint != review.fingerprint:
        raise Unavailable("E-CERT-CHANGED")
    return access
