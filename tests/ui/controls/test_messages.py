"""Warnings, dialogs, toasts, the sandbox's outcomes, what a payer is shown."""

from functools import partial

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.sentence import Tone
from console.domain.text import mark
from console.ui.controls import banner as banner_module
from console.ui.controls import progress
from console.ui.controls.banner import ErrorBanner, TroubleBlock
from console.ui.controls.button import Button
from console.ui.controls.dialog import Dialog
from console.ui.controls.label import Label
from console.ui.controls.outcome import Outcome, OutcomePanel
from console.ui.controls.payer import BodyBlock, QrBlock, ValueToShow
from console.ui.controls.progress import BusyLine, Progress
from console.ui.controls.toast import Toast
from console.ui.controls.warning import OfflineBar, StrongWarning, WarningPanel
from console.ui.pages import card_notice
from console.ui.pages.result_words import TONES

OUTCOMES = (
    Outcome("", "circle-check", "green", "Usual", "wait, then paid"),
    Outcome(".33", "circle-question-mark", "amber", "Lose the answer", "accepted, no answer"),
)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]


def test_only_an_unknown_outcome_has_its_icon() -> None:
    framed = {tone: banner_module._LOOKS[look].icon for tone, look in TONES.items()}
    in_the_card = {tone: look[2] for tone, look in card_notice._LOOKS.items()}
    for icons in (framed, in_the_card):
        assert set(icons) == set(Tone)
        assert {tone for tone, icon in icons.items() if icon == "circle-question-mark"} == {Tone.UNKNOWN}


def test_trouble_is_said_in_three_parts(qtbot: QtBot) -> None:
    again = Button("Again", size="small")
    banner = ErrorBanner("nothing", "Nothing was sent", "No host", "Nothing was sent.", "Check", buttons=(again,))
    block = TroubleBlock("unknown", "No answer", "We do not know yet.", "Wait")
    qtbot.addWidget(banner)
    qtbot.addWidget(block)
    captions = ["What happened", "What about the money", "What to do"]
    assert [text for text in words(banner) if text in captions] == captions
    assert [text for text in words(block) if text in captions] == captions
    assert again.parent() is not None


def test_a_part_that_is_not_given_has_no_row(qtbot: QtBot) -> None:
    banner = ErrorBanner("nothing", "Not stored", "The store is locked.", "", "Unlock it")
    qtbot.addWidget(banner)
    said = [label.text() for label in banner.findChildren(QLabel) if label.text()]
    assert said == ["Not stored", "What happened", "The store is locked.", "What to do", "Unlock it"]


def test_over_a_form_one_line_is_enough(qtbot: QtBot) -> None:
    banner = ErrorBanner("refused", "The gateway refused", "The BIK did not fit.")
    qtbot.addWidget(banner)
    assert words(banner) == ["The gateway refused", "The BIK did not fit."]


def test_a_strong_warning_wants_a_tick_and_a_reason(qtbot: QtBot) -> None:
    warning = StrongWarning(1, "Account and BIK", "They do not fit.", "Checked, send it so")
    qtbot.addWidget(warning)
    assert warning.findChild(QWidget, "review/acknowledge/1") is warning.box
    assert warning.findChild(QWidget, "review/reason/1") is warning.reason.edit
    warning.box.setChecked(True)
    assert not warning.is_acknowledged()
    with qtbot.waitSignal(warning.changed):
        QTest.keyClicks(warning.reason.edit, "letter 12")
    assert warning.is_acknowledged()
    warning.reason.set_text("   ")
    assert not warning.is_acknowledged()


def test_a_panel_without_detail_is_lower(qtbot: QtBot) -> None:
    low, high = WarningPanel("hint", "Title"), WarningPanel("hint", "Title", "Detail")
    qtbot.addWidget(low)
    qtbot.addWidget(high)
    assert low.sizeHint().height() < high.sizeHint().height()


def test_the_offline_bar_offers_to_look_again(qtbot: QtBot) -> None:
    bar = OfflineBar("No connection since 13:58.")
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.checked):
        QTest.mouseClick(bar.findChildren(Button)[0], Qt.MouseButton.LeftButton)


def ask(qtbot: QtBot) -> tuple[QWidget, Dialog]:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    dialog = Dialog("Close?", "One payout is being sent.", (("leave", "Leave"), ("wait", "Wait")), window)
    dialog.open()
    qtbot.waitUntil(dialog.buttons["wait"].hasFocus)
    return window, dialog


def test_a_dialog_does_not_block_and_its_safe_answer_has_the_focus(qtbot: QtBot) -> None:
    window, dialog = ask(qtbot)
    answers: list[str] = []
    dialog.finished.connect(lambda: answers.append(dialog.answer))
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    QTest.keyClick(dialog.buttons["wait"], Qt.Key.Key_Space)
    assert answers == ["wait"] and window.isVisible()


def test_escape_answers_nothing(qtbot: QtBot) -> None:
    window, dialog = ask(qtbot)
    answers: list[str] = []
    dialog.finished.connect(lambda: answers.append(dialog.answer))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == [""] and window.isVisible()


