"""The objects of the gateway's answers: created, status, balance, list, account (API reference 6.0, 7.2 to 7.7).

Sums come as uneven as the real ones: strings with 2 to 9 decimals, at times bare numbers; it depends on the order's id
alone, so a test can tell. Kopecks in, decimals out; no float.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from console.domain.endpoint import Endpoint, Kind
from console.domain.method import Method
from console.domain.moment import MOSCOW
from console.sandbox.entries import Entry
from console.sandbox.outcomes import Final
from console.sandbox.payers import PAGE, card_mask, shown

Answer = dict[str, object]
CURRENCY = "RUB"
MESSAGE = "The given data was invalid."


def refusal(errors: dict[str, list[str]]) -> Answer:
    """Return the body of an HTTP 400 (API reference 5)."""
    return {"message": MESSAGE, "errors": errors}


def trouble(message: str) -> Answer:
    """Return the body of a refusal that names no field."""
    return {"message": message}


def created(entry: Entry, method: Method, redirect: str | None) -> Answer:
    """Return the answer to a create: always `wait` (API reference 6.0)."""
    if entry.kind is Kind.PAYOUT:
        return {"id": entry.id, "payment_status": "wait"}
    head = {"payment_status": "wait", "id": entry.id, "uuid": entry.uuid, "success_redirect_url": redirect}
    return shown(method, entry) | head


def decimal(kopecks: int, places: int) -> str:
    """Return kopecks as a text in roubles with so many decimals, at least two."""
    sign, whole = ("-", -kopecks) if kopecks < 0 else ("", kopecks)
    return f"{sign}{whole // 100}.{whole % 100:02d}".ljust(len(f"{sign}{whole // 100}.") + places, "0")


def uneven(kopecks: int, entry: Entry, turn: int = 0) -> object:
    """Return a sum in one of the forms that were seen; which one, the id and the field's `turn` decide."""
    forms: tuple[object, ...] = (
        decimal(kopecks, 2),
        decimal(kopecks, 9),
        Decimal(decimal(kopecks, 2)),
        decimal(kopecks, 8),
    )
    return forms[(entry.id + turn) % len(forms)]


def status(entry: Entry, method: Method | None, now: datetime, balance_before: int) -> Answer:
    """Return the answer to a status question; `balance_before` in kopecks is from before the final state."""
    final = entry.is_final(now)
    moved = final and entry.final.moves_money
    common: Answer = {
        "payment_status": entry.status(now),
        "id": entry.id,
        "order_id": entry.order_id,
        "amount": uneven(entry.amount.kopecks, entry),
        "payment_amount": uneven(entry.paid, entry) if final else None,
        "is_partial_payment": final and entry.final is Final.PART,
        "account_payment_amount": uneven(entry.paid - entry.fee, entry, 1) if moved else None,
        "commission_amount": uneven(entry.fee, entry, 2) if moved else None,
        "service_code": entry.service,
        "account_old_balance": uneven(balance_before, entry, 3) if moved else None,
        "account_new_balance": uneven(balance_before + entry.change, entry, 3) if moved else None,
        "card_mask": None,
    }
    if entry.kind is Kind.PAYOUT:
        return common | {"RRN": entry.digits("rrn", 12) if moved else None}
    mask = card_mask(method, entry) if method and moved else None
    hold: Answer = {"hold_amount": decimal(0, 2), "hold_at": None}
    return {"url": PAGE + entry.uuid} | common | {"card_mask": mask} | hold


def balance(kopecks: int, pending: int) -> Answer:
    """Return the answer about the balance: strings with eight decimals (API reference 7.5)."""
    return {
        "currency": CURRENCY,
        "balance": decimal(kopecks, 8),
        "hold": decimal(0, 8),
        "rolling_reserve": decimal(0, 8),
        "pending_payouts": decimal(pending, 8),
    }


def history(entries: Sequence[Entry], total: int, page: int, size: int, now: datetime) -> Answer:
    """Return a page of the list of payments (API reference 7.3); times in Moscow, the zone is not documented."""
    last = max(1, -(-total // size))
    first_row = (page - 1) * size + 1 if entries else None
    return {
        "data": [_row(entry, now) for entry in entries],
        "links": {
            "first": _page(1),
            "last": _page(last),
            "prev": _page(page - 1) if page > 1 else None,
            "next": _page(page + 1) if page < last else None,
        },
        "meta": {
            "current_page": page,
            "from": first_row,
            "last_page": last,
            "per_page": size,
            "to": first_row + len(entries) - 1 if first_row else None,
            "total": total,
        },
    }


def _row(entry: Entry, now: datetime) -> Answer:
    moved = entry.is_final(now) and entry.final.moves_money
    return {
        "created_at": entry.accepted_at.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S"),
        "id": entry.id,
        "order_id": entry.order_id,
        "amount": decimal(entry.amount.kopecks, 9),
        "commission_amount": decimal(entry.fee, 9) if moved else None,
        "currency": CURRENCY,
        "status": entry.status(now),
    }


def _page(number: int) -> str:
    return f"https://api.sandbox.invalid{Endpoint.PAYMENT_HISTORY.value}?page={number}"


def info(codes: dict[Kind, Sequence[str]]) -> Answer:
    """Return the answer about the account: the services it has (API reference 7.4)."""
    return {
        "is_allowed_payment": True,
        "is_allowed_payout": True,
        "payments": [_service(code) for code in codes[Kind.PAYMENT]],
        "payouts": [_service(code) for code in codes[Kind.PAYOUT]],
    }


def _service(code: str) -> Answer:
    method = "_".join(code.split("_")[:2])
    return {"method": method, "currency": CURRENCY, "service_code": code, "status": "active"}
