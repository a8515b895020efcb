"""Masked digits cannot be guessed back from anything that stands in clear (measured: M11).

With the first six and last four digits and the check digit known, a card has 100 000 candidates; a phone with its mask
known has as many. A plain hash of the body, or its signature beside a public key, would name the right one in seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from console.domain.states import State
from console.journal.append import Change
from console.journal.entry import Entry, EventKind, Parts
from console.journal.keys import fingerprint_of
from tests.journal.making import Desk, moment, new, rows

CARD = "2200151234507890"
PHONE = "79035678933"


def luhn(digits: str) -> int:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10


def cards() -> Iterator[str]:
    """Every card with the mask's first six and last four digits and a right check digit."""
    for middle in range(10**5):
        yield f"220015{middle:05}{-luhn(f'220015{middle:05}07890') % 10}7890"


def phones() -> Iterator[str]:
    """Every phone with the mask's digits: +7 903 •••-••-33."""
    return (f"7903{middle:05}33" for middle in range(10**5))


def body(number: str) -> bytes:
    return json.dumps({"amount": "3000.00", "order_id": "PO-1", "number": number}, separators=(",", ":")).encode()


def in_clear(desk: Desk) -> set[bytes]:
    """Every value that stands in clear anywhere in the file: columns, and everything inside the masked parts."""
    found: set[bytes] = set()
    for table in ("event", "operation", "meta", "search_data", "search_idx", "draft", "payer", "note"):
        for row in rows(desk.path, f"SELECT * FROM {table}"):
            found |= {value if isinstance(value, bytes) else str(value).encode() for value in row}
    for (masked,) in rows(desk.path, "SELECT masked FROM event"):
        found |= {str(value).encode() for value in leaves(json.loads(masked))}
    return found


def leaves(value: object) -> Iterator[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
    else:
        for each in inner:
            yield from leaves(each)


def guesses(number: str, known: list[bytes]) -> Iterator[bytes]:
    """What an attacker computes from a candidate: hashes of the body and of the number, plain and with what is known."""
    for text in (body(number), number.encode()):
        yield text
        for algorithm in (hashlib.sha256, hashlib.sha1, hashlib.md5):
            raw = algorithm(text).digest()
            yield raw
            yield raw.hex().encode()
    for salt in known:
        yield hashlib.sha256(salt + number.encode()).hexdigest().encode()
        yield hmac.digest(salt, number.encode(), "sha256").hex().encode()


@pytest.mark.parametrize(
    ("number", "masked", "candidates"), [(CARD, "220015 •••••• 7890", cards), (PHONE, "+7 903 •••-••-33", phones)]
)
def test_no_candidate_matches_anything_in_clear(
    desk: Desk,
    signing_key: rsa.RSAPrivateKey,
    public_key: tuple[str, bytes],
    number: str,
    masked: str,
    candidates: Callable[[], Iterator[str]],
) -> None:
    fingerprint, pem = public_key
    desk.journal.ensure_key(fingerprint, pem, moment(0.5))
    signature = signing_key.sign(body(number), PKCS1v15(), hashes.SHA1())
    head = b"POST /v1/payout HTTP/1.1\r\nSign: " + base64.b64encode(signature) + b"\r\n\r\n"
    parts = Parts(
        head, body(number), signature, b"HTTP/1.1 200 OK\r\n\r\n", b'{"card_mask":"' + number.encode() + b'"}'
    )
    entry = Entry(
        EventKind.INTENDED,
        moment(1),
        "PO-1",
        "acc",
        attempt=1,
        masked={"number": masked},
        parts=Parts(body=body(number)),
    )
    desk.journal.append(entry, new=new(number_masked=masked, number_find=desk.journal.finder.mark("number", number)))
    change = Change("PO-1", frozenset({State.INTENDED}), 1, {"state": State.SENDING})
    sending = Entry(
        EventKind.SENDING, moment(2), "PO-1", "acc", attempt=1, fingerprint=fingerprint, digest_name="sha1", parts=parts
    )
    desk.journal.append(sending, change=change)
    desk.journal.append_quiet(Entry(EventKind.ASKED, moment(3), "PO-1", status=200, parts=parts))
    clear = in_clear(desk)
    assert not any(number.encode() in value or signature in value for value in clear)
    known = [desk.journal.journal_id.encode(), fingerprint.encode()]
    tried = 0
    for candidate in candidates():
        tried += 1
        assert clear.isdisjoint(guesses(candidate, known))
    assert tried == 10**5


def test_the_right_card_is_among_the_candidates() -> None:
    assert CARD in set(cards())
    assert all(luhn(card) == 0 for card in islice(cards(), 1000))


def test_the_attack_works_on_a_plain_hash(desk: Desk) -> None:
    """The negative control: a test that could not fail would prove nothing."""
    plain = hashlib.sha256(body(PHONE)).hexdigest()
    desk.journal.append(Entry(EventKind.HEARD, moment(1), masked={"sha256": plain}))
    clear = in_clear(desk)
    assert [phone for phone in phones() if not clear.isdisjoint(guesses(phone, []))] == [PHONE]


def test_a_fingerprint_is_of_the_public_key_alone(public_key: tuple[str, bytes]) -> None:
    assert fingerprint_of(public_key[1]) == public_key[0]
