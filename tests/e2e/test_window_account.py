"""A merchant's first days by the window alone: the real program, a real Secret Service, a gateway in PHP behind TLS.

The judge of the money is the gateway's own record. No secret is in any file, text, title, argument or traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from console.domain.secret import Secret
from console.journal.recovery import code_of
from tests.e2e.leaks import files, forms, found
from tests.e2e.php_gateway import ACCOUNT, PhpGateway, php_gateway
from tests.e2e.secret_service import Desktop, desktop
from tests.e2e.window_acts import NAME, PHONE
from tests.e2e.window_shop import Shop

pytestmark = pytest.mark.timeout(300)
BALANCE, HISTORY, INFO = "/v1/account/balance", "/v1/payment/history", "/v1/account/info"
TRIED = {"sha1": [True], "sha256": [False, True]}
"""What a gateway that verifies with a digest says to SHA-1 and then, where it was refused, to SHA-256."""
CONNECTED = "The account is connected: the gateway accepts its keys."
Shops = Callable[[str], Shop]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    """Merchants by the digest that their gateway verifies with; what they do first is done when they are asked for."""
    with ExitStack() as stack:
        grounds: dict[str, tuple[Path, Desktop, PhpGateway]] = {}
        for digest in TRIED:
            folder = tmp_path_factory.mktemp(digest)
            gateway = stack.enter_context(php_gateway(folder / "gateway", digest=digest))
            grounds[digest] = (folder, stack.enter_context(desktop()), gateway)
        yield cache(lambda digest: Shop.founded(*grounds[digest]))


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
class TestAnAccount:
    def test_is_connected_from_the_cabinets_zips_and_checked(self, shops: Shops, digest: str) -> None:
        shop = shops(digest)
        private = (shop.gateway.folder / "cabinet" / "payout" / "private.pem").read_text()
        assert "Proc-Type: 4,ENCRYPTED" in private
        assert (shop.gateway.folder / "cabinet" / "payout" / "password.txt").read_bytes().endswith(b"\r\n")
        first = [(path, taken) for path in (BALANCE, HISTORY) for taken in TRIED[digest]] + [(INFO, True)]
        again = [(path, True) for path in (BALANCE, HISTORY, INFO)]  # by the digest that worked
        assert shop.asked[: len(first) + len(again)] == first + again
        assert {path for path, taken in shop.asked if taken} == {BALANCE, HISTORY, INFO}
        said = shop.connected["checked"]
        for words in (CONNECTED, f"Accepted with {'SHA-1' if digest == 'sha1' else 'SHA-256'}.", "Тестовый УЦ (Шлюз)"):
            assert words in said, words
        assert shop.connected["checked again"] == CONNECTED

    def test_pays_once_after_a_restart_until_it_is_final(self, shops: Shops, digest: str) -> None:
        shop = shops(digest)
        assert "4c21" not in shop.paid["locked"]
        assert NAME not in shop.paid["locked"]
        order_id, payment_id = shop.paid["payout"], shop.paid["payment"]
        order = shop.gateway.orders()[order_id]
        assert order["body"] == {
            "amount": "1500.00", "order_id": order_id, "service": "payment_card_sbp_rub", "number": PHONE,
            "customer_code": "100000000111",
        }  # fmt: skip
        assert order["asks"] >= 2
        assert "The gateway confirmed: paid out" in shop.paid["said"]
        assert shop.paid["card"] == "2200 7015 5301 7648"
        created = [
            request["body"] for request in shop.gateway.requests() if request["path"] in {"/v1/payout", "/v1/payment"}
        ]
        assert [sum(each in body for body in created) for each in (order_id, payment_id)] == [1, 1]

    def test_leaves_nothing_secret_and_nothing_outside_its_home(self, shops: Shops, digest: str) -> None:
        shop = shops(digest)
        assert {"journal.db-wal while open at pay", "logs/console.log while open at pay"} <= set(shop.said)
        assert len(shop.secrets()) > 14
        assert shop.leaks() == []
        assert shop.outside() == []
        assert any("OTHER GATEWAY" in title for title in shop.titles)


def test_the_keyring_holds_what_the_contract_names(shops: Shops) -> None:
    shop = shops("sha1")
    account = shop.account_id()
    own = [f"{account}/{name}" for name in ("account", "payment", "payout")]
    assert shop.entries() == sorted([*own, "journal/head", "journal/key", "journal/pin"])


def test_a_bug_tells_where_it_is_and_nothing_that_it_held(shops: Shops) -> None:
    shop = shops("sha1")
    known = set(shop.gateway.orders())
    seen = shop.visit("stumble")
    assert set(shop.gateway.orders()) == known
    assert {"Nothing was sent", "an unexpected fault of the console"} <= set(seen["said"].splitlines())
    told = shop.said["stderr of stumble"].decode()
    log = (shop.home / "logs" / "console.log").read_text()
    for text in (told, log):
        assert text.count("ValueError") == 3
        assert "window_acts.py" in text
    assert found(shop.secrets(), {"log": log.encode(), "stderr": told.encode()}) == []
    assert shop.leaks() == []
    shown = {name: secret for name, secret in shop.secrets().items() if name != "phone"}
    assert "Payouts are stopped until restart." in seen["said"]
    assert "window_acts.py" in seen["report"]
    assert found(shown, {"window": seen["said"].encode()}) == []
    assert found(shop.secrets(), {"report": seen["report"].encode()}) == []


def test_a_wiped_keyring_is_told_and_the_recovery_code_brings_all_back(shops: Shops) -> None:
    shop = shops("sha256")
    order_id = shop.paid["payout"]
    before = shop.entries("delete")
    assert len(before) == 6
    assert shop.entries() == []
    seen = shop.visit("look", order=order_id, foreign=code_of(Secret("ab" * 32)))
    assert "You can look, but neither send nor see what is sealed." in seen["lost"]
    assert seen["offered"] == ["operations", "journal"]
    assert "1500.00" not in seen["record"]
    mistyped, foreign = seen["refused"]
    assert mistyped == "This is not a recovery code: check every group of four signs."
    assert foreign == "This code belongs to another journal."
    assert shop.entries() == []
    seen = shop.visit("restore", order=order_id)
    assert f"The password store has lost the account “{NAME}”." in seen["lost"]
    assert '"amount": "1500.00"' in seen["record"]
    assert "The journal is whole" in seen["verified"]
    assert "This payout cannot be sent now" in seen["stopped"]
    assert "Records missing: nobody can say how many. Payouts are stopped." in seen["stopped"]
    paid = {
        order["body"]["amount"]
        for order in shop.gateway.orders().values()
        if order["body"]["order_id"].startswith("PO-")
    }
    assert paid == {"1500.00", "1700.00"}
    assert shop.gateway.orders()[seen["payout"]]["asks"] >= 2
    assert shop.entries() == [name for name in before if name != "journal/pin"]
    assert shop.leaks() == []


@pytest.mark.parametrize("secret", [ACCOUNT, "Пароль-payout-9f3Xq", bytes(range(32))])
def test_the_scan_finds_every_form(secret: str | bytes) -> None:
    for form, needle in forms(secret).items():
        assert found({"it": secret}, {"file": b"xx" + needle + b"yy"}), form


def test_the_scan_finds_what_lies_at_the_gateway(shops: Shops) -> None:
    shop = shops("sha1")
    told = "\n".join(found(shop.secrets(), files(shop.gateway.folder)))
    for name in ("uuid", "password of payout", "phone"):
        assert f"{name} as raw" in told
