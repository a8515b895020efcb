"""The empty state: an icon, a title, one sentence, one primary button and at most one other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words


class EmptyState(QWidget):
    """Centred, a little above the middle."""

    def __init__(
        self,
        icon: str,
        title: Words,
        sentence: Words,
        primary: Button | None = None,
        other: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, "heading", wrap=True)
        self.sentence = Label(sentence, "body", "ink2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addStretch(1)
        picture = Picture(icon, "ink2", 26, outer=54, ground="sunken", radius=27)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (primary, other):
            if button is not None:
                buttons.addWidget(button)
        buttons.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(2)
