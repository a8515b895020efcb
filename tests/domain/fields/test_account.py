"""Accounts, BIKs and the control key that ties them (API reference 8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fields.account import Account, Bik, control_key_fits, grouped_account
from console.domain.fields.field import Look
from console.domain.trouble import Invalid
from console.settings.translations import Translator

ACCOUNT = Account(name="number")
BIK = Bik(name="bik_bank")
SAMPLE = "40817810156003706312"

VECTORS = [
    ("049805746", "40602810700000000025", True),
    ("044514512", "40702810900000000025", True),
    ("044030827", "40702810900000002851", True),
    ("049805000", "30101810800000000746", True),
    ("049805000", "40102810100000010001", True),
    ("049805000", "40302810800000000001", True),
    ("044525001", "40302810400000000001", True),
    ("044525002", "40302810400000000001", True),
    ("044525225", "30101810400000000225", True),
    ("015004950", "40102810445370000043", True),
    ("004525988", "40102810545370000003", True),
    ("015004950", "03214643000000015100", True),
    ("041351902", "40817120273018899310", False),
    ("044525974", "40817810156003706312", False),
]


def refusal(field: Account | Bik, text: str) -> str:
    with pytest.raises(Invalid) as caught:
        field.parse(text)
    return Translator("en")(caught.value.text)


@pytest.mark.parametrize(("bik", "account", "fits"), VECTORS)
def test_the_control_key_is_checked_by_the_rule_of_the_account(bik: str, account: str, fits: bool) -> None:
    assert control_key_fits(account, bik) is fits


@given(st.from_regex(r"4(0[6-8]|2[0-3])[0-9]{2}810[0-9]{12}", fullmatch=True), st.integers(50, 999))
def test_one_key_of_ten_fits_and_another_digit_never_does(account: str, branch: int) -> None:
    bik = f"044525{branch:03d}"
    fitting = [key for key in range(10) if control_key_fits(f"{account[:8]}{key}{account[9:]}", bik)]
    assert len(fitting) == 1
    right = f"{account[:8]}{fitting[0]}{account[9:]}"
    for place in (0, 4, 12, 19):
        wrong = f"{right[:place]}{(int(right[place]) + 1) % 10}{right[place + 1 :]}"
        assert wrong.startswith(("301", "40102", "0")) or not control_key_fits(wrong, bik)


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        "40817 810 1 5600 3706312",
        "40817.810.1.56003706312",
        "4081-7810-1560-0370-6312",
        "40817\u00a0810156003706312",
    ],
)
def test_an_account_is_read_however_it_is_grouped(text: str) -> None:
    assert ACCOUNT.parse(text) == SAMPLE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4", "The number has 1 digit and needs 20."),
        ("4081781015600370631", "The number has 19 digits and needs 20."),
        ("408178101560037063123", "The number has 21 digits and needs 20."),
        ("4081781015600370631O", "These characters are not digits: O"),
        ("4081781015600370631О", "These characters are not digits: О"),
        ("4081781015600\u200b3706312", "These characters are not digits: U+200B"),
        ("40817810156003706312\n40817810156003706312", "These characters are not digits: U+000A"),
        ("\uff14" * 20, "These characters are not digits: \uff14 (U+FF14)"),
        ("4" * 5000, "The number has 5000 digits and needs 20."),
        ("", "Fill this in: without it the gateway does not accept the order."),
    ],
)
def test_other_texts_are_refused_with_the_reason(text: str, reason: str) -> None:
    assert refusal(ACCOUNT, text) == reason


@given(st.from_regex(r"[0-9]{20}", fullmatch=True))
def test_what_is_shown_is_read_back(digits: str) -> None:
    assert ACCOUNT.parse(ACCOUNT.show(digits, "ru")) == digits
    assert ACCOUNT.read(digits) == digits


@pytest.mark.parametrize("wire", ["40817 810 1 5600 3706312", "4081781015600370631", 40817810156003706312, None])
def test_only_the_form_of_the_wire_is_read_from_a_body(wire: object) -> None:
    with pytest.raises(ValueError, match="number"):
        ACCOUNT.read(wire)


def test_an_account_is_masked() -> None:
    assert ACCOUNT.mask("40817120273018899310") == "40817•••••••••••9310"
    assert ACCOUNT.short("40817120273018899310") == "40817 ••• 9310"
    assert (ACCOUNT.look, ACCOUNT.limit, ACCOUNT.counted) == (Look.MONO, 20, True)


def test_how_it_was_read_is_told_where_it_differs() -> None:
    assert ACCOUNT.understood("40817.810.1.56003706312", SAMPLE) == "40817 810 1 5600 3706312"
    assert ACCOUNT.understood(SAMPLE, SAMPLE) is None
    assert ACCOUNT.understood(" 40817 810 1 5600 3706312 ", SAMPLE) is None


def test_an_account_in_another_currency_is_a_doubt() -> None:
    assert ACCOUNT.doubts(SAMPLE) == ACCOUNT.doubts("03214643000000015100") == ()
    (doubt,) = ACCOUNT.doubts("40817840156003706312")
    assert (doubt.code, doubt.is_strong, doubt.field) == ("currency", False, "number")
    assert "Digits 6 to 8 are 840;" in Translator("en")(doubt.detail)


@pytest.mark.parametrize("text", ["", "123", "4081781015600370631x", "\u0664" * 20])
def test_what_is_no_account_is_shown_as_it_is(text: str) -> None:
    assert grouped_account(text) == text


@pytest.mark.parametrize(
    ("text", "bik"), [("044525225", "044525225"), ("04 45 25 225", "044525225"), ("244525225",) * 2]
)
def test_a_bik_is_nine_digits(text: str, bik: str) -> None:
    assert BIK.parse(text) == bik
    assert BIK.mask(bik) == BIK.short(bik) == bik
    assert (BIK.look, BIK.limit) == (Look.MONO, 9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("04452522", "The number has 8 digits and needs 9."),
        ("344525225", "A BIK begins with 0, 1 or 2."),
        ("04452522б", "These characters are not digits: б"),
    ],
)
def test_what_is_no_bik_is_refused(text: str, reason: str) -> None:
    assert refusal(BIK, text) == reason


@pytest.mark.parametrize(("bik", "codes"), [("044525225", []), ("015004950", ["bik"]), ("144525225", ["bik"])])
def test_a_bik_that_is_no_banks_is_a_doubt(bik: str, codes: list[str]) -> None:
    assert [doubt.code for doubt in BIK.doubts(bik)] == codes
