"""The suite T-FUZZ of answers: grown by a grammar and spoilt by mutations, each held against a reader of its own.

The judge reads the answer with Python's own parser and the rules of failure model 2.5 written down anew. It is one-sided:
an acceptance, a refusal or a final state has to be provable; *unknown* is never wrong here (T-HTTP holds the other side).
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import repeat
from multiprocessing import get_context
from random import Random
from typing import Any

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.inquiry import Subject, judge_reply
from console.domain.money import Money
from console.domain.states import FINAL, State
from console.domain.verdicts import judge_create
from console.gateway.answers import fields_of, read_balance, read_history, read_info, refusals
from tests.faults.ground import NURSERIES
from tests.faults.judge import Tally

ORDER, ID, NUMBER = "PO-20261124-0015", "100001524", "79031112233"
MONEY = Money(300_000)
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
WORDS = {"wait": State.WAIT, "paid": State.PAID, "cancel": State.CANCEL, "fail": State.FAIL}
STATUSES = (200,) * 8 + (400, 422) * 3 + (201, 204, 206, 299, 302, 401, 403, 404, 409, 429, 500, 502, 503)
ASKED = (State.UNKNOWN, State.WAIT, State.PAID, State.FAIL, State.CANCEL, State.ABSENT, State.CLOSED)
KEYS = (
    *("id", "payment_status", "order_id", "amount", "payment_amount", "errors", "message", "uuid", "url", "card_mask"),
    *("is_partial_payment", "number", "balance", "currency", "data", "meta", "pending_payouts", "payouts", ""),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, 1e300, "", " ", "0", "wait", "paid", "cancel", "fail", "Paid", "created"),
    *(ORDER, ID, int(ID), "PO-20261124-0016", "3000.00", "3000.0000000", 3000, 3000.0, "2999.99", "79031112233"),
    *(
        "7903***2233",
        "**** 9999",
        "order_id has already been taken",
        "the order id",
        "is wrong",
        "\u202e",
        "\x00",
        "NaN",
    ),
)
PIECES = (
    *(b'"id":1,', b'"id":', b'"payment_status":"paid",', b'"order_id":', b"NaN", b"Infinity", b"1e999", b"-0", b"\x00"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b",",
        b":",
        b"\\",
        b"\\ud83d",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\xbd",
        b"9" * 50,
    ),
    *(b"[" * 40, b'{"a":' * 40, b" " * 70_000, b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"<html>", b"/**/", b"'"),
)
SOUND = tuple(
    json.dumps(value).encode()
    for value in (
        {"id": int(ID), "payment_status": "wait"},
        {"id": ID, "payment_status": "paid", "order_id": ORDER},
        {"order_id": ORDER, "id": int(ID), "payment_status": "paid", "amount": "3000.0000000", "payment_amount": "3000.00",
         "commission_amount": 1.5, "is_partial_payment": False, "card_mask": "7903***2233"},
        {"order_id": ORDER, "id": int(ID), "payment_status": "fail", "amount": 3000},
        {"message": "The given data was invalid.", "errors": {"number": ["is wrong"]}},
        {"message": "", "errors": {"order_id": ["has already been taken"]}},
        {"balance": "1000000.00000000", "currency": "RUB", "pending_payouts": "0.00"},
        {"data": [{"id": 1, "order_id": "a", "amount": "1.00", "status": "paid"}], "meta": {"current_page": 1}},
    )
)  # fmt: skip


def play(first: int, count: int) -> Tally:
    """Play the answers of these seeds, each as an answer to a create and to a question."""
    tally = Tally("T-FUZZ of answers", first, first + count - 1)
    for seed in range(first, first + count):
        random = Random(seed)
        exchange = made(random)
        tally.cases += 1
        for judge in (_create, _question, _others):
            problem = _held(judge, exchange, random)
            if problem:
                tally.wrong += 1
                tally.notes.append(f"seed {seed}, {exchange.status} {exchange.answer_body[:160]!r}: {problem}")
                tally.counts["found"] += 1
    return tally


def pooled(first: int, count: int, portion: int = 5_000) -> Tally:
    """Play the seeds in processes of their own, as many as nurseries."""
    whole = Tally("T-FUZZ of answers", first, first + count - 1)
    with ProcessPoolExecutor(NURSERIES, get_context("spawn")) as pool:
        for part in pool.map(play, range(first, first + count, portion), repeat(portion)):
            whole.take(part)
    return whole


def made(random: Random) -> Exchange:
    """Make the answer of a seed."""
    body = _grown(random) if random.random() < 0.5 else random.choice(SOUND)
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        body = _spoilt(body, random)
    headers: tuple[tuple[str, str], ...] = ()
    if random.random() < 0.1:
        headers = (("content-encoding", random.choice(("gzip", "identity", "br", "GZIP", ""))),)
        if random.random() < 0.7:
            body = gzip.compress(body, 1)
            body = _spoilt(body, random) if random.random() < 0.4 else body
    return Exchange(Reason.ANSWERED, True, status=random.choice(STATUSES), answer_body=body, headers=headers)


def _held(judge: Callable[[Exchange, Random], str], exchange: Exchange, random: Random) -> str:
    try:
        return judge(exchange, random)
    except Exception as error:
        return f"raised {error!r}"


def _grown(random: Random) -> bytes:
    return json.dumps(_object(random, 2), ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _object(random: Random, depth: int) -> dict[str, Any]:
    return {random.choice(KEYS): _value(random, depth) for _ in range(random.randrange(7))}


def _value(random: Random, depth: int) -> Any:
    if depth and random.random() < 0.25:
        return random.choice(
            (_object(random, depth - 1), [_value(random, depth - 1) for _ in range(random.randrange(4))])
        )
    return random.choice(VALUES)


def _spoilt(body: bytes, random: Random) -> bytes:
    at, to = sorted((random.randrange(len(body) + 1), random.randrange(len(body) + 1)))
    to = min(to, at + 20)
    return random.choice(
        (
            body[:at] + body[to:],
            body[:to] + body[at:],
            body[:at] + random.choice(PIECES) + body[at:],
            body[:at] + random.randbytes(1) + body[at + 1 :],
            body[:at] + random.choice(SOUND)[at:],
            body[:at],
        )
    )


def _create(exchange: Exchange, random: Random) -> str:
    fields = fields_of(exchange)
    errors = None if fields is None else refusals(fields).errors
    state, known, status = judge_create(exchange, fields, errors, order_id=ORDER).state, read(exchange), exchange.status
    if state is State.UNKNOWN:
        return ""
    if state is State.REJECTED:
        proved = status in {400, 422} and known is not None and bool(known.get("errors")) and not _names_order(known)
        return "" if proved else "refused without a proof"
    if known is None or not _is_fine(status) or not _is_id(known.get("id")):
        return f"{state.value} without a proof"
    word, named = _text(known.get("payment_status")), _text(known.get("order_id"))
    is_proved = word is not None and named in {None, ORDER} and state is WORDS.get(word, State.WAIT)
    return "" if is_proved else f"{state.value} without a proof"


def _question(exchange: Exchange, random: Random) -> str:
    before = random.choice(ASKED)
    gateway_id = random.choice((None, ID))
    subject = Subject(Kind.PAYOUT, ORDER, before, MONEY, NUMBER, gateway_id, False)
    fields = fields_of(exchange)
    reply = judge_reply(subject, exchange, fields, None if fields is None else refusals(fields).errors)
    if reply.state is None:
        return ""
    known = read(exchange)
    if before in FINAL or known is None or not _is_fine(exchange.status):
        return f"{before.value} became {reply.state.value}"
    order_id, word = _text(known.get("order_id")), _text(known.get("payment_status"))
    ours = order_id == ORDER or (order_id is None and gateway_id is not None and str(known.get("id")) == gateway_id)
    named = str(known["id"]) if _is_id(known.get("id")) else ID
    agrees = ours and gateway_id in {None, named} and _agrees(known.get("amount"))
    is_proved = agrees and word is not None and reply.state is WORDS.get(word, State.WAIT)
    return "" if is_proved else f"{reply.state.value} without a proof"


def _others(exchange: Exchange, random: Random) -> str:
    fields = fields_of(exchange)
    if fields is not None:
        read_balance(fields)
        read_history(fields)
        read_info(fields)
    return ""


def read(exchange: Exchange) -> dict[str, Any] | None:
    """Read an answer's object as a second reader would; None where it could be read in two ways."""
    body, encoding = exchange.answer_body, exchange.header("content-encoding")
    if encoding not in {None, "", "identity"}:
        inflater = zlib.decompressobj(31)
        try:
            body = inflater.decompress(body)
        except zlib.error:
            return None
        if not inflater.eof or inflater.unused_data:
            return None
    try:
        value = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_never)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and len(body) <= 65_536 else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _never(text: str) -> None:
    raise ValueError(text)


def _is_fine(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _is_id(value: object) -> bool:
    """Whether a value can be an id; anything else is as good as none."""
    if isinstance(value, str):
        return bool(value.strip()) and value.isprintable() and len(value) <= 128
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value if value.strip() else None
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _names_order(known: dict[str, Any]) -> bool:
    text = json.dumps([known.get("errors"), known.get("message")], ensure_ascii=False).casefold()
    return "orderid" in text.replace("_", "").replace("-", "").replace(" ", "")


def _agrees(amount: object) -> bool:
    """Whether an amount is ours; what is no plain decimal tells nothing."""
    text = _text(amount)
    return text is None or PLAIN.fullmatch(text.strip()) is None or Decimal(text.strip()) == MONEY.decimal
