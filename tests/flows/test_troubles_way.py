"""The way to the gateway goes wrong after a review, and in a check: told, nothing sent, sent once when it is whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.phrases.reasons import _REASONS
from console.domain.sentences import cause_text, sentence
from console.domain.states import State
from console.domain.text import Text
from console.gateway.limits import Limits
from console.sandbox.sandbox import Sandbox
from console.settings.settings import ACCOUNTS, Settings
from console.ui.pages import result_words
from tests.flows.driver import rows
from tests.flows.troubles import Ring, Watched, watched
from tests.flows.troubles_hands import SBP, acknowledge, form
from tests.flows.troubles_home import Sit
from tests.flows.troubles_way import DAY, NAME, Way, hurry
from tests.gateway.certificates import now
from tests.gateway.faults import Caller, answer, replies

DEADLINE = 2.0
QUICK = Limits(connect=1.0, write=1.0, read=1.0, total=DEADLINE)
MOST = 0.5
"""Seconds that the window may stand still while a page is made for the first time; waiting for a server would last 1 s."""


@dataclass(frozen=True)
class Case:
    """What goes wrong, and how it is told: by a reason on the result, by a sentence in the check."""

    spoil: Callable[[Way], None]
    code: str
    reason: Text
    values: Mapping[str, object] = field(default_factory=dict)
    proxy: str = ""


def _least(reason: Reason, **values: object) -> Text:
    words = next(each for each in _REASONS[reason] if each.placeholders == values.keys())
    return words.with_(**values)


_TIME_OVER = _REASONS[Reason.DEADLINE][0].source
FROM, UNTIL = (now() - 3 * DAY).date(), (now() - DAY).date()
AT = {"host": NAME}
ISSUER = "Antivirus Root (Somebody)"
CASES = {
    "wrong name": Case(
        Way.foreign, "E-TLS-HOST", _least(Reason.TLS_HOST), {**AT, "names": "other.example"}),
    "unknown issuer": Case(
        Way.unknown, "E-TLS-ISSUER", _least(Reason.TLS_ISSUER, issuer=ISSUER), {**AT, "issuer": ISSUER}),
    "expired": Case(
        Way.expired, "E-TLS-DATE", _least(Reason.TLS_DATE, **{"from": FROM, "until": UNTIL}),
        {"from": FROM, "until": UNTIL, "now": "\0"}),
    "no such name": Case(Way.nameless, "E-NET-DNS", _least(Reason.DNS), AT),
    "refused": Case(Way.refused, "E-NET-REFUSED", _least(Reason.REFUSED), AT),
    "handshake": Case(
        Way.stalled, "E-NET-TIMEOUT", _least(Reason.CONNECT_TIMEOUT, seconds="1"), {**AT, "seconds": "1"}),
    "look-up": Case(Way.unnamed, "E-NET-TIMEOUT", _least(Reason.DEADLINE, seconds="2"), {**AT, "seconds": "2"}),
    "proxy": Case(
        lambda _: None, "E-NET-PROXY", _least(Reason.PROXY, proxy="127.0.0.1:9"), {"proxy": "127.0.0.1:9"},
        "127.0.0.1:9"),
}  # fmt: skip


@pytest.fixture
def way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """A way over TLS; the gateway behind it is the sandbox's."""
    sandbox = Sandbox.open(tmp_path / "sandbox")
    made = Way(sandbox, monkeypatch)
    with made.front:
        yield made
        made.mend()
    sandbox.close()


def reviewed(person: Watched) -> str:
    """Fill in a payout, up to *Send*; return its order id."""
    form(person)
    order_id = person.text(f"{SBP.code}/order_id")
    person.click(f"{SBP.code}/review")
    person.get("review/send", QWidget)
    acknowledge(person)
    return order_id


