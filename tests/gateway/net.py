"""The suite T-NET: every mode of a faulty network, and cuts at every byte, each with the verdict it must have (2.4).

The judge is the server: what it read of HTTP. A second request is a duplicate; a wrong verdict is one that differs from
the table, *not sent* for bytes that the server read, or a page that is told later than a second after the deadline.
"""

from __future__ import annotations

import contextlib
import errno
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from unittest import mock

from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange
from console.domain.secret import Secret
from console.domain.states import State
from console.domain.verdicts import judge_create
from console.gateway.answers import fields_of, refusals
from console.gateway.limits import Limits
from console.gateway.transport import Transport
from tests.faults.judge import Tally
from tests.gateway.attempts import PATIENT, QUICK, SHORT, SIGNED, Gate
from tests.gateway.certificates import DAY, Authority, now
from tests.gateway.faults import (
    Caller,
    FaultServer,
    Script,
    answer,
    replies,
    replies_and_closes,
    replies_and_resets,
    replies_and_waits,
)
from tests.gateway.modes import ANSWERED, HANDSHAKES, UNANSWERED, WHOLE_THEN

ACCOUNT = "a0b1c2d3-0000-4000-8000-00000000000f"
SCHEMES = ("http", "https")
BODY = b'{"id":100001524,"payment_status":"wait"}'
ANSWER = answer(BODY, "200 OK", "Server: nginx", "Content-Type: application/json")
"""An answer of some 120 bytes, cut at each of them."""
REFUSES = frozenset({"refusal"})
TAKEN = frozenset({"plain", "chunked", "chunked, with a trailer", "without length", "http 1.0", "after 100", "gzip"})
TAKEN |= {"more than its length"}
"""The answers of `ANSWERED` that accept the order, and the one that refuses it; all others prove nothing."""

ANSWERS = replies(answer())
Around = Callable[[], contextlib.AbstractContextManager[Any]]


@dataclass(frozen=True)
class Case:
    """One fault: what the server does (`plain` before TLS), around what, and the state that has to follow."""

    name: str
    scheme: str
    state: State
    script: Script = ANSWERS
    limits: Limits = PATIENT
    plain: Script | None = None
    context: Callable[[], ssl.SSLContext] | None = None
    around: Around = contextlib.nullcontext
    url: str | None = None
    """Another address than the server's; what `around` gives comes first."""
    refused_gate: bool = False


class Refusing(Gate):
    """A gate that lets nothing through."""

    def __call__(self, peer: str | None) -> None:
        raise OSError(errno.ENOSPC, "the mark could not be committed")


@cache
def authority() -> Authority:
    """Who issues the certificates of this suite."""
    return Authority()


@cache
def _local() -> ssl.SSLContext:
    return authority().issue("127.0.0.1").context()


def modes() -> list[Case]:
    """Every mode, over http and https where both can have it."""
    return [*_before(), *_after()]


def cuts() -> list[Case]:
    """The request cut at each byte, the answer cut and split at each byte."""
    found: list[Case] = []
    for scheme in SCHEMES:
        for at in range(request_size()):
            found += [
                Case(f"request cut at {at}, {how}", scheme, State.UNKNOWN, partial(_reads, at, how))
                for how in ("closed", "reset")
            ]
        for at in range(len(ANSWER)):
            part = ANSWER[:at]
            found += [
                Case(f"answer cut at {at}, closed", scheme, State.UNKNOWN, replies_and_closes(part)),
                Case(f"answer cut at {at}, reset", scheme, State.UNKNOWN, replies_and_resets(part)),
                Case(f"answer cut at {at}, silent", scheme, State.UNKNOWN, replies_and_waits(part), QUICK),
                Case(f"answer split at {at}", scheme, State.WAIT, partial(_splits, at)),
            ]
    return found


@cache
def request_size() -> int:
    """The bytes of the whole request."""
    with FaultServer(replies(answer())) as server, contextlib.closing(_transport(server.url)) as transport:
        exchange = transport.create(Endpoint.PAYOUT, SIGNED, Gate(), PATIENT)
        assert server.received() == exchange.request_head + exchange.request_body
    return len(exchange.request_head + exchange.request_body)


def play(case: Case, tally: Tally) -> None:
    """Play one case and count what the server contradicts."""
    gate = Refusing() if case.refused_gate else Gate()
    context = (case.context or _local)() if case.scheme == "https" and case.plain is None else None
    with case.around() as given, FaultServer(case.script, context, case.plain) as server:
        elsewhere = given if isinstance(given, str) else case.url
        with contextlib.closing(_transport(server.url if elsewhere is None else elsewhere)) as transport:
            exchange = transport.create(Endpoint.PAYOUT, SIGNED, gate, case.limits)
        seen = b"" if elsewhere is not None else server.received()
        requests = len(server.callers)
    problems = _problems(case, exchange, gate, seen)
    tally.cases += 1
    tally.duplicates += max(0, requests - 1)
    tally.wrong += bool(problems)
    tally.notes += [f"{case.name}, {case.scheme}: {problem}" for problem in problems]
    tally.counts[exchange.reason.value] += 1


