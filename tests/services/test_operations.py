"""The operations page's service: rows, cards, what is revealed and what is copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal.filters import Filter
from console.journal.looking import Looking
from console.journal.read import Sums
from console.journal.rows import OperationRow
from console.services.operations import Deed, Operations, deeds_of
from console.services.settle import Resolution, Word, confirmation_word
from tests.services.bench import Bench, answered, lost, unreachable

ACCEPTED = {"id": 100001524, "payment_status": "wait"}
CARD = "payment_card_number_card"
SHOWN = {"id": 7, "payment_status": "wait", "cardNumber": "2200700012347648", "cardHolderName": "IVAN I."}


@pytest.fixture
def operations(bench: Bench) -> Operations:
    return Operations(bench.journal, bench.reader, bench.accounts, bench.clock)


def unknown_service(bench: Bench, operations: Operations, monkeypatch: pytest.MonkeyPatch) -> OperationRow:
    """A row of a service that this version does not know."""
    row = bench.send(answered(200, ACCEPTED)).row
    known = bench.reader.get
    monkeypatch.setattr(
        bench.reader, "get", lambda order_id: replace(found, service="later") if (found := known(order_id)) else None
    )
    return row


def test_rows_come_newest_first_and_by_pages(bench: Bench, operations: Operations) -> None:
    for number in range(5):
        bench.clock.advance(1)
        bench.send(
            answered(200, {"id": number + 1, "payment_status": "wait"}), order_id=f"PO-{number}", amount=f"{number + 1}"
        )
    first = operations.page(Filter(), limit=3)
    assert [row.order_id for row in first] == ["PO-4", "PO-3", "PO-2"]
    assert [row.order_id for row in operations.page(Filter(), first[-1].key, 3)] == ["PO-1", "PO-0"]
    assert operations.jump(Filter(), 0, 3) == first
    assert [row.order_id for row in operations.jump(Filter(), 3, 3)] == ["PO-1", "PO-0"]
    assert operations.jump(Filter(amount=500), 1) == operations.jump(Filter(), 99) == []
    assert operations.totals(Filter()) == {State.WAIT: (5, 1500)}
    assert operations.counts().open == 5
    assert operations.get("PO-3") == first[1]
    assert operations.get("none") is None


def test_a_search_finds_a_whole_number_by_its_mark(bench: Bench, operations: Operations) -> None:
    bench.send(answered(200, ACCEPTED), recipient="Громова Е. А.")
    for text in ("+7 903 111-22-33", "3000,00", "100001524", "33", "Гром", "PO-20261124"):
        assert len(operations.page(operations.search(text).filter)) == 1, text
    for text in ("+7 903 111-22-34", "3000,01", "7777", "Петров"):
        assert operations.page(operations.search(text).filter) == [], text


def test_a_card_tells_everything_about_an_operation(bench: Bench, operations: Operations) -> None:
    row = bench.send(lost(Reason.SILENT)).row
    card = operations.card(row.order_id)
    assert card.row == row
    assert card.account == bench.account
    assert card.method is not None
    assert card.notice is not None
    assert card.notice.needs == {"t"}
    assert card.steps == operations.timeline(row.order_id)
    assert card.deeds == {Deed.CHECK, Deed.RESOLVE}
    assert card.gate is not None
    assert card.gate.asks_missing == 3
    assert not card.is_long
    bench.clock.advance(90_000)
    assert operations.card(row.order_id).is_long


def test_the_card_of_a_contradiction_opens_the_answer_that_made_it(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": "paid"})).row
    bench.transport.asks.append(answered(200, {"id": 7, "order_id": row.order_id, "payment_status": "cancel"}))
    bench.follow.ask(row.order_id)
    assert operations.totals(Filter(disputed_only=True)) == {State.PAID: (1, 300000)}
    assert operations.sums(Filter()) == [Sums(Kind.PAYOUT, State.PAID, True, 1, 300000)]
    assert operations.count() == 1
    card = operations.card(row.order_id)
    assert card.deeds == {Deed.CHECK, Deed.LIFT, Deed.RESOLVE}
    assert card.notice is not None
    assert dict(card.notice.what.arguments)["b"].source == "Cancelled"  # type: ignore[attr-defined]  # a text


def test_a_card_of_an_order_that_is_not_there_says_so(operations: Operations) -> None:
    for ask in (operations.card, operations.shown, operations.timeline, operations.reveal, operations.duplicate):
        with pytest.raises(Unavailable, match="E-NO-ORDER"):
            ask("none")


def test_an_account_that_is_gone_leaves_its_local_id(bench: Bench, operations: Operations, tmp_path: Path) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    bench.accounts._known.clear()
    assert operations.card(row.order_id).account is None
    assert "Account: acc, …\n" in operations.receipt(row.order_id, "en")


def test_what_a_payer_is_shown_is_opened_from_the_answer(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, SHOWN), CARD).row
    card = operations.card(row.order_id)
    assert [(each.shown.name, each.value) for each in card.shown] == [
        ("cardNumber", "2200700012347648"),
        ("cardHolderName", "IVAN I."),
    ]
    assert Deed.SHOW in card.deeds
    assert operations.shown(row.order_id) is operations.shown(row.order_id)
    assert "2200 7000 1234 7648" in operations.payer_text(row.order_id, "en")


def test_what_came_later_with_a_status_is_shown_too(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": "wait"}), CARD).row
    assert operations.shown(row.order_id) == ()
    assert operations.payer_text(row.order_id, "en") == ""
    bench.clock.advance(60)
    bench.transport.asks.append(answered(200, {**SHOWN, "order_id": row.order_id, "cardNumber": "2200700012340000"}))
    bench.follow.ask(row.order_id)
    assert [each.value for each in operations.shown(row.order_id)] == ["2200700012340000", "IVAN I."]


def test_a_payout_shows_its_payer_nothing(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    assert operations.shown(row.order_id) == ()


def test_a_number_is_shown_whole_after_that_is_journalled(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    revealed = operations.reveal(row.order_id)
    assert revealed.get("number") == "+7 903 111-22-33"
    assert revealed.get("none") is None
    assert bench.kinds(row.order_id)[-1] == "revealed"
    assert operations.timeline(row.order_id)[-1].title.source == "Number shown for 10 s"
    payment = bench.send(answered(200, SHOWN), CARD, order_id="PM-1").row
    assert operations.reveal(payment.order_id).get("cardNumber") == "2200 7000 1234 7648"


def test_nothing_is_revealed_where_the_journal_does_not_take_the_event(
    bench: Bench, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = bench.send(answered(200, ACCEPTED)).row

    def refuse(*_: object, **__: object) -> None:
        raise Unavailable("E-IO")

    monkeypatch.setattr(bench.journal, "append", refuse)
    with pytest.raises(Unavailable, match="E-IO"):
        operations.reveal(row.order_id)


def test_a_copy_has_everything_typed_but_the_order_id(bench: Bench, operations: Operations) -> None:
    review = bench.review(recipient="Громова", basis="Счёт 7")
    bench.transport.creates.append(answered(200, ACCEPTED))
    bench.submit.send(review)
    draft = operations.duplicate(review.order_id)
    assert (draft.kind, draft.method, draft.recipient, draft.basis) == (
        Kind.PAYOUT, "payment_card_sbp_rub", "Громова", "Счёт 7",
    )  # fmt: skip
    assert draft.texts == {"amount": "3000.00", "number": "79031112233", "customer_code": "100000000111"}
    method, texts = bench.texts()
    values, problems = method.parse({**draft.texts, "order_id": "PO-2"})
    assert not problems
    assert {**values, "order_id": "x"} == {**method.parse(texts)[0], "order_id": "x"}


def test_a_copy_keeps_a_bank_as_it_was_typed(bench: Bench, operations: Operations) -> None:
    row = bench.send(answered(200, ACCEPTED), customer_code='"my bank"').row
    assert operations.duplicate(row.order_id).texts["customer_code"] == '"my bank"'
    payment = bench.send(answered(200, SHOWN), CARD, order_id="PM-1").row
    assert operations.duplicate(payment.order_id).recipient == ""


def test_receipt_and_report_are_in_the_language_asked_for(bench: Bench, operations: Operations) -> None:
    row = bench.send(unreachable()).row
    assert "State: Not sent\n" in operations.receipt(row.order_id, "en")
    assert "Key fingerprint" not in operations.report(row.order_id, "en")
    sent = bench.send(answered(200, ACCEPTED), order_id="PO-2", amount="7.00").row
    assert f"Key fingerprint: {bench.accounts.open('acc').keys[Kind.PAYOUT].fingerprint}\n" in operations.report(
        sent.order_id, "en"
    )
    assert "Состояние" in operations.receipt(sent.order_id, "ru")


def test_a_service_of_a_later_version_is_shown_with_what_is_known(
    bench: Bench, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = unknown_service(bench, operations, monkeypatch)
    assert operations.card(row.order_id).method is None
    assert operations.shown(row.order_id) == ()
    assert operations.reveal(row.order_id).values == ()
    assert operations.payer_text(row.order_id, "en") == ""
    assert "Method: later\n" in operations.report(row.order_id, "en")
    with pytest.raises(Unavailable, match="E-NO-ORDER"):
        operations.duplicate(row.order_id)


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        (State.INTENDED, set()),
        (State.SENDING, set()),
        (State.UNKNOWN, {Deed.CHECK, Deed.RESOLVE}),
        (State.WAIT, {Deed.CHECK}),
        (State.NOT_SENT, {Deed.RESEND, Deed.CLOSE}),
        (State.ABSENT, {Deed.CHECK, Deed.RESEND, Deed.CLOSE}),
        (State.REJECTED, {Deed.CORRECT}),
        (State.FAIL, {Deed.CORRECT}),
        (State.PAID, set()),
        (State.CANCEL, set()),
        (State.CLOSED, set()),
    ],
)
def test_only_what_the_state_allows_can_be_done(bench: Bench, state: State, deeds: set[Deed]) -> None:
    row = replace(bench.send(answered(200, ACCEPTED)).row, state=state)
    assert deeds_of(row) == deeds
    disputed = replace(row, disputed_at="x")
    more = {Deed.CHECK, Deed.LIFT}
    if state in {State.WAIT, State.PAID, State.CANCEL, State.FAIL}:
        more.add(Deed.RESOLVE)
    assert deeds_of(disputed) == deeds | more
    if state in {State.UNKNOWN, State.WAIT}:
        assert Deed.RESEND not in deeds_of(disputed)
    payment = {Deed.SHOW} if state in {State.WAIT, State.PAID} else set()
    assert deeds_of(replace(row, kind=Kind.PAYMENT)) == deeds | payment


def test_what_the_support_never_had_can_still_be_asked_about_when_closed(bench: Bench) -> None:
    row = bench.send(lost()).row
    bench.transport.asks += [lost(), lost(), lost()]
    for _ in range(3):
        bench.clock.advance(600)
        bench.follow.ask(row.order_id)
    word = confirmation_word(row)
    bench.settle.resolve(row.order_id, Resolution(Word.NEVER, "T-17", "Anna", word))
    closed = bench.settle.close(row.order_id, word)
    assert deeds_of(closed) == {Deed.CHECK}


def test_without_the_journals_key_the_card_says_what_stands_in_clear(bench: Bench) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": "paid"})).row
    bench.transport.asks.append(answered(200, {"id": 7, "order_id": row.order_id, "payment_status": "cancel"}))
    bench.follow.ask(row.order_id)
    looking = Looking(bench.home.path, Unavailable("E-KEYRING-JOURNAL"))
    operations = Operations(looking, bench.reader, bench.accounts, bench.clock)
    card = operations.card(row.order_id)
    assert card.notice is not None
    assert dict(card.notice.what.arguments)["b"] == "—"
    with pytest.raises(Unavailable, match="E-KEYRING-JOURNAL"):
        operations.duplicate(row.order_id)
    looking.close()


def test_an_export_writes_what_the_filter_lets_through(bench: Bench, operations: Operations, tmp_path: Path) -> None:
    bench.send(answered(200, ACCEPTED), order_id="one")
    bench.send(answered(200, ACCEPTED), order_id="two", amount="2.00")
    counts: list[int] = []
    path = tmp_path / "out.jsonl"
    assert operations.export(Filter(order_id="two"), path, "jsonl", lambda text: text.source, counts.append) == 1
    assert '"two"' in path.read_text("utf-8")
    assert counts == [1]
