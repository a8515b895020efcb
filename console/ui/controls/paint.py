"""Drawing by tokens: boxes with crisp borders, text, the hatch of the sandbox. Knows no widget."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from console.ui.theme import fonts, theme

Align = Qt.AlignmentFlag
LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
CENTRE = Align.AlignCenter


def box(
    painter: QPainter, rect: QRectF, fill: str = "", border: str = "", radius: float = 0.0, width: float = 1.0
) -> None:
    """Fill and frame a rounded box; the border lies inside `rect`. Empty names draw nothing."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if border else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def text(
    painter: QPainter, rect: QRectF, words: str, role: str, token: str, align: Align = LEFT, *, elide: bool = True
) -> None:
    """Write one line of `words` into `rect`, cut with an ellipsis where it does not fit."""
    font = fonts.font(role)
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    if elide:
        words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, words)


def width(words: str, role: str) -> int:
    """Return how wide one line of `words` is, in logical pixels."""
    return QFontMetrics(fonts.font(role)).horizontalAdvance(words)


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """Return the outline of a rounded box."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def hatch(ratio: float) -> QBrush:
    """Return the sandbox's hatch: 12 x 12, 45 degrees, at the pixel ratio of the device."""
    tokens = theme.tokens()
    return QBrush(_hatch(tokens.sand_t, tokens.sand_h, ratio))


@lru_cache(maxsize=8)
def _hatch(ground: str, line: str, ratio: float) -> QPixmap:
    side = 12
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(ground))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(line), 4.2))
        for shift in (-side, 0, side):
            painter.drawLine(shift - 2, side + 2, shift + side + 2, -2)
    return image


def pen(token: str, thickness: float) -> QPen:
    """Return a pen with round ends and corners."""
    return QPen(
        theme.colour(token),
        thickness,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def points(rect: QRectF, spots: tuple[tuple[float, float], ...]) -> list[QPointF]:
    """Return `spots` moved into `rect`."""
    return [rect.topLeft() + QPointF(left, top) for left, top in spots]
