"""The transport's promises: exact bytes, one attempt, an end in time, kept connections for questions only."""

import contextlib
import json
import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.domain.secret import Secret
from console.gateway import transport as transport_module
from console.gateway.carrier import Carrier, Heard
from console.gateway.limits import ASK, CREATE, Limits
from console.gateway.signing import Signed, SigningKey
from console.gateway.tls import fingerprint_of
from console.gateway.transport import Transport
from tests.gateway.attempts import BRIEF, PATIENT, Gate, Make
from tests.gateway.certificates import Authority
from tests.gateway.conftest import ACCOUNT
from tests.gateway.faults import Caller, FaultServer, Script, answer, replies, replies_and_waits

GOLDEN = Path(__file__).parent.parent / "golden"
BODY = b'{"amount":"3000.00","order_id":"1234","service":"payment_card_sbp_rub"}'
SIGNED = Signed(BODY, b"\x00\xff" * 128, Digest.SHA1, "f" * 64)
QUESTION = Signed(b'{"order_id":"1234"}', b"\x01" * 256, Digest.SHA1, "f" * 64)


def _create(transport: Transport, limits: Limits = PATIENT, **options: Any) -> Exchange:
    return transport.create(Endpoint.PAYOUT, SIGNED, options.pop("gate", Gate()), limits, **options)


def _ask(transport: Transport, limits: Limits = PATIENT) -> Exchange:
    return transport.ask(Endpoint.PAYOUT_STATUS, QUESTION, limits)


def _until(is_so: Callable[[], object]) -> None:
    pause = threading.Event()
    for _ in range(1_000):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to that")


# The bytes


@pytest.mark.parametrize(
    ("name", "endpoint", "signed"),
    [
        ("create", Endpoint.PAYOUT, SIGNED),
        ("question", Endpoint.PAYOUT_STATUS, QUESTION),
    ],
)
def test_bytes_are_the_golden_ones(transports: Make, name: str, endpoint: Endpoint, signed: Signed) -> None:
    with FaultServer(replies(answer())) as server:
        transport = transports(server.url)
        if endpoint.creates:
            exchange = transport.create(endpoint, signed, Gate(), PATIENT)
        else:
            exchange = transport.ask(endpoint, signed, PATIENT)
            transport.close()
        received = server.received()
    golden = (GOLDEN / f"{name}.http").read_text()
    wanted = golden.format(port=server.port, account=ACCOUNT, sign=signed.header).replace("\n", "\r\n").encode()
    assert received == wanted + signed.body
    assert exchange.request_head == wanted == transport.request_head(endpoint, signed)
    assert exchange.request_body == signed.body
    assert exchange.signature == signed.signature


def test_bytes_do_not_change_under_tls(transports: Make, authority: Authority) -> None:
    issued = authority.issue("127.0.0.1")
    gate = Gate()
    with FaultServer(replies(answer()), issued.context()) as server:
        exchange = _create(transports(server.url), gate=gate)
        assert server.received() == exchange.request_head + BODY
        assert server.alpn == ["http/1.1"]
    assert exchange.peer == fingerprint_of(issued.der) == gate.peers[0]
    assert exchange.issuer == "Root of the tests (Tests)"
    assert exchange.facts["host"] == "127.0.0.1"


