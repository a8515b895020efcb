"""A payer's internet address, and addresses of web pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fields.network import IpAddress, Url
from console.domain.trouble import Invalid

IP = IpAddress(name="customer_ip")
URL = Url(name="notification_endpoint_url")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("95.24.17.8", "95.24.17.8"),
        (" 8.8.8.8 ", "8.8.8.8"),
        ("2A00:1450:4010:0C0F::8A", "2a00:1450:4010:c0f::8a"),
    ],
)
def test_both_kinds_of_address_are_taken(text: str, address: str) -> None:
    assert IP.parse(text) == address
    assert IP.read(address) == address


@pytest.mark.parametrize(
    "text",
    ["", "95.24.17", "95.24.17.256", "095.24.17.8", "95.24.17.8/24", "localhost", "95.24.17.8:80", "\uff19.8.8.8",
     "fe80::1%eth0", "2a00::1%25", "95.24.17.8\u200b", "1" * 5000, "1597512968"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        IP.parse(text)


@pytest.mark.parametrize("wire", ["095.24.17.8", "2A00::1", "fe80::1%eth0", 1597512968, "95.24.17.8 "])
def test_only_the_form_of_the_wire_is_read_from_a_body(wire: object) -> None:
    with pytest.raises(ValueError, match="customer_ip"):
        IP.read(wire)


def test_how_an_address_was_read_is_told_where_it_differs() -> None:
    assert IP.understood("2A00:0::1", "2a00::1") == "2a00::1"
    assert IP.understood(" 8.8.8.8 ", "8.8.8.8") is None


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.16.5.5", "192.168.1.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "255.255.255.255",
     "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.24", "::1", "::", "fe80::1", "fc00::1",
     "2001:db8::1", "ff0e::1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_an_address_that_no_payer_has_is_a_strong_doubt(address: str) -> None:
    (doubt,) = IP.doubts(address)
    assert (doubt.code, doubt.is_strong, doubt.field) == ("address", True, "customer_ip")


@pytest.mark.parametrize("address", ["95.24.17.8", "8.8.8.8", "2a00:1450:4010:c0f::8a"])
def test_an_address_of_the_internet_is_no_doubt(address: str) -> None:
    assert IP.doubts(address) == ()


def test_an_address_is_masked() -> None:
    assert IP.mask("95.24.17.8") == "95.24.•.•"
    assert IP.mask("2a00:1450::8a") == "2a00:•••"


@given(st.ip_addresses().map(str))
def test_every_address_is_read_back_and_masked(address: str) -> None:
    value = IP.parse(address)
    assert value is not None
    assert IP.read(value) == value
    assert str(value) not in IP.mask(value)


@pytest.mark.parametrize(
    "text",
    ["https://example.com/hook", "http://example.com", "https://example.com:8443/a?b=c#d", "HTTPS://EXAMPLE.COM",
     "https://пример.рф/", "https://[2a00::1]/", "https://e.co/" + "x" * 242],
)  # fmt: skip
def test_web_addresses_are_taken_as_they_are(text: str) -> None:
    assert URL.parse(text) == text
    assert URL.read(text) == text


@pytest.mark.parametrize(
    "text",
    ["example.com", "https://", "https:///path", "ftp://example.com", "javascript:alert(1)", "https://exa mple.com",
     "https://example.com:port/", "https://example.com:99999/", "https://[::1", "https://example.com/\u200b",
     "https://example.com/a\nb", "https://e.co/" + "x" * 243, "//example.com", "https://ex\u2100ample.com"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        URL.parse(text)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("https://example.com/hook?key=secret", "https://example.com/•••"),
        ("https://user:password@example.com/", "https://example.com/•••"),
        ("https://[::1", "•••"),
    ],
)
def test_of_a_web_address_the_host_may_be_shown(text: str, mask: str) -> None:
    assert URL.mask(text) == mask


@pytest.mark.parametrize(
    ("text", "codes"),
    [("https://example.com", []), ("HTTPS://example.com", []), ("http://example.com", ["http"])],
)
def test_an_address_without_protection_is_a_doubt(text: str, codes: list[str]) -> None:
    assert [doubt.code for doubt in URL.doubts(text)] == codes
