"""What of a sent order stands in clear: nothing of its recipient's number, of its signature, of the account's id."""

from __future__ import annotations

import hashlib

from console.domain.endpoint import Kind
from tests.services.bench import UUID, Bench, answered, unreachable

NUMBER = "79031112233"


def test_nothing_that_is_sealed_stands_in_clear(bench: Bench) -> None:
    bench.send(unreachable(), number=NUMBER, recipient="Титов Р. О.")
    bench.send(
        answered(200, {"id": 5, "payment_status": "wait", "number": NUMBER}), order_id="o-2", number=NUMBER[:-1] + "4"
    )
    bench.transport.asks.append(answered(200, {"id": 5, "order_id": "o-2", "payment_status": "paid", "number": NUMBER}))
    bench.follow.ask("o-2")
    bench.journal.flush(bench.clock())
    signed = [signed for _, signed in (*bench.transport.sent, *bench.transport.asked)]
    assert len(signed) == 2
    hidden = [UUID.encode(), NUMBER.encode(), NUMBER[:-1].encode(), NUMBER[1:].encode()]
    for each in signed:
        hidden += [each.signature, each.signature.hex().encode(), each.header.encode(), each.body]
        hidden += [hashlib.new(name, each.body).hexdigest().encode() for name in ("sha1", "sha256")]
    bench.journal.close()
    stored = b"".join(path.read_bytes() for path in sorted(bench.home.path.glob("journal.db*")))
    assert [found for found in hidden if found in stored] == []
    assert b"o-2" in stored
    assert bench.account.kinds == frozenset(Kind)
