"""The six methods of payment of "Payment solution RU 4" (API reference 6.0)."""

from __future__ import annotations

from console.catalogue.banks import banks
from console.catalogue.payouts import notification
from console.domain.endpoint import Kind
from console.domain.fields.amount import Amount
from console.domain.fields.bank import BankCode
from console.domain.fields.field import Field
from console.domain.fields.ids import CabinetId, OrderId, PayerId, Service
from console.domain.fields.network import IpAddress, Url
from console.domain.method import Form, Method, Shown
from console.domain.text import Text, mark

_LINK = Shown("url", Form.LINK, mark("catalogue", "Payment link"))
_CARD = Shown("cardNumber", Form.CARD, mark("catalogue", "Card number"))
_PHONE = Shown("cardNumber", Form.PHONE, mark("catalogue", "Phone number"))
_ACCOUNT = Shown("cardNumber", Form.ACCOUNT, mark("catalogue", "Account number"))
_HOLDER = Shown("cardHolderName", Form.HOLDER, mark("catalogue", "Holder"))


def _payer(*, whole: bool = False) -> tuple[Field, ...]:
    """Return the five fields that every payment begins with."""
    return (
        Amount(name="amount", label=mark("catalogue", "Amount"), sample="4900.00", whole=whole,
               bad=("", "0", "1.234", "1,234", "1000000000")),
        OrderId(),
        Service(),
        IpAddress(name="customer_ip", label=mark("catalogue", "Payer's internet address"), placeholder="95.24.17.8",
                  help=mark("catalogue", "The address from which the payer opened your site."), beside="customer_user_id",
                  sample="95.24.17.8", bad=("", "95.24.17", "95.24.17.256", "localhost")),
        PayerId(name="customer_user_id", label=mark("catalogue", "Who pays"),
                help=mark("catalogue", "Your own id of the payer, up to 100 characters."),
                sample="client-20418", bad=("", "x" * 101)),
    )  # fmt: skip


def _redirects() -> tuple[Field, ...]:
    """Return the optional fields of the hosted form for cards, in their documented order."""
    note_id, note_url = notification()

    def ident(name: str, label: Text) -> Field:
        return CabinetId(name=name, label=label, required=False, folded=True, sample="12", bad=("0", "x"))

    def address(name: str, label: Text) -> Field:
        return Url(name=name, label=label, placeholder="https://", required=False, folded=True,
                   sample="https://example.com/done", bad=("example.com",))  # fmt: skip

    return (
        ident("success_redirect_id", mark("catalogue", "Redirect after success, id in the cabinet")),
        ident("fail_redirect_id", mark("catalogue", "Redirect after failure, id in the cabinet")),
        note_id,
        address("success_redirect_url", mark("catalogue", "Redirect after success")),
        address("fail_redirect_url", mark("catalogue", "Redirect after failure")),
        note_url,
    )


FORM_CARD = Method(
    "payment_card_number_rub_hpp",
    Kind.PAYMENT,
    title=mark("catalogue", "Link, card"),
    short=mark("catalogue", "Link"),
    sentence=mark("catalogue", "The payer pays on the gateway's page by a transfer to a card."),
    icon="link-2",
    party="customer_user_id",
    shows=(_LINK,),
    fields=(*_payer(), *_redirects()),
)

CARD = Method(
    "payment_card_number_card",
    Kind.PAYMENT,
    title=mark("catalogue", "Card details"),
    short=mark("catalogue", "Card"),
    sentence=mark("catalogue", "We show a card number and its holder for a transfer."),
    icon="credit-card",
    party="customer_user_id",
    shows=(_CARD, _HOLDER),
    fields=(
        *_payer(whole=True),
        BankCode(name="customer_code", label=mark("catalogue", "Payer's bank"), banks=banks(),
                 placeholder=mark("catalogue", "Name or 12-digit code"),
                 help=mark("catalogue", "The payer makes the transfer from it."), beside="amount",
                 sample="100000000111", bad=("", "no such bank")),
        *notification(),
    ),
)  # fmt: skip

PHONE = Method(
    "payment_card_sbp_rub_card",
    Kind.PAYMENT,
    title=mark("catalogue", "Phone, SBP"),
    short=mark("catalogue", "SBP"),
    sentence=mark("catalogue", "We show a phone number and its holder for a transfer by SBP."),
    icon="smartphone",
    party="customer_user_id",
    shows=(_PHONE, _HOLDER),
    fields=(*_payer(), *notification()),
)

SBERPAY = Method(
    "payment_card_sberpay_rub_card",
    Kind.PAYMENT,
    title=mark("catalogue", "SberPay"),
    short=mark("catalogue", "SberPay"),
    sentence=mark("catalogue", "A link for the bank's app, with phone and holder beside it."),
    icon="zap",
    party="customer_user_id",
    shows=(_LINK, _PHONE, _HOLDER),
    fields=(*_payer(), *notification()),
)

FORM_ACCOUNT = Method(
    "virtual_account_rub_hpp",
    Kind.PAYMENT,
    title=mark("catalogue", "Link, account"),
    short=mark("catalogue", "Link"),
    sentence=mark("catalogue", "The payer pays on the gateway's page by a transfer to an account."),
    icon="link-2",
    party="customer_user_id",
    shows=(_LINK, _ACCOUNT, _HOLDER),
    fields=(*_payer(), *notification()),
)

ACCOUNT = Method(
    "virtual_account_rub_card",
    Kind.PAYMENT,
    title=mark("catalogue", "Account details"),
    short=mark("catalogue", "Account"),
    sentence=mark("catalogue", "We show an account number and its holder for a transfer."),
    icon="landmark",
    party="customer_user_id",
    shows=(_ACCOUNT, _HOLDER),
    fields=(*_payer(), *notification()),
)
