import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.states import State
from console.ui import i18n
from console.ui.controls.badge import Badge, CounterBadge, EnvironmentBadge
from console.ui.controls.states import LOOKS, look

SHOWN = [state for state in State if state is not State.DISCARDED]


@pytest.mark.parametrize("state", SHOWN)
def test_every_state_has_a_look(state: State, qtbot: QtBot) -> None:
    badge = Badge(state, "payout")
    qtbot.addWidget(badge)
    assert badge.text() == badge.accessibleName() != ""


def test_looks_differ_where_states_do() -> None:
    seen = {(shown.colour, shown.icon, shown.words.source, shown.tint, shown.border) for shown in LOOKS.values()}
    assert len(seen) == len(LOOKS) - 1, "intended and sending alone look the same"


def test_only_the_unknown_has_both_tint_and_border() -> None:
    assert [code for code, shown in LOOKS.items() if shown.ground and shown.border] == ["unknown"]


def test_paid_reads_by_the_kind() -> None:
    i18n.current().choose("ru")
    assert i18n.tr(look("paid", "payout").words) == "Выплачено"
    assert i18n.tr(look("paid", "payment").words) == "Оплачено"


def test_a_discarded_draft_is_never_shown() -> None:
    with pytest.raises(KeyError):
        look(State.DISCARDED)


def test_the_unknown_never_looks_like_a_failure() -> None:
    unknown, fail = LOOKS["unknown"], LOOKS["fail"]
    assert unknown.colour != fail.colour and unknown.icon != fail.icon


def test_a_counter_hides_at_zero_and_keeps_its_word_for_a_narrow_window(qtbot: QtBot) -> None:
    bar = QWidget()
    qtbot.addWidget(bar)
    counter = CounterBadge(look("unknown"), parent=bar)
    assert not counter.isVisibleTo(bar)
    counter.count(3)
    assert counter.isVisibleTo(bar)
    assert counter.accessibleName() == "Outcome unknown 3" and counter.toolTip() == ""
    wide = counter.width()
    counter.set_narrow(True)
    assert counter.width() < wide and counter.toolTip() == counter.accessibleName() == "Outcome unknown 3"


def test_another_gateway_is_named(qtbot: QtBot) -> None:
    badge = EnvironmentBadge("other", "gw.example.org")
    qtbot.addWidget(badge)
    assert badge.text() == "OTHER GATEWAY: gw.example.org"
    badge.show_environment("live")
    assert badge.text() == "LIVE"
    badge.show_environment("other", "a-very-long-name-of-a-host-in-a-very-long-domain.example.org")
    assert badge.width() == 300 and badge.toolTip() == badge.text()


def test_a_short_badge_leaves_the_host_to_its_neighbour(qtbot: QtBot) -> None:
    badge = EnvironmentBadge("other", "gw.example.org", short=True)
    qtbot.addWidget(badge)
    assert badge.text() == "OTHER GATEWAY"
