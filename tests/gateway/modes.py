"""What a network can do to a create, mode by mode (failure model M1, 2.4), after its gate and in the handshake before it.

Knows what each mode is called and how it ends; the tests and the suite T-NET play it.
"""

from __future__ import annotations

import gzip
import select
from collections.abc import Callable

from console.domain.exchange import Reason
from console.gateway.limits import Limits
from tests.gateway.attempts import BRIEF, PATIENT, QUICK, SHORT
from tests.gateway.faults import (
    Caller,
    Script,
    answer,
    replies,
    replies_and_closes,
    replies_and_resets,
    replies_and_waits,
)


def _floods(head: bytes, part: bytes, parts: int) -> Script:
    """A script that answers with more than anybody wants."""

    def script(caller: Caller) -> None:
        caller.read_request()
        if caller.send(head):
            all(caller.send(part) for _ in range(parts))

    return script


def _waits(caller: Caller) -> None:
    caller.read_request()
    caller.read_to_end()


def _drips(data: bytes) -> Script:
    def script(caller: Caller) -> None:
        caller.read_request()
        caller.drip(data)

    return script


def _drips_after(head: bytes, data: bytes) -> Script:
    def script(caller: Caller) -> None:
        caller.read_request()
        caller.send(head)
        caller.drip(data)

    return script


def _reads_nothing_and_resets(caller: Caller) -> None:
    select.select([caller.socket], [], [], PATIENT.total)
    caller.reset()


def _reads_the_head(act: Callable[[Caller], object]) -> Script:
    def script(caller: Caller) -> None:
        caller.read_head()
        act(caller)

    return script


OBJECT = b'{"id":1,"payment_status":"wait"}'
LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
OPEN = b"HTTP/1.1 200 OK\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
MEGABYTE = b"x" * 1_000_000

