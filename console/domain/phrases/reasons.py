"""How an exchange ended, in a few words: what stands for {reason} of a sentence, and in the timeline.

A reason proves nothing about the money; the verdict does (failure model 2.4).
"""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.exchange import Reason
from console.domain.moment import day_or_same
from console.domain.text import Text, mark

CUT_SHORT = mark("trouble", "the last session ended while it was being sent")
"""What a restart says of an order that it finds being sent."""

STOPPED = mark("trouble", "waiting was stopped")
SLEPT = mark("trouble", "the computer slept")

_REASONS: dict[Reason, tuple[Text, ...]] = {
    Reason.ANSWERED: (mark("trouble", "the gateway answered ({status})"), mark("trouble", "the gateway answered")),
    Reason.BAD_URL: (
        mark("trouble", "“{host}” is no address of a gateway"),
        mark("trouble", "the gateway's address is not valid"),
    ),
    Reason.DNS: (mark("trouble", "{host} was not found"), mark("trouble", "the server was not found")),
    Reason.REFUSED: (
        mark("trouble", "{host} refused the connection"),
        mark("trouble", "the server refused the connection"),
    ),
    Reason.UNREACHABLE: (
        mark("trouble", "there is no network connection to {host}"),
        mark("trouble", "there is no network connection to the server"),
    ),
    Reason.CONNECT_TIMEOUT: (
        mark("trouble", "{host} did not answer in {seconds} s"),
        mark("trouble", "the server did not answer in {seconds} s"),
        mark("trouble", "the server did not answer in time"),
    ),
    Reason.PROXY: (
        mark("trouble", "the proxy {proxy} refused the connection"),
        mark("trouble", "the proxy refused the connection"),
    ),
    Reason.TLS: (mark("trouble", "no protected connection came about"),),
    Reason.TLS_ISSUER: (
        mark("trouble", "the certificate is signed by “{issuer}”, which this computer does not trust"),
        mark("trouble", "this computer does not trust the certificate"),
    ),
    Reason.TLS_HOST: (
        mark("trouble", "the certificate is for {names}, not for {host}"),
        mark("trouble", "the certificate is for another name"),
    ),
    Reason.TLS_DATE: (
        mark("trouble", "the certificate is valid {from}–{until}"),
        mark("trouble", "the certificate is not valid today"),
    ),
    Reason.GATE: (mark("trouble", "the journal could not note the sending"),),
    Reason.DEADLINE: (
        mark("trouble", "no answer for {seconds} s"),
        mark("trouble", "the time for the request was over"),
    ),
    Reason.DROPPED: (mark("trouble", "the connection was dropped"),),
    Reason.SILENT: (mark("trouble", "no answer for {seconds} s"), mark("trouble", "no answer in time")),
    Reason.GARBAGE: (mark("trouble", "the answer could not be read"),),
    Reason.TOO_BIG: (mark("trouble", "too much data"),),
    Reason.ENCODING: (mark("trouble", "the answer is in an unknown encoding"),),
    Reason.OTHER: (mark("trouble", "an unexpected fault of the connection"),),
    Reason.FAULT: (mark("trouble", "an unexpected fault of the console"),),
}

_ENDS = {"stopped": STOPPED, "slept": SLEPT}


def reason_text(reason: Reason, facts: Mapping[str, object]) -> Text:
    """Return the words of a reason: the fullest whose facts are all there.

    `facts` are those of the exchange: host, seconds, proxy, issuer, names, from, until, status, and `end`, which tells
    who ended an attempt from outside.
    """
    ended = _ENDS.get(str(facts.get("end", "")))
    if ended is not None:
        return ended
    words = next(words for words in _REASONS[reason] if words.placeholders <= facts.keys())
    return words.with_(**{name: day_or_same(facts[name]) for name in sorted(words.placeholders)})
