"""Sentences about one order or a queue of them: what the gateway said of it, or did not."""

from __future__ import annotations

from console.domain.sentence import MoneyLine, Sentence, Tone
from console.domain.text import Text, mark

ASK_ON_PAYOUT = mark(
    "trouble",
    "Do not create the payout again. The console asks the gateway until it answers; next check in {t}.",
)
ASK_ON_PAYMENT = mark(
    "trouble",
    "Do not create the payment again. The console asks the gateway until it answers; next check in {t}.",
)
_NO_ANSWER = mark("trouble", "The request went to the gateway and no clear answer came back: {reason}.")
_BEING_CHECKED = mark("trouble", "The outcome is being checked.")
_TOLD_SINCE = mark("trouble", "The gateway has told the outcome since.")
_LOOK_AT_THEM = mark("trouble", "Look at what it is among the operations.")
_NOT_LEFT = mark("trouble", "The request did not leave this computer: {reason}.")
_UNFIT = mark("trouble", "What did not fit: {fields}.")
_SUPPORT = mark("trouble", "AliKassa support answered ({ticket}) that it has no order {order}.")
_SILENT = mark("trouble", "The gateway has not told the outcome.")
_TO_REPORT = mark("trouble", "Nothing was changed. Keep this screen and ask AliKassa support; the report is ready.")

