"""How each state of an operation looks and what it is called: word, icon, colour, never one alone.

The one table of the window for states; what a state means is known by `console.domain.states`.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.text import Text, mark


@dataclass(frozen=True, slots=True)
class Look:
    """A badge: colour token, icon, words; `tint` fills it, `border` (a token) frames it."""

    colour: str
    icon: str
    words: Text
    tint: bool = True
    border: str = ""

    @property
    def ground(self) -> str:
        """The token of the fill, empty for an outline."""
        return f"{self.colour}_t" if self.tint else ""


_SENDING = Look("blue", "send", mark("controls", "Sending"))
_PAID_OUT = Look("green", "circle-check", mark("controls", "Paid out"))
_PAID = Look("green", "circle-check", mark("controls", "Paid"))

LOOKS: dict[str, Look] = {
    "draft": Look("grey", "pencil-line", mark("controls", "Draft")),
    "intended": _SENDING,
    "sending": _SENDING,
    "not_sent": Look("grey", "circle-slash", mark("controls", "Not sent"), tint=False, border="grey"),
    "unknown": Look("amber", "circle-question-mark", mark("controls", "Outcome unknown"), border="amber_e"),
    "absent": Look("amber", "search-x", mark("controls", "Not known to the gateway"), tint=False, border="amber_e"),
    "rejected": Look("red", "octagon-x", mark("controls", "Rejected by the gateway"), tint=False, border="red"),
    "wait": Look("blue", "clock", mark("controls", "Processing")),
    "paid": _PAID,
    "cancel": Look("grey", "ban", mark("controls", "Cancelled")),
    "fail": Look("red", "circle-x", mark("controls", "Failed")),
    "closed": Look("grey", "archive", mark("controls", "Closed, not sent")),
    "disputed": Look("violet", "equal-not", mark("controls", "Contradiction")),
}
"""By stored code, with the mark `disputed` beside them; `discarded` is never shown."""


def look(state: str, kind: str = "payment") -> Look:
    """Return the look of a stored state code; `paid` reads differently for a `payout`. An unknown code raises KeyError."""
    code = str(getattr(state, "value", state))
    if code == "paid" and str(getattr(kind, "value", kind)) == "payout":
        return _PAID_OUT
    return LOOKS[code]
