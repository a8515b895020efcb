"""Every outcome of the table and every question, over real HTTP."""

import gzip
import json
from contextlib import closing
from decimal import Decimal
from http.client import RemoteDisconnected

import pytest

from console.catalogue import methods
from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.method import Form, Method
from console.sandbox.checks import SAMPLE
from console.sandbox.outcomes import OUTCOMES, Fate, by_code
from console.sandbox.sandbox import Sandbox
from tests.sandbox.client import Answer, Client, accepted, rows
from tests.sandbox.conftest import Open
from tests.sandbox.orders import PAYMENT, PAYOUT, body, ninth
from tests.sandbox.stepped import SteppedClock

UNKNOWN = {"message": "The given data was invalid.", "errors": {"order_id": ["The selected order id is invalid."]}}
Kinds = pytest.mark.parametrize("code", [PAYOUT, PAYMENT])


def create(client: Client, code: str = PAYOUT, **changes: object) -> Answer:
    return client.post(methods.by_code(code).kind.create, body(code, order_id="PO-1", **changes))


def status(client: Client, code: str = PAYOUT) -> dict[str, object]:
    return client.post(methods.by_code(code).kind.status, {"order_id": "PO-1"}).json


def dropped(client: Client, code: str, amount: str) -> None:
    with pytest.raises(RemoteDisconnected):
        create(client, code, amount=amount)


@Kinds
@pytest.mark.parametrize(
    ("kopecks", "word"), [("00", "paid"), ("99", "paid"), ("11", "fail"), ("12", "cancel"), ("13", "paid")]
)
def test_accepted_and_final_after_five_seconds(
    client: Client, clock: SteppedClock, code: str, kopecks: str, word: str
) -> None:
    answer = create(client, code, amount=f"10.{kopecks}")
    assert (answer.status, answer.json["payment_status"]) == (200, "wait")
    clock.advance(4)
    assert status(client, code)["payment_status"] == "wait"
    clock.advance(1)
    told = status(client, code)
    assert (told["payment_status"], told["id"]) == (word, answer.json["id"])
    assert told["is_partial_payment"] is (kopecks == "13")
    assert Decimal(str(told["amount"])) == Decimal(f"10.{kopecks}")


@pytest.mark.parametrize(("code", "field"), [(PAYOUT, "number"), (PAYMENT, "customer_ip")])
def test_21_is_refused_at_a_field(client: Client, code: str, field: str) -> None:
    answer = create(client, code, amount="10.21")
    assert (answer.status, answer.errors) == (400, [field])
    assert accepted(client.sandbox.ledger) == []
    assert create(client, code, amount="10.00").status == 200


@Kinds
def test_22_is_an_error_inside(client: Client, clock: SteppedClock, code: str) -> None:
    answer = create(client, code, amount="10.22")
    assert (answer.status, answer.json) == (500, {"message": "Server Error"})
    clock.advance(1000)
    assert status(client, code) == UNKNOWN


@Kinds
@pytest.mark.parametrize("kopecks", ["23", "24", "25"])
def test_23_to_25_are_accepted_but_the_answer_is_of_no_use(
    client: Client, clock: SteppedClock, code: str, kopecks: str
) -> None:
    answer = create(client, code, amount=f"10.{kopecks}")
    assert answer.status == 200
    if kopecks == "25":
        assert len(answer.body) == 1_000_000
    else:
        with pytest.raises(ValueError):
            json.loads(answer.body)
    assert answer.headers["content-type"].startswith("text/html" if kopecks == "23" else "application/json")
    clock.advance(5)
    assert status(client, code)["payment_status"] == "paid"


@Kinds
def test_26_is_gzip_whatever_was_asked(client: Client, code: str) -> None:
    kind = methods.by_code(code).kind
    sent = json.dumps(body(code, amount="10.26")).encode()
    answer = client.send(kind.create.value, sent, client.headers(kind, sent) | {"Accept-Encoding": "identity"})
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert json.loads(gzip.decompress(answer.body))["payment_status"] == "wait"


@Kinds
def test_31_takes_twenty_seconds(client: Client, clock: SteppedClock, code: str) -> None:
    answer = create(client, code, amount="10.31")
    assert (answer.status, answer.json["payment_status"], clock.waits) == (200, "wait", [20])
    assert status(client, code)["payment_status"] == "paid"


@Kinds
def test_32_is_lost_before_it_is_accepted(client: Client, clock: SteppedClock, code: str) -> None:
    dropped(client, code, "10.32")
    clock.advance(1000)
    assert (status(client, code), accepted(client.sandbox.ledger)) == (UNKNOWN, [])


@Kinds
def test_33_is_lost_after_it_is_accepted(client: Client, clock: SteppedClock, code: str) -> None:
    dropped(client, code, "10.33")
    assert accepted(client.sandbox.ledger) == ["PO-1"]
    assert status(client, code)["payment_status"] == "wait"
    clock.advance(5)
    assert status(client, code)["payment_status"] == "paid"


