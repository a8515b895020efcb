"""Turns an answer into the bytes that go out, spoiled as the outcome wants it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

from console.sandbox import documents
from console.sandbox.outcomes import SLOW_BY, Delivery

JSON = "application/json"
HUGE = 1_000_000
_HTML = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Технические работы</title></head>
<body><h1>Ведутся технические работы</h1><p>Попробуйте позже.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out: after `pause` seconds, or nothing but the end of the connection where `status` is None."""

    status: int | None
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", JSON),)
    pause: float = 0.0


def reply(status: int, answer: Mapping[str, object], delivery: Delivery = Delivery.PLAIN) -> Reply:
    """Return the bytes of an answer as they are delivered."""
    body = documents.write(answer)
    match delivery:
        case Delivery.DROPPED:
            return Reply(None)
        case Delivery.HTML:
            return Reply(200, _HTML.encode(), (("Content-Type", "text/html; charset=utf-8"),))
        case Delivery.GARBAGE:
            return Reply(status, body[: len(body) // 2] + bytes(range(256)))
        case Delivery.HUGE:
            padding = "x" * (HUGE - len(body) - len(',"padding":""'))
            return Reply(status, documents.write({**answer, "padding": padding}))
        case Delivery.GZIP:
            return Reply(status, gzip.compress(body, mtime=0), (("Content-Type", JSON), ("Content-Encoding", "gzip")))
        case Delivery.SLOW:
            return Reply(status, body, pause=SLOW_BY)
        case _:
            return Reply(status, body)
