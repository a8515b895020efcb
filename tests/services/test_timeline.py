"""The timeline: each event in words, and repeated questions in one line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.states import State
from console.journal.entry import Event, EventKind
from console.services.settle import Resolution, Word, confirmation_word
from console.services.timeline import Step, state_after, step, timeline, why
from console.settings.translations import Translator
from tests.services.bench import Bench, answered, lost, unreachable

say = Translator("en")
ACCEPTED = {"id": 100001524, "payment_status": "wait"}
EVENT = Event(
    1, 7, "2026-11-24T09:00:00.000000Z", 0, "boot", "heard", "PO-1", "acc", "/v1/payout", 1, None, None, None,
    "{}", "", "", "", "",
)  # fmt: skip


def event(kind: EventKind | str, *, status: int | None = None, attempt: int = 1, **facts: object) -> Event:
    return replace(
        EVENT, kind=str(getattr(kind, "value", kind)), status=status, attempt=attempt, masked=json.dumps(facts)
    )


def told(one: Step) -> tuple[str, str, str, str]:
    return one.icon, one.tone, say(one.title), say(one.detail) if one.detail is not None else ""


def tell(bench: Bench, order_id: str, kind: Kind = Kind.PAYOUT) -> list[str]:
    return [" / ".join(filter(None, told(one)[2:])) for one in timeline(bench.reader.events(order_id), kind)]


def test_an_accepted_payout_is_told_in_three_steps(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    size = len(bench.transport.sent[0][1].body)
    seq = bench.reader.events(row.order_id)[0].seq
    assert tell(bench, row.order_id) == [
        f"Intent in the journal / Record {seq}",
        f"Request signed and sent / POST /v1/payout, {size} bytes",
        "Accepted by the gateway, processing / HTTP 200 in 100 ms",
    ]


def test_questions_with_the_same_outcome_are_one_step(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    status = {"order_id": row.order_id, "id": 100001524, "payment_status": "wait"}
    paid = {**status, "payment_status": "paid"}
    bench.transport.asks += [answered(200, status)] * 3 + [
        answered(503, b""),
        answered(200, status),
        answered(200, paid),
    ]
    for _ in range(6):
        bench.clock.advance(60)
        bench.follow.ask(row.order_id)
    bench.clock.advance(2)
    bench.journal.flush(bench.clock())
    assert tell(bench, row.order_id)[3:] == [
        "Checks 1–3: nothing new / HTTP 200 in 100 ms",
        "Check 4: gateway out of reach / HTTP 503 in 100 ms",
        "Check 5: nothing new / HTTP 200 in 100 ms",
        "The gateway confirmed: paid out / HTTP 200 in 100 ms",
    ]


def test_what_was_not_sent_and_sent_again_is_told(bench: Bench) -> None:
    row = bench.send(unreachable(Reason.DNS)).row
    review = bench.submit.resend_review(row.order_id)
    bench.transport.creates.append(lost(Reason.DROPPED))
    bench.submit.send(review)
    steps = tell(bench, row.order_id)
    assert steps[1] == "Nothing was sent / the server was not found"
    assert steps[2].startswith("Attempt 2: intent in the journal / Record ")
    assert steps[4] == "No clear answer came / the connection was dropped"


def test_a_record_of_an_earlier_release_still_names_the_host() -> None:
    old = event(EventKind.ENDED, reason="dns", facts={"host": "gateway.test"})
    assert Translator("en")(why(old)) == "gateway.test was not found"


def test_the_supports_word_a_closing_and_a_lifted_mark_are_told(bench: Bench) -> None:
    row = bench.send(lost()).row
    bench.transport.asks += [lost(), lost(), lost()]
    for _ in range(3):
        bench.clock.advance(600)
        bench.follow.ask(row.order_id)
    word = confirmation_word(row)
    bench.settle.resolve(row.order_id, Resolution(Word.NEVER, "T-17", "Anna", word))
    bench.settle.close(row.order_id, word)
    assert tell(bench, row.order_id)[-2:] == [
        "Support answered: the gateway never had it / T-17, recorded by Anna",
        "Closed without sending",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event(EventKind.SENDING), ("send", "blue", "Request signed and sent", "")),
        (
            event(EventKind.SENDING, request_bytes=1),
            ("send", "blue", "Request signed and sent", "POST /v1/payout, 1 byte"),
        ),
        (
            event(EventKind.HEARD, status=400, ms=9, fields=["number", "bik_bank"], operation={"state": "rejected"}),
            ("octagon-x", "red", "Refused by the gateway", "Fields: number, bik_bank"),
        ),
        (
            event(EventKind.HEARD, status=422, ms=9, operation={"state": "rejected"}),
            ("octagon-x", "red", "Refused by the gateway", "HTTP 422 in 9 ms"),
        ),
        (
            event(EventKind.HEARD, status=409, code="E-DUP-ID", operation={"state": "unknown"}),
            ("circle-question-mark", "amber", "The gateway already has this order id", "HTTP 409 in 0 ms"),
        ),
        (
            event(EventKind.HEARD, status=500, operation={"state": "unknown"}),
            ("circle-question-mark", "amber", "The answer proves nothing", "HTTP 500 in 0 ms"),
        ),
        (
            event(EventKind.HEARD, status=200, operation={"state": "unknown", "disputed_at": "x"}),
            ("equal-not", "violet", "The gateway contradicts itself", "HTTP 200 in 0 ms"),
        ),
        (
            event(EventKind.HEARD, operation={"state": "unknown", "disputed_at": "x"}),
            ("equal-not", "violet", "The gateway contradicts itself", ""),
        ),
        (
            event(EventKind.ENDED, reason="silent", facts={"seconds": 30}, operation={"state": "unknown"}),
            ("circle-question-mark", "amber", "No clear answer came", "no answer for 30 s"),
        ),
        (
            event(EventKind.ENDED, reason="of a later release"),
            ("circle-question-mark", "amber", "No clear answer came", "an unexpected fault of the connection"),
        ),
        (
            event(EventKind.ASKED, status=200, operation={"disputed_at": "x"}),
            ("equal-not", "violet", "The gateway contradicts itself", "HTTP 200 in 0 ms"),
        ),
        (
            event(EventKind.ASKED, status=200, operation={"state": "of a later release"}),
            ("refresh-cw", "grey", "Check {n}: nothing new", "HTTP 200 in 0 ms"),
        ),
        (
            event(EventKind.ASKED, reason="dns"),
            ("refresh-cw", "grey", "Check {n}: gateway out of reach", "the server was not found"),
        ),
        (
            event(EventKind.ASKED, status=400, not_found=True),
            ("refresh-cw", "grey", "Check {n}: the gateway does not know the order", "HTTP 400 in 0 ms"),
        ),
        (
            event(EventKind.ASKED, status=403),
            ("refresh-cw", "grey", "Check {n}: the answer names no state", "HTTP 403 in 0 ms"),
        ),
        (
            event(EventKind.RECOVERED, operation={"state": "not_sent"}),
            ("circle-slash", "grey", "Found at the start of the console", "Nothing was sent"),
        ),
        (
            event(EventKind.RECOVERED, operation={"state": "unknown"}),
            (
                "circle-question-mark",
                "amber",
                "Found at the start of the console",
                "the last session ended while it was being sent",
            ),
        ),
        (
            event(EventKind.RESOLVED, word="has", ticket="T-1", name="Anna", gateway_id="7"),
            ("badge-check", "amber", "Support answered: the gateway has it", "Id 7; T-1, recorded by Anna"),
        ),
        (event(EventKind.DISPUTED), ("equal-not", "violet", "The gateway contradicts itself", "")),
        (
            event(EventKind.LIFTED, note="by letter", name="Anna"),
            ("pencil-line", "violet", "Mark of contradiction lifted", "by letter (Anna)"),
        ),
        (event(EventKind.REVEALED), ("eye", "grey", "Number shown for 10 s", "")),
        (event(EventKind.REVEALED, record=7), ("eye", "grey", "Record 7 shown for 10 s", "")),
        (event("of-a-later-release"), ("file-check", "grey", "Recorded: of-a-later-release", "")),
    ],
)
def test_every_kind_of_event_has_its_words(given: Event, expected: tuple[str, str, str, str]) -> None:
    assert told(step(given, Kind.PAYOUT)) == expected


@pytest.mark.parametrize("state", ["wait", "paid", "cancel", "fail"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("said_by", [EventKind.HEARD, EventKind.ASKED])
def test_every_state_of_the_gateway_is_told_alike_by_create_and_question(
    state: str, kind: Kind, said_by: EventKind
) -> None:
    one = step(event(said_by, status=200, operation={"state": state}), kind)
    assert one == step(event(EventKind.HEARD, status=200, operation={"state": state}), kind)
    assert one.folds is None


def test_the_state_after_an_event_is_read_from_what_it_wrote() -> None:
    assert state_after(event(EventKind.ASKED, operation={"state": "paid"})) is State.PAID
    assert state_after(event(EventKind.ASKED, operation={"asks": 3})) is None
    assert state_after(event(EventKind.ASKED, operation="odd")) is None
