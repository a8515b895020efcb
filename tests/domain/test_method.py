"""A method as a declaration, and an order: a method filled in."""

import pytest

from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.fields.amount import Amount
from console.domain.fields.field import Field
from console.domain.fields.ids import CabinetId, OrderId, Service
from console.domain.fields.phone import Phone
from console.domain.method import Form, Method, Order, Shown, Values
from console.domain.money import Money
from console.domain.text import Text, mark

TITLE = mark("try", "A method")
PARTY = Doubt("pair", TITLE, TITLE, Weight.STRONG)


def pair(values: Values) -> tuple[Doubt, ...]:
    return (PARTY,) if values.get("number") == "79031112234" else ()


METHOD = Method(
    "try_rub",
    Kind.PAYOUT,
    title=TITLE,
    short=TITLE,
    sentence=TITLE,
    icon="x",
    party="number",
    rules=(pair,),
    fields=(
        Amount(name="amount", sample="3000.00", whole=True),
        OrderId(),
        Service(),
        Phone(name="number", sample="79031112233"),
        CabinetId(name="hook", required=False, sample="100"),
    ),
)
TEXTS = {"amount": "3 000", "order_id": "PO-1", "number": "8 903 111-22-33"}
VALUES: Values = {"amount": Money(300000), "order_id": "PO-1", "number": "79031112233"}
BODY = {"amount": "3000.00", "order_id": "PO-1", "service": "try_rub", "number": "79031112233"}


def test_a_field_is_found_by_its_name() -> None:
    assert METHOD.field("number") is METHOD.fields[3]
    with pytest.raises(KeyError):
        METHOD.field("bik")


def test_typed_texts_become_values() -> None:
    assert METHOD.parse(TEXTS) == (VALUES, {})
    assert METHOD.parse({**TEXTS, "hook": "7"}) == ({**VALUES, "hook": 7}, {})


def test_problems_stand_by_their_fields() -> None:
    values, problems = METHOD.parse({"amount": "x", "order_id": "PO-1", "hook": "x", "service": "mine"})
    assert values == {"order_id": "PO-1"}
    assert {name: trouble.field for name, trouble in problems.items()} == {
        "amount": "amount",
        "number": "number",
        "hook": "hook",
    }


def test_a_body_has_the_fields_in_their_order_and_none_that_is_empty() -> None:
    body = METHOD.body({"hook": 7, **VALUES})
    assert list(body.items()) == [*BODY.items(), ("hook", 7)]
    assert list(METHOD.body(VALUES).items()) == list(BODY.items())


def test_an_account_may_call_the_method_by_another_code() -> None:
    assert METHOD.body(VALUES, "try_2")["service"] == "try_2"


def test_the_code_in_a_body_stays_when_it_is_written_again() -> None:
    values = METHOD.read({**BODY, "service": "try_2"})
    assert METHOD.body(values) == {**BODY, "service": "try_2"}
    assert METHOD.body(values, "try_3")["service"] == "try_3"


@pytest.mark.parametrize("name", ["amount", "order_id", "number"])
def test_half_an_order_is_no_body(name: str) -> None:
    with pytest.raises(ValueError, match=f"try_rub: no {name}"):
        METHOD.body({key: value for key, value in VALUES.items() if key != name})


def test_a_body_is_read_back() -> None:
    assert METHOD.read(BODY) == {**VALUES, "service": "try_rub"}
    assert METHOD.read({**BODY, "hook": 7})["hook"] == 7


