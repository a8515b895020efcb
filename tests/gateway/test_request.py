"""Where a request may go, and what stands in it."""

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.gateway.request import Post, Target, may_be_account
from console.gateway.signing import Signed

SIGNED = Signed(b'{"order_id":"1"}', b"\x00\xff" * 200, Digest.SHA1, "f" * 64)


@pytest.mark.parametrize(
    ("url", "target", "authority"),
    [
        ("https://api-merchant.alikassa.com", Target("https", "api-merchant.alikassa.com", 443), None),
        ("HTTPS://API-Merchant.AliKassa.io/", Target("https", "api-merchant.alikassa.io", 443), None),
        ("https://host:8443", Target("https", "host", 8443), "host:8443"),
        ("https://host:443", Target("https", "host", 443), "host"),
        ("https://10.0.0.1", Target("https", "10.0.0.1", 443), None),
        ("http://127.0.0.1:8000", Target("http", "127.0.0.1", 8000), "127.0.0.1:8000"),
        ("http://127.8.9.1", Target("http", "127.8.9.1", 80), None),
        ("http://[::1]:80/", Target("http", "::1", 80), "[::1]"),
        ("https://[2001:db8::1]:8443", Target("https", "2001:db8::1", 8443), "[2001:db8::1]:8443"),
    ],
)
def test_address(url: str, target: Target, authority: str | None) -> None:
    assert Target.read(url) == target
    assert target.authority == (authority or target.host)
    assert Target.read(target.url(Endpoint.PAYOUT).removesuffix(Endpoint.PAYOUT.value)) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api-merchant.alikassa.com",
        "ftp://host",
        "ws://127.0.0.1",
        "http://api-merchant.alikassa.com",
        "http://localhost:80",
        "http://10.0.0.1",
        "http://[2001:db8::1]",
        "http://127.0.0.1.example.com",
        "http://0177.0.0.1",
        "http://0.0.0.0",
        "https://",
        "https:///v1",
        "https://host/path",
        "https://host?x=1",
        "https://host#x",
        "https://user@host",
        "https://user:password@host",
        "https://ho st",
        "https://host\n",
        "https://host:0",
        "https://host:65536",
        "https://host:x",
        "https://host:٣",
        "https://-host",
        "https://host-",
        "https://a..b",
        "https://" + "a" * 64,
        "https://хост",
        "https://[::g]",
        "https://[1:2]",
        "https://ho_st",
    ],
)
def test_no_address(url: str) -> None:
    assert Target.read(url) is None


@pytest.mark.parametrize("account", ["", "a b", "a\r\nX: y", "a\n", "счёт", "\x7f", "a" * 129])
def test_account_that_no_header_takes(account: str) -> None:
    assert not may_be_account(account)


def test_account_that_a_header_takes() -> None:
    assert may_be_account("a0b1c2d3-0000-4000-8000-000000000001")


@pytest.mark.parametrize("endpoint", Endpoint)
def test_httpx_adds_nothing(endpoint: Endpoint) -> None:
    target = Target("https", "host", 8443)
    post = Post.to(target, endpoint, "uuid-1", SIGNED)
    request = post.request({"timeout": {}})
    lines = [b"%b: %b" % (name, value) for name, value in request.headers.raw]
    assert post.head == b"\r\n".join([b"POST %b HTTP/1.1" % endpoint.value.encode(), *lines, b"", b""])
    assert request.read() == SIGNED.body
    assert request.extensions == {"timeout": {}}
    assert str(request.url) == "https://host:8443" + endpoint.value
    assert (b"Connection", b"close") in request.headers.raw or not endpoint.creates


def test_nothing_secret_is_printed() -> None:
    shown = repr(Post.to(Target("https", "host", 443), Endpoint.PAYOUT, "uuid-1", SIGNED))
    assert "uuid-1" not in shown
    assert SIGNED.header[:20] not in shown
