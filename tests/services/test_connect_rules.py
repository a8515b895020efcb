"""For which addresses a key may sign."""

from __future__ import annotations

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.services.connect_rules import host_of, is_this_computer, require_lawful
from console.vault.entry import AccountEntry


def entry(host: str, kind: str) -> AccountEntry:
    return AccountEntry(Secret("u"), host, kind)


@pytest.mark.parametrize(
    ("host", "kind", "lawful"),
    [
        ("https://api-merchant.alikassa.com", "live", True),
        ("https://gateway.example:8443", "live", True),
        ("http://api-merchant.alikassa.com", "live", False),
        ("https://127.0.0.1:8443", "live", False),
        ("http://127.0.0.1:8080", "live", False),
        ("https://localhost", "live", False),
        ("https://localhost.", "live", False),
        ("https://[::1]", "live", False),
        ("http://127.0.0.1:8080", "sandbox", True),
        ("http://[::1]:8080", "sandbox", True),
        ("https://api-merchant.alikassa.com", "sandbox", False),
        ("http://api-merchant.alikassa.com", "sandbox", False),
        ("nonsense", "live", False),
        ("", "sandbox", False),
    ],
)
def test_a_real_key_signs_for_https_elsewhere_and_a_toy_for_http_here(host: str, kind: str, lawful: bool) -> None:
    if lawful:
        require_lawful(entry(host, kind))
    else:
        with pytest.raises(Unavailable, match="E-ADDRESS"):
            require_lawful(entry(host, kind))


def test_the_host_is_shown_with_a_port_that_is_not_the_usual_one() -> None:
    assert host_of(entry("https://gateway.example", "live")) == "gateway.example"
    assert host_of(entry("https://Gateway.example:8443", "live")) == "gateway.example:8443"
    assert host_of(entry("http://127.0.0.1:39811", "sandbox")) == "127.0.0.1"
    assert host_of(entry("nonsense", "live")) == "nonsense"


@pytest.mark.parametrize(
    ("host", "here"), [("gateway.example", False), ("10.0.0.7", False), ("::ffff:127.0.0.1", True)]
)
def test_this_computer_is_known_by_its_addresses(host: str, here: bool) -> None:
    assert is_this_computer(host) is here
