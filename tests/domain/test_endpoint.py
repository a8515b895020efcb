"""Paths of the gateway: which key signs and which can move money (API reference 1 and 6.9)."""

import pytest

from console.domain.endpoint import Endpoint, Kind

FACTS = {
    "/v1/payment": (Kind.PAYMENT, True),
    "/v1/payment/status": (Kind.PAYMENT, False),
    "/v1/payment/history": (Kind.PAYMENT, False),
    "/v1/payout": (Kind.PAYOUT, True),
    "/v1/payout/status": (Kind.PAYOUT, False),
    "/v1/account/balance": (Kind.PAYOUT, False),
    "/v1/account/info": (Kind.PAYOUT, False),
}


def test_there_are_seven_paths() -> None:
    assert {endpoint.value for endpoint in Endpoint} == FACTS.keys()


@pytest.mark.parametrize("endpoint", Endpoint)
def test_each_has_its_key_and_its_force(endpoint: Endpoint) -> None:
    assert (endpoint.key, endpoint.creates) == FACTS[endpoint.value]


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_a_path_to_create_and_one_to_ask_with_its_own_key(kind: Kind) -> None:
    assert kind.create.value == f"/v1/{kind.value}"
    assert kind.status.value == f"/v1/{kind.value}/status"
    assert kind.create.key is kind.status.key is kind
    assert kind.create.creates
    assert not kind.status.creates
