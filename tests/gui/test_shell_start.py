"""The first paint: the frame and the shape of a table, and nothing slow imported for it."""

import subprocess
import sys
from pathlib import Path

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

# What costs the first paint a tenth or more and waits until somebody needs it.
LATER = ("socket", "uuid", "hmac", "console.catalogue.methods", "console.ui.pages")
CONSOLE = f"""
import sys
before = {{*sys.modules}}  # whoever measures coverage of this process has imported more
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from console.app import open_console

class Watch(QObject):
    loaded = None

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.loaded is None:
            self.loaded = sorted(({{*sys.modules}} - before) & {{*{(*HEAVY, *LATER)!r}}})
        return False

application = QApplication([])
console = open_console(Path(sys.argv[1]), sandbox=True)
watch = Watch()
console.window.installEventFilter(watch)
console.window.show()
while watch.loaded is None:
    application.processEvents()
assert not watch.loaded, watch.loaded
console.close()
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


def test_the_consoles_own_window_is_painted_before_what_only_a_key_or_a_page_needs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CONSOLE, str(tmp_path)], capture_output=True, check=False, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
