"""The first paint: the frame and the shape of a table, and nothing slow imported for it."""

import subprocess
import sys

HEAVY = ("httpx", "cryptography", "keyring", "sqlite_utils", "segno", "asyncio", "openpyxl")
FIRST_PAINT = f"""
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from console.ui.theme import theme
from console.ui import i18n
from console.ui.window import MainWindow
theme.current().install(application, "light")
i18n.current().choose("ru")
window = MainWindow()
window.show()
application.processEvents()
assert not window.grab().isNull()
loaded = sorted(name for name in {HEAVY!r} if name in sys.modules)
assert not loaded, loaded
print(window.windowTitle())
window.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", FIRST_PAINT],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Консоль AliKassa — ПЕСОЧНИЦА"
