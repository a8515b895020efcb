"""Sealed parts, opened: the values of an order, the fields of an answer, its headers."""

from __future__ import annotations

import gzip

import pytest

from console.catalogue.methods import by_code
from console.domain.answer import Number
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal.entry import Parts
from console.journal.looking import Looking
from console.journal.seal import Unsealable
from console.services.opened import answers, fields_of_answer, headers_of, parts_of, values_of
from tests.services.bench import Bench, answered, lost

SBP = by_code("payment_card_sbp_rub")
ACCEPTED = {"id": 100001524, "payment_status": "wait"}


def test_the_values_of_an_order_come_from_its_own_bytes(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    values = values_of(bench.journal, row, SBP)
    assert values["number"] == "79031112233"
    assert list(values) == ["amount", "order_id", "service", "number", "customer_code"]


def test_an_order_without_an_intent_has_no_values(bench: Bench) -> None:
    import dataclasses

    row = dataclasses.replace(bench.send(answered(200, ACCEPTED)).row, intended_seq=None)
    assert values_of(bench.journal, row, SBP) == {}


def test_a_record_that_is_not_there_has_no_parts(bench: Bench) -> None:
    assert parts_of(bench.journal, 10_000) == Parts()


def test_the_answers_come_newest_first_and_repetitions_once(bench: Bench) -> None:
    sent = bench.send(answered(200, ACCEPTED))
    order_id = sent.row.order_id
    status = {"order_id": order_id, "id": 100001524, "payment_status": "wait"}
    bench.transport.asks += [answered(200, status), answered(200, status), lost(), answered(200, b"<html>")]
    for _ in range(4):
        bench.clock.advance(60)
        bench.follow.ask(order_id)
    bench.journal.flush(bench.clock())
    assert bench.reader.get(order_id).state is State.WAIT  # type: ignore[union-attr]  # it is there
    found = answers(bench.journal, bench.reader.events(order_id))
    assert found == [
        {"order_id": order_id, "id": Number("100001524"), "payment_status": "wait"},
        {"id": Number("100001524"), "payment_status": "wait"},
    ]


def test_a_zipped_answer_is_read_by_its_header() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nodd line\r\n\r\n"
    parts = Parts(answer_head=head, answer_body=gzip.compress(b'{"id": 7}'))
    assert fields_of_answer(parts, 200) == {"id": Number("7")}
    assert fields_of_answer(Parts(answer_body=gzip.compress(b'{"id": 7}')), 200) is None


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        (b"", ()),
        (b"HTTP/1.1 200 OK\r\n\r\n", ()),
        (b"HTTP/1.1 200 OK\r\nDate:  x:y \r\nServer: z\r\n\r\n", (("date", "x:y"), ("server", "z"))),
    ],
)
def test_headers_are_read_as_they_stand(head: bytes, headers: tuple[tuple[str, str], ...]) -> None:
    assert headers_of(head) == headers


def test_what_stays_sealed_has_no_values(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    looking = Looking(bench.home.path, Unavailable("E-KEYRING-JOURNAL"))
    assert values_of(looking, row, SBP) == {}
    assert answers(looking, bench.reader.events(row.order_id)) == []
    looking.close()


def test_sealed_bytes_that_were_changed_are_trouble_and_no_bug(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    row = bench.send(answered(200, ACCEPTED)).row

    def changed(_: int) -> Parts:
        raise Unsealable("the sealed bytes do not open")

    monkeypatch.setattr(bench.journal, "open_parts", changed)
    with pytest.raises(Unavailable) as caught:
        values_of(bench.journal, row, SBP)
    assert (caught.value.code, caught.value.values) == ("E-TAMPER", {"n": row.intended_seq, "time": row.created})


def test_without_the_journals_key_what_is_sealed_stays_so(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    looking = Looking(bench.home.path, Unavailable("E-KEYRING-JOURNAL"))
    assert values_of(looking, row, SBP) == {}
    assert answers(looking, bench.reader.events(row.order_id)) == []
    looking.close()
