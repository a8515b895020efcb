"""About: version, who made it and who did not, the licences of everything that ships, and where the data lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import __version__
from console.domain.text import mark
from console.ui.controls.choice import Choice
from console.ui.controls.facts import FactList
from console.ui.controls.payer import BodyBlock
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "AliKassa Console")
_SENTENCE = mark("settings", "A desktop console for merchants of the AliKassa gateway. Not made by AliKassa.")
_VERSION = mark("settings", "Version")
_LICENCE = mark("settings", "Licence")
_LICENCE_IS = mark("settings", "MIT; parts that ship with it have licences of their own, below")
_QT = mark("settings", "Qt and PySide6")
_QT_IS = mark(
    "settings",
    "Used under the GNU LGPL, version 3, as separate libraries that you may replace by your own build. Their texts stand "
    "below as LGPL-3.0 and GPL-3.0.",
)
_LICENCES = mark("settings", "Licences")
_LICENCES_ARE = mark("settings", "The texts of everything that ships with the console.")
_TEXT = mark("settings", "Licence text")
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "licences"
_FIRST = "LGPL-3.0"


class AboutSection(Section):
    """Version and licences. A text is read when it is chosen."""

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        card = SettingsCard(_TITLE, _SENTENCE, "settings/about")
        facts = FactList(label_width=160)
        facts.add(_VERSION, __version__, name="settings/about/version")
        facts.add(_LICENCE, _LICENCE_IS)
        facts.add(_QT, _QT_IS)
        card.add_part(facts)
        names = sorted((path.stem for path in FOLDER.glob("*.txt")), key=str.casefold)
        self.licence = Choice(_TEXT, [(name, name) for name in names], _FIRST, name="settings/about/licence")
        self.licence.changed.connect(self._read)
        self.text = BodyBlock("", _TEXT, lines=22, name="settings/about/text")
        self._licences = SettingsCard(_LICENCES, _LICENCES_ARE, "settings/licences")
        self._licences.head.addWidget(self.licence)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.text)
        self._licences.add_part(part)
        self.column.addWidget(card)
        self.column.addWidget(self._licences)
        self.column.addStretch(1)

    def entered(self) -> None:
        """Show the text that is chosen."""
        if not self.text.toPlainText():
            self._read(self.licence.value())

    def _read(self, name: object) -> None:
        path = FOLDER / f"{name}.txt"
        self.run(lambda: path.read_text("utf-8"), self.text.show_text, self._licences.say, "read")
