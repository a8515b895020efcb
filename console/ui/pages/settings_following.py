"""Settings of following and network: at what pace orders are asked about, what waits at present, and the proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.text import Text, mark
from console.settings.settings import PROXY
from console.ui import formats
from console.ui.controls.button import Button
from console.ui.controls.card import row
from console.ui.controls.facts import FactList
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard

if TYPE_CHECKING:
    from console.journal.read import Counts
    from console.services.services import Services

_TITLE = mark("settings", "Following")
_SENTENCE = mark(
    "settings",
    "The console asks the gateway about every order that is not final until it is. A question moves nothing and never "
    "sends an order again.",
)
_ACCEPTED = mark("settings", "Accepted")
_ACCEPTED_PACE = mark(
    "settings",
    "after 5, 10 and 20 s, then every 30 s for ten minutes, every 2 min for an hour, every 15 min for a day, then hourly",
)
_UNKNOWN = mark("settings", "Outcome unknown")
_UNKNOWN_PACE = mark("settings", "after 5 s, then less and less often, at least every 10 min, until it is known")
_BUDGET = mark("settings", "At most")
_BUDGET_IS = mark("settings", "5 questions a second, 4 at a time")
_OPEN = mark("settings", "Asked about now")
_OPEN_IS = mark("settings", "{open} processing, {unclear} unclear")
_ASKED = mark("settings", "Questions go as planned.")
_NETWORK = mark("settings", "Network")
_NETWORK_IS = mark(
    "settings",
    "Gateways are reached directly or through a proxy; TLS is always checked against the system's roots, through a proxy "
    "too. Variables of the environment change neither.",
)
_PROXY = mark("settings", "Proxy")
_PROXY_HELP = mark("settings", "host:port, without a name and a password; empty is none.")
_SAVE = mark("settings", "Save")
_SAVED = mark("settings", "Proxy saved: {proxy}")
_GONE = mark("settings", "No proxy any more")


class FollowingSection(Section):
    """The facts of polling, and the proxy."""

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        self._card = SettingsCard(_TITLE, _SENTENCE, "settings/following")
        self.facts = FactList(label_width=160)
        self._card.add_part(self.facts)
        self._network = SettingsCard(_NETWORK, _NETWORK_IS, "settings/network")
        self.proxy = FieldFrame("settings/network/proxy", _PROXY, TextInput(mono=True), note=_PROXY_HELP)
        self.save = Button(_SAVE, name="settings/network/save")
        self.save.clicked.connect(self._on_save)
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.proxy)
        column.addWidget(row(self.save, 1))
        self._network.add_part(line)
        self.column.addWidget(self._card)
        self.column.addWidget(self._network)
        self.column.addStretch(1)

    def entered(self) -> None:
        """Look what is asked about now."""
        if not self.proxy.input.edit.isModified():
            self.proxy.input.set_text(self.services.settings.get(PROXY))
        self._show(None)
        self.run(self.services.operations.counts, self._show, self._card.say, "read")

    def _show(self, counts: Counts | None) -> None:
        self.facts.clear()
        self.facts.add(_ACCEPTED, _ACCEPTED_PACE)
        self.facts.add(_UNKNOWN, _UNKNOWN_PACE)
        self.facts.add(_BUDGET, _BUDGET_IS)
        if counts is not None:
            words = _OPEN_IS.with_(open=formats.number(counts.open), unclear=formats.number(counts.unclear))
            self.facts.add(_OPEN, words, name="settings/following/open")
        for account in self.services.accounts.all():
            paused: Text | None = self.services.follow.paused(account.id)
            ink = "ink" if paused is None else "amber"
            self.facts.add(account.title, paused or _ASKED, ink=ink, name=f"settings/following/{account.id}")

    def _on_save(self) -> None:
        text = self.proxy.input.text()
        self.run(lambda: self.services.connect.set_proxy(text), self._on_saved, self.proxy.set_problem, "vault")

    def _on_saved(self, proxy: str) -> None:
        self.proxy.input.set_text(proxy)
        self.proxy.input.edit.setModified(False)
        self.noticed.emit(_SAVED.with_(proxy=proxy) if proxy else _GONE)
