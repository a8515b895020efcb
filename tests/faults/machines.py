"""The suite of two machines with one journal, part of T-2APP: rounds with and without a signed gap."""

from __future__ import annotations

from tests.faults.ground import Ground
from tests.faults.judge import Tally


def play(ground: Ground, number: int, rounds: int = 50) -> Tally:
    """Play so many rounds; in every third the gap stays unsigned."""
    tally = Tally("T-2APP of two machines", number, number)
    orders = [{**ground.case(look=None), "deed": "twins", "signed": bool(place % 3)} for place in range(rounds)]
    ids: set[str] = set()
    for order, answer in zip(orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"signed {order['signed']} {answer['told']}")
        for line in answer["told"]:
            word, *rest = line.split()
            tally.counts["E-DUP-ID" if "E-DUP-ID" in rest else word] += 1
            if word == "id":
                tally.duplicates += rest[0] in ids
                ids.add(rest[0])
    return tally