def test_enter_answers_with_the_button_in_focus(qtbot: QtBot) -> None:
    window, dialog = ask(qtbot)
    answers: list[str] = []
    dialog.finished.connect(lambda: answers.append(dialog.answer))
    QTest.keyClick(dialog.buttons["wait"], Qt.Key.Key_Return)
    assert answers == ["wait"] and window.isVisible()


def test_a_toast_is_never_wider_than_the_sheet(qtbot: QtBot) -> None:
    sheet = QWidget()
    qtbot.addWidget(sheet)
    sheet.resize(700, 500)
    sheet.show()
    toast = Toast(sheet)
    toast.tell("The certificate was issued by another authority. " * 4)
    assert toast.geometry().left() == 16 and toast.geometry().right() < 700 - 16
    qtbot.waitUntil(lambda: toast.words.height() >= toast.words.heightForWidth(toast.words.width()) > 30)
    needed = toast.words.heightForWidth(toast.words.width())
    assert toast.height() >= needed + 16 and toast.geometry().bottom() < 500
    toast.tell("Copied")
    assert toast.height() == 40 and toast.width() < 300


def test_a_toast_goes_by_itself_and_stays_under_the_mouse(qtbot: QtBot) -> None:
    sheet = QWidget()
    sheet.resize(600, 300)
    qtbot.addWidget(sheet)
    sheet.show()
    toast = Toast(sheet)
    toast.tell("Copied")
    assert toast.isVisible() and toast.accessibleName() == "Copied" and toast.geometry().bottom() < 300
    assert toast._timer.isActive() and toast._timer.interval() == 4000
    QApplication.sendEvent(toast, _enter())
    assert not toast._timer.isActive()
    toast._timer.timeout.emit()
    assert not toast.isVisible()


def _enter() -> QEnterEvent:
    return QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1))


def test_outcomes_are_chosen_by_keyboard(qtbot: QtBot) -> None:
    panel = OutcomePanel(OUTCOMES, "")
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
    codes: list[str] = []
    panel.chosen.connect(codes.append)
    option = panel.findChild(QWidget, "sandbox/outcome/.33")
    assert isinstance(option, QWidget) and option.accessibleName() == "Lose the answer"
    option.setFocus()
    QTest.keyClick(option, Qt.Key.Key_Space)
    assert codes == [".33"]
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(option, Qt.Key.Key_Escape)


def test_a_value_is_copied_as_the_gateway_wrote_it(qtbot: QtBot) -> None:
    value = ValueToShow("Card", "2200 7015 5301 7648", "2200701553017648", large=True, name="result/number")
    qtbot.addWidget(value)
    with qtbot.waitSignal(value.copied):
        QTest.mouseClick(value.button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "2200701553017648"
    shown = value.findChild(Label, "result/number")
    assert isinstance(shown, Label) and shown.text() == "2200 7015 5301 7648"


def test_a_qr_code_is_black_on_white_in_both_themes(qtbot: QtBot) -> None:
    from console.ui.theme import theme

    theme.current().choose("dark")
    code = QrBlock("https://pay.example/p/7f3c9a52")
    qtbot.addWidget(code)
    image = code.grab().toImage()
    module = code.width() // (len(code._rows) + 8)
    assert module >= 5
    assert QColor(image.pixel(2 * module, 2 * module)).name() == "#ffffff", "the quiet zone"
    assert QColor(image.pixel(4 * module + 2, 4 * module + 2)).name() == "#000000", "the first finder"


def test_a_body_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    block = BodyBlock("{}", mark("journal", "Request"), name="journal/body")
    qtbot.addWidget(block)
    assert block.accessibleName() == "Request"
    block.resize(300, 100)
    block.show()
    low = block.height()
    block.show_text("{\n  1\n  2\n}")
    assert block.height() > low and block.isReadOnly()
    block.show_text("x" * 4000)
    most, line = block.height(), block.fontMetrics().lineSpacing()
    assert 12 * line < most < 15 * line
    block.show_text("x" * 9000)
    assert block.height() == most, "twelve lines, and the rest scrolls"


def test_progress_and_the_busy_line(qtbot: QtBot) -> None:
    shown, line = Progress("Verifying"), BusyLine()
    qtbot.addWidget(shown)
    qtbot.addWidget(line)
    shown.show_progress(2940, 4812, "2,940 of 4,812", "1 s left")
    assert "2,940 of 4,812" in words(shown)
    with qtbot.waitSignal(shown.stopped):
        QTest.mouseClick(shown.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    line.set_busy(True)
    assert line.is_busy()
    line.set_busy(False)
    assert not line.is_busy()


def test_where_nothing_may_move_a_word_says_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = BusyLine()
    qtbot.addWidget(line)
    monkeypatch.setattr(progress, "_is_still", lambda widget: True)
    line.set_busy(True)
    assert line.is_busy() and line.height() == 18 and not line._timer.isActive()
    assert not line.grab().isNull()


def _is_whole(label: QLabel) -> bool:
    return label.height() == label.heightForWidth(label.width())


def test_a_dialog_is_as_high_as_its_words_at_its_width(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog("Keys", "They work in the Russian and in the English layout alike.", (("ok", "Close"),), window)
    dialog.open()
    for label in dialog.findChildren(QLabel):
        qtbot.waitUntil(partial(_is_whole, label))
