"""What a network can do to a create after its gate, mode by mode: the reason, and the bytes that the server saw.

The reason is for the sentence only: whatever it is, the exchange says that the gate was passed.
"""

import gzip
import ssl
import threading
import tracemalloc

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.gateway.answers import fields_of
from console.gateway.signing import Signed
from tests.gateway.attempts import BRIEF, PATIENT, Gate, Make, sent
from tests.gateway.certificates import Authority
from tests.gateway.faults import Caller, FaultServer, Script, answer, replies, replies_and_closes
from tests.gateway.modes import ANSWERED, OBJECT, UNANSWERED, WHOLE_THEN


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", UNANSWERED)
def test_no_whole_answer(transports: Make, local: ssl.SSLContext, name: str, scheme: str) -> None:
    script, reason, limits = UNANSWERED[name]
    with FaultServer(script, local if scheme == "https" else None) as server:
        exchange = sent(transports(server.url), limits)
        assert exchange.reason is reason, exchange.detail
        assert len(server.callers) == 1
        assert (exchange.request_head + exchange.request_body).startswith(server.received())
    assert exchange.duration < limits.total + 1
    assert fields_of(exchange) is None
    assert len(exchange.answer_head) <= 64 * 1024
    assert len(exchange.answer_body) <= 64 * 1024


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ANSWERED)
def test_answer_is_heard_once(transports: Make, local: ssl.SSLContext, name: str, scheme: str) -> None:
    data, status, has_fields = ANSWERED[name]
    with FaultServer(replies_and_closes(data), local if scheme == "https" else None) as server:
        exchange = sent(transports(server.url))
        assert server.received() == exchange.request_head + exchange.request_body
        assert len(server.callers) == 1
    assert (exchange.reason, exchange.status) == (Reason.ANSWERED, status)
    assert exchange.detail == ""
    assert (fields_of(exchange) is not None) is has_fields
    assert data.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").startswith(exchange.answer_head)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", WHOLE_THEN)
def test_object_that_was_read_whole_counts(transports: Make, local: ssl.SSLContext, name: str, scheme: str) -> None:
    script, limits = WHOLE_THEN[name]
    with FaultServer(script, local if scheme == "https" else None) as server:
        exchange = sent(transports(server.url), limits)
    assert (exchange.reason, exchange.status) == (Reason.ANSWERED, 200)
    is_told = (name, scheme) != ("reset", "https")  # Python takes a reset within TLS for an end
    assert ("whole, then" in exchange.detail) is is_told
    assert fields_of(exchange) is not None


ENDLESS: dict[str, Script] = {
    name: script
    for name, (script, reason, _) in UNANSWERED.items()
    if reason is Reason.TOO_BIG or name in {"flood of 100", "drip without length"}
} | {"bomb": replies_and_closes(ANSWERED["bomb"][0])}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ENDLESS)
def test_a_hostile_answer_costs_little_memory(transports: Make, local: ssl.SSLContext, name: str, scheme: str) -> None:
    """At most 4 MiB more than before, reading and judging included (G23)."""
    with FaultServer(ENDLESS[name], local if scheme == "https" else None) as server:
        transport = transports(server.url)
        tracemalloc.start()
        try:
            exchange = sent(transport, BRIEF)
            assert fields_of(exchange) is None
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


@pytest.mark.parametrize("body", [b'["id"]', b'{"id":1', gzip.compress(OBJECT)])
def test_what_is_no_whole_object_does_not(transports: Make, body: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n" + (b"Content-Encoding: gzip\r\n" if body[0] == 31 else b"")
    with FaultServer(replies_and_closes(head + b"\r\n" + body)) as server:
        assert sent(transports(server.url)).reason is Reason.DROPPED


def test_certificate_of_ours_is_demanded_after_the_handshake(transports: Make, authority: Authority) -> None:
    context = authority.issue("127.0.0.1").context()
    context.verify_mode = ssl.CERT_REQUIRED
    with FaultServer(replies(answer()), context) as server:
        exchange = sent(transports(server.url))
        assert server.received() == b""
    assert exchange.reason is Reason.DROPPED


def test_many_at_once_do_not_meet(transports: Make) -> None:
    """Each exchange has its own answer, whatever order they come in."""
    met = threading.Barrier(8)

    def script(caller: Caller) -> None:
        body = caller.read_request().partition(b"\r\n\r\n")[2]
        met.wait(10)
        caller.send(answer(body))

    with FaultServer(script) as server:
        transport = transports(server.url)
        heard: dict[int, Exchange] = {}

        def one(number: int) -> None:
            signed = Signed(b'{"order_id":"%d"}' % number, b"s", Digest.SHA1, "f")
            heard[number] = transport.create(Endpoint.PAYOUT, signed, Gate(), PATIENT)

        threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert all(heard[number].answer_body == b'{"order_id":"%d"}' % number for number in range(8))
