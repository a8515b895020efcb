"""One history by one seed: a hasty clerk, an unreliable gateway, a failing disk, crashes, and invariants after each step.

The program under test is the real one: services, journal, state machine. Made up are the clock, the transport, the vault
and when the disk refuses.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.gateway.gate import Gate
from console.gateway.signing import Signed
from console.journal.append import Journal
from console.journal.change import Lost
from console.journal.check import check
from console.journal.entry import EventKind
from console.journal.lock import Held, HomeLock
from console.journal.read import Reader
from console.journal.rows import OperationRow
from console.journal.store import NotStored, StoreUnknown
from console.services.recover import recover
from console.services.reviews import Problems
from console.services.settle import Resolution, Word, confirmation_word
from tests.services.bench import Bench, acknowledge, unreachable
from tests.simulation.edges import Intent, Killed, SimTransport, loaded
from tests.simulation.gateway import VirtualGateway
from tests.simulation.mistakes import Mistakes

NUMBERS = ("79031112201", "79031112202", "79031112203")
AMOUNTS = ("1000.00", "2500.50")
TOLD_NOTHING_LEFT = frozenset({State.NOT_SENT, State.REJECTED, State.CLOSED})
TOLD_OVER = TOLD_NOTHING_LEFT | {State.FAIL, State.CANCEL}
SHARED = Path("/dev/shm")
_BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
_BLOCKING = frozenset({State.INTENDED, State.SENDING, State.UNKNOWN, State.ABSENT})


class World:
    """A history. `run` plays it; `broken` holds what an invariant found."""

    def __init__(self, seed: int, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.random = Random(seed)
        self.history: list[str] = []
        self.visited: Counter[tuple[str, str]] = Counter()
        patch.setattr(serialization, "load_pem_private_key", loaded)
        self.bench = Bench(folder, patch)
        self.start = self.bench.clock.monotonic
        self.gateway = VirtualGateway(self.random, self.seconds, self.note)
        self.gateway.believed = lambda order_id: order_id in self.finals
        self.bench.transport = SimTransport("", world=self)
        self.bench.prove()
        self.intents: list[Intent] = []
        self.finals: dict[str, State] = {}
        self.asleep = 0.0
        self.a_person_sends = False
        self.may_crash = True
        self.disk_fails = self.outcome_fails = 0.0
        self.cases = 0
        self.gates: dict[str, list[tuple[int, Gate]]] = {}
        """The gates of this process's attempts by order, with the attempt's number: workers may come late to them."""
        self.mistakes = Mistakes(self)
        self.guard_journal()

    def seconds(self) -> float:
        """Seconds of the history, sleep included."""
        return (self.bench.clock.utc - _BEGIN).total_seconds()

    def note(self, words: str) -> None:
        self.history.append(words)

    # the edges ------------------------------------------------------------------------------------------------------

    def carry(self, signed: Signed, gate: Gate) -> Exchange:
        """A create on its way: connect, gate, bytes, answer."""
        assert self.a_person_sends, "a create without a person"
        order_id = _order_of(signed)
        begun = self.bench.reader.get(order_id)
        assert begun is not None
        self.gates.setdefault(order_id, []).append((begun.attempt, gate))
        self.may_die("connect")
        if self.gateway.is_down or self.random.random() < 0.1:
            return unreachable(
                self.random.choice((Reason.DNS, Reason.REFUSED, Reason.CONNECT_TIMEOUT, Reason.TLS_ISSUER))
            )
        if self.random.random() < 0.03:
            self.bench.clock.sleep(45)
        try:
            gate(None)
        except Exception as error:  # as the transport does: whatever the gate raises keeps every byte at home
            return Exchange(Reason.GATE, gate_passed=False, detail=type(error).__name__)
        self.may_die("first byte")
        row = self.bench.reader.get(order_id)
        assert row is not None and row.state is State.SENDING, f"{order_id} leaves without its mark"
        self.cases += 1
        answer = self.gateway.create(signed.body)
        self.may_die("read")
        return answer

    def may_die(self, where: str) -> None:
        if self.may_crash and self.random.random() < 0.02:
            self.note(f"killed at {where}")
            raise Killed(where)

    def guard_journal(self) -> None:
        """Let the disk refuse, or the process end, at any append."""
        append = self.bench.journal.append

        def unreliable(entry: Any, **changes: Any) -> Any:
            is_outcome = entry.kind in {EventKind.HEARD, EventKind.ENDED}
            if self.random.random() < max(self.disk_fails, self.outcome_fails * is_outcome):
                self.note(f"disk refuses {entry.kind.value}")
                raise self.random.choice(
                    (NotStored("E-DISK-FULL", free=0, need=1), NotStored("E-IO"), StoreUnknown("E-IO"))
                )
            self.may_die(f"before {entry.kind.value}")
            event = append(entry, **changes)
            self.may_die(f"after {entry.kind.value}")
            return event

        self.bench.journal.append = unreliable  # type: ignore[method-assign]  # the edge of the disk

    # the steps ------------------------------------------------------------------------------------------------------

    def run(self, steps: int) -> None:
        """Play the history, look after each step, and settle at the end."""
        deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self.pay, 10), (self.pay_again, 6), (self.resend, 6), (self.close, 2), (self.support, 3), (self.lift, 1),
            (self.ask, 30), (self.wait, 12), (self.sleep, 1), (self.illness, 2), (self.disk, 2), (self.second, 1),
            (self.crash, 2), (self.prove, 2), (self.mistake, 12),
        )  # fmt: skip
        for _ in range(steps):
            deed = self.random.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]
            self.step(deed)
            self.look()
        self.settle()

    def step(self, deed: Callable[[], None]) -> None:
        """Do one deed, and begin anew where it ends the process."""
        self.note(deed.__name__)
        try:
            deed()
        except Killed:
            self.restart()
        except (Unavailable, Invalid, Problems, Lost, StoreUnknown) as trouble:
            self.note(f"trouble {getattr(trouble, 'code', type(trouble).__name__)}")

    def pay(self) -> None:
        """A new thing to pay."""
        intent = Intent(self.random.choice(NUMBERS), self.random.choice(AMOUNTS))
        self.intents.append(intent)
        self._order(intent)

    def pay_again(self) -> None:
        """The hasty clerk: what is not surely over is tried as a new order, which has to be refused."""
        open_ = [intent for intent in self.intents if intent.orders and not self._is_over(intent)]
        if open_:
            self._order(self.random.choice(open_))

    def _order(self, intent: Intent) -> None:
        order_id = f"o-{sum(len(each.orders) for each in self.intents)}"
        unclear = [each for each in intent.orders if self._state(each) in _BLOCKING]
        over = all(self._told_over(each) for each in intent.orders)
        review = self.bench.review(order_id=order_id, number=intent.number, amount=intent.amount)
        if unclear:
            assert review.blocked is not None, f"{order_id} is not blocked by {unclear}"
        if not over and review.blocked is None:
            return  # the console shows an earlier one that is paid or under way: the clerk believes it
        intent.orders.append(order_id)
        self._send(review)

    def _send(self, review: Any) -> None:
        self.a_person_sends = True
        try:
            sent = self.bench.submit.send(review, acknowledge(review))
            self.bench.follow.watch(sent.row, self.bench.clock())
            self.visited[sent.row.state.value, "sent"] += 1
        finally:
            self.a_person_sends = False

    def resend(self) -> None:
        rows = self._rows(State.NOT_SENT, State.ABSENT)
        if rows:
            self.resend_one(self.random.choice(rows))

    def resend_one(self, row: OperationRow) -> None:
        """Send what was not sent once more, unless the console shows another order of the same intent."""
        review = self.bench.submit.resend_review(row.order_id)
        intent = next(each for each in self.intents if row.order_id in each.orders)
        others = [each for each in intent.orders if each != row.order_id and not self._told_over(each)]
        if others:
            warned = review.blocked is not None or any(doubt.typed for doubt in review.doubts)
            assert warned, f"{row.order_id} would be sent beside {others} without a word"
            return  # the clerk reads that it was already sent
        self._send(review)

    def close(self) -> None:
        rows = self._rows(State.NOT_SENT, State.ABSENT)
        if rows:
            self.close_one(self.random.choice(rows))

    def close_one(self, row: OperationRow) -> None:
        """Close what was not sent."""
        self.bench.settle.close(row.order_id, confirmation_word(row))

    def support(self) -> None:
        """Support answers, and truly: it looks at the gateway's own record."""
        rows = self._rows(State.UNKNOWN)
        if rows:
            self.support_one(self.random.choice(rows))

    def support_one(self, row: OperationRow) -> None:
        """Record the support's word about an order."""
        word = self.truth(row.order_id)
        if word is not None:
            known = self.gateway.ledger.get(row.order_id)
            gateway_id = "" if known is None else str(known.id)
            self.bench.settle.resolve(row.order_id, Resolution(word, "T-1", "Анна", confirmation_word(row), gateway_id))

    def truth(self, order_id: str) -> Word | None:
        """What the gateway's own record says; None while support is still looking."""
        self.gateway.surface()
        if order_id in self.gateway.ledger:
            return Word.HAS
        return None if self.gateway.knows(order_id) else Word.NEVER

    def mistake(self) -> None:
        """Anything at all, at any order."""
        self.mistakes.one()

    def lift(self) -> None:
        rows = [row for row in self._all() if row.is_disputed]
        if rows:
            self.bench.settle.lift(self.random.choice(rows).order_id, "seen in the cabinet", "Анна")

    def ask(self) -> None:
        self.bench.clock.advance(self.random.choice((1, 5, 20)))
        for order_id in self.bench.follow.claim():
            self.bench.follow.ask(order_id)

    def wait(self) -> None:
        self.bench.clock.advance(self.random.choice((1, 10, 120, 900)))
        self.bench.journal.flush(self.bench.clock())

    def sleep(self) -> None:
        self.bench.clock.sleep(self.random.choice((3, 60, 3600)))

    def illness(self) -> None:
        how = self.random.choice(("down", "500", "401", "html", "429"))
        self.gateway.fall_ill(how, self.random.choice((30, 300, 1800)))

    def disk(self) -> None:
        """The disk refuses from now on, or no more; or only what an order came to, while the network is often away too."""
        self.disk_fails = self.random.choice((0.0, 0.0, 0.2, 1.0))
        self.outcome_fails = self.random.choice((0.0, 0.9))
        if self.outcome_fails and self.random.random() < 0.7:
            self.gateway.fall_ill("down", 300)

    def second(self) -> None:
        """Another console on this home never gets the lock."""
        try:
            HomeLock.take(self.bench.home.path, self.bench.clock()).release()
        except Held:
            return
        raise AssertionError("two consoles hold one home")

    def crash(self) -> None:
        raise Killed("by a person")

    def prove(self) -> None:
        """The clerk checks the connection, where a spell of 401 voided the proof."""
        self.bench.follow.resume("acc")
        self.bench.prove()

    # the ends -------------------------------------------------------------------------------------------------------

    def restart(self) -> None:
        """What a new process does: lock, journal, recovery, questions. Nothing in memory survives."""
        bench = self.bench
        self.disk_fails = self.outcome_fails = 0.0
        self.a_person_sends, self.gates = False, {}
        bench.accounts.close()
        bench.reader.close()
        bench.journal._store.close()
        bench.lock.release()
        if self.random.random() < 0.3:
            bench.clock.boot = f"boot-{len(self.history)}"
            bench.clock.monotonic = 50.0
        bench.lock = HomeLock.take(bench.home.path, bench.clock())
        bench.journal = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock)
        bench.reader = Reader(bench.home.journal)
        bench.accounts = bench._accounts()
        bench.accounts.load()
        bench.compose()
        before = {row.order_id: row.state for row in self._all()}
        recover(bench.journal, bench.reader, bench.clock())
        for order_id, state in before.items():
            self.visited[state.value, "restart"] += 1
            if state is State.SENDING:
                assert self._state(order_id) is State.UNKNOWN, order_id
        bench.follow.start()
        self.guard_journal()

    def look(self) -> None:
        """Every invariant that holds after every step."""
        self.gateway.surface()
        rows = {row.order_id: row for row in self._all()}
        for order_id in self.gateway.ledger:
            assert order_id in rows, f"{order_id} is lost: the gateway has it, the journal does not"
        for row in rows.values():
            known = self.gateway.knows(row.order_id)
            if row.state in TOLD_NOTHING_LEFT or row.state is State.ABSENT:
                assert not known, f"{row.order_id} is {row.state.value}, and the gateway has it"
            if row.state.is_final:
                assert known, f"{row.order_id} is {row.state.value}, and the gateway never had it"
                first = self.finals.setdefault(row.order_id, row.state)
                assert first is row.state, f"{row.order_id} was {first.value} and is {row.state.value}"
        for intent in self.intents:
            moving = [each for each in intent.orders if self._moves(each)]
            assert len(moving) <= 1, f"paid twice: {moving}"

    def settle(self) -> None:
        """Everything is well again: what the gateway knows is settled within a quarter of an hour."""
        self.may_crash = False
        self.restart()
        self.gateway.heal()
        self.bench.prove()
        for _ in range(260):
            for order_id in self.bench.follow.claim():
                self.bench.follow.ask(order_id)
            self.bench.clock.advance(3.5)
        self.bench.journal.flush(self.bench.clock())
        self.look()
        for row in self._rows(State.UNKNOWN):
            known = self.gateway.ledger.get(row.order_id)
            recent = known is not None and known.at > self.seconds() - 15 * 60
            assert known is None or recent or row.is_disputed, f"{row.order_id} stays unknown, and the gateway has it"
        self.bench.journal.flush(self.bench.clock())
        checked = check(self.bench.home.journal, key=self.bench.key)
        assert checked.findings == (), checked.findings

    # looking --------------------------------------------------------------------------------------------------------

    def _all(self) -> list[OperationRow]:
        return self.bench.reader.in_states(frozenset(State))

    def _rows(self, *states: State) -> list[OperationRow]:
        return self.bench.reader.in_states(frozenset(states))

    def _state(self, order_id: str) -> State | None:
        row = self.bench.reader.get(order_id)
        return None if row is None else row.state

    def _told_over(self, order_id: str) -> bool:
        state = self._state(order_id)
        return state is None or state in TOLD_OVER

    def _is_over(self, intent: Intent) -> bool:
        return any(self._state(each) is State.PAID for each in intent.orders)

    def _moves(self, order_id: str) -> bool:
        orders = [self.gateway.ledger.get(order_id), *(each for each in self.gateway.late if each.order_id == order_id)]
        return any(order is not None and order.final not in {"fail", "cancel"} for order in orders)


def _order_of(signed: Signed) -> str:
    return str(json.loads(signed.body)["order_id"])


def play(seed: int, steps: int) -> World:
    """Play one history; whatever an invariant finds names the seed."""
    where = SHARED if SHARED.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder, pytest.MonkeyPatch.context() as patch:
        world = World(seed, Path(folder), patch)
        try:
            world.run(steps)
        except Exception as error:
            told = str(error) if isinstance(error, AssertionError) else repr(error)
            tail = "\n".join(world.history[-40:])
            raise AssertionError(f"seed {seed}, steps {steps}: {told}\n{tail}") from error
        finally:
            world.bench.close()
        return world
