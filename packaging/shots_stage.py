"""The stage of the pictures: scenes are declared here and shot by `shots.py`.

A scene is a function `(Stage) -> QWidget` in a module of `shots_scenes`, declared by `@scene(name, size)`. It is called
once for each language and theme, after both are in place, and returns a widget that is not shown yet.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import sentence
from console.domain.text import Text
from console.ui import i18n

_HOLE, _SHORT = "\0", 8
Build = Callable[["Stage"], QWidget]
SCENES: dict[str, "Scene"] = {}


@dataclass(frozen=True)
class Scene:
    """A picture to take: file name, size in logical pixels, what builds it, which scales beside 100 %."""

    name: str
    size: tuple[int, int]
    build: Build
    scales: tuple[int, ...] = (150,)
    codes: tuple[str, ...] = ()
    """The codes of trouble whose sentences stand on it."""


def scene(
    name: str,
    size: tuple[int, int] = (1440, 900),
    scales: tuple[int, ...] = (150,),
    codes: tuple[str, ...] = (),
) -> Callable[[Build], Build]:
    """Declare a scene; the name begins its files."""

    def declare(build: Build) -> Build:
        SCENES[name] = Scene(name, size, build, scales, codes)
        return build

    return declare


@dataclass
class Stage:
    """Where a scene is built: the language and theme of this shot, and what has to be done after the first paint."""

    language: str
    theme: str
    _later: list[Callable[[], object]] = field(default_factory=list)
    _ends: list[Callable[[], object]] = field(default_factory=list)

    def say(self, russian: str, english: str) -> str:
        """Return the sample text in the language of the shot."""
        return russian if self.language == "ru" else english

    def later(self, act: Callable[[], object]) -> None:
        """Call `act` when the widget is shown, before the picture is taken."""
        self._later.append(act)

    def at_end(self, act: Callable[[], object]) -> None:
        """Call `act` after the picture, to close what the scene opened."""
        self._ends.append(act)

    def act(self) -> None:
        """Do what was put off."""
        for act in self._later:
            act()
            settle()

    def end(self) -> None:
        """Close what the scene opened."""
        for act in reversed(self._ends):
            act()

    def until(self, is_so: Callable[[], bool], rounds: int = 400) -> None:
        """Let events run until `is_so`, at most `rounds` times 10 ms; a scene that never settles raises RuntimeError."""
        for _ in range(rounds):
            if is_so():
                return
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        raise RuntimeError("the scene did not settle")


def missing(widget: QWidget, codes: tuple[str, ...]) -> list[str]:
    """Return the codes whose sentences do not stand on a widget: of title, what and do one is there, but for its values."""
    said = " ".join(_flat(each.text()) for each in widget.findChildren(QLabel) if each.isVisible())
    return [code for code in codes if not any(_stands(text, said) for text in _texts(code))]


def _texts(code: str) -> list[Text]:
    kinds = [told for kind in Kind for told in [sentence(code, kind)]] + [sentence(code)]
    return [text for told in kinds for text in (told.title, told.what, told.do)]


def _stands(text: Text, said: str) -> bool:
    """Whether every piece of a text between its values is said; a text that is one value says nothing."""
    open_ = dict.fromkeys(text.placeholders, _HOLE)
    pieces = [_flat(piece) for piece in i18n.tr(text.with_(**open_)).split(_HOLE)]
    return max(map(len, pieces)) > _SHORT and all(piece in said for piece in pieces)


def _flat(text: str) -> str:
    return " ".join(text.split())


def settle() -> None:
    """Let layouts and repaints come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def language() -> str:
    """Return the language in use."""
    return i18n.current().code
