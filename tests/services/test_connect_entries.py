"""What a person types to connect an account: what is read, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Invalid
from console.gateway.request import Target
from console.services import connect_entries as entries
from console.services.connect_entries import read_code, read_host, read_name, read_uuid

GOOD = "7b6c2f0e-53a1-4c4c-9d3c-0d6a6f3b4f21"


def refused(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(Invalid) as caught:
        read(text)
    return f"{caught.value.field}: {caught.value.text.source}"


@pytest.mark.parametrize(
    ("typed", "host", "documented"),
    [
        ("api-merchant.alikassa.com", "api-merchant.alikassa.com", True),
        (" API-Merchant.AliKassa.io ", "api-merchant.alikassa.io", True),
        ("https://api-merchant.alikassa.com/", "api-merchant.alikassa.com", True),
        ("https://api-merchant.alikassa.com:443", "api-merchant.alikassa.com", True),
        ("api-merchant.alikassa.com.", "api-merchant.alikassa.com", True),
        ("api-merchant.alikassa.com:8443", "api-merchant.alikassa.com:8443", False),
        ("api-merchant.alikassa.com.evil.example", "api-merchant.alikassa.com.evil.example", False),
        ("gateway.example", "gateway.example", False),
        ("gw1", "gw1", False),
        ("10.0.0.7", "10.0.0.7", False),
        ("[2001:db8::7]:8443", "[2001:db8::7]:8443", False),
        ("[2001:db8::7]", "[2001:db8::7]", False),
    ],
)
def test_a_host_is_read(typed: str, host: str, documented: bool) -> None:
    address = read_host(typed)
    assert (address.host, address.url, address.is_documented) == (host, f"https://{host}", documented)
    target = Target.read(address.url)
    assert target is not None
    assert target.authority == host


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", entries._NO_HOST),
        ("https://", entries._NO_HOST),
        ("http://gateway.example", entries._NOT_HTTPS),
        ("ftp://gateway.example", entries._NOT_HTTPS),
        ("https://gateway.example/v1/payout", entries._NO_PATH),
        ("gate way.example", entries._NOT_A_HOST),
        ("шлюз.рф", entries._NOT_A_HOST),
        ("user@gateway.example", entries._NOT_A_HOST),
        ("gateway..example", entries._NOT_A_HOST),
        ("-gateway.example", entries._NOT_A_HOST),
        ("gateway.example:0", entries._NOT_A_HOST),
        ("gateway.example:70000", entries._NOT_A_HOST),
        ("gateway.example:https", entries._NOT_A_HOST),
        ("gateway.example?x", entries._NOT_A_HOST),
        (f"{'a' * 64}.example", entries._NOT_A_HOST),
        (f"{'a.' * 130}example", entries._NOT_A_HOST),
        ("[2001:db8::7", entries._NOT_A_HOST),
        ("[2001:db8::7]x", entries._NOT_A_HOST),
        ("2001:db8::7", entries._NOT_A_HOST),
        ("[gateway.example]", entries._NOT_A_HOST),
        ("1.2.3", entries._NOT_A_HOST),
        ("2130706433", entries._NOT_A_HOST),
        ("127.0.0.0x1", entries._NOT_A_HOST),
        ("localhost", entries._THIS_COMPUTER),
        ("LOCALHOST.:8443", entries._THIS_COMPUTER),
        ("a.localhost", entries._THIS_COMPUTER),
        ("127.0.0.1:8443", entries._THIS_COMPUTER),
        ("https://127.9.9.9", entries._THIS_COMPUTER),
        ("0.0.0.0", entries._THIS_COMPUTER),
        ("[::1]", entries._THIS_COMPUTER),
        ("[::ffff:127.0.0.1]", entries._THIS_COMPUTER),
    ],
)
def test_what_is_no_host_of_a_gateway_is_refused(typed: str, words: object) -> None:
    assert refused(read_host, typed) == f"connect/host: {getattr(words, 'source', '')}"


@pytest.mark.parametrize("typed", [GOOD, f" {GOOD}\n", GOOD.upper(), GOOD.replace("-", "- ", 1)])
def test_a_uuid_is_read(typed: str) -> None:
    assert read_uuid(typed) == Secret("".join(typed.split()))


@pytest.mark.parametrize("typed", ["x", GOOD[:-1], GOOD + "0", GOOD.replace("-", ""), "{" + GOOD + "}", "г" + GOOD[1:]])
def test_what_is_no_uuid_is_refused(typed: str) -> None:
    assert refused(read_uuid, typed) == f"connect/uuid: {entries._NOT_A_UUID.source}"
    assert refused(read_uuid, "  ") == f"connect/uuid: {entries._NO_UUID.source}"


def test_a_name_is_read() -> None:
    assert read_name("  ООО  «Вектор» ", ["Другой"]) == "ООО «Вектор»"
    assert read_name("x" * 60, ()) == "x" * 60


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (" ", entries._NO_NAME),
        ("x" * 61, entries._LONG_NAME),
        ("Век\u202eтор", entries._HIDDEN),
        ("другой", entries._SAME_NAME),
    ],
)
def test_what_is_no_name_is_refused(typed: str, words: object) -> None:
    assert refused(lambda text: read_name(text, ["Другой"]), typed) == f"connect/name: {getattr(words, 'source', '')}"


def test_a_services_code_is_read() -> None:
    assert read_code(" payment_card_sbp_rub ") == "payment_card_sbp_rub"
    assert read_code(" ") == ""
    for wrong in ("a b", "карта", "x" * 65, 'a"b'):
        assert refused(read_code, wrong) == f": {entries._NOT_A_CODE.source}"
