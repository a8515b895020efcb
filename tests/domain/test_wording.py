"""Words of states, kinds, keys, fields, spans of time and sizes."""

import pytest

from console.catalogue.methods import every
from console.domain import wording
from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import Text
from console.settings.translations import LANGUAGES, Translator

STATES = {
    "draft": ("Черновик", "Draft"),
    "intended": ("Отправляется", "Sending"),
    "sending": ("Отправляется", "Sending"),
    "not_sent": ("Не отправлено", "Not sent"),
    "unknown": ("Исход неизвестен", "Outcome unknown"),
    "absent": ("Шлюз не знает этот заказ", "Not known to the gateway"),
    "rejected": ("Отклонено шлюзом", "Rejected by the gateway"),
    "wait": ("В обработке", "Processing"),
    "cancel": ("Отменено", "Cancelled"),
    "fail": ("Ошибка", "Failed"),
    "closed": ("Закрыто без отправки", "Closed, not sent"),
    "discarded": ("Черновик удалён", "Draft discarded"),
}
PAID = {Kind.PAYOUT: ("Выплачено", "Paid out"), Kind.PAYMENT: ("Оплачено", "Paid")}


def said(text: Text) -> tuple[str, str]:
    russian, english = (Translator(language)(text) for language in LANGUAGES)
    return russian, english


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
def test_every_state_has_its_word(state: State, kind: Kind) -> None:
    expected = PAID[kind] if state is State.PAID else STATES[state.value]
    assert said(wording.state_word(state, kind)) == expected


def test_the_mark_beside_a_state_has_its_word() -> None:
    assert said(wording.DISPUTED) == ("Противоречие", "Contradiction")


def test_money_out_is_a_payout_and_money_in_a_payment() -> None:
    assert said(wording.kind_word(Kind.PAYOUT)) == ("Выплата", "Payout")
    assert said(wording.kind_word(Kind.PAYMENT)) == ("Платёж", "Payment")
    assert said(wording.key_word(Kind.PAYOUT)) == ("Ключ выплат", "Payout key")
    assert said(wording.key_word(Kind.PAYMENT)) == ("Ключ платежей", "Payment key")


@pytest.mark.parametrize("name", sorted({field.name for method in every() for field in method.fields}))
def test_every_field_of_the_catalogue_has_a_word(name: str) -> None:
    assert wording.field_word(name).context == "states"


def test_a_field_nobody_knows_stands_as_it_is() -> None:
    assert said(wording.field_word("customer_phone")) == ("customer_phone", "customer_phone")


def test_several_fields_are_listed_in_quotes() -> None:
    assert said(wording.fields_words(["bik_bank"])) == ("«БИК банка»", "“Bank's BIK”")
    assert said(wording.fields_words(["bik_bank", "amount", "x"]))[0] == "«БИК банка», «Сумма», «x»"


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (-3, "0\u00a0с", "0 s"),
        (59.9, "59\u00a0с", "59 s"),
        (60, "1\u00a0мин", "1 min"),
        (3599, "59\u00a0мин", "59 min"),
        (3600, "1\u00a0ч", "1 h"),
        (172799, "47\u00a0ч", "47 h"),
        (172800, "2 дня", "2 days"),
        (21 * 86400, "21 день", "21 days"),
        (25 * 86400, "25 дней", "25 days"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(seconds: float, russian: str, english: str) -> None:
    assert said(wording.duration(seconds)) == (russian, english)


@pytest.mark.parametrize(
    ("count", "english"),
    [
        (999_999, "999999 bytes"),
        (1_000_000, "1 MB"),
        (2_000_000, "2 MB"),
        (67_108_864, "68 MB"),
        (1_000_000_000, "1 GB"),
        (1_000_000_001, "2 GB"),
    ],
)
def test_a_size_is_rounded_up(count: int, english: str) -> None:
    assert said(wording.size(count))[1] == english
