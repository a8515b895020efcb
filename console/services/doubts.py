"""What the journal and the balance make doubtful about an order: twins, names, bases, and a sum beyond the balance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.money import Money
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.wording import state_word

if TYPE_CHECKING:
    from console.journal.read import Reader
    from console.journal.rows import OperationRow
    from console.services.balances import Held

DAY = 24 * 3600.0
TWIN_OF_PAYMENT = 600.0

_BLOCKING = frozenset({State.INTENDED, State.SENDING, State.UNKNOWN, State.ABSENT})
_NOTHING_CREATED = frozenset({State.REJECTED, State.CLOSED, State.DISCARDED})

_BLOCKED = mark(
    "doubts",
    "{amount} to {number} was already sent at {time} (state: {state}, order {order}). "
    "A second one is blocked until the first is settled.",
)
_ABSENT_TITLE = mark("doubts", "This order was sent once")
_ABSENT = mark(
    "doubts",
    "Only AliKassa's support says that it never had it. Sent again it keeps its number. Type {word} to send it.",
)
_TWIN_TITLE = mark("doubts", "The same payout within a day")
_TWIN = mark(
    "doubts",
    "{amount} to {number} was already sent at {time} (state: {state}, order {order}). "
    "Is a second payout meant? Type the amount.",
)
_TWIN_PAYMENT_TITLE = mark("doubts", "The same payment just now")
_TWIN_PAYMENT = mark("doubts", "A payment of {amount} for this payer was created at {time}.")
_SAME_TITLE = mark("doubts", "The same amount was sent before")
_SAME = mark("doubts", "On {date} this recipient was sent exactly {amount}. Make sure that this is a new payout.")
_FIRST_TITLE = mark("doubts", "First payout to this recipient")
_FIRST = mark("doubts", "The console has not paid it before.")
_NAME_TITLE = mark("doubts", "Another name for this number")
_NAME = mark("doubts", "Until now this number belonged to “{known}”, now it is “{name}”.")
_BASIS_TITLE = mark("doubts", "This basis was paid before")
_BASIS = mark("doubts", "“{basis}” stands on order {order} of {date}: {amount}, {state}.")
_BEYOND_TITLE = mark("doubts", "More than the balance")
_BEYOND = mark("doubts", "The amount is more than the balance of {balance}. The gateway may refuse the payout.")
_NO_BALANCE_TITLE = mark("doubts", "The balance is not known")
_NO_BALANCE = mark("doubts", "The gateway has not told the balance yet.")
_UNPROVED_TITLE = mark("doubts", "The gateway has not accepted this key yet")
_UNLISTED_TITLE = mark("doubts", "The account does not list this method")
_UNLISTED = mark(
    "doubts",
    "The gateway did not name it when the connection was checked. It may refuse the order, or the method has another code "
    "for this account.",
)
_UNPROVED = mark("doubts", "The payment list did not confirm the key of payments. The payment may be refused.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that is about to be made, as the journal can be asked about it."""

    kind: Kind
    account: str
    party: str
    """The keyed mark of the recipient's number, or of the payer's id."""
    number: str
    """The number as it may be shown in a sentence: masked."""
    amount: Money
    recipient: str
    basis: str
    order_id: str = ""


def block_of(reader: Reader, candidate: Candidate) -> Text | None:
    """Return why a payout is closed: an earlier one like it is not settled (R6); payments are never closed."""
    if candidate.kind is Kind.PAYMENT:
        return None
    for row in _twins(reader, candidate):
        if row.state in _BLOCKING or row.is_disputed or _was_absent(row):
            return _BLOCKED.with_(**_facts(row, candidate))
    return None


def doubts_of(reader: Reader, candidate: Candidate, held: Held | None, now: Moment) -> tuple[Doubt, ...]:
    """Return what is doubtful, the strong ones first."""
    found = [
        *_absent_doubts(reader, candidate),
        *_twin_doubts(reader, candidate, now),
        *_name_doubts(reader, candidate),
        *_basis_doubts(reader, candidate),
        *_balance_doubts(candidate, held),
    ]
    return tuple(sorted(found, key=lambda doubt: -doubt.weight))


def unlisted_method() -> Doubt:
    """Return the warning of a method that the account's own list of services does not name."""
    return Doubt("unlisted", _UNLISTED_TITLE, _UNLISTED)


def unproved_payment_key() -> Doubt:
    """Return the strong warning of a payment with a key that the gateway has not accepted (R11)."""
    return Doubt("unproved", _UNPROVED_TITLE, _UNPROVED, Weight.STRONG)


