"""The settings page: an inner list of sections and the cards of the chosen one. A section is built when it is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.bars import PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Scroll
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SectionList
from console.ui.shell.room import Room

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "Settings")
_ADD = mark("settings", "Add an account")
_BESIDE = 16
"""Pixels at the right of the cards, where a scroll bar stands."""
SECTIONS = (
    ("accounts", "landmark", mark("settings", "Accounts and keys")),
    ("orders", "file-check", mark("settings", "Orders and limits")),
    ("following", "refresh-cw", mark("settings", "Following and network")),
    ("look", "languages", mark("settings", "Language and look")),
    ("lock", "lock", mark("settings", "Lock")),
    ("recovery", "key-round", mark("settings", "Recovery")),
    ("backup", "database", mark("settings", "Backup")),
    ("about", "info", mark("settings", "About")),
)
"""Name, icon and words of each section, in their order."""
_WIDTH = 980


class SettingsPage(QWidget):
    """The page. `show_section` leads to one; `connect_asked` wants the page that connects an account."""

    noticed = Signal(object)
    connect_asked = Signal()
    reconnect_asked = Signal(object)
    restore_asked = Signal()
    accounts_changed = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._jobs = services, jobs
        self._sections: dict[str, Section] = {}
        self._frames: dict[str, Scroll] = {}
        self._name = ""
        self.add = Button(_ADD, icon="plus", name="settings/accounts/add")
        self.add.clicked.connect(self.connect_asked)
        self.list = SectionList(SECTIONS)
        self.list.chosen.connect(self.show_section)
        self.stack = QStackedWidget()
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self.list)
        body.addWidget(self.stack, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(28, 22, 12, 8)
        self._column.setSpacing(16)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, _BESIDE, 0)
        head.addWidget(PageHead(_TITLE, "", self.add))
        self._column.addLayout(head)
        self._column.addLayout(body, 1)

    def entered(self) -> None:
        """The page came up."""
        self.show_section(self._name or "accounts")
        self.list.go_in()

    def refresh(self) -> None:
        """Look again."""
        self.show_section(self._name)

    def account_changed(self) -> None:
        """Another account is the current one, or one was changed."""
        if self.isVisible():
            self._sections[self._name].entered()

    def tick(self) -> None:
        """A second has passed."""
        if self.isVisible():
            self._sections[self._name].tick()

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        self.list.setFixedWidth(204 if room is Room.NARROW else 216)

    def show_section(self, name: str) -> None:
        """Show a section, as it stands now."""
        before = self._sections.get(self._name)
        leave = getattr(before, "leave", None)
        if leave is not None and name != self._name:
            leave()
        self._name = name
        section = self.section(name)
        self.list.choose(name)
        self.add.setVisible(name == "accounts")
        self.stack.setCurrentWidget(self._frames[name])
        section.entered()

    def section(self, name: str) -> Section:
        """Return a section, built at the first time; KeyError for an unknown name."""
        if name not in self._sections:
            section = _make(name)(self._services, self._jobs)
            section.noticed.connect(self.noticed)
            for signal in ("connect_asked", "reconnect_asked", "restore_asked", "accounts_changed"):
                if hasattr(section, signal):
                    getattr(section, signal).connect(getattr(self, signal))
            if hasattr(section, "code_asked"):
                section.code_asked.connect(self._on_code)
            section.setMaximumWidth(_WIDTH)
            self._frames[name] = Scroll(_framed(section))
            self._sections[name] = section
            self.stack.addWidget(self._frames[name])
        return self._sections[name]

    def _on_code(self) -> None:
        """Show the recovery code, and ask a group of it back."""
        from console.ui.pages.recovery import RecoveryPage

        page = RecoveryPage(self._services.recovery, self._jobs)
        page.noticed.connect(self.noticed)

        def end() -> None:
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
            self.show_section("recovery")

        page.done.connect(end)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.start()


def _make(name: str) -> Callable[[Services, Jobs], Section]:
    """Return what makes a section; its module is imported now."""
    from console.ui.pages import (
        settings_about,
        settings_accounts,
        settings_backup,
        settings_following,
        settings_lock,
        settings_look,
        settings_orders,
        settings_recovery,
    )

    return {
        "accounts": settings_accounts.AccountsSection,
        "orders": settings_orders.OrdersSection,
        "following": settings_following.FollowingSection,
        "look": settings_look.LookSection,
        "lock": settings_lock.LockSection,
        "recovery": settings_recovery.RecoverySection,
        "backup": settings_backup.BackupSection,
        "about": settings_about.AboutSection,
    }[name]


def _framed(section: Section) -> QWidget:
    """Keep a section at the left and leave room for the scroll bar."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, _BESIDE, 14)
    row.setSpacing(0)
    row.addWidget(section, 1)
    row.addStretch(0)
    return frame