def test_environment_is_not_asked(
    transports: Make, local: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with FaultServer(replies(answer()), local) as server:
        exchange = _create(transports(server.url))
        assert b"Authorization" not in server.received()
    assert exchange.reason is Reason.ANSWERED
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("account", ["", "a b", "a\r\nX: y", "счёт"])
def test_account_that_no_header_takes(account: str) -> None:
    transport = Transport("http://127.0.0.1:1", Secret(account))
    for exchange in (_create(transport), _ask(transport)):
        assert (exchange.reason, exchange.gate_passed, exchange.detail) == (Reason.BAD_URL, False, "account")
    assert transport.request_head(Endpoint.PAYOUT, SIGNED) == b""


def test_address_that_is_none() -> None:
    transport = Transport("http://gateway.example", Secret(ACCOUNT))
    assert _ask(transport).reason is Reason.BAD_URL
    assert transport.request_head(Endpoint.PAYOUT, SIGNED) == b""
    transport.close()


@pytest.mark.parametrize(
    "options", [{"extra_root": b"no certificate"}, {"extra_root": b"\xff"}, {"proxy": "socks9://a"}]
)
def test_settings_that_cannot_be_used_are_refused_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Transport("https://127.0.0.1:1", Secret(ACCOUNT), **options)


def test_creates_and_questions_are_not_mixed_up() -> None:
    transport = Transport("http://127.0.0.1:1", Secret(ACCOUNT))
    with pytest.raises(ValueError, match="gate"):
        transport.ask(Endpoint.PAYOUT, SIGNED)
    with pytest.raises(ValueError, match="gate"):
        transport.create(Endpoint.PAYOUT_STATUS, QUESTION, Gate())


def test_limits_are_those_of_the_failure_model() -> None:
    assert Limits(connect=10, write=10, read=45, total=60) == CREATE
    assert Limits(connect=5, write=5, read=15, total=20) == ASK


# The gate


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_gate_that_refuses_leaves_no_byte(transports: Make, local: Any, scheme: str) -> None:
    def refuse(_peer: str | None) -> None:
        raise OSError("the mark could not be committed")

    with FaultServer(Caller.read_to_end, local if scheme == "https" else None) as server:
        exchange = _create(transports(server.url), gate=refuse)
        assert server.received() == b""
        assert len(server.callers) == 1
    assert (exchange.reason, exchange.gate_passed) == (Reason.GATE, False)
    assert "OSError" in exchange.detail


def test_gate_that_commits_beyond_the_deadline_leaves_no_byte(transports: Make) -> None:
    def slow(_peer: str | None) -> None:
        threading.Event().wait(BRIEF.total + 0.1)

    with FaultServer(Caller.read_to_end) as server:
        exchange = _create(transports(server.url), BRIEF, gate=slow)
        assert server.received() == b""
    assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, False)


