"""Drafts, payers and notes: sealed, each in its own place."""

from __future__ import annotations

import pytest

from console.journal.papers import Draft, Note, Payer
from console.journal.seal import Unsealable
from tests.journal.making import Desk, behind, moment, rows


def test_drafts_are_kept_replaced_and_dropped(desk: Desk) -> None:
    papers = desk.journal.papers
    papers.save_draft("payout", "old", moment(1))
    papers.save_draft("payment", "Ёж", moment(2))
    papers.save_draft("payout", "new", moment(3))
    assert papers.drafts() == [
        Draft("payout", "new", moment(3).iso()),
        Draft("payment", "Ёж", moment(2).iso()),
    ]
    papers.drop_draft("payout")
    papers.drop_draft("payout")
    assert [draft.name for draft in papers.drafts()] == ["payment"]


def test_payers_are_offered_with_their_last_address(desk: Desk) -> None:
    papers = desk.journal.papers
    papers.remember_payer("u1", "203.0.113.1", moment(1))
    papers.remember_payer("u2", "203.0.113.2", moment(2))
    papers.remember_payer("u1", "203.0.113.9", moment(3))
    assert papers.payers() == [Payer("u1", "203.0.113.9"), Payer("u2", "203.0.113.2")]
    assert papers.payers(limit=1) == [Payer("u1", "203.0.113.9")]


def test_notes_stay_at_their_order(desk: Desk) -> None:
    papers = desk.journal.papers
    for text in ("one", "two"):
        papers.add_note("PO-1", text, moment(1))
    papers.add_note("PO-2", "three", moment(2))
    assert papers.notes("PO-1") == [Note("one", moment(1).iso()), Note("two", moment(1).iso())]


def test_none_of_it_stands_in_clear(desk: Desk) -> None:
    papers = desk.journal.papers
    papers.save_draft("payout", "79031112233", moment(1))
    papers.remember_payer("payer-79031112233", "203.0.113.1", moment(1))
    papers.add_note("PO-1", "79031112233", moment(1))
    desk.close()
    assert b"79031112233" not in desk.path.read_bytes()


def test_a_paper_in_anothers_place_does_not_open(desk: Desk) -> None:
    papers = desk.journal.papers
    papers.save_draft("a", "of a", moment(1))
    papers.save_draft("b", "of b", moment(1))
    with behind(desk.path, unguarded=False) as other:
        other.execute("UPDATE draft SET sealed = (SELECT sealed FROM draft WHERE name = 'a') WHERE name = 'b'")
    with pytest.raises(Unsealable):
        papers.drafts()
    assert len(rows(desk.path, "SELECT 1 FROM draft")) == 2
