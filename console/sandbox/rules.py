"""The gateway's rules: a question and what the ledger says, to an answer and what becomes of the order.

Pure: no clock, no file, no socket, no key. Signatures are checked before, the ledger is written after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from console.domain.endpoint import Endpoint, Kind
from console.domain.fields.field import Value
from console.domain.method import Method
from console.sandbox import answers
from console.sandbox.answers import Answer
from console.sandbox.checks import check, is_empty, required, served
from console.sandbox.entries import Entry, accept
from console.sandbox.outcomes import Delivery, Fate, Outcome, by_code, by_kopecks

PAGE_SIZE = 12
LARGEST_PAGE = 100
REFUSED_AT = {Kind.PAYOUT: "number", Kind.PAYMENT: "customer_ip"}
_INVALID = "The selected {} is invalid."


@dataclass(frozen=True, slots=True)
class Period:
    """Moscow days, both inclusive; None where a side is open."""

    first: date | None
    last: date | None


class View(Protocol):
    """What the rules may know of the ledger; sums in kopecks."""

    def next_id(self) -> int:
        """Return the id the next accepted order gets."""

    def chosen(self) -> str | None:
        """Return the code of the outcome chosen for the next create."""

    def find(self, kind: Kind, *, order_id: str | None = None, number: int | None = None) -> Entry | None:
        """Return the accepted order of an order id, of the gateway's id, or of both together."""

    def balance(self, now: datetime) -> int:
        """Return the balance."""

    def balance_before(self, entry: Entry) -> int:
        """Return the balance from before an order became final."""

    def pending(self, now: datetime) -> int:
        """Return the sum of the payouts that are not final."""

    def payments(self, period: Period, page: int, size: int) -> tuple[int, Sequence[Entry]]:
        """Return how many payments a period has, and a page of them, the newest first."""


@dataclass(frozen=True, slots=True)
class Question:
    """An authentic request: `body` is its JSON object, `uuid` one that no other request has."""

    endpoint: Endpoint
    body: Mapping[str, object]
    account: str
    now: datetime
    uuid: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer, and the order that the ledger keeps before the answer goes out (`late`: later than that).

    `outcome` is the one that was used, None where the request did not get so far.
    """

    status: int
    answer: Answer
    delivery: Delivery = Delivery.PLAIN
    outcome: Outcome | None = None
    entry: Entry | None = None
    late: bool = False


def rule(question: Question, view: View) -> Ruling:
    """Return what the gateway makes of a request."""
    match question.endpoint:
        case Endpoint.PAYMENT | Endpoint.PAYOUT:
            return _create(question, view)
        case Endpoint.PAYMENT_STATUS | Endpoint.PAYOUT_STATUS:
            return _status(question, view)
        case Endpoint.PAYMENT_HISTORY:
            return _history(question, view)
        case Endpoint.BALANCE:
            return Ruling(200, answers.balance(view.balance(question.now), view.pending(question.now)))
        case _:
            return Ruling(200, answers.info({kind: tuple(served(kind)) for kind in Kind}))


def _refuse(errors: dict[str, list[str]], outcome: Outcome | None = None) -> Ruling:
    return Ruling(400, answers.refusal(errors), outcome=outcome)


def _create(question: Question, view: View) -> Ruling:
    kind = question.endpoint.key
    method, values, problems = check(kind, question.body)
    if method is None or problems:
        return _refuse(problems)
    if view.find(kind, order_id=str(values["order_id"])) is not None:
        return _refuse({"order_id": ["The order id has already been taken."]})
    chosen = view.chosen()
    outcome = by_code(chosen) if chosen else by_kopecks(method.amount(values).kopecks)
    match outcome.fate:
        case Fate.REFUSED:
            name = _refused_at(kind, method)
            return _refuse({name: [_INVALID.format(name.replace("_", " "))]}, outcome)
        case Fate.LOST:
            return Ruling(500, answers.trouble("Server Error"), outcome.delivery, outcome)
        case Fate.LATE:
            entry = _entry(question, method, values, outcome)
            return Ruling(200, {}, outcome.delivery, outcome, entry, late=True)
        case _:
            entry = _entry(question, method, values, outcome).numbered(view.next_id())
            redirect = values.get("success_redirect_url")
            answer = answers.created(entry, method, None if redirect is None else str(redirect))
            return Ruling(200, answer, outcome.delivery, outcome, entry)


def _refused_at(kind: Kind, method: Method) -> str:
    """Return the field a refusal names: the documented one, or who is paid or pays where a method has no such field."""
    names = {each.name for each in method.fields}
    return REFUSED_AT[kind] if REFUSED_AT[kind] in names else method.party


def _entry(question: Question, method: Method, values: Mapping[str, Value], outcome: Outcome) -> Entry:
    return accept(
        method.kind,
        outcome,
        question.now,
        service=method.code,
        account=question.account,
        order_id=str(values["order_id"]),
        amount=method.amount(values),
        uuid=question.uuid,
    )


def _status(question: Question, view: View) -> Ruling:
    """Answer by `order_id` or `id`; an unknown order is an HTTP 400 at the name it was asked by: an assumption, since
    nothing documents it (API reference 10)."""
    kind = question.endpoint.key
    names = [name for name in ("order_id", "id") if not is_empty(question.body.get(name))]
    if not names:
        return _refuse({"order_id": [required("order_id")]})
    order_id, number = _text(question.body, "order_id"), _text(question.body, "id")
    entry = None
    if None not in {_text(question.body, name) for name in names} and (number is None or is_number(number)):
        entry = view.find(kind, order_id=order_id, number=None if number is None else int(number))
    if entry is None:
        return _refuse({names[0]: [_INVALID.format(names[0].replace("_", " "))]})
    method = served(kind).get(entry.service)
    return Ruling(200, answers.status(entry, method, question.now, view.balance_before(entry)))


def _text(body: Mapping[str, object], name: str) -> str | None:
    """Return an id as text: both texts and integers are sent (API reference 7.2)."""
    given = body.get(name)
    if isinstance(given, bool) or not isinstance(given, str | int):
        return None
    text = str(given).strip()
    return text if 0 < len(text) <= 128 and text.isprintable() else None


def is_number(text: str) -> bool:
    """Whether a text is a number that can be an id or a page."""
    return re.fullmatch(r"[0-9]{1,18}", text) is not None


def _history(question: Question, view: View) -> Ruling:
    problems: dict[str, list[str]] = {}
    period = Period(_day(question.body, "date_from", problems), _day(question.body, "date_to", problems))
    page = _count(question.body, "page", 1, 10**6, problems)
    size = _count(question.body, "paginate", PAGE_SIZE, LARGEST_PAGE, problems)
    if problems:
        return _refuse(problems)
    total, entries = view.payments(period, page, size)
    return Ruling(200, answers.history(entries, total, page, size, question.now))


def _day(body: Mapping[str, object], name: str, problems: dict[str, list[str]]) -> date | None:
    if is_empty(body.get(name)):
        return None
    text = _text(body, name) or ""
    try:
        if re.fullmatch(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    problems[name] = [f"The {name.replace('_', ' ')} does not match the format Y-m-d."]
    return None


def _count(body: Mapping[str, object], name: str, usual: int, most: int, problems: dict[str, list[str]]) -> int:
    if is_empty(body.get(name)):
        return usual
    text = _text(body, name) or ""
    if is_number(text) and 1 <= int(text) <= most:
        return int(text)
    problems[name] = [f"The {name} must be between 1 and {most}."]
    return usual
