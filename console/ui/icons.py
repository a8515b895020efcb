"""Icons by name: Lucide outlines drawn in a colour of the theme at the device's own resolution.

Knows the files of `resources/icons` and how to stroke them; what an icon means is said by the component that uses it.
A pixmap is cached by colour and pixel ratio, so another theme or screen gets its own.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console.catalogue.resources import resource
from console.ui.theme import theme

STROKE = 1.75
STROKE_SMALL = 2.0
"""At 14 px and in states a thinner line would fade."""


def draw(painter: QPainter, name: str, rect: QRectF, token: str, stroke: float | None = None) -> None:
    """Draw an icon into `rect` (square, logical pixels) in the colour called `token`."""
    size = round(rect.width())
    ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
    width = stroke or (STROKE_SMALL if size <= 14 else STROKE)
    image = _pixmap(name, theme.tokens()[token], size, ratio, width)
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    painter.drawPixmap(QRectF(left, top, size, size), image, QRectF(image.rect()))


def icon(name: str, token: str = "ink2", size: int = 16) -> QIcon:
    """Return an icon for a menu or a window, in the theme of this moment."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(_pixmap(name, theme.tokens()[token], size, ratio, STROKE))
    return result


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float, stroke: float) -> QPixmap:
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        _renderer(name, colour, stroke).render(painter, QRectF(0, 0, size, size))
    return image


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    source = source.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    renderer = QSvgRenderer(QByteArray(source.encode()))
    if not renderer.isValid():
        raise ValueError(f"not an icon: {name}")
    return renderer
