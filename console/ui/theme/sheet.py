"""The style sheet of what Qt draws itself: text in inputs and labels, menus, scroll bars, tool tips.

Everything with a shape of its own (buttons, badges, cards) paints itself and needs no rule here. Where the desktop has no
file dialog, Qt draws one: its lists are windows of their own, where what is transparent is black.
"""

from __future__ import annotations

from console.ui.theme.tokens import Tokens

_INKS = (
    *("ink", "ink2", "ink3", "link", "off_ink", "on_tip", "on_accent", "sand", "accent"),
    *("grey", "blue", "amber", "green", "red", "violet"),
)

_RULES = """
QLineEdit, QPlainTextEdit {{ background: transparent; border: none; padding: 0; color: {ink};
    placeholder-text-color: {ink3}; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:read-only {{ color: {ink2}; }}
QLineEdit:disabled {{ color: {off_ink}; }}
QMenu {{ background: {surface}; border: 1px solid {edge}; border-radius: 8px; padding: 5px; color: {ink}; }}
QMenu::item {{ padding: 7px 12px; border-radius: 6px; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::item:selected {{ background: {soft}; color: {ink}; }}
QMenu::item:disabled {{ color: {off_ink}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QToolTip {{ background: {tip}; color: {on_tip}; border: none; padding: 6px 10px; }}
QScrollArea, QAbstractScrollArea {{ background: transparent; border: none; }}
QListView {{ background: {surface}; color: {ink}; }}
QFileDialog QAbstractItemView {{ background: {surface}; }}
QFileDialog QHeaderView {{ background: {sunken}; }}
QFileDialog QHeaderView::section {{ background: {sunken}; color: {ink2}; border: none; padding: 4px 6px; }}
QFileDialog QLineEdit {{ background: {surface}; border: 1px solid {edge}; border-radius: 6px; padding: 4px 8px; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 2px; margin: 4px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def build(tokens: Tokens) -> str:
    """Return the style sheet of a theme."""
    values = {name: tokens[name] for name in Tokens.__dataclass_fields__}
    inks = "\n".join(f'QLabel[ink="{name}"] {{ color: {tokens[name]}; }}' for name in _INKS)
    return _RULES.format(**values) + inks
