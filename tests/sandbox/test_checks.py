"""Bodies are checked from the declarations alone: every method there is, and one that there is not."""

from collections.abc import Iterator

import pytest

from console.catalogue import methods
from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode
from console.domain.fields.field import Field
from console.domain.method import Method
from console.domain.money import Money
from console.sandbox.checks import SAMPLE, check, read, served
from tests.sandbox.orders import PAYMENT, PAYOUT, body, ninth

WHOLE = [pytest.param(method, id=method.code) for method in (*methods.every(), ninth())]


@pytest.fixture(autouse=True)
def _a_ninth_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(methods.BY_CODE, ninth().code, ninth())


def samples(method: Method) -> dict[str, object]:
    return dict(method.body(method.sample()))


def bad(method: Method) -> Iterator[tuple[Field, str]]:
    """Every declared bad text; but any text can be a bank's code (API reference 9), and an empty field may be optional."""
    for field in method.fields:
        for text in field.bad:
            if field.required if not text else not isinstance(field, BankCode):
                yield field, text


@pytest.mark.parametrize("method", WHOLE)
def test_samples_are_taken(method: Method) -> None:
    found, values, problems = check(method.kind, samples(method))
    assert (found, problems) == (method, {})
    assert method.body(values) == samples(method)


@pytest.mark.parametrize("method", WHOLE)
def test_bad_texts_are_refused_at_their_field(method: Method) -> None:
    cases = list(bad(method))
    assert cases
    for field, text in cases:
        problems = check(method.kind, samples(method) | {field.name: text})[2]
        assert list(problems) == [field.name], (field.name, text)


@pytest.mark.parametrize("method", WHOLE)
def test_missing_fields_are_named_together(method: Method) -> None:
    needed = [field.name for field in method.fields if field.required and field.name != "service"]
    problems = check(method.kind, {"service": method.code, "customer_ip": " ", "amount": None})[2]
    assert list(problems) == needed
    assert problems["amount"] == ["The amount field is required."]


@pytest.mark.parametrize("method", WHOLE)
def test_optional_fields_may_be_left_out_or_empty(method: Method) -> None:
    optional = {field.name for field in method.fields if not field.required}
    without = {name: value for name, value in samples(method).items() if name not in optional}
    for given in (without, without | dict.fromkeys(optional, ""), without | dict.fromkeys(optional)):
        assert check(method.kind, given)[2] == {}


@pytest.mark.parametrize("method", WHOLE)
def test_values_of_no_use_are_refused_at_their_field(method: Method) -> None:
    for field in method.fields:
        for given in (["x"], {"a": 1}, True, "x" * (field.limit + 1)):
            problems = check(method.kind, samples(method) | {field.name: given})[2]
            assert list(problems) == [field.name], (field.name, given)


def test_any_order_of_fields_will_do() -> None:
    assert check(Kind.PAYOUT, dict(reversed(body().items())))[2] == {}


def test_fields_that_nobody_declared_are_let_pass() -> None:
    assert check(Kind.PAYOUT, body(desc="x", lifetime=900))[2] == {}


@pytest.mark.parametrize("service", ["no_such_service", PAYMENT, 1, ["x"]])
def test_a_service_that_is_not_of_this_endpoint(service: object) -> None:
    assert check(Kind.PAYOUT, body(service=service))[2] == {"service": ["The selected service is invalid."]}


@pytest.mark.parametrize("given", [{}, {"service": None}, {"service": ""}])
def test_no_service(given: dict[str, object]) -> None:
    assert check(Kind.PAYMENT, given)[2] == {"service": ["The service field is required."]}


@pytest.mark.parametrize("given", ["500", 500, "500.0", "500.00"])
def test_amounts_come_as_texts_or_integers(given: object) -> None:
    assert read(methods.by_code(PAYOUT).field("amount"), given) == Money(50_000)


@pytest.mark.parametrize("given", ["500,00", "1 000", "500.", ".5", "5e2", "1.000.000", "500.00 ₽", " 500", -1, 0])
def test_amounts_as_a_person_writes_them_are_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r"The amount format is invalid\."):
        read(methods.by_code(PAYOUT).field("amount"), given)


def test_a_number_comes_as_digits_alone() -> None:
    field = methods.by_code(PAYOUT).field("number")
    assert read(field, 79031112233) == "79031112233"
    for text in ("+7 903 111-22-33", "89031112233", "9031112233", "79031112233 "):
        with pytest.raises(ValueError, match=r"format is invalid|greater than 11"):
            read(field, text)


def test_too_long_says_how_long() -> None:
    problems = check(Kind.PAYMENT, body(PAYMENT, customer_user_id="x" * 101))[2]
    assert problems == {"customer_user_id": ["The customer user id may not be greater than 100 characters."]}


def test_a_fraction_is_no_text() -> None:
    assert check(Kind.PAYOUT, body(amount=5.5))[2] == {"amount": ["The amount must be a string."]}


@pytest.mark.parametrize("code", ["100000000111", "999999999999", "sberbank", 'so "called"', "x"])
def test_a_bank_s_code_is_any_text(code: str) -> None:
    assert read(methods.by_code(PAYOUT).field("customer_code"), code) == code


def test_an_address_may_be_written_in_any_of_its_ways() -> None:
    field = methods.by_code(PAYMENT).field("customer_ip")
    assert read(field, "2001:DB8:0:0:0:0:0:1") == "2001:db8::1"


def test_the_sample_request_of_the_document_is_served() -> None:
    sample = {
        "order_id": "1234", "amount": 500, "customer_browser_user_agent": "Mozilla/5.0", "customer_ip": "95.24.17.8",
        "success_redirect_id": 1, "fail_redirect_id": 1, "notification_endpoint_id": 100, "service": SAMPLE,
    }  # fmt: skip
    method, values, problems = check(Kind.PAYMENT, sample)
    assert problems == {}
    assert method is not None
    assert method.amount(values) == Money(50_000)
    del sample["customer_browser_user_agent"]
    assert check(Kind.PAYMENT, sample)[2] == {}
    assert SAMPLE not in served(Kind.PAYOUT)


@pytest.mark.parametrize("agent", [7, "x" * 2001])
def test_the_payer_s_browser_is_a_text_of_at_most_2000(agent: object) -> None:
    problems = check(Kind.PAYMENT, body(PAYMENT, customer_browser_user_agent=agent))[2]
    assert list(problems) == ["customer_browser_user_agent"]
