"""Every method of payout and payment, in the order of their cards. Nobody copies this list: it is asked each time."""

from __future__ import annotations

from console.catalogue import payments, payouts
from console.domain.endpoint import Kind
from console.domain.method import Method

BY_CODE: dict[str, Method] = {
    method.code: method
    for method in (
        payouts.PAYOUT_SBP,
        payouts.PAYOUT_ACCOUNT,
        payments.FORM_CARD,
        payments.CARD,
        payments.PHONE,
        payments.SBERPAY,
        payments.FORM_ACCOUNT,
        payments.ACCOUNT,
    )
}


def every(kind: Kind | None = None) -> tuple[Method, ...]:
    """Return all methods, or those of one kind."""
    return tuple(method for method in BY_CODE.values() if kind in {None, method.kind})


def by_code(code: str) -> Method:
    """Return the method of a service code; KeyError when the catalogue has none."""
    return BY_CODE[code]
