"""The clipboard of a real X server, which knows whose it is: what was copied by keys goes, another program's text stays."""

from __future__ import annotations

import subprocess
import sys

from screen import virtual_screen
from tests.e2e.processes import ROOT, SECONDS

SCRIPT = """
import subprocess, sys, time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from console.ui import clipboard

def comes(text):
    until = time.monotonic() + 5
    while application.clipboard().text() != text and time.monotonic() < until:
        QTest.qWait(5)
    return application.clipboard().text() == text

application = QApplication([])
clipboard.SHORT = 50
guard, edit = clipboard.guard(), QLineEdit("79031112233")
edit.show()
assert QTest.qWaitForWindowExposed(edit)
edit.selectAll()
edit.copy()
assert application.clipboard().text() == "79031112233" and guard.stays == 50
assert comes("")

clipboard.copy("79031112233", 60_000)
other = subprocess.Popen([sys.executable, "-c", '''
from PySide6.QtWidgets import QApplication
application = QApplication([])
application.clipboard().setText("of another program")
print("copied", flush=True)
application.exec()
'''], stdout=subprocess.PIPE)
assert other.stdout.readline() == b"copied\\n"
assert comes("of another program")
clipboard.clear()
assert application.clipboard().text() == "of another program"
other.terminate()
other.wait()
print("done")
"""


def test_what_was_copied_by_keys_leaves_and_anothers_text_stays() -> None:
    with virtual_screen() as environment:
        variables = {**environment, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT, env=variables, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
