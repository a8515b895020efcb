"""`Drafts`: what a form begins with."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.services.drafts import Draft, Drafts
from console.settings.settings import ORDER_ID_FROM_BASIS
from tests.services.bench import Bench, answered, unreachable

DRAFT = Draft(Kind.PAYOUT, "payment_card_sbp_rub", {"amount": "12 34", "number": "8 903"}, "Громова Е. А.", "Счёт 118")
REFUSAL = {"message": "The given data was invalid.", "errors": {"number": ["wrong"]}}


@pytest.fixture
def drafts(bench: Bench) -> Drafts:
    """Drafts over a real journal; ids count up."""
    numbers = iter(range(1, 100))
    return Drafts(bench.journal.papers, bench.reader, bench.settings, bench.clock, lambda: f"{next(numbers):032x}")


def test_nothing_was_typed_yet(drafts: Drafts) -> None:
    assert drafts.load(Kind.PAYOUT) is None


def test_a_draft_comes_back_as_it_was_typed(bench: Bench, drafts: Drafts) -> None:
    saved = drafts.save(DRAFT)
    assert saved == replace(DRAFT, saved_at=bench.clock.utc)
    assert drafts.load(Kind.PAYOUT) == saved
    assert drafts.load(Kind.PAYMENT) is None


def test_nothing_typed_stands_in_the_file(bench: Bench, drafts: Drafts) -> None:
    drafts.save(replace(DRAFT, texts={"number": "79031112233"}))
    bench.journal.close()
    whole = b"".join(path.read_bytes() for path in bench.home.path.glob("journal.db*"))
    assert b"79031112233" not in whole
    assert "Громова".encode() not in whole


def test_a_later_save_takes_the_place_of_an_earlier_one(drafts: Drafts) -> None:
    drafts.save(DRAFT)
    drafts.save(replace(DRAFT, recipient="Another"))
    found = drafts.load(Kind.PAYOUT)
    assert found is not None
    assert found.recipient == "Another"


def test_a_dropped_draft_is_gone(drafts: Drafts) -> None:
    drafts.save(DRAFT)
    drafts.drop(Kind.PAYOUT)
    assert drafts.load(Kind.PAYOUT) is None


def test_a_draft_of_a_later_version_is_left_alone(bench: Bench, drafts: Drafts) -> None:
    bench.journal.papers.save_draft("payout", json.dumps({"format": 2}), bench.clock())
    assert drafts.load(Kind.PAYOUT) is None


def test_a_draft_whose_order_was_sent_is_forgotten(bench: Bench, drafts: Drafts) -> None:
    sent = bench.send(unreachable())
    drafts.save(replace(DRAFT, texts={"order_id": sent.row.order_id}))
    assert drafts.load(Kind.PAYOUT) is None
    assert bench.journal.papers.drafts() == []


@pytest.mark.parametrize(
    ("draft", "is_empty"),
    [
        (Draft(Kind.PAYOUT, "x", {"order_id": "PO-1", "amount": ""}), True),
        (Draft(Kind.PAYOUT, "x", {"amount": "1"}), False),
        (Draft(Kind.PAYOUT, recipient="a"), False),
        (Draft(Kind.PAYOUT, basis="b"), False),
    ],
)
def test_a_draft_with_an_order_id_alone_is_empty(draft: Draft, is_empty: bool) -> None:
    assert draft.is_empty is is_empty


def test_order_ids_are_random_and_carry_the_moscow_day(bench: Bench, drafts: Drafts) -> None:
    bench.clock.advance(13 * 3600)  # 22:00 UTC is the next day in Moscow
    assert drafts.order_id(Kind.PAYOUT) == "PO-20261125-000000000000"
    assert drafts.new_order_id(Kind.PAYMENT, "Счёт 118") == "PM-20261125-000000000000"


def test_ids_differ_by_chance(bench: Bench) -> None:
    drafts = Drafts(bench.journal.papers, bench.reader, bench.settings, bench.clock)
    assert len({drafts.order_id(Kind.PAYOUT) for _ in range(50)}) == 50


def test_an_id_from_the_basis_is_the_same_on_every_desk(bench: Bench, drafts: Drafts) -> None:
    assert drafts.follows_basis() is False
    bench.settings.set(ORDER_ID_FROM_BASIS, True)
    assert drafts.follows_basis() is True
    made = drafts.new_order_id(Kind.PAYOUT, "Счёт 118")
    assert made == drafts.new_order_id(Kind.PAYOUT, "  счёт   118 ")
    assert made.startswith("PO-")
    assert made != drafts.new_order_id(Kind.PAYOUT, "Счёт 119")
    assert drafts.new_order_id(Kind.PAYOUT, "  ").startswith("PO-2026")


def test_a_basis_that_came_to_nothing_takes_the_next_id(bench: Bench, drafts: Drafts) -> None:
    bench.settings.set(ORDER_ID_FROM_BASIS, True)
    first = drafts.new_order_id(Kind.PAYOUT, "Счёт 118")
    assert bench.send(answered(400, REFUSAL), order_id=first).row.state is State.REJECTED
    second = drafts.new_order_id(Kind.PAYOUT, "Счёт 118")
    assert second == f"{first}-2"
    bench.send(answered(200, {"id": 5, "payment_status": "wait"}), order_id=second)
    assert drafts.new_order_id(Kind.PAYOUT, "Счёт 118") == second


def test_banks_used_lately_are_offered(bench: Bench, drafts: Drafts) -> None:
    assert drafts.banks() == ()
    bench.send(answered(200, {"id": 5, "payment_status": "wait"}))
    assert drafts.banks() == ("100000000111",)


def test_what_was_sent_is_forgotten_and_its_payer_remembered(drafts: Drafts) -> None:
    method = by_code("payment_card_number_card")
    drafts.save(Draft(Kind.PAYMENT, method.code, {"amount": "1"}))
    drafts.sent(method, method.sample())
    assert drafts.load(Kind.PAYMENT) is None
    assert [(payer.user_id, payer.address) for payer in drafts.payers()] == [("client-20418", "95.24.17.8")]


def test_a_payout_has_no_payer(drafts: Drafts) -> None:
    method = by_code("payment_card_sbp_rub")
    drafts.sent(method, method.sample())
    assert drafts.payers() == ()


def test_trouble_with_the_memory_of_what_was_sent_is_not_told(
    drafts: Drafts, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise Unavailable("E-BUSY", who=name)

    monkeypatch.setattr(bench.journal.papers, "drop_draft", fail)
    method = by_code("payment_card_sbp_rub")
    drafts.sent(method, method.sample())
