"""The two methods of payout of "Payment solution RU 4" (API reference 6.0)."""

from __future__ import annotations

from console.catalogue.banks import banks
from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.fields.account import Account, Bik, control_key_fits
from console.domain.fields.amount import Amount
from console.domain.fields.bank import BankCode
from console.domain.fields.field import Field
from console.domain.fields.ids import CabinetId, OrderId, Service
from console.domain.fields.network import Url
from console.domain.fields.phone import Phone
from console.domain.method import Method, Values
from console.domain.text import mark

_KEY_TITLE = mark("catalogue", "The account does not fit the BIK")
_KEY = mark("catalogue", "The control digit is wrong, perhaps a typing error. The money may come back in several days "
                         "or go astray.")  # fmt: skip


def notification() -> tuple[Field, ...]:
    """Return the two optional fields about notifications that every method has."""
    return (
        CabinetId(name="notification_endpoint_id", label=mark("catalogue", "Notification, id in the cabinet"),
                  required=False, folded=True, sample="100", bad=("0", "1.5", "abc")),
        Url(name="notification_endpoint_url", label=mark("catalogue", "Notification address"),
            help=mark("catalogue", "Up to 255 characters. Called once the status is final."), placeholder="https://",
            required=False, folded=True, sample="https://example.com/hook", bad=("ftp://example.com", "https://")),
    )  # fmt: skip


def account_fits_bik(values: Values) -> tuple[Doubt, ...]:
    """Doubt an account whose control key does not fit the BIK (Bank of Russia order 515 of 1997-09-08)."""
    account, bik = values.get("number"), values.get("bik_bank")
    if account is None or bik is None or control_key_fits(str(account), str(bik)):
        return ()
    return (Doubt("control-key", _KEY_TITLE, _KEY, Weight.STRONG, "number"),)


PAYOUT_SBP = Method(
    "payment_card_sbp_rub",
    Kind.PAYOUT,
    title=mark("catalogue", "By phone number, SBP"),
    short=mark("catalogue", "SBP"),
    sentence=mark("catalogue", "The money arrives by the phone number at the chosen bank."),
    icon="smartphone",
    party="number",
    fields=(
        Amount(name="amount", label=mark("catalogue", "Amount"), sample="3000.00",
               bad=("", "0", "1.234", "1,234", "NaN", "1e3", "١٢")),
        OrderId(),
        Service(),
        Phone(name="number", label=mark("catalogue", "Recipient's phone"), placeholder="+7 900 000-00-00",
              help=mark("catalogue", "Any usual form can be pasted."),
              sample="79031112233", bad=("", "8903111223", "+7 495 123-45-67", "7903111223x")),
        BankCode(name="customer_code", label=mark("catalogue", "Recipient's bank"), banks=banks(),
                 placeholder=mark("catalogue", "Name or 12-digit code"), sample="100000000111", bad=("", "no such bank")),
        *notification(),
    ),
)  # fmt: skip

PAYOUT_ACCOUNT = Method(
    "virtual_account_rub",
    Kind.PAYOUT,
    title=mark("catalogue", "To a bank account"),
    short=mark("catalogue", "Account"),
    sentence=mark("catalogue", "By the 20-digit account number and the BIK of the recipient's bank."),
    icon="landmark",
    party="number",
    rules=(account_fits_bik,),
    fields=(
        Amount(name="amount", label=mark("catalogue", "Amount"), sample="3000.00",
               bad=("", "0", "1.234", "-5", "1000000000")),
        OrderId(),
        Service(),
        Account(name="number", label=mark("catalogue", "Recipient's account number"),
                help=mark("catalogue", "20 digits, blanks do not matter."),
                sample="40602810700000000025", bad=("", "4081712027301889931", "4081712027301889931O")),
        BankCode(name="customer_code", label=mark("catalogue", "Recipient's bank"), banks=banks(),
                 placeholder=mark("catalogue", "Name or 12-digit code"),
                 help=mark("catalogue", "The bank's code goes to the gateway as it is."), beside="bik_bank",
                 sample="100000000111", bad=("", "no such bank")),
        Bik(name="bik_bank", label=mark("catalogue", "Bank's BIK"), help=mark("catalogue", "9 digits."),
            sample="049805746", bad=("", "04980574", "949805746")),
        *notification(),
    ),
)  # fmt: skip
