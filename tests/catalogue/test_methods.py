"""Walks every method of the catalogue: nobody has to remember to test a new one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.catalogue import methods, payments, payouts
from console.domain.endpoint import Kind
from console.domain.fields.account import Account
from console.domain.fields.bank import BankCode
from console.domain.fields.field import Field
from console.domain.fields.network import IpAddress, Url
from console.domain.fields.phone import Phone
from console.domain.method import Form, Method
from console.domain.money import Money
from console.domain.text import Text
from console.domain.trouble import Invalid
from console.settings.translations import Translator

ALL = methods.every()
FIELDS = [(method, field) for method in ALL for field in method.fields]
HIDDEN = (Phone, Account, IpAddress, Url)

PAYMENT = ["amount*", "order_id*", "service*", "customer_ip*", "customer_user_id*"]
NOTE = ["notification_endpoint_id", "notification_endpoint_url"]
DOCUMENTED = {
    "payment_card_number_rub_hpp": [
        *PAYMENT, "success_redirect_id", "fail_redirect_id", "notification_endpoint_id",
        "success_redirect_url", "fail_redirect_url", "notification_endpoint_url",
    ],
    "payment_card_number_card": [*PAYMENT, "customer_code*", *NOTE],
    "payment_card_sbp_rub_card": [*PAYMENT, *NOTE],
    "payment_card_sberpay_rub_card": [*PAYMENT, *NOTE],
    "virtual_account_rub_hpp": [*PAYMENT, *NOTE],
    "virtual_account_rub_card": [*PAYMENT, *NOTE],
    "payment_card_sbp_rub": ["amount*", "order_id*", "service*", "number*", "customer_code*", *NOTE],
    "virtual_account_rub": ["amount*", "order_id*", "service*", "number*", "customer_code*", "bik_bank*", *NOTE],
}  # fmt: skip
"""API reference 6.0; a star marks what is required."""

LIMITS = {"order_id": 128, "service": 100, "customer_user_id": 100, "customer_code": 100}
SHOWN = {
    "payment_card_number_rub_hpp": [("url", Form.LINK)],
    "payment_card_number_card": [("cardNumber", Form.CARD), ("cardHolderName", Form.HOLDER)],
    "payment_card_sbp_rub_card": [("cardNumber", Form.PHONE), ("cardHolderName", Form.HOLDER)],
    "payment_card_sberpay_rub_card": [("url", Form.LINK), ("cardNumber", Form.PHONE), ("cardHolderName", Form.HOLDER)],
    "virtual_account_rub_hpp": [("url", Form.LINK), ("cardNumber", Form.ACCOUNT), ("cardHolderName", Form.HOLDER)],
    "virtual_account_rub_card": [("cardNumber", Form.ACCOUNT), ("cardHolderName", Form.HOLDER)],
}


def name(value: object) -> str:
    return value.code if isinstance(value, Method) else value.name if isinstance(value, Field) else str(value)


def test_the_methods_are_the_documented_ones() -> None:
    assert {method.code for method in ALL} == DOCUMENTED.keys()
    assert list(methods.BY_CODE) == [method.code for method in ALL]
    assert all(methods.by_code(method.code) is method for method in ALL)
    with pytest.raises(KeyError):
        methods.by_code("payment_card_rub_hpp")


def test_payouts_come_first_and_kinds_can_be_asked_for() -> None:
    assert methods.every(Kind.PAYOUT) == (payouts.PAYOUT_SBP, payouts.PAYOUT_ACCOUNT)
    assert methods.every(Kind.PAYMENT) == ALL[2:]
    assert {method.kind for method in ALL[2:]} == {Kind.PAYMENT}


@pytest.mark.parametrize("method", ALL, ids=name)
def test_fields_stand_in_the_documented_order(method: Method) -> None:
    declared = [field.name + "*" * field.required for field in method.fields]
    assert declared == DOCUMENTED[method.code]


@pytest.mark.parametrize("method", ALL, ids=name)
def test_wire_order_is_field_order(method: Method) -> None:
    assert list(method.body(method.sample())) == [field.name for field in method.fields]
    assert list(method.body(dict(reversed(method.sample().items())))) == [field.name for field in method.fields]


@pytest.mark.parametrize("method", ALL, ids=name)
def test_what_is_optional_can_be_left_out(method: Method) -> None:
    values = {field.name: method.sample()[field.name] for field in method.fields if field.required and field.typed}
    assert list(method.body(values)) == [field.name for field in method.fields if field.required]
    assert all(field.folded for field in method.fields if not field.required)


@pytest.mark.parametrize("method", ALL, ids=name)
def test_a_body_is_read_back_and_written_the_same(method: Method) -> None:
    body = method.body(method.sample())
    values = method.read(body)
    assert values == {**method.sample(), "service": method.code}
    assert list(method.body(values).items()) == list(body.items())


@pytest.mark.parametrize("method", ALL, ids=name)
def test_a_body_holds_texts_and_integers_only(method: Method) -> None:
    body = method.body(method.sample())
    assert all(type(value) in {str, int} for value in body.values())
    assert re.fullmatch(r"\d+\.\d\d", str(body["amount"]))
    assert body["service"] == method.code


@pytest.mark.parametrize("method", ALL, ids=name)
def test_samples_are_understood_without_a_doubt(method: Method) -> None:
    assert method.doubts(method.sample()) == ()


@pytest.mark.parametrize(("method", "field"), FIELDS, ids=name)
def test_every_bad_text_is_refused_at_its_field(method: Method, field: Field) -> None:
    assert field.bad or not field.typed
    for text in field.bad:
        _, problems = method.parse({each.name: each.sample for each in method.fields} | {field.name: text})
        assert [*problems] == [field.name]
        assert isinstance(problems[field.name], Invalid)


@pytest.mark.parametrize(("method", "field"), FIELDS, ids=name)
def test_a_required_field_is_missed(method: Method, field: Field) -> None:
    if not field.typed:
        return
    values, problems = method.parse({each.name: each.sample for each in method.fields} | {field.name: " "})
    assert [*problems] == ([field.name] if field.required else [])
    assert field.name not in values


@pytest.mark.parametrize(("method", "field"), FIELDS, ids=name)
def test_limits_are_the_documented_ones(method: Method, field: Field) -> None:
    del method
    if field.name in LIMITS:
        assert field.limit == LIMITS[field.name]
    if field.name.endswith("_url"):
        assert field.limit == 255
        assert field.parse("https://e.co/".ljust(255, "x"))
        with pytest.raises(Invalid):
            field.parse("https://e.co/".ljust(256, "x"))


@pytest.mark.parametrize(("method", "field"), FIELDS, ids=name)
def test_personal_values_are_hidden_and_shown_whole_when_asked(method: Method, field: Field) -> None:
    if not field.typed:
        return
    value = method.sample()[field.name]
    wire = str(field.wire(value))
    assert (wire in field.mask(value)) is not isinstance(field, HIDDEN)
    assert (wire in field.short(value)) is not isinstance(field, HIDDEN)
    digits = re.sub(r"\D", "", field.show(value, "ru"))
    assert digits == re.sub(r"\D", "", wire) or isinstance(field, BankCode)


@pytest.mark.parametrize("method", ALL, ids=name)
def test_a_masked_body_hides_numbers_and_addresses(method: Method) -> None:
    masked = str(method.mask(method.sample()))
    for secret in ("79031112233", "40602810700000000025", "95.24.17.8", "/hook", "/done"):
        assert secret not in masked
    assert list(method.mask(method.sample())) == [field.name for field in method.fields if field.typed]


@pytest.mark.parametrize("method", ALL, ids=name)
def test_the_party_is_a_field_of_the_method(method: Method) -> None:
    assert method.party == ("number" if method.kind is Kind.PAYOUT else "customer_user_id")
    assert method.field(method.party).required


@pytest.mark.parametrize("method", ALL, ids=name)
def test_a_payer_is_shown_what_the_answer_has_for_him(method: Method) -> None:
    assert [(shown.name, shown.form) for shown in method.shows] == SHOWN.get(method.code, [])


@pytest.mark.parametrize("method", ALL, ids=name)
def test_every_text_is_russian_in_russian(method: Method) -> None:
    texts: list[Text | str | None] = [method.title, method.short, method.sentence]
    texts += [shown.label for shown in method.shows]
    texts += [text for field in method.fields for text in (field.label, field.help, field.placeholder)]
    for text in texts:
        if isinstance(text, Text) and text.source not in {"", "SberPay"}:
            assert re.search("[а-яё]", Translator("ru")(text).lower()) or text.source == "SBP"
            assert Translator("ru")(text) != text.source


@pytest.mark.parametrize(("method", "field"), FIELDS, ids=name)
def test_every_typed_field_has_a_label(method: Method, field: Field) -> None:
    del method
    assert bool(field.label.source) is field.typed


def test_cards_say_what_a_method_does_in_the_words_of_the_desk() -> None:
    say = Translator("ru")
    cards = {say(method.title): say(method.sentence) for method in ALL}
    assert cards == {
        "По номеру телефона, СБП": "Деньги придут по номеру телефона в выбранный банк.",
        "На счёт в банке": "По номеру счёта из 20 цифр и БИК банка получателя.",
        "Ссылка, карта": "Плательщик платит на странице шлюза переводом на карту.",
        "Реквизиты карты": "Покажем номер карты и держателя для перевода.",
        "Телефон, СБП": "Покажем телефон и держателя для перевода по СБП.",
        "SberPay": "Ссылка для приложения банка, рядом телефон и держатель.",
        "Ссылка, счёт": "Плательщик платит на странице шлюза переводом на счёт.",
        "Реквизиты счёта": "Покажем номер счёта и держателя для перевода.",
    }


@pytest.mark.parametrize(
    ("account", "bik", "codes"),
    [
        ("40602810700000000025", "049805746", []),
        ("40817120273018899310", "041351902", ["currency", "control-key"]),
        ("40602810800000000025", "049805746", ["control-key"]),
        ("40102810445370000043", "015004950", ["bik"]),
    ],
)
def test_an_account_that_does_not_fit_its_bik_is_a_strong_doubt(account: str, bik: str, codes: list[str]) -> None:
    values = {**payouts.PAYOUT_ACCOUNT.sample(), "number": account, "bik_bank": bik}
    doubts = payouts.PAYOUT_ACCOUNT.doubts(values)
    assert [doubt.code for doubt in doubts] == codes
    assert [doubt.code for doubt in doubts if doubt.is_strong] == [code for code in codes if code == "control-key"]


@pytest.mark.parametrize("missing", ["number", "bik_bank"])
def test_the_control_key_is_not_asked_about_half_a_pair(missing: str) -> None:
    values = {"number": "40817120273018899310", "bik_bank": "041351902"}
    del values[missing]
    assert payouts.account_fits_bik(values) == ()


def test_kopecks_are_doubted_where_one_channel_may_refuse_them() -> None:
    doubted = [
        method.code
        for method in ALL
        if "kopecks" in {doubt.code for doubt in method.doubts({**method.sample(), "amount": Money(300001)})}
    ]
    assert doubted == [payments.CARD.code]


@given(st.sampled_from(ALL), st.data())
def test_whatever_is_taken_is_read_back_from_the_body(method: Method, data: st.DataObject) -> None:
    texts = {each.name: each.sample for each in method.fields}
    changed = data.draw(st.sampled_from([field for field in method.fields if field.typed]))
    values, problems = method.parse(texts | {changed.name: data.draw(st.text(max_size=40))})
    if not problems:
        body = method.body(values)
        assert method.read(body) == {**values, "service": method.code}
        method.mask(values)
        method.doubts(values)
        assert all(field.show(values[field.name], "en") for field in method.fields if field.name in values)
