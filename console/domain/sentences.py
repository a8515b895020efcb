"""Every sentence about trouble by its code, for an order of either kind or for no order at all (failure model 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from console.domain.endpoint import Kind
from console.domain.moment import day_or_same
from console.domain.phrases import journal, keys, network, orders
from console.domain.phrases.disk import disk_words
from console.domain.phrases.network import CAUSES
from console.domain.phrases.orders import ASK_ON_PAYMENT, ASK_ON_PAYOUT, CONTRADICTIONS
from console.domain.phrases.reasons import CUT_SHORT, reason_text
from console.domain.sentence import MoneyLine, Sentence, Tone
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.domain.wording import size

__all__ = [
    "CODES",
    "CUT_SHORT",
    "MoneyLine",
    "Sentence",
    "Tone",
    "cause_text",
    "disputed_sentence",
    "reason_text",
    "sentence",
    "told",
]

_UNKNOWN_CODE = "E-INTERNAL"
_JOINED = Text("", "{first} {then}")
_AGAIN = {
    Kind.PAYOUT: mark("trouble", "The payout can be sent again with the same number; it cannot become two."),
    Kind.PAYMENT: mark("trouble", "The payment can be sent again with the same number; it cannot become two."),
}
_ASK_ON = {Kind.PAYOUT: ASK_ON_PAYOUT, Kind.PAYMENT: ASK_ON_PAYMENT}
_MISSING = "—"
_SIZES = frozenset({"free", "need"})
_FULL_WHAT = mark("trouble", "The disk takes no more.")
_FULL_DO = mark("trouble", "Free space on the disk that holds the journal.")
_DAYS = frozenset({"from", "until"})

_GENERAL = {each.code: each for each in (*orders.GENERAL, *network.GENERAL, *keys.GENERAL, *journal.GENERAL)}
_OF_KIND = {
    Kind.PAYOUT: {each.code: each for each in orders.PAYOUT},
    Kind.PAYMENT: {each.code: each for each in orders.PAYMENT},
}

CODES = frozenset(_GENERAL) | frozenset(_OF_KIND[Kind.PAYOUT])
"""Every code that has a sentence."""

RESENDABLE = frozenset(
    {
        *("E-NET-DNS", "E-NET-REFUSED", "E-NET-UNREACHABLE", "E-NET-TIMEOUT", "E-NET-PROXY"),
        *("E-TLS", "E-TLS-ISSUER", "E-TLS-HOST", "E-TLS-DATE"),
        *("E-CERT-PASSWORD", "E-CERT-CHANGED"),
        *("E-KEYRING-LOCKED", "E-KEYRING-DISMISSED", "E-KEYRING-HANG", "E-KEYRING-MISSING"),
        "E-ASLEEP",
    }
)
"""Met between the intent and the gate: with an order, they mean that nothing was sent and it can be sent again (R3)."""

UNCLEAR = frozenset(CAUSES)
"""Met after the gate: with an order, they leave its outcome unknown."""


def sentence(code: str, kind: Kind | None = None) -> Sentence:
    """Return the sentence of a code; an unknown code is an unexpected fault.

    `kind` says that an order of that kind is concerned: then the money line speaks of it. Without one the trouble is
    about a question that moves nothing, or about the console itself. Fill in the values by `Sentence.with_`.
    """
    found = _OF_KIND[kind or Kind.PAYOUT].get(code) or _GENERAL.get(code) or _OF_KIND[Kind.PAYOUT].get(code)
    if found is None:
        return _GENERAL[_UNKNOWN_CODE].with_({"code": code})
    if kind is None:
        return found
    if code in RESENDABLE:
        do = _JOINED.with_(first=found.do, then=_AGAIN[kind])
        return replace(found, do=do, money=MoneyLine.NOT_SENT)
    if code in UNCLEAR:
        return replace(found, do=_ASK_ON[kind], money=MoneyLine.UNKNOWN, tone=Tone.UNKNOWN)
    return found


def told(trouble: Trouble, kind: Kind | None = None) -> Sentence:
    """Return the sentence of a trouble with its values in it; what is not known is a dash, bytes are sizes.

    What the trouble did to an order's money its raiser knows better than its code: `Sentence.about` says it.
    """
    values = {name: _printed(name, value) for name, value in trouble.values.items()}
    found = sentence(trouble.code, kind)
    if trouble.code == "E-DISK-FULL" and not values.keys() >= _SIZES:  # SQLite says no sizes
        found = replace(found, what=_FULL_WHAT, do=_FULL_DO)
    return found.with_({"code": trouble.code, **values})


def _printed(name: str, value: object) -> object:
    if value is None or value == "":
        return _MISSING
    if name == "why" and isinstance(value, str):
        return disk_words(value)
    if name in _DAYS:
        return day_or_same(value)
    return size(value) if name in _SIZES and isinstance(value, int) else value


def cause_text(code: str, facts: Mapping[str, object]) -> Text:
    """Return the words of a verdict's cause, for {reason} of E-UNKNOWN; KeyError for a code that is no cause."""
    words = CAUSES[code]
    return words.with_(**{name: facts.get(name, _MISSING) for name in sorted(words.placeholders)})


def disputed_sentence(reason: str, kind: Kind) -> Sentence:
    """Return the sentence of a contradiction by the reason of its mark.

    An answer that belongs to another order says nothing about ours: then the outcome is unknown.
    """
    found = replace(sentence("E-DISPUTED", kind), what=CONTRADICTIONS[reason])
    foreign = reason in {"id-of-another", "other-order"}
    return found.about(MoneyLine.UNKNOWN) if foreign else found
