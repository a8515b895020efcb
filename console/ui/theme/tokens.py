"""Every colour, size and text role of the console; the only file where a colour is written down.

Contrast ratios of text on its ground are at least 4.5 (WCAG 2.1), of controls' borders at least 3; a test computes them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as `#RRGGBB`."""

    name: str
    chrome: str
    canvas: str
    surface: str
    sunken: str
    hover: str
    hover2: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent2: str
    accent3: str
    on_accent: str
    link: str
    soft: str
    row: str
    danger: str
    danger2: str
    danger3: str
    on_danger: str
    off_bg: str
    off_ink: str
    tip: str
    on_tip: str
    grey: str
    grey_t: str
    blue: str
    blue_t: str
    amber: str
    amber_t: str
    amber_e: str
    green: str
    green_t: str
    red: str
    red_t: str
    violet: str
    violet_t: str
    live: str
    on_live: str
    live_e: str
    sand: str
    sand_t: str
    sand_h: str
    sand_e: str
    qr_dark: str = "#000000"
    qr_light: str = "#FFFFFF"

    def __getitem__(self, token: str) -> str:
        """Return the colour called `token`; an unknown name raises AttributeError."""
        colour: str = getattr(self, token)
        return colour


LIGHT = Tokens(
    name="light",
    chrome="#E9EEEE",
    canvas="#F7F9F9",
    surface="#FFFFFF",
    sunken="#EFF3F3",
    hover="#E4EAEA",
    hover2="#F1F5F5",
    line="#DBE2E2",
    edge="#788688",
    ink="#13201F",
    ink2="#435254",
    ink3="#586769",
    accent="#0B6570",
    accent2="#09545D",
    accent3="#07434A",
    on_accent="#FFFFFF",
    link="#0B6570",
    soft="#DCEEEF",
    row="#E6F2F3",
    danger="#AE2117",
    danger2="#8F1A12",
    danger3="#741309",
    on_danger="#FFFFFF",
    off_bg="#E4EAEA",
    off_ink="#5C696B",
    tip="#13201F",
    on_tip="#FFFFFF",
    grey="#4F5D63",
    grey_t="#E9EDEE",
    blue="#1B56BD",
    blue_t="#E4EDFC",
    amber="#8A4600",
    amber_t="#FFEFD2",
    amber_e="#C27803",
    green="#14653A",
    green_t="#DDF3E5",
    red="#AE2117",
    red_t="#FCE6E3",
    violet="#6631B0",
    violet_t="#F0E7FD",
    live="#0B6570",
    on_live="#FFFFFF",
    live_e="#0B6570",
    sand="#664708",
    sand_t="#F4E8CF",
    sand_h="#D8BB82",
    sand_e="#A07A2C",
)

DARK = Tokens(
    name="dark",
    chrome="#0B1011",
    canvas="#11181A",
    surface="#182124",
    sunken="#131B1D",
    hover="#243034",
    hover2="#1C2629",
    line="#2A373B",
    edge="#74868A",
    ink="#E9EFEF",
    ink2="#B6C3C5",
    ink3="#94A4A7",
    accent="#4DB6C2",
    accent2="#67C6D1",
    accent3="#3BA0AC",
    on_accent="#04191C",
    link="#62C3CE",
    soft="#12353B",
    row="#15343A",
    danger="#FF8A7F",
    danger2="#FFA59C",
    danger3="#F07468",
    on_danger="#2B0704",
    off_bg="#243034",
    off_ink="#8A999C",
    tip="#E9EFEF",
    on_tip="#11181A",
    grey="#B0BDC0",
    grey_t="#283437",
    blue="#8DB6FF",
    blue_t="#1B2D4B",
    amber="#F6B95C",
    amber_t="#3B2A0E",
    amber_e="#B98225",
    green="#76D7A0",
    green_t="#143524",
    red="#FF9A90",
    red_t="#45211E",
    violet="#C9AAFF",
    violet_t="#32254E",
    live="#4DB6C2",
    on_live="#04191C",
    live_e="#2F8791",
    sand="#EBD19B",
    sand_t="#2F2716",
    sand_h="#5E4C26",
    sand_e="#9C7F43",
)

THEMES = {tokens.name: tokens for tokens in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True)
class Role:
    """A role of text: size in px, weight, letter spacing in percent, tabular digits, family of ids."""

    size: int
    weight: int
    spacing: int = 0
    tabular: bool = False
    mono: bool = False


TEXT = "Inter"
MONO = "JetBrains Mono"

ROLES: dict[str, Role] = {
    "amount": Role(48, 600, -2),
    "display": Role(30, 600, -2),
    "figure": Role(26, 600, -1, tabular=True),
    "figure_small": Role(24, 600, -1, tabular=True),
    "figure_large": Role(28, 600, -1, tabular=True),
    "result": Role(24, 600, -1),
    "title": Role(22, 600, -1),
    "section": Role(16, 600),
    "section_money": Role(16, 600, tabular=True),
    "heading": Role(17, 600),
    "lead": Role(15, 400),
    "lead_large": Role(16, 400),
    "lead_medium": Role(15, 500),
    "lead_strong": Role(15, 600),
    "lead_money": Role(15, 600, tabular=True),
    "amount_input": Role(17, 400),
    "value": Role(22, 500),
    "body": Role(14, 400),
    "body_medium": Role(14, 500),
    "body_strong": Role(14, 600),
    "body_money": Role(14, 500, tabular=True),
    "second": Role(13, 400),
    "second_medium": Role(13, 500),
    "second_strong": Role(13, 600),
    "second_tabular": Role(13, 400, tabular=True),
    "second_money": Role(13, 500, tabular=True),
    "second_money_strong": Role(13, 600, tabular=True),
    "caption": Role(12, 400),
    "caption_medium": Role(12, 500),
    "caption_strong": Role(12, 600),
    "caption_tabular": Role(12, 400, tabular=True),
    "environment": Role(12, 700),
    "counter": Role(12, 600, tabular=True),
    "id_small": Role(12, 400, mono=True),
    "id": Role(13, 400, mono=True),
    "id_large": Role(14, 400, mono=True),
    "id_review": Role(18, 500, mono=True),
    "id_payer": Role(32, 500, mono=True),
}
"""Roles of text; pages name one, and nothing on screen is smaller than 12 px."""

SPACE = (4, 8, 12, 16, 20, 24, 28)

RADIUS_SHEET = 12
RADIUS_CARD = 10
RADIUS_CONTROL = 8
RADIUS_BADGE = 6

INPUT = 40
BUTTON = 36
BUTTON_SEND = 40
BUTTON_SMALL = 32
BUTTON_ROW = 28
ICON_BUTTON = 28
CHIP = 32
BADGE = 24
BADGE_BIG = 36
RAIL_ITEM = 38
TOP_BAR = 56
ACTION_BAR = 64
TABLE_HEADER = 34
TABLE_ROW = 36
TABLE_ROW_COMPACT = 30
TABLE_FOOTER = 48
STRIP = 36

FORM = 690
FORM_GAP = 36
SIDE = 360
