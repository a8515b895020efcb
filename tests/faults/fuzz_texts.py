"""The suite T-FUZZ of texts: cells of an export, inputs of every field, and what is typed into a search box.

Nothing may escape but `Invalid`. A cell comes back from CSV as it went in and begins no formula, what a field takes is
read back from the body's bytes as the same value, and a search ends in rows.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from console.catalogue.methods import every
from console.domain.trouble import Invalid
from console.gateway.wire import encode
from console.services.export import safe_cell
from console.services.search import understand
from tests.faults.ground import MEMORY
from tests.faults.judge import Tally
from tests.journal.making import Desk

PIECES: tuple[str, ...] = (
    *"=+-@\t\r\n;\"',.*%_()^:/\\{}[]<>&|#0123456789aёЁЯя№₽",
    *(
        " ",
        "\u00a0",
        "\u202f",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\x00",
        "\x1b",
        "\ud83d",
        "\U0001f600",
    ),
    *(
        "＝",
        "＋",
        "－",
        "＠",
        "１",
        "٣",
        "e\u0301",
        "NEAR",
        " OR ",
        " AND ",
        "NOT ",
        "recipient:",
        "=cmd|'/C calc'!A0",
        "O'x",
    ),
    *(
        "+7 903 111-22-33",
        "40817810156003706312",
        "3000.00",
        "1 234,56",
        "1e9",
        "руб",
        "PO-1",
        "g-PO-1",
        "иванов",
        "Счёт 17",
    ),
)
METHODS = every()
Check = Callable[[Random], str]


def made(random: Random) -> str:
    """Make a text: pieces, or any characters at all."""
    if random.random() < 0.2:
        return "".join(chr(random.randrange(0x110000)) for _ in range(random.randrange(12)))
    return "".join(random.choice(PIECES) for _ in range(random.choice((0, 1, 1, 2, 3, 5, 8, 40))))


def cell(random: Random) -> str:
    """Hold a cell of an export."""
    text = made(random).encode("utf-8", "replace").decode()
    shown = safe_cell(text)
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(["a", shown, "b"])
    read = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=";"))
    if read != [["a", shown, "b"]] or shown not in {text, f"'{text}"}:
        return f"{text!r} came back as {read!r}"
    folded = "".join(" " if char in "\u200b\ufeff" else char for char in unicodedata.normalize("NFKC", shown))
    first = folded.lstrip()[:1] or folded[:1]
    return f"{shown!r} begins a formula" if first in set("=+-@") or folded[:1] in set("\t\r") else ""


def field(random: Random) -> str:
    """Hold an input of a method's form."""
    method = random.choice(METHODS)
    texts = {each.name: each.sample for each in method.fields}
    changed = random.choice([each for each in method.fields if each.typed])
    texts[changed.name] = made(random) if random.random() < 0.7 else _near(changed.sample, random)
    values, problems = method.parse(texts)
    if problems:
        return "" if set(problems) == {changed.name} else f"{changed.name} makes {sorted(problems)} wrong"
    sample = {**method.sample(), **values}
    if changed.name not in values:
        sample.pop(changed.name, None)
    body = method.body(sample)
    is_same = method.read(json.loads(encode(body))) == {**sample, "service": method.code}
    if not is_same:
        return f"{changed.name} {texts[changed.name]!r} is not read back from {body}"
    method.mask(sample)
    method.doubts(sample)
    return ""


def _near(sample: str, random: Random) -> str:
    """Return a text that is nearly right."""
    at = random.randrange(len(sample) + 1)
    return sample[:at] + random.choice(PIECES) + sample[at + random.randrange(2) :]


@contextmanager
def searches() -> Iterator[Check]:
    """Give what holds a searched text against a journal with rows in it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        with closing(Desk(Path(folder))) as desk:
            for number in range(20):
                desk.send(f"PO-{number}", recipient=f"Иванов {number}", amount=300_000 + number)
            desk.journal.flush(desk.now())
            everything = {row.order_id for row in desk.reader.operations(understand("", None).filter)}

            def search(random: Random) -> str:
                text = made(random).encode("utf-8", "replace").decode()
                find = random.choice((None, desk.journal.finder.mark))
                found = {row.order_id for row in desk.reader.operations(understand(text, find).filter)}
                return "" if found <= everything else f"{text!r} found {found}"

            yield search


def play(kind: str, first: int, count: int) -> Tally:
    """Play the texts of these seeds: `cells`, `inputs` or `searches`."""
    tally = Tally(f"T-FUZZ of {kind}", first, first + count - 1)
    if kind == "searches":
        with searches() as search:
            return _held(search, tally)
    return _held({"cells": cell, "inputs": field}[kind], tally)


def _held(check: Check, tally: Tally) -> Tally:
    for seed in range(tally.first, tally.last + 1):
        try:
            problem = check(Random(seed))
        except (Exception, Invalid) as error:
            problem = f"raised {error!r}"
        tally.cases += 1
        tally.wrong += bool(problem)
        tally.notes += [f"seed {seed}: {problem}"] if problem else []
    return tally
