"""The connection check of an account: the way to its gateway, its keys, and what it may do. It moves no money.

The payout key is asked for by the balance, the payment key by one row of the payment list, each with SHA-1 and then SHA-256
(API reference 6.9). Every step is told as it begins and as it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Refused, Trouble, Unavailable
from console.journal.entry import EventKind
from console.services.check_answer import trouble_of
from console.services.connect_record import change_record
from console.services.entries import heard

if TYPE_CHECKING:
    from console.gateway.answers import Info, Offer
    from console.journal.append import Journal
    from console.services.accounts import Account, Accounts
    from console.services.balances import Balances, Held
    from console.services.check_issuer import Issuers
    from console.services.clock import Clock
    from console.services.proof import Proof, Prover
    from console.settings.settings import Settings

ACTIVE = "active"
"""The status of a service that the account may use (API reference 7.4)."""

_TITLES = {
    "network": mark("connect", "Connection to the gateway"),
    "payout": mark("connect", "Payout key, asked for the balance"),
    "payment": mark("connect", "Payment key, asked for one payment"),
    "info": mark("connect", "What the account may do"),
}
_ISSUED = mark("connect", "The certificate of {host} was issued by {issuer}.")
_CONNECTED = mark("connect", "{host} answers.")
_ACCEPTED = mark("connect", "Accepted with {digest}.")
_BALANCE = mark("connect", "Accepted with {digest}. Balance: {balance}.")
_LIST_CLOSED = mark(
    "connect",
    "Not accepted for the list of payments. The list may be closed to this account, so that proves nothing against the "
    "key; the first payment will show it.",
)
_NOT_TRIED = mark("connect", "Not asked.")
_NO_KEY = mark("connect", "The account has no such key.")
_MAY = mark("connect", "Services of the account: {payments} for payments, {payouts} for payouts.")
_PAYMENTS_ONLY = mark("connect", "Payments only: payouts are not allowed.")
_PAYOUTS_ONLY = mark("connect", "Payouts only: payments are not allowed.")
_NOTHING = mark("connect", "Neither payments nor payouts are allowed.")
_SILENT = mark("connect", "The gateway does not say.")

_ALL_WELL = mark("connect", "The account is connected: the gateway accepts its keys.")
_SWAPPED = mark(
    "connect",
    "The gateway accepts neither key. Most often payments and payouts are swapped, or the UUID is another account's.",
)
_PAYOUT_REFUSED = mark(
    "connect",
    "The gateway does not accept the payout key. Possible: the pair was not saved in the cabinet or was replaced there, "
    "it belongs to payments or to another account. No payout leaves until it is accepted.",
)
_PAYMENT_REFUSED = mark(
    "connect",
    "The gateway does not accept the payment key. Possible: the pair was not saved in the cabinet or was replaced there, "
    "it belongs to payouts or to another account. A payment can be created all the same, with a warning.",
)
_UNREACHED = mark("connect", "The gateway could not be asked. {what}")
_ROOT = mark(
    "connect",
    "If your company has an authority of its own, its root is added in the settings: Accounts and keys, Extra root.",
)
_UNCLEAR = mark("connect", "The gateway answered, but not so that a key is proved. {what}")
_JOINED = Text("", "{what} {do}")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the check. `ok` is None while it runs and where it was not taken; then `detail` says why.

    `seconds` is how long the gateway took, None where it was not asked; `is_refused` says that it spoke against the key.
    """

    name: str
    ok: bool | None
    title: Text
    detail: Text | None = None
    seconds: float | None = None
    is_refused: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.ok is None and self.detail is None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the check showed. `digests` holds what each key that the account has was accepted with, or None."""

    steps: tuple[Step, ...]
    ok: bool
    summary: Text
    issuer: str | None
    digests: Mapping[Kind, Digest | None]
    info: Info | None = None
    balance: Held | None = None


Progress = Callable[[Step], None]


@dataclass(slots=True)
class _Run:
    """A check under way."""

    account: Account
    progress: Progress
    steps: list[Step] = field(default_factory=list)
    proofs: dict[Kind, Proof] = field(default_factory=dict)
    trouble: Trouble | None = None

    def begin(self, name: str) -> None:
        self.progress(Step(name, None, _TITLES[name]))

    def end(
        self, name: str, detail: Text, seconds: float | None = None, *, ok: bool | None = None, is_refused: bool = False
    ) -> None:
        step = Step(name, ok, _TITLES[name], detail, seconds, is_refused)
        self.steps.append(step)
        self.progress(step)

    @property
    def is_reached(self) -> bool:
        """Whether a request got through to the gateway so far."""
        return any(step.name == "network" and step.ok for step in self.steps)


class Check:
    """Checks accounts. Slow (the network): off the main thread only."""

    def __init__(
        self,
        accounts: Accounts,
        balances: Balances,
        prover: Prover,
        journal: Journal,
        issuers: Issuers,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._balances = balances
        self._prover = prover
        self._journal = journal
        self._issuers = issuers
        self._settings = settings
        self._clock = clock

    def run(self, account_id: str, progress: Progress = lambda _: None) -> CheckReport:
        """Check an account; raises Unavailable where its keys do not open."""
        access = self._accounts.open(account_id)
        now = _Run(access.account, progress)
        now.begin("network")
        for kind in (Kind.PAYOUT, Kind.PAYMENT):
            self._key(now, kind)
        info = self._info(now)
        held = self._balances.latest(account_id) if _accepted(now, Kind.PAYOUT) else None
        order = list(_TITLES)
        steps = tuple(sorted(now.steps, key=lambda step: order.index(step.name)))
        digests = {kind: proof.accepted for kind, proof in now.proofs.items()}
        issuer = self._issuers.known(account_id) or None
        return CheckReport(steps, _is_well(now), self._summary(now), issuer, digests, info, held)

    def _key(self, now: _Run, kind: Kind) -> None:
        """Prove one key; the first exchange tells of the way to the gateway too."""
        if kind not in now.account.kinds:
            now.end(kind.value, _NO_KEY)
            return
        if now.trouble is not None and not now.is_reached:
            now.end(kind.value, _NOT_TRIED)
            return
        if now.is_reached:
            now.begin(kind.value)
        proof = now.proofs[kind] = self._prover.prove(now.account.id, kind)
        trouble = self._trouble(now.account, proof.exchange)
        now.trouble = now.trouble or trouble
        if not now.is_reached:
            self._network(now, proof.exchange, trouble)
        if not now.is_reached:
            now.end(kind.value, _NOT_TRIED)
        elif trouble is None:
            self._accepted(now, kind, proof)
        else:
            is_list = kind is Kind.PAYMENT and proof.is_refused  # which proves nothing against the key
            said = _LIST_CLOSED if is_list else told(trouble).what
            now.end(kind.value, said, proof.exchange.duration, ok=False, is_refused=proof.is_refused and not is_list)

    def _network(self, now: _Run, exchange: Exchange, trouble: Trouble | None) -> None:
        if exchange.status is None and trouble is not None:
            now.end("network", told(trouble).what, exchange.duration, ok=False)
            return
        found = _CONNECTED if exchange.issuer is None else _ISSUED.with_(issuer=exchange.issuer)
        now.end("network", found.with_(host=now.account.host), exchange.duration, ok=True)

    def _accepted(self, now: _Run, kind: Kind, proof: Proof) -> None:
        digest = proof.accepted
        assert digest is not None
        detail = _ACCEPTED.with_(digest=_name(digest))
        if kind is Kind.PAYOUT:
            try:
                held = self._balances.take(now.account, proof.exchange, digest)
            except Trouble:
                held = None  # the key is accepted all the same; the answer names no balance
            if held is not None:
                detail = _BALANCE.with_(digest=_name(digest), balance=held.balance)
        now.end(kind.value, detail, proof.exchange.duration, ok=True)

    def _info(self, now: _Run) -> Info | None:
        """Ask what the account may do, by the payout key; what it said last is kept for the forms."""
        from console.gateway.answers import fields_of, read_info

        if not _accepted(now, Kind.PAYOUT):
            now.end("info", _NOT_TRIED)
            return None
        now.begin("info")
        access = self._accounts.open(now.account.id)
        signed, exchange = access.gateway.info()
        entry = heard(EventKind.ASKED, self._clock(), now.account.id, Endpoint.INFO, exchange, signed)
        self._journal.append(entry)
        fields = fields_of(exchange)
        info = None if fields is None else read_info(fields)
        trouble = self._trouble(now.account, exchange)
        if trouble is not None or info is None:
            said, is_refused = _SILENT if trouble is None else told(trouble).what, isinstance(trouble, Refused)
            now.end("info", said, exchange.duration, ok=False, is_refused=is_refused)
            return None
        change_record(self._settings, now.account.id, info=_kept(info))
        now.end("info", _said(info), exchange.duration, ok=True)
        return info

    def _trouble(self, account: Account, exchange: Exchange) -> Trouble | None:
        names = "SHA-1, SHA-256"
        return trouble_of(exchange, tail=account.tail, digest=names, now=self._clock().utc)

    def _summary(self, now: _Run) -> Text:
        refused = [kind for kind, proof in now.proofs.items() if proof.is_refused]
        if len(refused) == len(Kind):
            return _SWAPPED
        if refused:
            return _PAYOUT_REFUSED if refused == [Kind.PAYOUT] else _PAYMENT_REFUSED
        if now.trouble is None:
            return _ALL_WELL
        said = told(now.trouble)
        what = _JOINED.with_(what=said.what, do=said.do)
        if isinstance(now.trouble, Unavailable) and now.trouble.code == "E-TLS-ISSUER":
            what = _JOINED.with_(what=what, do=_ROOT)
        return (_UNCLEAR if now.is_reached else _UNREACHED).with_(what=what)


def _accepted(now: _Run, kind: Kind) -> bool:
    proof = now.proofs.get(kind)
    return proof is not None and proof.accepted is not None


def _is_well(now: _Run) -> bool:
    return bool(now.proofs) and all(proof.accepted is not None for proof in now.proofs.values())


def _name(digest: Digest) -> str:
    return {Digest.SHA1: "SHA-1", Digest.SHA256: "SHA-256"}[digest]


def _kept(info: Info) -> dict[str, object]:
    """Return what the settings keep: which directions are allowed, and the codes of the services that can be used."""
    return {
        Kind.PAYMENT.value: {"allowed": info.may_receive, "codes": _codes(info.payments)},
        Kind.PAYOUT.value: {"allowed": info.may_pay_out, "codes": _codes(info.payouts)},
    }


def _codes(offers: tuple[Offer, ...]) -> list[str]:
    return [offer.code for offer in offers if offer.status in {None, ACTIVE}]


def _said(info: Info) -> Text:
    receives, pays = info.may_receive, info.may_pay_out
    if receives is False or pays is False:
        only = {(False, True): _PAYOUTS_ONLY, (True, False): _PAYMENTS_ONLY}
        return only.get((receives is not False, pays is not False), _NOTHING)
    return _MAY.with_(payments=len(_codes(info.payments)), payouts=len(_codes(info.payouts)))