def _was_absent(row: OperationRow) -> bool:
    """Whether an order left once and did not when it was sent again: by the support's word alone it never arrived."""
    return row.state is State.NOT_SENT and row.resolved_at is not None


def _absent_doubts(reader: Reader, candidate: Candidate) -> list[Doubt]:
    """Return what has to be typed before an order is sent again that may have left (failure model 2.1)."""
    own = reader.get(candidate.order_id) if candidate.order_id else None
    if own is None or not (own.state is State.ABSENT or _was_absent(own)):
        return []
    word = own.order_id[-4:]
    return [Doubt("absent", _ABSENT_TITLE, _ABSENT.with_(word=word), Weight.STRONG, typed=word)]


def _twins(reader: Reader, candidate: Candidate) -> list[OperationRow]:
    rows = reader.twins(candidate.kind, candidate.party, candidate.amount.kopecks)
    return [row for row in rows if row.order_id != candidate.order_id]


def _facts(row: OperationRow, candidate: Candidate) -> dict[str, object]:
    return {
        "amount": candidate.amount,
        "number": candidate.number,
        "time": row.created,
        "state": state_word(row.state, row.kind),
        "order": row.order_id,
    }


def _twin_doubts(reader: Reader, candidate: Candidate, now: Moment) -> list[Doubt]:
    rows = [row for row in _twins(reader, candidate) if row.state not in _NOTHING_CREATED]
    recent = DAY if candidate.kind is Kind.PAYOUT else TWIN_OF_PAYMENT
    own = reader.get(candidate.order_id) if candidate.order_id else None
    near = [row for row in rows if _is_near(row, own, now, recent)]
    if candidate.kind is Kind.PAYMENT:
        if not near:
            return []
        text = _TWIN_PAYMENT.with_(amount=candidate.amount, time=near[0].created)
        return [Doubt("twin-payment", _TWIN_PAYMENT_TITLE, text)]
    if near:
        text = _TWIN.with_(**_facts(near[0], candidate))
        return [Doubt("twin", _TWIN_TITLE, text, Weight.STRONG, typed=candidate.amount.wire())]
    if rows:
        text = _SAME.with_(date=rows[0].created, amount=candidate.amount)
        return [Doubt("same-amount", _SAME_TITLE, text, Weight.HINT)]
    if not [row for row in reader.earlier(candidate.party, 5) if row.order_id != candidate.order_id]:
        return [Doubt("first", _FIRST_TITLE, _FIRST, Weight.HINT)]
    return []


def _is_near(row: OperationRow, own: OperationRow | None, now: Moment, recent: float) -> bool:
    """Whether a twin was just made, or made in the place of an order that is now to be sent again."""
    took_its_place = own is not None and row.created > own.created
    return took_its_place or (now.utc - row.created).total_seconds() < recent


def _name_doubts(reader: Reader, candidate: Candidate) -> list[Doubt]:
    if candidate.kind is Kind.PAYMENT or not candidate.recipient:
        return []
    names = reader.names_for(candidate.party)
    if not names or candidate.recipient.casefold() in {name.casefold() for name in names}:
        return []
    text = _NAME.with_(known=names[0], name=candidate.recipient)
    return [Doubt("other-name", _NAME_TITLE, text, Weight.STRONG, field="own/recipient")]


def _basis_doubts(reader: Reader, candidate: Candidate) -> list[Doubt]:
    if not candidate.basis:
        return []
    for row in reader.same_basis(candidate.basis):
        if row.order_id != candidate.order_id and row.state not in _NOTHING_CREATED:
            text = _BASIS.with_(
                basis=candidate.basis,
                order=row.order_id,
                date=row.created,
                amount=row.money,
                state=state_word(row.state, row.kind),
            )
            return [Doubt("same-basis", _BASIS_TITLE, text, Weight.STRONG, field="own/basis")]
    return []


def _balance_doubts(candidate: Candidate, held: Held | None) -> list[Doubt]:
    if candidate.kind is Kind.PAYMENT:
        return []
    if held is None:
        return [Doubt("no-balance", _NO_BALANCE_TITLE, _NO_BALANCE, Weight.HINT)]
    if Decimal(held.balance.text) < candidate.amount.decimal:
        return [Doubt("beyond", _BEYOND_TITLE, _BEYOND.with_(balance=held.balance), Weight.STRONG, "amount")]
    return []
