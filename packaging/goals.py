"""What a soak is asked for, by goal, and what of it was played or found: the first table of `docs/reliability.md`."""

from __future__ import annotations

from collections import Counter

from sums import Kept

GOALS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("G3", "kill points of one payout, T-KILL that met their call", ("kill",), 1_000),
    ("G4", "disk-error points, T-DISK", ("disk",), 1_000),
    ("G5", "power-loss images, acknowledged marks kept, T-PWR", ("power",), 100_000),
    ("G7", "network faults, verdict as in 2.4: every mode, every cut, T-NET", ("modes",), 2_000),
    ("G9", "fuzzed answers, T-FUZZ", ("answers",), 1_000_000),
    ("G9", "fuzzed cells of an export, T-FUZZ", ("cells",), 100_000),
    ("G9", "fuzzed inputs of the fields, T-FUZZ", ("inputs",), 100_000),
    ("G9", "fuzzed texts of a search, T-FUZZ", ("searches",), 100_000),
    ("G10", "simulated histories, T-SIM", ("histories",), 10_000),
    ("G11", "histories that Hypothesis looked for, of 60 steps each, T-STATE", ("machines",), 2_000),
    ("G13", "double submits at the real window, T-UI", ("press",), 1_000),
    ("G14", "rounds of racing processes, T-2APP", ("race",), 500),
    ("G17", "tampering found, T-TAMPER", ("tamper",), 10_000),
    ("G18", "cut tails, older copies and damaged logs found, T-TAMPER", ("tails",), 1_000),
    ("G26", "copies put back: opened, verified, creates blocked (R9), T-BACKUP and T-KILL", ("copies", "kill"), 200),
    ("G29", "minutes at the window, 100,000 events in each, at most 1 MiB more memory in 10, T-SOAK", ("window",), 10),
)
"""What a soak is asked to play, by goal: what it is called, the names of its slices, and how many."""
COUNTED = {"G26": "copies put back", "G29": "minutes"}
"""What counts for a goal where it is not the cases, or, of kills, those that met their call."""
NEVER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("G8", "*not sent* that a server contradicts, or another wrong verdict of T-NET", ("modes", "network")),
    (
        "G16",
        "closed after a kill although it was sent, or another wrong verdict of T-KILL",
        ("kill", "pair", "upgrade"),
    ),
)
"""What no slice may find, by goal: what it is called, and the names of the slices that would have found it."""
CONTROLS = ("wal-normal", "delete-full", "off", "mark-after-sending")
"""The negative controls that G6 asks for; there are others."""
MUTANTS, CAUGHT = 60, 0.95


def table(kept: Kept) -> list[str]:
    """What all suites found together, and a row for each goal."""
    ours = [one for name, one in kept.sums.items() if not is_guilty(name)]
    bad = [one for one in kept.bad.values() if not is_guilty(one["name"])]
    cases, twice, lost, wrong = (
        sum(getattr(one, what) for one in ours) + sum(one[what] for one in bad)
        for what in ("cases", "duplicates", "lost", "wrong")
    )
    said = f"**{cases:,} cases: {twice} paid twice, {lost} lost, {wrong} wrong verdicts.**"
    guilty = sum(is_guilty(name) for name in kept.sums)
    missed = sum(is_guilty(one["name"]) for one in kept.bad.values())
    rows = [_none("G1", "paid twice, all suites together", twice), _none("G2", "lost, all suites together", lost)]
    for goal, what, names, asked in GOALS:
        played = sum(_played(kept, name, COUNTED.get(goal, "")) for name in names)
        rows.append(row(goal, what, asked, played, _is_reached(played, asked)))
    rows += [_none(goal, what, _wrong(kept, names)) for goal, what, names in NEVER]
    rows += [*_controls(kept), *_settled(kept), *_visited(kept), *_mutants(kept)]
    rows.sort(key=lambda row: int(row.split("|")[1].strip()[1:]))
    head = ["| goal | what | asked | played or found | |", "| --- | --- | ---: | ---: | --- |"]
    return [f"{said} Controls caught: {guilty} of {guilty + missed}.", "", *head, *rows, ""]


def is_guilty(name: str) -> bool:
    """Whether the slices of this name have to find something."""
    return name.startswith(("control", "naive"))


def _is_reached(played: int, asked: int) -> str:
    return "reached" if played >= asked else "not yet"


def _none(goal: str, what: str, found: int) -> str:
    return row(goal, what, 0, found, "holds" if found == 0 else "**broken**")


def _wrong(kept: Kept, names: tuple[str, ...]) -> int:
    """The wrong verdicts of those slices of these names that found something."""
    return sum(one["wrong"] for one in kept.bad.values() if one["name"] in names)


def _played(kept: Kept, name: str, counted: str = "") -> int:
    one = kept.sums.get(name)
    if one is None:
        return 0
    return one.counts[counted] if counted else one.counts.get("hit", one.cases)


def _controls(kept: Kept) -> list[str]:
    controls = sum(f"control-{name}" in kept.sums for name in CONTROLS)
    return [row("G6", "negative controls caught", len(CONTROLS), controls, _is_reached(controls, len(CONTROLS)))]


def _settled(kept: Kept) -> list[str]:
    """Of the unknown ones that the gateway knows, how many the questions settled in time."""
    from tests.faults.crowds import KNOWN, SETTLED

    counts = kept.sums["poll"].counts if "poll" in kept.sums else Counter[str]()
    ended = _is_reached(counts[SETTLED], max(counts[KNOWN], 1))
    broken = any(one["name"] == "poll" for one in kept.bad.values())
    what = f"{KNOWN}, settled within 15 minutes of its health, T-POLL"
    return [row("G15", what, counts[KNOWN], counts[SETTLED], "**broken**" if broken else ended)]


def _visited(kept: Kept) -> list[str]:
    """How many pairs of state and event the simulated histories visited."""
    from tests.simulation.many import PAIR
    from tests.simulation.mistakes import PAIRS

    counts = kept.sums["histories"].counts if "histories" in kept.sums else Counter[str]()
    visited = sum(counts[f"{PAIR}{state}: {event}"] > 0 for state, event in PAIRS)
    what = "pairs of a state and an event visited, T-SIM"
    return [row("G12", what, len(PAIRS), visited, _is_reached(visited, len(PAIRS)))]


def _mutants(kept: Kept) -> list[str]:
    """What the last whole run of the seeded mistakes came to."""
    there, caught = kept.mutants.get("mutants", 0), kept.mutants.get("caught", 0)
    reached = there >= MUTANTS and caught >= CAUGHT * there
    what = f"seeded mistakes, of {there} caught (commit {kept.mutants.get('commit', 'none')}), T-MUT"
    return [row("G24", what, MUTANTS, caught, "reached" if reached else "not yet")]


def row(*cells: object) -> str:
    """A row of a table; numbers with their thousands apart."""
    return f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in cells)} |"
