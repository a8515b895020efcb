"""The slices that are played beyond `make test`: each suite by number, so that a range of numbers is played once.

A slice of kills or disk errors is a part of all points that exist; when every part was played the numbers go on with
other outcomes of the gateway.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING

from tests.faults import (
    copies,
    crowds,
    disks,
    fuzz_answers,
    fuzz_texts,
    longrun,
    losses,
    machines,
    marks,
    points,
    rounds,
    tampering,
)
from tests.faults.ground import NURSERIES, Ground
from tests.faults.judge import Tally
from tests.faults.points import Point
from tests.faults.stage import UNANSWERED

if TYPE_CHECKING:
    from tests.gateway.net import Case

KILLED = ("payout", "status", "backup", "founding", "resend")
FAILED = ("payout", "status", "backup", "resend")
STARTED = ("upgrade", "founding")
PART = 400
IMAGES = 10_000
CONTROL_IMAGES = 500
FOLDER_IMAGES, UPGRADE_IMAGES = 2_500, 2_500
COPYING, TWINS, SMALL = 100, 50, 400
RACES = 100
PRESSES = 100
WINDOW = 10
"""Minutes, beyond the warm-up."""
CLOCKS = 400
HELD = 48
PAIRS = 250
OUTCOMES = 250
HISTORIES, STEPS = 50, 200
EXAMPLES, MACHINE_STEPS = 200, 60
FAULTS = 600
ANSWERS = 100_000
TEXTS = 25_000
CHANGES, TAILS = 2_500, 250


def kill(ground: Ground, number: int) -> Tally:
    """A part of all kill points."""
    return _part(ground, "T-KILL", [point for act in KILLED for point in points.kills(ground, act)], number)


def pair(ground: Ground, number: int) -> Tally:
    """Pairs of kills in a row."""
    return points.play(ground, "T-KILL of two in a row", points.pairs(ground, PAIRS, number), number)


def disk(ground: Ground, number: int) -> Tally:
    """A part of all disk-error points."""
    return _part(ground, "T-DISK", [point for act in FAILED for point in points.errors(ground, act)], number)


def power(ground: Ground, number: int) -> Tally:
    """Power-loss images of the journal as shipped."""
    return losses.play(ground, "full", number * IMAGES, IMAGES)


def control(variant: str, ground: Ground, number: int) -> Tally:
    """Power-loss images of a negative control."""
    return losses.play(ground, variant, number * CONTROL_IMAGES, CONTROL_IMAGES)


def copying(ground: Ground, number: int) -> Tally:
    """Rounds of copies beside a console that pays; each copy that is drawn is put back."""
    return copies.play(ground, number, COPYING)


def copies_power(ground: Ground, number: int) -> Tally:
    """Power-loss images of a folder of copies."""
    return losses.backup(ground, number * FOLDER_IMAGES, FOLDER_IMAGES)


def unflushed(ground: Ground, number: int) -> Tally:
    """A negative control: copies that are named before they are flushed."""
    return losses.backup(ground, number * CONTROL_IMAGES, CONTROL_IMAGES, "backup-unflushed")


def twins(ground: Ground, number: int) -> Tally:
    """Rounds of two machines with one journal."""
    return machines.play(ground, number, TWINS)


def poll(ground: Ground, number: int) -> Tally:
    """Crowds of pending operations."""
    return crowds.play(ground, number)


def small(ground: Ground, number: int) -> Tally:
    """Disks that are really full, or limits on files where nothing may be mounted."""
    return disks.play(ground, number, disks.way(), SMALL)


def upgrade(ground: Ground, number: int) -> Tally:
    """A part of all kill points of a schema's upgrade."""
    return _part(ground, "T-KILL of an upgrade", points.kills(ground, "upgrade"), number)


def starts_disk(ground: Ground, number: int) -> Tally:
    """A part of all disk-error points of a schema's upgrade and of a first start."""
    return _part(ground, "T-DISK of starts", [point for act in STARTED for point in points.errors(ground, act)], number)


def upgrade_power(ground: Ground, number: int) -> Tally:
    """Power-loss images of a schema's upgrade."""
    return losses.upgrade(ground, number * UPGRADE_IMAGES, UPGRADE_IMAGES)


def in_pieces(ground: Ground, number: int) -> Tally:
    """A negative control: an upgrade whose steps are committed one by one."""
    return losses.upgrade(ground, number * CONTROL_IMAGES, CONTROL_IMAGES, "upgrade-in-pieces")


def network(ground: Ground, number: int) -> Tally:
    """What the gateway and the way to it do, without a fault of this machine's."""
    return points.play(ground, "T-NET by outcomes", points.network("payout", OUTCOMES), number)


def race(ground: Ground, number: int) -> Tally:
    """Rounds of processes that race."""
    return rounds.play(ground, number, RACES)


