import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, Qt

from console.catalogue.resources import resource
from console.ui import icons
from console.ui.controls.states import LOOKS
from console.ui.theme import theme

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def painted(name: str, token: str, ratio: float = 1.0) -> QImage:
    image = QImage(round(16 * ratio), round(16 * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        icons.draw(painter, name, QRectF(0, 0, 16, 16), token)
    return image


def colours(image: QImage) -> set[str]:
    spots = [(left, top) for left in range(image.width()) for top in range(image.height())]
    return {image.pixelColor(*spot).name() for spot in spots if image.pixelColor(*spot).alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_an_icon(name: str) -> None:
    image = painted(name, "ink")
    assert any(image.pixelColor(left, top).alpha() > 0 for left in range(16) for top in range(16))


def test_every_state_has_its_icon() -> None:
    assert {shown.icon for shown in LOOKS.values()} <= set(NAMES)


def test_every_icon_named_in_the_window_exists() -> None:
    folder = resource().parent / "console" / "ui"
    named = set()
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(
            re.findall(
                r'(?:Picture|IconButton|lead_with|icons\.draw|icons\.icon)\((?:painter, )?"([a-z0-9-]+)"', source
            )
        )
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', source))
    assert named and named <= set(NAMES)


def test_the_colour_is_that_of_the_theme() -> None:
    theme.current().choose("light")
    light = colours(painted("circle", "red", 4.0))
    theme.current().choose("dark")
    dark = colours(painted("circle", "red", 4.0))
    assert light == {"#ae2117"} and dark == {"#ff9a90"}


def test_a_pixmap_has_the_pixels_of_the_device() -> None:
    assert painted("check", "ink", 2.0).width() == 32


def test_an_icon_for_a_menu_has_both_resolutions() -> None:
    assert len(icons.icon("check").availableSizes()) == 2


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        painted("nothing", "ink")