@pytest.mark.parametrize(
    "body",
    [
        {},
        dict(reversed(BODY.items())),
        {**BODY, "bik": "1"},
        {key: value for key, value in BODY.items() if key != "number"},
        {**BODY, "amount": "3000"},
        {**BODY, "amount": 3000},
        {**BODY, "number": "89031112233"},
        {**BODY, "hook": "7"},
        {**BODY, "order_id": ""},
    ],
)
def test_a_body_of_another_form_is_not_read(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        METHOD.read(body)


def test_values_are_masked_as_their_kinds_declare() -> None:
    values = METHOD.read({**BODY, "hook": 7})
    assert METHOD.mask(values) == {**BODY, "number": "7903•••••33", "hook": "7"}


def test_doubts_are_of_fields_and_of_several_together() -> None:
    assert METHOD.doubts(VALUES) == ()
    values: Values = {**VALUES, "amount": Money(300001), "number": "79031112234"}
    assert [doubt.code for doubt in METHOD.doubts(values)] == ["kopecks", "pair"]


def test_a_sample_is_made_of_the_samples_of_the_fields() -> None:
    assert METHOD.sample() == {**VALUES, "order_id": OrderId().sample, "hook": 100}


def test_a_sample_that_is_refused_is_a_mistake_of_the_declaration() -> None:
    wrong = Method("w", Kind.PAYOUT, TITLE, TITLE, TITLE, "x", (Field(name="name"),), "name")
    with pytest.raises(ValueError, match="the samples of name are refused"):
        wrong.sample()


def test_an_order_is_a_method_filled_in() -> None:
    order = Order(METHOD, VALUES, recipient="Ivanov", basis="Invoice 7", service="try_2")
    assert (order.order_id, order.amount) == ("PO-1", Money(300000))
    assert order.body() == {**BODY, "service": "try_2"}
    assert "Ivanov" not in str(order.body())
    assert Order(METHOD, VALUES).body() == BODY


SHOWN = {form: Shown("value", form, TITLE) for form in Form}


@pytest.mark.parametrize(
    ("form", "text", "grouped"),
    [
        (Form.CARD, "2200701553017648", "2200 7015 5301 7648"),
        (Form.PHONE, "79031112233", "+7 903 111-22-33"),
        (Form.ACCOUNT, "40817810156003706312", "40817 810 1 5600 3706312"),
        (Form.HOLDER, "Иван Петрович С.", "Иван Петрович С."),
        (Form.LINK, "https://pay.example/p/1", "https://pay.example/p/1"),
    ],
)
def test_what_has_the_documented_form_is_grouped(form: Form, text: str, grouped: str) -> None:
    assert SHOWN[form].is_expected(text)
    assert SHOWN[form].grouped(text) == grouped


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form.CARD, "220070155301764"),
        (Form.CARD, "2200 7015 5301 7648"),
        (Form.CARD, "\u0662" * 16),
        (Form.PHONE, "9031112233"),
        (Form.PHONE, "***"),
        (Form.ACCOUNT, "***"),
        (Form.LINK, "http://pay.example"),
        (Form.LINK, "javascript:alert(1)"),
    ],
)
def test_what_has_another_form_is_shown_as_it_was_written(form: Form, text: str) -> None:
    assert not SHOWN[form].is_expected(text)
    assert SHOWN[form].grouped(text) == text


@pytest.mark.parametrize(
    ("form", "text", "mask"),
    [
        (Form.CARD, "2200701553017648", "220070••••••7648"),
        (Form.PHONE, "79031112233", "7903•••••33"),
        (Form.ACCOUNT, "40817810156003706312", "40817•••••••••••6312"),
        (Form.ACCOUNT, "***", "•••"),
        (Form.CARD, "220070155301", "•••"),
        (Form.CARD, "2200701553017", "220070•••3017"),
        (Form.HOLDER, "Иван Петрович С.", "Иван Петрович С."),
        (Form.LINK, "https://pay.example/p/1", "https://pay.example/p/1"),
    ],
)
def test_beside_an_operation_numbers_are_masked(form: Form, text: str, mask: str) -> None:
    assert SHOWN[form].mask(text) == mask


@pytest.mark.parametrize(
    ("form", "text", "short"),
    [
        (Form.PHONE, "79031112233", "+7 903 •••-••-33"),
        (Form.ACCOUNT, "40817120273018899310", "40817 ••• 9310"),
        (Form.CARD, "2200701553017648", "220070••••••7648"),
        (Form.ACCOUNT, "***", "•••"),
        (Form.LINK, "https://pay.example/p/1", "https://pay.example/p/1"),
    ],
)
def test_what_a_payer_is_shown_stands_in_tables_as_fields_of_its_kind_do(form: Form, text: str, short: str) -> None:
    assert Shown("x", form, Text("", "")).short(text) == short
