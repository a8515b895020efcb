"""The suite of small disks: how they can be had here, and a round of cases with 0 to some KiB left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from random import Random

from tests.faults import small
from tests.faults.ground import ROOT, Ground
from tests.faults.judge import Tally

WAYS = (("unshare", "--user", "--map-root-user", "--mount"), ("unshare", "--mount"))
"""Ways to a mount namespace: as anybody, where the system allows that, or as root."""
LEFT = (0, 4, 8, 16, 32, 64, 128, 512)
"""KiB that are left; a payout's records take some 40."""


def way() -> tuple[str, ...]:
    """Return the words that begin a process which may mount, or none where no way is open."""
    with tempfile.TemporaryDirectory() as folder:
        for words in WAYS:
            try:
                tried = subprocess.run(
                    [*words, "mount", "-t", "tmpfs", "none", folder], capture_output=True, check=False
                )
            except OSError:
                continue
            if tried.returncode == 0:
                return words
    return ()


@contextmanager
def mounting(ground: Ground, words: tuple[str, ...]) -> Iterator[Ground]:
    """A nursery that may mount, on the same ground and ledger."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with subprocess.Popen(
        [*words, sys.executable, "-m", "tests.faults.nursery", str(ground.ledger)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**environment, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    ) as nursery:  # fmt: skip
        try:
            yield Ground(ground.folder, ground.ledger, [nursery])
        finally:
            nursery.communicate(timeout=60)


def play(ground: Ground, number: int, words: tuple[str, ...], cases: int = 400) -> Tally:
    """Play cases drawn by the number from all moments and rooms, with the reserve and without it."""
    tally = Tally("T-DISK of a small disk" if words else "T-DISK by limits on files", number, number)
    random = Random(number)
    every = list(product(small.MOMENTS, LEFT, (True, False)))
    with mounting(ground, words) as here:
        here.everywhere({"deed": "warm", "template": str(ground.template)})
        orders = [
            {
                **ground.case(look=None, kopecks=random.choice((0, 0, 21, 22, 33))), "deed": "small",
                "moment": moment, "left": left, "reserve": reserve, "mounts": bool(words),
            }
            for moment, left, reserve in (random.sample(every, min(cases, len(every))) * -(-cases // len(every)))[:cases]
        ]  # fmt: skip
        for order, answer in zip(orders, here.play(orders), strict=True):
            case = f"{order['moment']} {order['left']} KiB reserve {order['reserve']} .{order['kopecks']:02d}"
            tally.add(answer["found"], f"{case} {answer['code']} {answer['told']}")
            tally.counts[f"ended {answer['code']}"] += 1
            _hold(tally, case, order["moment"], order["reserve"], answer["told"], mounts=bool(words))
    return tally


def _hold(tally: Tally, case: str, moment: str, reserve: bool, told: list[str], *, mounts: bool) -> None:
    """What the person is told has to fit the moment."""
    for line in told:
        tally.counts[line if line.startswith(("trouble", "E-", "stored", "reserve")) else line.split()[0]] += 1
    wrong = [line for line in told if line.startswith(("half", "raised"))]
    if moment == "start" and mounts and told != ["trouble E-DISK-FULL"]:
        wrong.append("a payout was begun without room")
    if (
        mounts
        and reserve
        and ((moment == "outcome" and "stored" not in told) or (moment == "intent" and "E-DISK-OUTCOME" in told))
    ):
        wrong.append("the outcome was not stored, although there was a reserve")
    tally.wrong += len(wrong)
    tally.notes += [f"{case}: {line} {told}" for line in wrong]