PAYOUT = (
    Sentence(
        "E-UNKNOWN",
        mark("trouble", "We do not know yet whether payout {order} went out"),
        _NO_ANSWER,
        ASK_ON_PAYOUT,
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-UNKNOWN-START",
        mark(
            "trouble",
            "The last session ended while {n} payout was being sent",
            "The last session ended while {n} payouts were being sent",
        ),
        _BEING_CHECKED,
        mark("trouble", "Payouts of the same amount to the same recipients are blocked until the gateway answers."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-KNOWN-SINCE",
        mark(
            "trouble",
            "The last session ended while {n} payout was being sent",
            "The last session ended while {n} payouts were being sent",
        ),
        _TOLD_SINCE,
        _LOOK_AT_THEM,
        MoneyLine.AT_GATEWAY,
        Tone.NOTE,
    ),
    Sentence(
        "E-NOTSENT",
        mark("trouble", "Payout {order} was not sent"),
        _NOT_LEFT,
        mark("trouble", "Payout {order} can be sent again with the same number; it cannot become two."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-ABSENT",
        mark("trouble", "AliKassa has no payout {order}"),
        _SUPPORT,
        mark("trouble", "If the payout is sent again, it keeps its number. Type {word} to send it, or close it."),
        MoneyLine.BY_SUPPORT,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-ASK-SUPPORT",
        mark("trouble", "Payout {order} has been unknown for {t}"),
        _SILENT,
        mark(
            "trouble",
            "Ask AliKassa support about this order id; the report is ready to copy. Do not pay again before their "
            "answer; record it here.",
        ),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-REJECTED",
        mark("trouble", "The gateway refused payout {order}"),
        _UNFIT,
        mark("trouble", "Correct it and create a new payout: its number will be another one."),
        MoneyLine.NOT_MOVED,
        Tone.REFUSED,
    ),
    Sentence(
        "E-TWIN",
        mark("trouble", "The same payout is not settled yet"),
        mark("trouble", "{amount} to {mask} was already sent at {time} (state: {state})."),
        mark("trouble", "A second one is blocked until the first is settled."),
        MoneyLine.NOT_SENT,
        Tone.WARNING,
    ),
    Sentence(
        "E-TWIN-TYPED",
        mark("trouble", "The same payout was sent within a day"),
        mark("trouble", "{amount} to {mask} was already sent at {time} (state: {state})."),
        mark("trouble", "If a second payout is meant, type the amount."),
        MoneyLine.NOT_SENT,
        Tone.WARNING,
    ),
)

PAYMENT = (
    Sentence(
        "E-UNKNOWN",
        mark("trouble", "We do not know yet whether payment {order} was created"),
        _NO_ANSWER,
        ASK_ON_PAYMENT,
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-UNKNOWN-START",
        mark(
            "trouble",
            "The last session ended while {n} payment was being created",
            "The last session ended while {n} payments were being created",
        ),
        _BEING_CHECKED,
        mark("trouble", "Do not create them again: the console asks the gateway until it answers."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-KNOWN-SINCE",
        mark(
            "trouble",
            "The last session ended while {n} payment was being created",
            "The last session ended while {n} payments were being created",
        ),
        _TOLD_SINCE,
        _LOOK_AT_THEM,
        MoneyLine.AT_GATEWAY,
        Tone.NOTE,
    ),
    Sentence(
        "E-NOTSENT",
        mark("trouble", "Payment {order} was not sent"),
        _NOT_LEFT,
        mark("trouble", "Payment {order} can be sent again with the same number; it cannot become two."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-ABSENT",
        mark("trouble", "AliKassa has no payment {order}"),
        _SUPPORT,
        mark("trouble", "If the payment is sent again, it keeps its number. Type {word} to send it, or close it."),
        MoneyLine.BY_SUPPORT,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-ASK-SUPPORT",
        mark("trouble", "Payment {order} has been unknown for {t}"),
        _SILENT,
        mark(
            "trouble",
            "Ask AliKassa support about this order id; the report is ready to copy. Do not create it again before "
            "their answer; record it here.",
        ),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-REJECTED",
        mark("trouble", "The gateway refused payment {order}"),
        _UNFIT,
        mark("trouble", "Correct it and create a new payment: its number will be another one."),
        MoneyLine.NOT_CREATED,
        Tone.REFUSED,
    ),
    Sentence(
        "E-TWIN",
        mark("trouble", "The same payment was created just now"),
        mark("trouble", "A payment of {amount} for this payer was created {t} ago."),
        mark("trouble", "Make sure that one more is needed."),
        MoneyLine.NOT_SENT,
        Tone.WARNING,
    ),
)

GENERAL = (
    Sentence(
        "E-ABSENT-AUTO",
        mark("trouble", "The gateway has no order {order}"),
        mark(
            "trouble",
            "The gateway has answered {n} time over {t} that it has no such order.",
            "The gateway has answered {n} times over {t} that it has no such order.",
        ),
        mark("trouble", "If it is sent again, the number stays the same. Type {word} to send it, or close it."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-RESOLVE",
        mark("trouble", "It is too early to record support's answer"),
        mark(
            "trouble",
            "It can be recorded from {time}, after {n} more check.",
            "It can be recorded from {time}, after {n} more checks.",
        ),
        mark("trouble", "Wait: the console asks the gateway by itself."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-RESOLVE-MISSING",
        mark("trouble", "Support's answer is not complete"),
        mark("trouble", "The ticket or letter, the typed words and your name are needed."),
        mark("trouble", "Fill them in: they stay with the operation for ever."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-DUP-ID",
        mark("trouble", "The gateway already has order {order}"),
        mark("trouble", "This is not a refusal: some request with this number has arrived. We are checking whose."),
        mark("trouble", "Do not create the order again: the console asks the gateway by itself."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-DISPUTED",
        mark("trouble", "The gateway contradicts itself about {order}"),
        mark("trouble", "Before: “{a}”, now: “{b}”."),
        _TO_REPORT,
        MoneyLine.AT_GATEWAY,
        Tone.CONTRADICTION,
    ),
    Sentence(
        "E-STATE-NEW",
        mark("trouble", "A state that this version does not know"),
        mark("trouble", "The gateway reports “{s}”."),
        mark("trouble", "It is treated as not final: the console asks on. Look for a newer version."),
        MoneyLine.AT_GATEWAY,
        Tone.WARNING,
    ),
    Sentence(
        "E-NOT-RESENDABLE",
        mark("trouble", "Order {order} cannot be sent again"),
        mark("trouble", "Only an order that surely was not sent can be sent again with its number."),
        mark("trouble", "Look at the operation: its state says what is known."),
    ),
    Sentence(
        "E-MOVED",
        mark("trouble", "Order {order} changed meanwhile"),
        mark("trouble", "A newer answer or attempt came first, and nothing was done now."),
        mark("trouble", "Look at the operation: its state says what is known."),
    ),
    Sentence(
        "E-NO-ORDER",
        mark("trouble", "The journal does not know order {order}"),
        mark("trouble", "There is no operation with this number."),
        mark("trouble", "Check the number."),
    ),
    Sentence(
        "E-NOT-RESOLVABLE",
        mark("trouble", "Support's answer is not needed for order {order}"),
        mark("trouble", "It can be recorded only while the outcome is unknown or contradicts itself."),
        mark("trouble", "Look at the operation: its state says what is known."),
    ),
    Sentence(
        "E-QUEUE-STOP",
        mark("trouble", "Sending stopped after {n} unclear answer", "Sending stopped after {n} unclear answers"),
        mark("trouble", "Not started: {left}. Being checked: {unk}."),
        mark("trouble", "Start again when the checks are done."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
    Sentence(
        "E-CLOSE",
        mark("trouble", "Close the console?"),
        mark("trouble", "Orders being sent: {n}."),
        mark("trouble", "Wait up to {t}, or leave now: the outcome will be checked at the next start."),
        MoneyLine.UNKNOWN,
        Tone.UNKNOWN,
    ),
)

CONTRADICTIONS: dict[str, Text] = {
    "two-finals": mark("trouble", "Before: “{a}”, now: “{b}”."),
    "came-late": mark("trouble", "The order counted as never sent, and now the gateway knows it: “{b}”."),
    "not-found": mark("trouble", "The gateway says that it has no such order, though it had accepted it."),
    "other-id": mark("trouble", "Another gateway id: {a} before, {b} now."),
    "other-amount": mark("trouble", "Another amount: {a} was sent, the gateway names {b}."),
    "other-number": mark("trouble", "Another recipient's number: the gateway names {b}."),
    "partial-payout": mark("trouble", "The gateway calls the payout partial; a payout is whole or is not."),
    "id-of-another": mark("trouble", "The gateway's id in the answer already belongs to another order."),
    "other-order": mark("trouble", "The answer names another order: {b}."),
}
"""What a contradiction is, by the reason of the mark *disputed*."""