def _problems(case: Case, exchange: Exchange, gate: Gate, seen: bytes) -> list[str]:
    fields = fields_of(exchange)
    state = judge_create(exchange, fields, None if fields is None else refusals(fields).errors).state
    whole = exchange.request_head + exchange.request_body
    wrong = {
        f"is {state.value} by {exchange.reason.value}, and not {case.state.value}": state is not case.state,
        f"is not sent, and the server read {len(seen)} bytes": state is State.NOT_SENT and bool(seen),
        "read what was not sent": not whole.startswith(seen),
        "passed its gate and does not say so": exchange.gate_passed is not bool(gate.peers) or len(gate.peers) > 1,
        f"was told after {exchange.duration:.1f} s": exchange.duration > case.limits.total + 1,
    }
    return [problem for problem, is_so in wrong.items() if is_so]


def _transport(url: str) -> Transport:
    return Transport(url, Secret(ACCOUNT), extra_root=authority().root.pem)


def _before() -> list[Case]:
    unsent = State.NOT_SENT
    found = [
        Case("name not found", "https", unsent, around=_no_name, url="https://gateway.invalid"),
        Case("network unreachable", "https", unsent, around=_unreachable, url="https://127.0.0.1:1"),
    ]
    urls = ("http://gateway.invalid", "ftp://127.0.0.1", "https://user@host", "https://host/v1", "")
    found += [Case(f"address {url!r}", "https", unsent, url=url) for url in urls]
    for scheme in SCHEMES:
        found.append(Case("connection refused", scheme, unsent, url=f"{scheme}://127.0.0.1:{_closed_port()}"))
        found.append(Case("address silent", scheme, unsent, limits=SHORT, around=partial(_silent, scheme)))
        found.append(Case("gate refuses", scheme, unsent, refused_gate=True))
    for name, (script, _, limits) in HANDSHAKES.items():
        found.append(Case(f"handshake {name}", "https", unsent, plain=script, limits=limits))
    issued: dict[str, Callable[[], ssl.SSLContext]] = {
        "unknown issuer": lambda: Authority("Antivirus Root", "Somebody").issue("127.0.0.1").context(),
        "own issuer": Authority("127.0.0.1", None).root.context,
        "another host": lambda: authority().issue("gateway.example", "10.0.0.1").context(),
        "no host": lambda: authority().issue().context(),
        "expired": lambda: authority().issue("127.0.0.1", start=now() - 3 * DAY, end=now() - DAY).context(),
        "not yet valid": lambda: authority().issue("127.0.0.1", start=now() + DAY, end=now() + 3 * DAY).context(),
    }
    return [*found, *(Case(f"certificate: {name}", "https", unsent, context=make) for name, make in issued.items())]


def _after() -> list[Case]:
    found: list[Case] = []
    for scheme in SCHEMES:
        for name, (script, _, limits) in UNANSWERED.items():
            found.append(Case(name, scheme, State.UNKNOWN, script, limits))
        for name, (data, _, _) in ANSWERED.items():
            state = State.WAIT if name in TAKEN else State.REJECTED if name in REFUSES else State.UNKNOWN
            found.append(Case(f"answer {name}", scheme, state, replies_and_closes(data)))
        for name, (script, limits) in WHOLE_THEN.items():
            found.append(Case(f"whole, then {name}", scheme, State.WAIT, script, limits))
    return found


def _reads(at: int, how: str, caller: Caller) -> None:
    """Read so many bytes of the request and end the connection."""
    select.select([caller.socket], [], [], PATIENT.total)
    left = at
    while left and (data := caller.read(left)):
        left -= len(data)
    if how == "reset":
        caller.reset()


def _splits(at: int, caller: Caller) -> None:
    caller.read_request()
    caller.send(ANSWER[:at])
    caller.stopping.wait(0.002)
    caller.send(ANSWER[at:])


@cache
def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _silent(scheme: str) -> Iterator[str]:
    """Give an address that answers nothing, as a firewall does: its queue of connections is full."""
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(socket.socket())
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(door.getsockname())
        yield f"{scheme}://127.0.0.1:{door.getsockname()[1]}"


def _no_name() -> contextlib.AbstractContextManager[Any]:
    return mock.patch.object(socket, "getaddrinfo", side_effect=socket.gaierror(socket.EAI_NONAME, "not known"))


def _unreachable() -> contextlib.AbstractContextManager[Any]:
    return mock.patch.object(socket.socket, "connect", side_effect=OSError(errno.ENETUNREACH, "unreachable"))


def played(cases: Sequence[Case], first: int, suite: str = "T-NET by modes") -> Tally:
    """Play the cases one after the other."""
    tally = Tally(suite, first, first)
    for case in cases:
        play(case, tally)
    return tally
