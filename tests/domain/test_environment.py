"""Where an account's money is."""

import pytest

from console.domain.environment import Environment, environment_of


@pytest.mark.parametrize(
    ("kind", "host", "environment"),
    [
        ("sandbox", "127.0.0.1:5000", Environment.SANDBOX),
        ("sandbox", "api-merchant.alikassa.com", Environment.SANDBOX),
        ("live", "api-merchant.alikassa.com", Environment.LIVE),
        ("live", "api-merchant.alikassa.io", Environment.LIVE),
        ("live", "api-merchant.alikassa.com.example", Environment.OTHER),
        ("live", "127.0.0.1", Environment.OTHER),
        ("live", "", Environment.OTHER),
    ],
)
def test_a_host_that_is_not_on_the_list_is_another_gateway(kind: str, host: str, environment: Environment) -> None:
    assert environment_of(kind, host) is environment