def clock(kind: str, ground: Ground, number: int) -> Tally:
    """The clock is set, or the machine sleeps, at drawn steps."""
    from tests.faults import clocks

    return clocks.play(ground, kind, number, CLOCKS)


def hold(ground: Ground, number: int) -> Tally:
    """Another program holds the journal, or the home's lock."""
    from tests.faults import holders

    return holders.play(ground, number, HELD)


def press(ground: Ground, number: int) -> Tally:
    """Hands that press too often, at the real window."""
    from tests.faults import presses

    return presses.play(ground, number, PRESSES)


def window(_: Ground, number: int) -> Tally:
    """A long run at the window, after its warm-up."""
    return longrun.play_slice(number, WINDOW)


def naive(ground: Ground, number: int) -> Tally:
    """The naive client, killed."""
    return points.play(ground, "T-KILL of the naive client", points.kills(ground, "naive"), number, (0,))


def naive_network(ground: Ground, number: int) -> Tally:
    """The naive client, without an answer."""
    tried = points.network("naive", OUTCOMES)
    return points.play(ground, "T-NET of the naive client", tried, number, UNANSWERED)


def histories(_: Ground, number: int) -> Tally:
    """Simulated histories of the whole logic, each by its seed; a broken invariant is a wrong verdict."""
    from tests.simulation import many

    return many.pooled(number * HISTORIES, HISTORIES, STEPS)


def sought(_: Ground, number: int) -> Tally:
    """Histories that Hypothesis looks for, from two seeds."""
    from tests.simulation import machine

    return machine.pooled(number * NURSERIES, EXAMPLES // NURSERIES, MACHINE_STEPS)


def modes(_: Ground, number: int) -> Tally:
    """A part of all modes of a faulty network and all cuts of request and answer."""
    parts = -(-len(_cases()) // FAULTS)
    part, tally = range(number % parts, len(_cases()), parts), Tally("T-NET by modes", number, number)
    with ProcessPoolExecutor(NURSERIES, get_context("spawn")) as pool:
        for played in pool.map(_fault, part, chunksize=20):
            tally.take(played)
    tally.counts["points that exist"] = len(_cases())
    return tally


@cache
def _cases() -> list[Case]:
    from tests.gateway import net

    everything = [*net.modes(), *net.cuts()]
    Random(0).shuffle(everything)
    return everything


def _fault(place: int) -> Tally:
    from tests.gateway import net

    return net.played([_cases()[place]], place)


def answers(_: Ground, number: int) -> Tally:
    """Fuzzed answers of a create and of a question."""
    return fuzz_answers.pooled(number * ANSWERS, ANSWERS)


def texts(kind: str, _: Ground, number: int) -> Tally:
    """Fuzzed cells of an export, inputs of the fields, or searched texts."""
    return fuzz_texts.play(kind, number * TEXTS, TEXTS)


def tamper(_: Ground, number: int) -> Tally:
    """A journal that was changed behind the console's back."""
    return tampering.play(number * CHANGES, CHANGES)


def tails(_: Ground, number: int) -> Tally:
    """A journal that was cut, put back or damaged, with an anchor at hand."""
    return tampering.play_tails(number * TAILS, TAILS)


def _part(ground: Ground, suite: str, everything: list[Point], number: int) -> Tally:
    Random(0).shuffle(everything)
    parts = -(-len(everything) // PART)
    tally = points.play(ground, suite, everything[number % parts :: parts], number)
    tally.counts["points that exist"] = len(everything)
    return tally


Slice = Callable[[Ground, int], Tally]
SLICES: dict[str, tuple[Slice, int]] = {
    "kill": (kill, 3), "pair": (pair, 4), "disk": (disk, 9), "power": (power, 10), "race": (race, 5),
    "press": (press, 10), "hold": (hold, 2), "copies": (copying, 3), "copies-power": (copies_power, 2),
    "twins": (twins, 2), "poll": (poll, 1), "window": (window, 1), "small-disk": (small, 1),
    "upgrade": (upgrade, 1), "starts-disk": (starts_disk, 10), "upgrade-power": (upgrade_power, 2),
    "control-copies": (unflushed, 1), "control-upgrade": (in_pieces, 1),
    **{f"clock-{kind}": (partial(clock, kind), 2) for kind in ("set", "sleep")},
    "network": (network, 2), "naive": (naive, 1), "naive-network": (naive_network, 1),
    **{f"control-{name}": (partial(control, name), 1) for name in marks.CONTROLS},
    "histories": (histories, 200), "machines": (sought, 10), "modes": (modes, 7), "answers": (answers, 10),
    **{kind: (partial(texts, kind), 4) for kind in ("cells", "inputs", "searches")},
    "tamper": (tamper, 4), "tails": (tails, 4),
}  # fmt: skip
"""Each suite with the number of slices that reach the numbers asked of a soak."""
GUILTY = tuple(name for name in SLICES if name.startswith(("control", "naive")))
"""The suites that have to find something."""