UNANSWERED: dict[str, tuple[Script, Reason, Limits]] = {
    "closed before reading": (lambda caller: None, Reason.DROPPED, PATIENT),
    "reset before reading": (_reads_nothing_and_resets, Reason.DROPPED, PATIENT),
    "closed after the head": (_reads_the_head(lambda caller: None), Reason.DROPPED, PATIENT),
    "reset after the head": (_reads_the_head(Caller.reset), Reason.DROPPED, PATIENT),
    "closed after reading": (replies_and_closes(b""), Reason.DROPPED, PATIENT),
    "reset after reading": (replies_and_resets(b""), Reason.DROPPED, PATIENT),
    "half a status line": (replies_and_closes(b"HTTP/1.1 2"), Reason.DROPPED, PATIENT),
    "half the headers": (replies_and_closes(b"HTTP/1.1 200 OK\r\nContent-"), Reason.DROPPED, PATIENT),
    "half the headers, reset": (replies_and_resets(b"HTTP/1.1 200 OK\r\nContent-"), Reason.DROPPED, PATIENT),
    "half the body": (replies_and_closes(LONG + OBJECT[:-3]), Reason.DROPPED, PATIENT),
    "half the body, reset": (replies_and_resets(LONG + OBJECT[:-3]), Reason.DROPPED, PATIENT),
    "half a chunk": (replies_and_closes(CHUNKED + b"20\r\n" + OBJECT[:-3]), Reason.DROPPED, PATIENT),
    "half the chunks": (replies_and_closes(CHUNKED + b"3\r\n" + OBJECT[:3] + b"\r\n"), Reason.DROPPED, PATIENT),
    "silence": (_waits, Reason.SILENT, QUICK),
    "silence in the headers": (replies_and_waits(b"HTTP/1.1 200 OK\r\nA: b\r\n"), Reason.SILENT, QUICK),
    "silence in the body": (replies_and_waits(LONG + b"{"), Reason.SILENT, QUICK),
    "silence after 100": (replies_and_waits(b"HTTP/1.1 100 Continue\r\n\r\n"), Reason.SILENT, QUICK),
    "silence for longer than the attempt": (_waits, Reason.DEADLINE, BRIEF),
    "drip in the headers": (_drips_after(b"HTTP/1.1 200 OK\r\nA: ", b"a" * 9), Reason.DEADLINE, BRIEF),
    "drip in the body": (_drips_after(LONG, b" " * 9), Reason.DEADLINE, BRIEF),
    "drip without length": (_drips_after(OPEN + b"{", b" " * 9), Reason.DEADLINE, BRIEF),
    "100 without end": (_drips(b"HTTP/1.1 100 Continue\r\n\r\n"), Reason.DEADLINE, BRIEF),
    "flood of 100": (_floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000, 100_000), Reason.DEADLINE, BRIEF),
    "garbage": (replies_and_closes(b"garbage\r\n\r\n"), Reason.GARBAGE, PATIENT),
    "bytes": (replies_and_closes(b"\x15\x03\x03\x00\x02\x02\x28" * 9 + b"\r\n\r\n"), Reason.GARBAGE, PATIENT),
    "bad status": (replies_and_closes(b"HTTP/1.1 2000 OK\r\n\r\n"), Reason.GARBAGE, PATIENT),
    "bad header": (replies_and_closes(b"HTTP/1.1 200 OK\r\nA B: c\r\n\r\n" + OBJECT), Reason.GARBAGE, PATIENT),
    "two lengths": (
        replies_and_closes(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 32\r\n\r\n" + OBJECT),
        Reason.GARBAGE,
        PATIENT,
    ),
    "bad length": (replies_and_closes(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"), Reason.GARBAGE, PATIENT),
    "bad chunk": (replies_and_closes(CHUNKED + b"zz\r\n" + OBJECT), Reason.GARBAGE, PATIENT),
    "chunk without end": (replies_and_closes(CHUNKED + b"2\r\n{}garbage\r\n"), Reason.GARBAGE, PATIENT),
    "other protocol": (
        replies_and_closes(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n" + OBJECT),
        Reason.GARBAGE,
        PATIENT,
    ),
    "other coding": (
        replies_and_closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + OBJECT),
        Reason.GARBAGE,
        PATIENT,
    ),
    "huge header": (_floods(b"HTTP/1.1 200 OK\r\nA: ", MEGABYTE, 4), Reason.TOO_BIG, PATIENT),
    "many headers": (_floods(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 1_000, 1_000), Reason.TOO_BIG, PATIENT),
    "large header": (
        replies_and_closes(b"HTTP/1.1 200 OK\r\nA: " + b"a" * 80_000 + b"\r\n\r\n" + OBJECT),
        Reason.TOO_BIG,
        PATIENT,
    ),
    "huge body": (
        _floods(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", MEGABYTE, 9999),
        Reason.TOO_BIG,
        PATIENT,
    ),
    "huge body without length": (_floods(OPEN, MEGABYTE, 9999), Reason.TOO_BIG, PATIENT),
    "huge chunks": (_floods(CHUNKED, b"f4240\r\n" + MEGABYTE + b"\r\n", 9999), Reason.TOO_BIG, PATIENT),
    "body one byte too long": (replies(answer(b" " * (64 * 1024 + 1))), Reason.TOO_BIG, PATIENT),
    "object and blanks, too long": (replies(answer(OBJECT + b" " * 70_000)), Reason.TOO_BIG, PATIENT),
    "brotli": (replies(answer(OBJECT, "200 OK", "Content-Encoding: br")), Reason.ENCODING, PATIENT),
    "deflate": (replies(answer(OBJECT, "200 OK", "Content-Encoding: deflate")), Reason.ENCODING, PATIENT),
    "gzip twice": (replies(answer(OBJECT, "200 OK", "Content-Encoding: gzip, gzip")), Reason.ENCODING, PATIENT),
    "two encodings": (
        replies(answer(OBJECT, "200 OK", "Content-Encoding: gzip", "Content-Encoding: br")),
        Reason.ENCODING,
        PATIENT,
    ),
}

BOMB = gzip.compress(b'{"id":1,"a":"' + b" " * 30_000_000 + b'"}')
ANSWERED: dict[str, tuple[bytes, int, bool]] = {
    "plain": (answer(), 200, True),
    "chunked": (CHUNKED + b"20\r\n" + OBJECT + b"\r\n0\r\n\r\n", 200, True),
    "chunked, with a trailer": (CHUNKED + b"20;a=b\r\n" + OBJECT + b"\r\n0\r\nA: b\r\n\r\n", 200, True),
    "without length": (OPEN + OBJECT, 200, True),
    "http 1.0": (b"HTTP/1.0 200 OK\r\n\r\n" + OBJECT, 200, True),
    "after 100": (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(), 200, True),
    "more than its length": (answer() + b"more", 200, True),
    "gzip": (answer(gzip.compress(OBJECT), "200 OK", "Content-Encoding: gzip"), 200, True),
    "largest body": (answer(b'{"id":1,"a":"' + b"a" * (65_536 - 15) + b'"}'), 200, True),
    "cut without length": (OPEN + OBJECT[:-3], 200, False),
    "bomb": (answer(BOMB, "200 OK", "Content-Encoding: gzip"), 200, False),
    "broken gzip": (answer(OBJECT, "200 OK", "Content-Encoding: gzip"), 200, False),
    "page": (answer(b"<html></html>"), 200, False),
    "empty": (answer(b""), 200, False),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", 204, False),
    "moved": (answer(b"", "301 Moved", "Location: https://127.0.0.1:1/"), 301, False),
    "found": (answer(b"", "302 Found", "Location: /v1/payout"), 302, False),
    "temporary": (answer(b"", "307 Temporary Redirect", "Location: /v1/payout"), 307, False),
    "permanent": (answer(b"", "308 Permanent Redirect", "Location: /v1/payout"), 308, False),
    "refusal": (answer(b'{"message":"no","errors":{"number":["x"]}}', "400 Bad Request"), 400, True),
    "unauthorised": (answer(b"{}", "401 Unauthorized", "WWW-Authenticate: Basic"), 401, True),
    "retry": (answer(b"{}", "503 Service Unavailable", "Retry-After: 1"), 503, True),
    "early": (answer(b"{}", "425 Too Early"), 425, True),
}
WHOLE_THEN: dict[str, tuple[Script, Limits]] = {
    "reset": (replies_and_resets(OPEN + OBJECT), PATIENT),
    "closed before the promised length": (replies_and_closes(LONG + OBJECT), PATIENT),
    "closed between chunks": (replies_and_closes(CHUNKED + b"20\r\n" + OBJECT + b"\r\n"), PATIENT),
    "silent": (replies_and_waits(OPEN + OBJECT), QUICK),
    "silent until the deadline": (replies_and_waits(OPEN + OBJECT), BRIEF),
}


def _hello_then(act: Callable[[Caller], object]) -> Script:
    def script(caller: Caller) -> None:
        caller.read()
        act(caller)

    return script


HANDSHAKES: dict[str, tuple[Script, Reason, Limits]] = {
    "closed at once": (lambda caller: None, Reason.TLS, PATIENT),
    "closed": (_hello_then(lambda caller: None), Reason.TLS, PATIENT),
    "reset": (_hello_then(Caller.reset), Reason.TLS, PATIENT),
    "garbage": (_hello_then(lambda caller: caller.send(b"garbage" * 9)), Reason.TLS, PATIENT),
    "plain http": (_hello_then(lambda caller: caller.send(answer())), Reason.TLS, PATIENT),
    "half a record": (_hello_then(lambda caller: caller.send(b"\x16\x03\x03\x10\x00\x02")), Reason.TLS, PATIENT),
    "stalled": (Caller.read_to_end, Reason.CONNECT_TIMEOUT, SHORT),
    "drip": (_hello_then(lambda caller: caller.drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 9000)), Reason.DEADLINE, BRIEF),
    "silent for longer than the attempt": (Caller.read_to_end, Reason.DEADLINE, BRIEF),
}
