"""A journal that may only be looked at writes nothing, and opens what is sealed to the holder of the key alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal.entry import Entry, EventKind, Parts
from console.journal.looking import Looking
from tests.journal.making import KEY, OTHER_KEY, Desk, moment

SECOND = Unavailable("E-SECOND", pid=7, since=None)


@pytest.fixture(params=[KEY, OTHER_KEY, None], ids=["key", "other", "none"])
def key(request: pytest.FixtureRequest) -> Secret | None:
    given = request.param
    assert given is None or isinstance(given, Secret)
    return given


@pytest.fixture
def looking(told: Desk, key: Secret | None) -> Iterator[Looking]:
    made = Looking(told.home, SECOND, key)
    yield made
    made.close()


def test_it_has_what_services_use_of_a_journal(looking: Looking, told: Desk) -> None:
    assert (looking.home, looking.journal_id) == (told.home, told.journal.journal_id)
    assert looking.fault is SECOND
    looking.block(None)
    looking.flush(moment(99))
    assert looking.fault is SECOND
    assert (looking.papers.drafts(), looking.papers.payers(), looking.papers.notes("PO-1")) == ([], [], [])
    looking.papers.drop_draft("payout")


def test_whatever_writes_raises_why_it_cannot(looking: Looking, told: Desk) -> None:
    before = told.path.read_bytes(), told.reader.head()
    entry = Entry(EventKind.VERIFIED, moment(99))
    deeds: list[Callable[[], object]] = [
        lambda: looking.append(entry),
        lambda: looking.append_quiet(entry),
        lambda: looking.ensure_key("f", b"pem", moment(99)),
        looking.head,
        lambda: looking.papers.save_draft("payout", "{}", moment(99)),
        lambda: looking.papers.remember_payer("u", "a", moment(99)),
        lambda: looking.papers.add_note("PO-1", "x", moment(99)),
    ]
    for deed in deeds:
        with pytest.raises(Unavailable) as caught:
            deed()
        assert caught.value is SECOND
    assert (told.path.read_bytes(), told.reader.head()) == before


def test_what_is_sealed_opens_with_its_key_alone(looking: Looking, told: Desk, key: Secret | None) -> None:
    sealed = next(event.seq for event in told.reader.events("PO-1") if event.kind == "sending")
    if key is KEY:
        assert looking.open_parts(sealed) == told.journal.open_parts(sealed)
        assert looking.open_part(sealed, 1).part == told.journal.open_part(sealed, 1).part
        assert looking.open_parts(1) == Parts()
        with pytest.raises(LookupError, match="no sealed bytes"):
            looking.open_parts(10_000)
        assert looking.finder.mark("number", "7") == told.journal.finder.mark("number", "7")
        return
    for deed in (lambda: looking.open_parts(sealed), lambda: looking.open_part(sealed, 1)):
        with pytest.raises(LookupError) as caught:
            deed()
        assert isinstance(caught.value, Unavailable)
        assert caught.value.code == "E-KEYRING-JOURNAL"
    assert looking.finder.mark("number", "7") == ""


def test_there_may_be_nothing_to_look_at(desk: Desk) -> None:
    desk.close()
    for path in desk.home.glob("journal.db*"):
        path.unlink()
    looking = Looking(desk.home, SECOND, KEY)
    assert looking.journal_id == ""
    with pytest.raises(LookupError):
        looking.open_parts(1)
    looking.close()
