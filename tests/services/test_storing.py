"""What came of a create and the journal did not take: held with all that was heard, and written once it can be."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.states import State
from console.journal.check import check
from console.journal.store import NotStored, StoreUnknown
from console.services.submit import Sent
from tests.services.bench import Answer, Bench, answered, lost, unreachable

ACCEPTED = {"id": 100001524, "payment_status": "wait"}
FULL = NotStored("E-DISK-FULL")


class Disk:
    """Takes what starts a create and refuses, while it is `full`, what ends one."""

    def __init__(self, bench: Bench, monkeypatch: pytest.MonkeyPatch, trouble: Exception = FULL) -> None:
        self.full = True
        append = bench.journal.append

        def refusing(entry: Any, **changes: Any) -> Any:
            if self.full and entry.kind.value in {"heard", "ended"}:
                raise trouble
            return append(entry, **changes)

        monkeypatch.setattr(bench.journal, "append", refusing)


def send(bench: Bench, answer: Answer, **changed: str) -> Sent:
    sent = bench.send(answer, **changed)
    assert not sent.stored
    return sent


@pytest.mark.parametrize(
    ("answer", "state", "kinds"),
    [
        (answered(200, ACCEPTED), State.WAIT, ["intended", "sending", "heard"]),
        (answered(400, {"errors": {"number": ["no"]}}), State.REJECTED, ["intended", "sending", "heard"]),
        (lost(), State.UNKNOWN, ["intended", "sending", "ended"]),
        (unreachable(), State.NOT_SENT, ["intended", "ended"]),
    ],
)
def test_what_was_heard_is_written_as_soon_as_the_disk_takes_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, answer: Answer, state: State, kinds: list[str]
) -> None:
    disk = Disk(bench, monkeypatch)
    sent = send(bench, answer)
    storing = bench.submit.storing
    assert storing.held() == (sent,)
    assert storing.store_again() == ()
    assert storing.held() == (sent,)
    disk.full = False
    assert storing.store_again() == (sent.row.order_id,)
    row = bench.reader.get(sent.row.order_id)
    assert row is not None
    assert (row.state, row.gateway_id) == (state, sent.verdict.gateway_id)
    assert bench.kinds(sent.row.order_id) == kinds
    assert (storing.held(), storing.store_again()) == ((), ())
    assert check(bench.home.journal, key=bench.key).findings == ()
    assert len(bench.transport.sent) == (0 if state is State.NOT_SENT else 1)


def test_a_disk_that_takes_one_keeps_the_others_in_their_order(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(bench, monkeypatch)
    first = send(bench, answered(200, ACCEPTED), order_id="o-1", amount="10")
    second = send(bench, answered(200, {"id": 7, "payment_status": "wait"}), order_id="o-2", amount="20")
    assert bench.submit.storing.held() == (first, second)
    append = bench.journal.append

    def one(entry: Any, **changes: Any) -> Any:
        event = append(entry, **changes)
        disk.full = True
        return event

    monkeypatch.setattr(bench.journal, "append", one)
    disk.full = False
    assert bench.submit.storing.store_again() == ("o-1",)
    assert bench.submit.storing.held() == (second,)


def test_a_commit_nobody_could_tell_of_is_not_written_twice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    append = bench.journal.append

    def doubtful(entry: Any, **changes: Any) -> Any:
        event = append(entry, **changes)
        if entry.kind.value == "heard":
            raise StoreUnknown("E-IO")
        return event

    monkeypatch.setattr(bench.journal, "append", doubtful)
    sent = send(bench, answered(200, ACCEPTED))
    assert bench.submit.storing.store_again() == (sent.row.order_id,)
    assert bench.kinds(sent.row.order_id) == ["intended", "sending", "heard"]
    assert bench.submit.storing.held() == ()
