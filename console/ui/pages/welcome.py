"""The first page of a home without an account: what the console is, one's own account, and the sandbox behind one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import Text, mark
from console.ui import i18n
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Scroll
from console.ui.controls.label import Label
from console.ui.controls.menu import offer
from console.ui.controls.picture import Picture

_NAME = mark("welcome", "Console")
_TITLE = mark("welcome", "Payouts and payments through AliKassa")
_SENTENCE = mark(
    "welcome", "A desk for the finance staff: issue a payout, create a payment, follow it to its end, prove it later."
)
_OWN = mark("welcome", "Work with your own account")
_OWN_IS = mark(
    "welcome",
    "You need the account's UUID and its certificate archives from the AliKassa cabinet: for payouts, for payments, or "
    "both. About five minutes.",
)
_CONNECT = mark("welcome", "Connect an account")
_SANDBOX = mark("welcome", "Practise in the sandbox")
_SANDBOX_IS = mark(
    "welcome",
    "Account, certificates and gateway are made inside the program. All eight methods work for real, no money moves.",
)
_OPEN = mark("welcome", "Open the sandbox")
_JOURNAL = mark("welcome", "Look at the journal of this home")
_RESTORE = mark("welcome", "Restore the journal from a copy…")
_FOOT = mark("welcome", "Data stays on this computer.")
_PROMISES: tuple[tuple[str, Text, Text], ...] = (
    ("shield-check", mark("welcome", "No payout leaves twice"), mark("welcome", "A record is made before it is sent.")),
    ("file-check", mark("welcome", "Everything can be proved"), mark("welcome", "Each request and answer is kept.")),
    (
        "lock",
        mark("welcome", "Secrets in the system's store"),
        mark("welcome", "No file of the program has passwords."),
    ),
)
_LANGUAGES = (("ru", "Русский"), ("en", "English"))
_THEME = mark("welcome", "Theme")
_THEMES = (
    ("system", mark("welcome", "As the system")),
    ("light", mark("welcome", "Light")),
    ("dark", mark("welcome", "Dark")),
)
_WIDTH = 824


class WelcomePage(QWidget):
    """Fills the window; a signal for each thing a person can want. `has_journal` offers to look at it.

    Where there is none yet, a copy of one from another computer may be brought here.
    """

    connect_wanted = Signal()
    sandbox_wanted = Signal()
    journal_wanted = Signal()
    restore_wanted = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, *, has_journal: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connect = Button(_CONNECT, "primary", name="welcome/connect")
        self._connect.clicked.connect(self.connect_wanted)
        self._sandbox = Button(_OPEN, name="welcome/sandbox")
        self._sandbox.clicked.connect(self.sandbox_wanted)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(24, 4, 24, 16)
        outer.addStretch(2)
        outer.addWidget(self._block(has_journal), 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        outer.addWidget(Label(_FOOT, "caption", "ink3"), 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Scroll(content), 1)
        self.setFocusProxy(self._connect)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the language in use."""
        self._language.say(dict(_LANGUAGES)[i18n.current().code])

    def _head(self) -> QHBoxLayout:
        self._language = Button("", "quiet", size="small", icon="languages", name="welcome/language")
        self._language.clicked.connect(self._on_language)
        self._theme = Button(_THEME, "quiet", size="small", icon="sun-moon", name="welcome/theme")
        self._theme.clicked.connect(self._on_theme)
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 16, 0)
        row.setSpacing(4)
        row.addWidget(Label(_NAME, "lead_strong"))
        row.addStretch(1)
        row.addWidget(self._language)
        row.addWidget(self._theme)
        return row

    def _block(self, has_journal: bool) -> QWidget:
        block = QWidget()
        block.setFixedWidth(_WIDTH)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_TITLE, "display", wrap=True))
        column.addWidget(Label(_SENTENCE, "lead_large", "ink2", wrap=True))
        column.addSpacing(20)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(_card(Picture("key-round", "link", 22, outer=46, ground="soft", radius=10),
                              _OWN, _OWN_IS, self._connect), 1)  # fmt: skip
        cards.addWidget(_card(Picture("flask-conical", "sand", 22, outer=46, ground="sand_t", radius=10),
                              _SANDBOX, _SANDBOX_IS, self._sandbox), 1)  # fmt: skip
        column.addLayout(cards)
        words, icon, name, wanted = (
            (_JOURNAL, "scroll-text", "welcome/journal", self.journal_wanted)
            if has_journal
            else (_RESTORE, "database", "welcome/restore", self.restore_wanted)
        )
        other = Button(words, "quiet", size="small", icon=icon, name=name)
        other.clicked.connect(wanted)
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(20)
        column.addLayout(_promises())
        return block

    def _on_language(self) -> None:
        place = [code for code, _ in _LANGUAGES].index(i18n.current().code)
        offer(self._language, _LANGUAGES, place).triggered.connect(self._on_language_chosen)

    def _on_language_chosen(self, action: QAction) -> None:
        self.language_chosen.emit(_LANGUAGES[int(action.data())][0])

    def _on_theme(self) -> None:
        offer(self._theme, _THEMES, -1).triggered.connect(self._on_theme_chosen)

    def _on_theme_chosen(self, action: QAction) -> None:
        self.theme_chosen.emit(_THEMES[int(action.data())][0])


def _card(picture: Picture, title: Text, sentence: Text, button: Button) -> Card:
    card = Card(padding=24, spacing=8)
    card.column.addWidget(picture)
    card.column.addSpacing(8)
    card.column.addWidget(Label(title, "heading"))
    card.column.addWidget(Label(sentence, "body", "ink2", wrap=True))
    card.column.addStretch(1)
    card.column.addSpacing(20)
    card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _promises() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for icon, title, sentence in _PROMISES:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(title, "second_strong"))
        column.addWidget(Label(sentence, "second", "ink2", wrap=True))
        column.addStretch(1)
        row.addWidget(Picture(icon, "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
    return row
