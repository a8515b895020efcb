"""The gateway's seven paths and which key signs which (API reference section 1)."""

from __future__ import annotations

from enum import Enum


class Kind(str, Enum):
    """Money out (`payout`) or money in (`payment`)."""

    PAYOUT = "payout"
    PAYMENT = "payment"

    @property
    def create(self) -> Endpoint:
        """The endpoint that creates one."""
        return Endpoint.PAYOUT if self is Kind.PAYOUT else Endpoint.PAYMENT

    @property
    def status(self) -> Endpoint:
        """The endpoint that tells its status."""
        return Endpoint.PAYOUT_STATUS if self is Kind.PAYOUT else Endpoint.PAYMENT_STATUS


class Endpoint(str, Enum):
    """A path of the gateway."""

    PAYMENT = "/v1/payment"
    PAYMENT_STATUS = "/v1/payment/status"
    PAYMENT_HISTORY = "/v1/payment/history"
    PAYOUT = "/v1/payout"
    PAYOUT_STATUS = "/v1/payout/status"
    BALANCE = "/v1/account/balance"
    INFO = "/v1/account/info"

    @property
    def key(self) -> Kind:
        """Whose key signs: the payment key for payments, the payout key for all else, balance and info included."""
        return Kind.PAYMENT if self.value.startswith("/v1/payment") else Kind.PAYOUT

    @property
    def creates(self) -> bool:
        """Whether a request to it can move money."""
        return self in {Endpoint.PAYMENT, Endpoint.PAYOUT}
