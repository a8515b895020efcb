"""A card that takes files: dropped, or chosen in a dialog. It shows what was made of them, or what is wrong with them.

Knows files by their paths and no more: `read` makes something of them on a worker, and a subclass says what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.ui import i18n
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Card
from console.ui.controls.file_dialog import Mode, file_dialog
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.jobs import Jobs

T = TypeVar("T")
_FILES = mark("connect_page", "Choose files…")
_FOLDER = mark("connect_page", "Choose a folder…")
_AWAY = mark("connect_page", "Take it away")
_READING = mark("connect_page", "Reading…")
_NAMED = Text("", "{action} {what}")
_THREE = Text("", "{title}. {what} {do}")
_TWO = Text("", "{title}. {what}")


class FileCard(Card, Generic[T]):
    """`changed` comes when something was read or taken away. The card is `name`, its buttons `<name>/files` and so on."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        title: Words,
        help_: Words,
        jobs: Jobs,
        read: Callable[[Sequence[Path]], T],
        *,
        has_folder: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(padding=16, spacing=10, parent=parent)
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self.title: Words = title
        self.value: T | None = None
        self.paths: tuple[Path, ...] = ()
        self._help, self._jobs, self._read = help_, jobs, read
        self._number = 0
        self._wrong = False
        self.choose = Button(_FILES, size="small", name=f"{name}/files")
        self.choose.clicked.connect(self._on_files)
        self._folder = Button(_FOLDER, "quiet", size="small", name=f"{name}/folder")
        self._folder.clicked.connect(self._on_folder)
        self._away = IconButton("x", _AWAY, side=24, name=f"{name}/away")
        self._away.clicked.connect(self.clear)
        self._state = Picture("key-round", "ink2", 18)
        self.said = Label(role="second", ink="ink2", wrap=True, select=True)
        self.said.setObjectName(f"{name}/state")
        self.problem = Label(role="second", ink="red", wrap=True, select=True)
        self.problem.setObjectName(f"{name}/problem")
        self.note = Label(role="second", ink="amber", wrap=True)
        self._build(has_folder=has_folder)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()
        self._show()

    def take(self, paths: Sequence[Path]) -> None:
        """Read these files; single files are added to those that were not enough before."""
        chosen = tuple(paths)
        if self._wrong and all(path.is_file() for path in chosen + self.paths) and len(chosen + self.paths) <= 3:
            kept = tuple(path for path in self.paths if path not in chosen and path.suffix.lower() != ".zip")
            chosen = kept + chosen if all(path.suffix.lower() != ".zip" for path in chosen) else chosen
        self._number += 1
        number = self._number
        self.paths, self.value, self._wrong = chosen, None, False
        self._show(_READING)
        self._jobs.run(
            self,
            lambda: self._read(chosen),
            lambda value: self._on_read(number, value),
            lambda error: self._on_failed(number, error),
        )

    def clear(self) -> None:
        """Take away what was chosen."""
        self._number += 1
        self.paths, self.value, self._wrong = (), None, False
        self._show()
        self.changed.emit()

    def set_problem(self, words: Words) -> None:
        """Say what is wrong, as the form found."""
        self.problem.say(words)
        self.problem.setVisible(bool(words))
        self.set_look("surface", "red" if words else "line")

    def retranslate(self) -> None:
        """Name the card and its buttons for a screen reader."""
        self.setAccessibleName(i18n.tr(self.title))
        for button in (self.choose, self._folder):
            button.setAccessibleName(i18n.tr(_NAMED.with_(action=button.words, what=self.title)))

    def words_of(self, value: T) -> Words:
        """Return what a value is called; a subclass says it."""
        raise NotImplementedError

    def notes_of(self, value: T) -> Words:
        """Return what has to be said of a value that is good all the same."""
        del value
        return ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()):
            event.acceptProposedAction()
            self.set_look("soft", "accent")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_look()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths(event.mimeData())
        self._show_look()
        if paths:
            event.acceptProposedAction()
            self.take(paths)

    def _build(self, *, has_folder: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._state)
        head.addWidget(Label(self.title, "body_strong"), 1)
        head.addWidget(self._away)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self.said, self.problem, self.note):
            words.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.choose)
        if has_folder:
            buttons.addWidget(self._folder)
        buttons.addStretch(1)
        self.column.addLayout(head)
        self.column.addLayout(words)
        self.column.addStretch(1)
        self.column.addLayout(buttons)

    def _on_read(self, number: int, value: T) -> None:
        if number == self._number:
            self.value = value
            self._show(self.words_of(value), note=self.notes_of(value))
            self.changed.emit()

    def _on_failed(self, number: int, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        if number != self._number:
            return
        said = told(error)
        self._wrong = True
        unpack = error.code != "E-CERT-ARCHIVE" or any(
            path.suffix.lower() not in {".pem", ".txt"} for path in self.paths
        )
        words = (_THREE if unpack else _TWO).with_(title=said.title, what=said.what)
        self._show(_names(self.paths), problem=words.with_(do=said.do) if unpack else words)
        self.changed.emit()

    def _show(self, words: Words = "", *, problem: Words = "", note: Words = "") -> None:
        self.said.say(words or self._help)
        self.problem.say(problem)
        self.problem.setVisible(bool(problem))
        self.note.say(note)
        self.note.setVisible(bool(note))
        self._away.setVisible(bool(self.paths))
        self._show_look()

    def _show_look(self) -> None:
        icon, token, border = "key-round", "ink2", "line"
        if self._wrong:
            icon, token, border = "circle-alert", "red", "red"
        elif self.value is not None:
            icon, token, border = "circle-check", "green", "line"
        self._state.show_icon(icon, token)
        self.set_look("surface", border)

    def _on_files(self) -> None:
        self._ask(Mode.ExistingFiles)

    def _on_folder(self) -> None:
        self._ask(Mode.Directory)

    def _ask(self, mode: Mode) -> None:
        dialog = file_dialog(self, self.title, mode)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: list[str]) -> None:
        self.take([Path(name) for name in names])


def _paths(data: QMimeData) -> tuple[Path, ...]:
    """Return the local files that are dragged; nothing where one of them is elsewhere."""
    urls = data.urls()
    return tuple(Path(url.toLocalFile()) for url in urls) if all(url.isLocalFile() for url in urls) else ()


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)