@Kinds
def test_34_is_accepted_ninety_seconds_late(client: Client, clock: SteppedClock, code: str) -> None:
    dropped(client, code, "10.34")
    clock.advance(89)
    assert (status(client, code), accepted(client.sandbox.ledger)) == (UNKNOWN, [])
    clock.advance(1)
    assert status(client, code)["payment_status"] == "wait"
    clock.advance(5)
    assert status(client, code)["payment_status"] == "paid"


def test_34_surfaces_after_a_restart_too(start: Open, clock: SteppedClock) -> None:
    with closing(start()) as first:
        dropped(Client(first), PAYOUT, "10.34")
    clock.advance(90)
    second = Client(start())
    assert status(second)["payment_status"] == "wait"
    clock.advance(5)
    assert status(second)["payment_status"] == "paid"


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_a_choice_overrides_the_next_outcome_only(client: Client, outcome: object) -> None:
    chosen = by_code(getattr(outcome, "code", ""))
    client.sandbox.choose(chosen)
    try:
        create(client, amount="10.11")
    except RemoteDisconnected:
        assert chosen.delivery.value == "dropped"
    create(client, amount="10.11", customer_code="100000000112")
    table = rows(client.sandbox.ledger, "SELECT outcome FROM accepted UNION ALL SELECT outcome FROM late")
    expected = {Fate.ACCEPTED: [(chosen.code,)], Fate.LATE: [("fail",), (chosen.code,)]}
    assert table == expected.get(chosen.fate, [("fail",)])


def test_a_choice_can_be_taken_back(client: Client) -> None:
    client.sandbox.choose(by_code("error"))
    client.sandbox.choose(None)
    assert create(client).status == 200


def test_a_repeated_order_id_is_refused_and_paid_once(client: Client) -> None:
    assert create(client).status == 200
    answer = create(client)
    assert (answer.status, answer.errors) == (400, ["order_id"])
    assert accepted(client.sandbox.ledger) == ["PO-1"]


def test_a_status_by_the_gateway_s_id(client: Client) -> None:
    number = create(client).json["id"]
    for given in (number, str(number)):
        assert client.post(Endpoint.PAYOUT_STATUS, {"id": given}).json["order_id"] == "PO-1"


def test_the_balance_moves_with_payouts(client: Client, clock: SteppedClock) -> None:
    def sums() -> tuple[object, object]:
        answer = client.post(Endpoint.BALANCE).json
        return answer["balance"], answer["pending_payouts"]

    assert sums() == ("1284560.00000000", "0.00000000")
    create(client, amount="560.00")
    assert sums() == ("1284560.00000000", "560.00000000")
    clock.advance(5)
    assert sums() == ("1284000.00000000", "0.00000000")


def test_the_list_of_payments(client: Client) -> None:
    create(client, PAYMENT)
    answer = client.post(
        Endpoint.PAYMENT_HISTORY, {"date_from": "2026-11-24", "date_to": "2026-11-24", "page": 1, "paginate": 1}
    )
    data = answer.json["data"]
    assert isinstance(data, list)
    assert [row["order_id"] for row in data] == ["PO-1"]


def test_the_account(client: Client) -> None:
    assert client.post(Endpoint.INFO).json["is_allowed_payout"] is True


def test_sha_256_is_served_as_well(client: Client) -> None:
    assert client.post(Endpoint.BALANCE, (), Digest.SHA256).status == 200


def test_the_sample_request_of_the_document(client: Client) -> None:
    sample = {
        "order_id": "1234", "amount": 500, "customer_browser_user_agent": "Mozilla/5.0", "customer_ip": "95.24.17.8",
        "success_redirect_id": 1, "fail_redirect_id": 1, "notification_endpoint_id": 1, "service": SAMPLE,
    }  # fmt: skip
    answer = client.post(Endpoint.PAYMENT, sample)
    assert answer.status == 200
    assert str(answer.json["url"]).startswith("https://pay.sandbox.invalid/")
    assert client.post(Endpoint.PAYMENT_STATUS, {"order_id": "1234"}).json["service_code"] == SAMPLE


@pytest.mark.parametrize("method", [*methods.every(), ninth()], ids=lambda method: method.code)
def test_every_method_is_served_from_its_declaration(
    client: Client, method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(methods.BY_CODE, method.code, method)
    answer = client.post(method.kind.create, body(method.code))
    assert answer.status == 200
    for one in method.shows:
        assert one.is_expected(str(answer.json[one.name])) or one.form is Form.HOLDER
    missing = body(method.code, order_id="PO-2") | {method.party: ""}
    assert client.post(method.kind.create, missing).errors == [method.party]
    assert accepted(client.sandbox.ledger) == [body(method.code)["order_id"]]


def test_a_key_of_the_other_kind_is_refused(sandbox: Sandbox) -> None:
    client = Client(sandbox)
    sent = json.dumps(body()).encode()
    answer = client.send(Endpoint.PAYOUT.value, sent, client.headers(Kind.PAYMENT, sent))
    assert (answer.status, list(answer.json)) == (401, ["message"])
    assert accepted(sandbox.ledger) == []
