"""Settings of language and look: switched at once, in every page that stands, without losing what is typed there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.text import mark
from console.settings.settings import HIDE_AMOUNTS, LANGUAGE, THEME
from console.ui import formats, i18n
from console.ui.controls.check import CheckBox
from console.ui.controls.choice import Choice
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard
from console.ui.theme import theme

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "Language and look")
_LANGUAGE = mark("settings", "Language")
_LANGUAGE_IS = mark("settings", "Changes at once; what stands in a form stays.")
_THEME = mark("settings", "Theme")
_THEME_IS = mark("settings", "Light for a bright room, dark for the evening, or as the system has it.")
_SYSTEM = mark("settings", "As the system")
_LIGHT = mark("settings", "Light")
_DARK = mark("settings", "Dark")
_HIDE = mark("settings", "Hide amounts")
_HIDE_IS = mark(
    "settings",
    "Dots stand for sums in lists, figures and notices, for a screen that others see: Ctrl+Shift+H. The form and the "
    "review of an order always show what will be paid.",
)
_ON = mark("settings", "Hide")


class LookSection(Section):
    """Language, theme, hidden amounts."""

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        settings = services.settings
        card = SettingsCard(_TITLE, name="settings/look")
        self.language = Choice(
            _LANGUAGE, (("system", _SYSTEM), ("ru", "Русский"), ("en", "English")), settings.get(LANGUAGE),
            name="settings/look/language",
        )  # fmt: skip
        self.theme = Choice(
            _THEME, (("system", _SYSTEM), ("light", _LIGHT), ("dark", _DARK)), settings.get(THEME),
            name="settings/look/theme",
        )  # fmt: skip
        self.hide_amounts = CheckBox(_ON, name="settings/look/hide_amounts")
        self.hide_amounts.setChecked(formats.amounts_are_hidden())
        card.add(_LANGUAGE, _LANGUAGE_IS, self.language)
        card.add(_THEME, _THEME_IS, self.theme)
        card.add(_HIDE, _HIDE_IS, self.hide_amounts)
        self._card = card
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.language.changed.connect(self._on_language)
        self.theme.changed.connect(self._on_theme)
        self.hide_amounts.toggled.connect(self._on_hide)

    def entered(self) -> None:
        """Amounts may have been hidden by the key meanwhile."""
        self.hide_amounts.setChecked(formats.amounts_are_hidden())

    def _on_language(self, value: object) -> None:
        chosen = str(value)
        i18n.current().choose(i18n.system_language() if chosen == "system" else chosen)
        self._keep(lambda: self.services.settings.set(LANGUAGE, chosen))

    def _on_theme(self, value: object) -> None:
        chosen = str(value)
        theme.current().choose(chosen)
        self._keep(lambda: self.services.settings.set(THEME, chosen))

    def _on_hide(self, hidden: bool) -> None:
        if hidden != formats.amounts_are_hidden():
            formats.hide_amounts(hidden=hidden)
            self._keep(lambda: self.services.settings.set(HIDE_AMOUNTS, hidden))

    def _keep(self, work: Callable[[], None]) -> None:
        self.run(work, lambda _: None, self._card.say, "read")
