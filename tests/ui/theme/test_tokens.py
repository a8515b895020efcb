"""Contrast is computed from the values, for every text on every ground it stands on."""

import itertools

import pytest

from console.ui.theme.tokens import DARK, LIGHT, ROLES, Tokens

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("chrome", "canvas", "surface", "sunken", "hover", "hover2", "soft", "row")
INKS = ("ink", "ink2")
STATES = ("grey", "blue", "amber", "green", "red", "violet")
FILLED = (
    *(("on_accent", ground) for ground in ("accent", "accent2", "accent3")),
    *(("on_danger", ground) for ground in ("danger", "danger2", "danger3")),
    *(("off_ink", "off_bg"), ("on_tip", "tip"), ("on_live", "live"), ("sand", "sand_t")),
    *(("ink3", ground) for ground in ("chrome", "canvas", "surface", "sunken", "hover2", "soft")),
    *(("link", ground) for ground in ("canvas", "surface", "sunken", "hover", "soft", "amber_t", "red_t", "violet_t")),
    *((state, f"{state}_t") for state in STATES),
    *((state, ground) for state in STATES for ground in ("surface", "canvas", "row", "hover2")),
    *(("ink2", f"{state}_t") for state in STATES),
    *(("ink", f"{state}_t") for state in STATES),
)
BORDERS = (
    *(("edge", ground) for ground in ("surface", "canvas")),
    *(("amber_e", ground) for ground in ("surface", "amber_t")),
    *(("live_e", "canvas"), ("sand_e", "canvas"), ("accent", "canvas"), ("accent", "surface"), ("red", "surface")),
)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), [*itertools.product(INKS, GROUNDS), *FILLED])
def test_text_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize(("border", "ground"), BORDERS)
def test_borders_of_controls_are_seen(tokens: Tokens, border: str, ground: str) -> None:
    assert contrast(tokens[border], tokens[ground]) >= 3.0


@THEMES
def test_every_colour_is_a_colour(tokens: Tokens) -> None:
    for name in Tokens.__dataclass_fields__:
        if name != "name":
            assert len(tokens[name]) == 7 and int(tokens[name][1:], 16) >= 0


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(AttributeError):
        LIGHT["nothing"]


def test_nothing_on_screen_is_smaller_than_12() -> None:
    assert min(role.size for role in ROLES.values()) == 12
