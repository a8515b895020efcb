"""The lock: keys go and come back, following goes on without them, wrong PINs cost time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.gateway.signing import encrypt_key
from console.journal.looking import Looking
from console.services.connect_words import change_words
from console.services.lock import FREE, LONGEST, Lock
from console.services.settle import WAIT, Resolution, Word, confirmation_word
from console.vault import pin as pins
from tests.services.bench import Bench, answered

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})
PIN = Secret("осень-26")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """One try is meant to take time; here nobody guesses."""
    monkeypatch.setattr(pins, "COST", 2)


@pytest.fixture
def lock(bench: Bench) -> Lock:
    return Lock(bench.vault, bench.accounts, bench.journal, bench.reader, bench.clock)


def refuse(lock: Lock, typed: str) -> str:
    with pytest.raises(Invalid) as refused:
        lock.unlock(Secret(typed))
    return refused.value.text.source


def test_following_goes_on_and_nothing_new_is_signed(bench: Bench, lock: Lock) -> None:
    bench.send(ACCEPTED, order_id="a")
    lock.lock()
    assert lock.is_locked
    access = bench.accounts.open("acc")
    for kind in Kind:
        with pytest.raises(Unavailable, match="E-LOCKED"):
            access.keys[kind].sign(b"[]", Digest.SHA1)
        with pytest.raises(Unavailable, match="E-LOCKED"):
            encrypt_key(access.keys[kind], Secret("x"))
    bench.transport.asks.append(answered(200, {"order_id": "a", "id": 5, "payment_status": "paid"}))
    assert bench.follow.ask("a").state is State.PAID
    assert bench.accounts.is_proved(access, Kind.PAYOUT)


def test_a_review_from_before_sends_nothing(bench: Bench, lock: Lock) -> None:
    bench.prove()
    review = bench.review(order_id="a")
    lock.lock()
    sent = bench.submit.send(review)
    assert sent.row.state is State.NOT_SENT
    assert bench.transport.sent == []


def test_an_order_that_is_asked_for_by_id_is_signed_so(
    bench: Bench, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.settle.ASKS", 0)
    bench.send(answered(500, b""), order_id="a")
    row = bench.reader.get("a")
    assert row is not None
    bench.clock.advance(WAIT.total_seconds())
    bench.settle.resolve("a", Resolution(Word.HAS, "T-1", "Анна", confirmation_word(row), "77"))
    lock.lock()
    bench.transport.asks.append(answered(200, {"order_id": "a", "id": 77, "payment_status": "wait"}))
    bench.follow.ask("a")
    assert bench.transport.asked[-1][1].body == b'{"id":"77"}'


def test_unlocking_reads_the_keys_again(bench: Bench, lock: Lock) -> None:
    bench.accounts.open("acc")
    lock.lock()
    lock.unlock(None)
    assert not lock.is_locked
    assert bench.accounts.open("acc").keys[Kind.PAYOUT].sign(b"[]", Digest.SHA1).body == b"[]"


def test_an_account_that_was_not_open_stays_closed_while_locked(bench: Bench, lock: Lock) -> None:
    bench.accounts.drop("acc")
    lock.lock()
    with pytest.raises(Unavailable, match="E-LOCKED"):
        bench.accounts.open("acc")
    lock.unlock(None)
    assert bench.accounts.open("acc").keys[Kind.PAYOUT].fingerprint


def test_keys_that_cannot_be_read_again_say_so_when_they_are_wanted(bench: Bench, lock: Lock) -> None:
    bench.accounts.open("acc")
    lock.lock()
    bench.vault.remove("acc/payout")
    lock.unlock(None)
    with pytest.raises(Unavailable, match="E-KEYRING-MISSING"):
        bench.accounts.open("acc")


def test_it_locks_also_where_an_account_cannot_be_opened(bench: Bench, lock: Lock) -> None:
    bench.send(ACCEPTED, order_id="a")
    bench.accounts.drop("acc")
    bench.vault.remove("acc/payout")
    lock.lock()
    assert lock.is_locked


def test_a_pin_is_asked_for(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    assert lock.has_pin()
    lock.lock()
    assert refuse(lock, "осень-25") == "This is not the PIN."
    with pytest.raises(Invalid):
        lock.unlock(None)
    assert lock.is_locked
    lock.unlock(PIN)
    assert bench.vault.read(pins.TRIES) is None
    assert bench.accounts.open("acc").keys


def test_a_pin_has_a_length_and_is_typed_twice(lock: Lock) -> None:
    for typed, again, field in (("12345", "12345", "typed"), ("123456", "123457", "again")):
        with pytest.raises(Invalid) as refused:
            lock.set_pin(Secret(typed), Secret(again))
        assert refused.value.field == field
    assert not lock.has_pin()


def test_another_pin_needs_the_one_there_is(lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    other = Secret("весна-27")
    with pytest.raises(Invalid) as refused:
        lock.set_pin(other, other)
    assert refused.value.field == "known"
    lock.set_pin(other, other, PIN)
    with pytest.raises(Invalid):
        lock.remove_pin(PIN)
    lock.remove_pin(other)
    assert not lock.has_pin()
    lock.remove_pin(other)


def test_wrong_pins_cost_more_and_more_time(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    for _ in range(FREE):
        assert lock.wait() == 0
        refuse(lock, "no")
    assert lock.wait() == 30
    assert "the next PIN is taken" in refuse(lock, PIN.reveal())
    bench.clock.advance(30)
    refuse(lock, "no")
    assert lock.wait() == 60
    bench.clock.advance(60)
    lock.unlock(PIN)
    assert lock.wait() == 0
    assert "pin-wrong" in [event.facts.get("what") for event in bench.reader.event_page()]


def test_the_pause_outlives_the_program_and_a_clock_that_was_set_on(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    for _ in range(FREE):
        refuse(lock, "no")
    again = Lock(bench.vault, bench.accounts, bench.journal, bench.reader, bench.clock)
    assert again.wait() == 30
    bench.clock.sleep(3600)  # the wall clock alone
    assert lock.wait() == again.wait() == 30
    bench.clock.boot = "boot-2"
    bench.clock.utc -= timedelta(seconds=3571)
    assert again.wait() == 1


def test_a_clock_that_was_set_back_makes_nobody_wait_for_ever(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    for _ in range(FREE):
        refuse(lock, "no")
    bench.clock.boot, bench.clock.utc = "boot-2", bench.clock.utc - timedelta(days=3650)
    assert lock.wait() == 30


def test_two_windows_of_a_home_count_together(bench: Bench, lock: Lock) -> None:
    """A window that may only look has no settings and no journal of its own to count in."""
    lock.set_pin(PIN, PIN)
    looking = Looking(bench.home.path, Unavailable("E-SECOND"))
    second = Lock(bench.vault, bench.accounts, looking, bench.reader, bench.clock)
    for number in range(FREE):
        refuse(second if number % 2 else lock, "no")
    again = Lock(bench.vault, bench.accounts, looking, bench.reader, bench.clock)
    for each in (lock, second, again):
        assert each.wait() == 30
        assert "the next PIN is taken" in refuse(each, PIN.reveal())
    bench.clock.advance(30)
    again.unlock(PIN)
    assert lock.wait() == second.wait() == 0
    assert refuse(second, "no") == "This is not the PIN."
    looking.close()


def test_the_longest_pause_is_an_hour(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    pins.keep_tries(bench.vault, pins.Tries(10_000, bench.clock()))
    assert lock.wait() == LONGEST


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"wrong": 9, "at": "x", "monotonic": 0, "boot": "b"}'])
def test_a_damaged_count_counts_nothing(bench: Bench, lock: Lock, kept: str) -> None:
    bench.vault.write(pins.TRIES, Secret(kept))
    assert lock.wait() == 0


def test_a_vault_that_takes_nothing_stops_neither_the_count_nor_the_right_pin(
    bench: Bench, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.set_pin(PIN, PIN)
    refuse(lock, "no")

    def full(*_: object) -> None:
        raise Unavailable("E-KEYRING-NONE")

    monkeypatch.setattr(bench.vault, "write", full)
    monkeypatch.setattr(bench.vault, "remove", full)
    for _ in range(FREE - 1):
        refuse(lock, "no")
    assert lock.wait() == 30
    bench.clock.advance(30)
    lock.lock()
    lock.unlock(PIN)
    assert not lock.is_locked
    assert lock.wait() == 0


def test_the_records_say_what_became_of_the_pin(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    for _ in range(FREE):
        refuse(lock, "no")
    bench.clock.advance(LONGEST)
    lock.remove_pin(PIN)
    words = [change_words(event.facts) for event in bench.reader.event_page() if event.kind == "changed"]
    assert [text.source for text in words if text is not None][:3] == [
        "The PIN was removed",
        "Wrong PINs in a row: {tries}",
        "A PIN was set",
    ]


def test_a_wrong_pin_is_wrong_also_where_the_journal_takes_nothing(bench: Bench, lock: Lock) -> None:
    lock.set_pin(PIN, PIN)
    looking = Looking(bench.home.path, Unavailable("E-SECOND"))
    again = Lock(bench.vault, bench.accounts, looking, bench.reader, bench.clock)
    for _ in range(FREE):
        assert refuse(again, "no") == "This is not the PIN."
    assert again.wait() == 30
    looking.close()


def test_a_start_is_locked_where_there_is_a_pin(lock: Lock) -> None:
    lock.begin()
    assert not lock.is_locked
    lock.set_pin(PIN, PIN)
    lock.begin()
    assert lock.is_locked