def accepted(way: Way) -> int:
    return len(rows(way.sandbox.ledger, "SELECT * FROM accepted"))


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_sent_and_the_page_is_told_in_time(
    sit: Sit, home: Path, ring: Ring, way: Way, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    case = CASES[name]
    way.connect(home, ring, case.proxy)
    hurry(monkeypatch, QUICK, QUICK)
    person = sit()
    order_id = reviewed(person)
    case.spoil(way)
    began = time.monotonic()
    with watched() as beat:
        person.click("review/send")
        person.until(lambda: person.sees("result/state"))
    assert time.monotonic() - began <= DEADLINE + 1 + 2 * beat.control + 4 * beat.worked
    assert beat.waited <= MOST + 2 * beat.control
    person.reads(result_words._NOT_SENT)
    person.hears("E-NOTSENT", "what", order=order_id, reason=case.reason)
    if case.reason.source != _TIME_OVER:  # the attempt's own deadline has no advice
        person.reads(sentence(case.code).do)
    assert "Nothing was sent" in person.said()
    assert accepted(way) == 0
    row = person.console.services.operations.get(order_id)
    assert row is not None
    assert row.state is State.NOT_SENT
    checked(person, case)
    way.mend()
    again(person, order_id, case.proxy)
    assert accepted(way) == 1


def checked(person: Watched, case: Case) -> None:
    """The check of the connection tells it too, with what is to be done."""
    person.click("nav/settings")
    person.click("settings/accounts/check")
    person.until(lambda: person.sees("check/summary"))
    if "now" not in case.values:
        person.hears(case.code, "what", "do", **case.values)
    else:
        assert person.sentence(case.code, **case.values)[1].partition("\0")[0] in person.said()


def again(person: Watched, order_id: str, proxy: str) -> None:
    """Send the same order again, now that the way is whole."""
    if proxy:
        person.console.services.connect.set_proxy("")
    person.click("nav/payout")
    person.click("result/resend")
    person.get("review/send", QWidget)
    acknowledge(person)
    person.click("review/send")
    settled = {State.WAIT, State.PAID}
    operations = person.console.services.operations
    person.until(lambda: (row := operations.get(order_id)) is not None and row.state in settled)


def drip(caller: Caller) -> None:
    """Take the request, and answer without end."""
    caller.read_request()
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    caller.drip(b" ")


def silence(caller: Caller) -> None:
    """Take the request, and say nothing."""
    caller.read_request()
    caller.read_to_end()


def flood(caller: Caller) -> None:
    """Take the request, and ask to go on without end."""
    caller.read_request()
    caller.drip(b"HTTP/1.1 100 Continue\r\n\r\n", 0.001)


class TestAHostileServer:
    @pytest.mark.parametrize("script", [drip, silence, flood])
    def test_holds_the_page_no_longer_than_the_deadline(
        self, sit: Sit, home: Path, ring: Ring, way: Way, monkeypatch: pytest.MonkeyPatch,
        script: Callable[[Caller], None],
    ) -> None:  # fmt: skip
        way.connect(home, ring)
        hurry(monkeypatch, QUICK, QUICK)
        person = sit()
        order_id = reviewed(person)
        way.front.play(script)
        began = time.monotonic()
        with watched() as beat:
            person.click("review/send")
            person.until(lambda: person.sees("result/state"))
        assert time.monotonic() - began <= DEADLINE + 1 + 2 * beat.control + 4 * beat.worked
        assert beat.waited <= MOST + 2 * beat.control, beat.where
        person.reads(result_words._UNKNOWN)
        assert not person.sees("result/resend")
        row = person.console.services.operations.get(order_id)
        assert row is not None
        assert row.state is State.UNKNOWN


def test_a_signature_that_is_refused_leaves_the_outcome_unknown(sit: Sit, home: Path, ring: Ring, way: Way) -> None:
    account = way.connect(home, ring)
    person = sit()
    order_id = reviewed(person)
    way.front.play(replies(answer(b'{"message":"Unauthorized"}', "401 Unauthorized", "Connection: close")))
    person.click("review/send")
    person.until(lambda: person.sees("result/state"))
    person.reads(result_words._UNKNOWN)
    why = cause_text("E-CERT-REFUSED", {"status": 401})
    person.hears("E-UNKNOWN", "what", order=order_id, reason=why)
    assert not person.sees("result/resend")
    assert accepted(way) == 0
    person.until(lambda: not person.console.services.accounts.has_proof(account, Kind.PAYOUT))
    person.click("nav/settings")
    person.click("settings/accounts/check")
    person.until(lambda: person.sees("check/summary"))
    person.hears("E-CERT-REFUSED", "what", tail=way.sandbox.account[-4:], digest="SHA-1, SHA-256")
    way.mend()
    person.click("settings/accounts/check")
    person.until(lambda: person.sees("check/summary") and "accepts its keys" in person.text("check/summary"))


def test_another_issuer_is_told_once(sit: Sit, home: Path, ring: Ring, way: Way) -> None:
    account = way.connect(home, ring)
    before = Settings.open(home / "settings.json")
    (record,) = before.get(ACCOUNTS)
    issuer = str(record["issuer"])
    before.set(ACCOUNTS, ({**record, "issuer": "Old Authority"},))
    person = sit()
    person.until(lambda: "The certificate of" in person.said())
    person.hears("E-TLS-CHANGED", "what", host=way.host, a="Old Authority", b=issuer)
    assert person.console.services.issuers.known(account) == issuer
    assert person.console.services.issuers.news() == ()