def test_interrupt_in_the_gate_is_told_and_goes_on(transports: Make) -> None:
    def interrupt(_peer: str | None) -> None:
        raise KeyboardInterrupt

    told: list[Exchange] = []
    with FaultServer(Caller.read_to_end) as server:
        with pytest.raises(KeyboardInterrupt):
            _create(transports(server.url), gate=interrupt, on_abandoned=told.append)
        assert server.received() == b""
    assert [(exchange.reason, exchange.gate_passed) for exchange in told] == [(Reason.GATE, False)]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_interrupt_after_the_gate_is_told_and_goes_on(
    transports: Make, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    def interrupt(*_: object) -> None:
        raise kind

    monkeypatch.setattr(Heard, "read", interrupt)
    told: list[Exchange] = []
    with FaultServer(replies(answer())) as server:
        with pytest.raises(kind):
            _create(transports(server.url), on_abandoned=told.append)
        with pytest.raises(kind):
            _create(transports(server.url))
    assert [(exchange.reason, exchange.gate_passed) for exchange in told] == [(Reason.OTHER, True)]


@pytest.mark.parametrize("kind", [MemoryError, RecursionError, ZeroDivisionError])
def test_anything_unlisted_is_other(transports: Make, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    def fail(*_: object) -> None:
        raise kind

    with FaultServer(replies(answer())) as server:
        monkeypatch.setattr(Heard, "read", fail)
        after = _create(transports(server.url))
        monkeypatch.setattr(Carrier, "send", fail)
        before = _create(transports(server.url))
    assert (after.reason, after.gate_passed) == (Reason.OTHER, True)
    assert (before.reason, before.gate_passed) == (Reason.OTHER, False)


def test_machine_without_threads_sends_nothing(transports: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    gate = Gate()
    with FaultServer(Caller.read_to_end) as server:
        transport = transports(server.url)
        monkeypatch.setattr(threading.Thread, "start", no_thread)
        exchange = _create(transport, gate=gate)
        question = _ask(transport)
        monkeypatch.undo()
        assert server.callers == []
    assert gate.peers == []
    for each in (exchange, question):
        assert (each.reason, each.gate_passed) == (Reason.OTHER, False)
        assert each.detail == "NoWorker < RuntimeError"


# Questions


def test_questions_share_a_kept_connection(transports: Make, local: Any) -> None:
    with FaultServer(replies(answer()), local) as server:
        transport = transports(server.url)
        exchanges = [_ask(transport) for _ in range(5)]
        assert len(server.callers) == 1
        transport.close()
    assert {exchange.reason for exchange in exchanges} == {Reason.ANSWERED}
    assert len({exchange.peer for exchange in exchanges}) == 1
    assert exchanges[0].peer is not None
    assert all(exchange.gate_passed for exchange in exchanges)


def test_creates_share_nothing(transports: Make) -> None:
    with FaultServer(replies(answer())) as server:
        transport = transports(server.url)
        _ask(transport)
        for _ in range(3):
            _create(transport)
        assert len(server.callers) == 4


def test_question_after_the_server_closed_uses_a_new_connection(transports: Make) -> None:
    closed = threading.Event()

    def once(caller: Caller) -> None:
        caller.read_request()
        caller.send(answer())
        with contextlib.suppress(OSError):
            caller.socket.shutdown(socket.SHUT_RDWR)
        closed.set()

    with FaultServer(once) as server:
        transport = transports(server.url)
        for _ in range(3):
            closed.clear()
            assert _ask(transport).reason is Reason.ANSWERED
            closed.wait(10)
        assert len(server.callers) == 3


@pytest.mark.parametrize(
    ("script", "limits", "reason"),
    [
        (replies(answer(b"x" * 70_000)), PATIENT, Reason.TOO_BIG),
        (replies_and_waits(b""), BRIEF, Reason.DEADLINE),
        (lambda caller: None, PATIENT, Reason.DROPPED),
    ],
)
def test_broken_connection_is_not_kept(transports: Make, script: Script, limits: Limits, reason: Reason) -> None:
    with FaultServer(script) as server:
        transport = transports(server.url)
        assert [_ask(transport, limits).reason for _ in range(2)] == [reason, reason]
        assert len(server.callers) == 2


def test_four_questions_at_once_and_a_fifth_waits(transports: Make) -> None:
    arrived = threading.Semaphore(0)
    release = threading.Event()

    def script(caller: Caller) -> None:
        while caller.read_request():
            arrived.release()
            release.wait(20)
            caller.send(answer())

    with FaultServer(script) as server:
        transport = transports(server.url)
        heard: list[Exchange] = []
        threads = [threading.Thread(target=lambda: heard.append(_ask(transport))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert arrived.acquire(timeout=10)
        fifth = _ask(transport, Limits(connect=0.05, write=5, read=5, total=5))
        assert (fifth.reason, fifth.gate_passed) == (Reason.DEADLINE, False)
        assert fifth.facts == {"host": "127.0.0.1", "seconds": "0"}
        release.set()
        for thread in threads:
            thread.join(20)
        assert [exchange.reason for exchange in heard] == [Reason.ANSWERED] * 4
        assert _ask(transport).reason is Reason.ANSWERED
        assert len(server.callers) == transport_module.MOST_KEPT
        transport.close()


def test_closed_transport_keeps_nothing(transports: Make) -> None:
    with FaultServer(replies(answer())) as server:
        transport = transports(server.url)
        transport.close()
        assert _ask(transport).reason is Reason.ANSWERED
        server.received()  # comes back only because the connection was closed
        transport.close()


def test_nothing_of_httpx_is_logged(transports: Make, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG it prints headers, and the account with them; also where somebody turns the whole log up."""
    caplog.set_level(logging.DEBUG)
    with FaultServer(replies(answer())) as server:
        assert _create(transports(server.url)).reason is Reason.ANSWERED
    assert [record.name for record in caplog.records if record.name.startswith("http")] == []


def test_nothing_sealed_is_printed(transports: Make, key: SigningKey) -> None:
    secret = b'{"cardNumber":"1111111111110019"}'
    signed = key.sign(b'{"number":"79031112233"}', Digest.SHA1)
    with FaultServer(replies(answer(secret))) as server:
        transport = transports(server.url)
        exchange = transport.create(Endpoint.PAYOUT, signed, Gate(), PATIENT)
    shown = f"{exchange!r} {transport!r} {vars(transport)!r} {json.dumps(exchange.facts)} {exchange.detail}"
    for hidden in (ACCOUNT, "79031112233", "1111111111110019", signed.header[:16], "cardNumber"):
        assert hidden not in shown
