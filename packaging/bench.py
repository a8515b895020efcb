"""Start-up beside a bare window: `packaging/bench.py [ROUNDS]`.

Runs a bare PySide6 window (a table with a model in Python) and the console in turn, under one Xvfb, and compares the best
of each: time from the start of the process to the first paint, and memory at that moment. Prints ratios, since times are one
machine's, and exits 1 when one is above its limit. Bytecode is kept, as in an installed copy.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from screen import virtual_screen

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
SECONDS = 60
LIMITS = {"time": 1.6, "memory": 1.5}
# Imported after the first paint, or the start would be several times longer.
LATE = ("httpx", "cryptography", "keyring", "sqlite_utils")

# Reports once, after the pass in which the window was first painted.
WATCH = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer

class Watch(QObject):
    def __init__(self, window):
        super().__init__(window)
        self.seen = False
        window.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.report)
        return False

    def report(self):
        with open("/proc/self/statm") as file:
            pages = int(file.read().split()[1])
        loaded = sorted({name.split(".")[0] for name in sys.modules})
        print(json.dumps({"bytes": pages * os.sysconf("SC_PAGESIZE"), "modules": loaded}), flush=True)
        os._exit(0)
"""

BARE = """
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Model(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 100

    def columnCount(self, parent=None):
        return 8

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return f"{index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

application = QApplication([])
model = Model()
table = QTableView()
table.setModel(model)
window = QMainWindow()
window.setCentralWidget(table)
window.resize(1440, 900)
watch = Watch(window)
window.show()
application.exec()
"""

CONSOLE = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from console.app import open_console
application = QApplication([])
console = open_console(Path(sys.argv[1]), sandbox=True)
watch = Watch(console.window)
console.window.show()
application.exec()
"""


@dataclass(frozen=True)
class Start:
    """One start: seconds to the first paint, megabytes then, and what was imported by then."""

    seconds: float
    megabytes: float
    modules: frozenset[str]


def start(script: str, home: str, screen: dict[str, str]) -> Start:
    began = time.monotonic()
    words = (sys.executable, "-c", WATCH + script, home)
    with subprocess.Popen(words, cwd=ROOT, env=screen, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        seconds = time.monotonic() - began
        process.wait(SECONDS)
    if not line:
        raise RuntimeError("a window was never painted")
    report = json.loads(line)
    return Start(seconds, report["bytes"] / 1e6, frozenset(report["modules"]))


def measure(rounds: int) -> tuple[list[Start], list[Start]]:
    """Both in turn, after one start each that fills caches and makes the home."""
    bare: list[Start] = []
    ours: list[Start] = []
    with tempfile.TemporaryDirectory() as home, virtual_screen() as screen:
        screen.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(rounds + 1):
            bare.append(start(BARE, home, screen))
            ours.append(start(CONSOLE, home, screen))
    return bare[1:], ours[1:]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Compare the console's start with the start of a bare window.")
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS, help=f"starts of each, {ROUNDS} by default")
    bare, ours = measure(parser.parse_args(arguments).rounds)
    best = {
        "time": (min(each.seconds for each in bare), min(each.seconds for each in ours), "s"),
        "memory": (min(each.megabytes for each in bare), min(each.megabytes for each in ours), "MB"),
    }
    failed = False
    for name, (theirs, own, unit) in best.items():
        ratio = own / theirs
        failed |= ratio > LIMITS[name]
        figures = f"bare {theirs:8.3f} {unit:<2}  console {own:8.3f} {unit:<2}"
        print(f"{name:<7} {figures}  ratio {ratio:.2f} (at most {LIMITS[name]})")
    early = sorted(set(LATE) & ours[0].modules)
    if early:
        print(f"imported before the first paint: {', '.join(early)}")
    return 1 if failed or early else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
