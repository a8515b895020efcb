"""The gallery of controls in all their states."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.controls.badge import Badge, CounterBadge, EnvironmentBadge
from console.ui.controls.bank import BankInput
from console.ui.controls.bank_list import BankRow
from console.ui.controls.button import Button
from console.ui.controls.check import CheckBox
from console.ui.controls.chip import FilterChip
from console.ui.controls.choice import Choice
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import Input, TextInput
from console.ui.controls.label import Label
from console.ui.controls.methods import MethodCards, MethodChoice
from console.ui.controls.money import MoneyInput
from console.ui.controls.picture import Picture
from console.ui.controls.search import SearchBox
from console.ui.controls.states import LOOKS, look
from console.ui.ring import FocusRing
from console.ui.shell.accounts import AccountRow
from console.ui.shell.bar import AccountSwitch, BalanceShown, TopBar
from shots_stage import Stage, scene

BANKS = (
    BankRow("Т-Банк", "T-Bank", "100000000004", recent=True),
    BankRow("Банк ВТБ", "VTB", "100000000005", recent=True),
    BankRow("Банк Точка", "Tochka Bank", "100000000284"),
    BankRow("ТКБ Банк", "TKB", "100000000034"),
    BankRow("Тимер Банк", "Timer Bank", "100000000144", doubt="one list only"),
    BankRow("Сбербанк", "Sberbank", "100000000111"),
)


def banks(text: str) -> list[BankRow]:
    """Search the sample banks."""
    wanted = text.casefold()
    return [
        row for row in BANKS if wanted in row.name.casefold() or wanted in row.other.casefold() or wanted == row.code
    ]


@scene("20-controls", (1440, 1508))
def controls(stage: Stage) -> QWidget:
    page = sheet()
    column = QVBoxLayout(page)
    column.setContentsMargins(36, 28, 36, 28)
    column.setSpacing(10)
    inputs = _inputs(stage)  # the first to ask for the focus, before the rings are put up by hand
    column.addWidget(Label(stage.say("Элементы управления", "Controls"), "title"))
    for caption, part in (
        (stage.say("Кнопки", "Buttons"), _buttons(stage, page)),
        (stage.say("Поля ввода", "Inputs"), inputs),
        (stage.say("Карточки методов", "Cards of methods"), _methods(stage)),
        (stage.say("Состояния операции", "States of an operation"), _badges()),
        (stage.say("Отбор и поиск", "Filters and search"), _filters(stage)),
        (stage.say("Верхняя полоса", "Top bar"), _bar(stage)),
    ):
        column.addSpacing(10)
        column.addWidget(Label(caption, "second_strong", "ink2"))
        column.addWidget(part)
    column.addStretch(1)
    return page


def sheet() -> QWidget:
    """Return an empty sheet."""
    page = QWidget()
    page.setAutoFillBackground(True)
    page.setBackgroundRole(QPalette.ColorRole.Window)
    return page


def hover(widget: QWidget) -> QWidget:
    """Make a widget believe the mouse is over it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    return widget


def _buttons(stage: Stage, page: QWidget) -> QWidget:
    grid = _grid(0, 24)
    grid.setColumnStretch(6, 1)
    words = {
        "primary": stage.say("Проверить выплату", "Review payout"),
        "secondary": stage.say("Назад", "Back"),
        "quiet": stage.say("Сбросить", "Reset"),
        "danger": stage.say("Удалить черновик", "Delete draft"),
    }
    for row, (role, said) in enumerate(words.items()):
        grid.addWidget(Label(role, "id_small", "ink3"), row, 0)
        for place in range(5):
            button = Button(said, role)
            grid.addWidget(button, row, place + 1)
            if place == 1:
                hover(button)
            elif place == 2:
                button.setDown(True)
            elif place == 3:
                _ring(stage, page, button)
            elif place == 4:
                button.setEnabled(False)
    send = Button(stage.say("Отправить 12 345,67 ₽", "Send RUB 12,345.67"), "primary", size="send", key="Ctrl+Enter")
    busy = Button("", "primary", size="send")
    busy.set_busy(stage.say("Отправляется…", "Sending…"))
    small = Button(stage.say("Копировать", "Copy"), size="small", icon="copy")
    row_button = Button(stage.say("Спросить", "Ask"), size="row", icon="refresh-cw")
    quiet = Button(stage.say("Копировать подробности", "Copy the details"), "quiet", size="small", icon="copy")
    last = QHBoxLayout()
    last.setSpacing(16)
    for button in (send, busy, small, row_button, quiet):
        last.addWidget(button)
    last.addStretch(1)
    grid.addLayout(last, 5, 0, 1, 6)
    return _wrapped(grid)


def _ring(stage: Stage, page: QWidget, widget: QWidget) -> None:
    ring = FocusRing(page)
    stage.later(lambda: ring._follow(widget))


def _inputs(stage: Stage) -> QWidget:
    grid = _grid(4, 20)
    phone = stage.say("Телефон получателя", "Recipient's phone")
    rest = FieldFrame(
        "a", phone, TextInput("+7 900 000-00-00"), note=stage.say("Можно вставить в любом виде", "Any form")
    )
    hovered = FieldFrame("b", phone, TextInput("+7 900 000-00-00"), note=stage.say("Наведение", "Hover"))
    hover(hovered.input)
    focused = _filled(TextInput(), "+7 903 111-22-33")
    focus = FieldFrame("c", phone, focused, note=stage.say("Фокус: рамка 2 px", "Focus: 2 px"))
    stage.later(lambda: focused.edit.setFocus(Qt.FocusReason.TabFocusReason))
    wrong = FieldFrame("d", phone, _filled(TextInput(), "8903111223"))
    wrong.set_problem(
        stage.say("В номере 10 цифр, нужно 11: не хватает одной.", "10 digits, 11 are needed: one is missing.")
    )
    amount = stage.say("Сумма", "Amount")
    doubtful = FieldFrame("e", amount, _filled(MoneyInput(), "1,234"))
    doubtful.set_problem(stage.say("Это 1 234 ₽ или 1,23 ₽? Введите 1234 или 1,23.", "Is it 1234 or 1.23?"))
    money = FieldFrame("f", amount, _filled(MoneyInput(), "12345,67"))
    money.set_help(stage.say("Двенадцать тысяч триста сорок пять рублей 67 копеек", "Twelve thousand three hundred…"))
    account = _filled(TextInput(mono=True), "40817 810 1 5600 3706312")
    account.trail_with(Picture("check", "green", 16))
    understood = FieldFrame("g", stage.say("Номер счёта", "Account"), account)
    understood.set_understood(stage.say("Контрольная цифра сходится с БИК", "The check digit fits the BIK"))
    fixed = _filled(TextInput(mono=True), "PO-20261124-0015")
    fixed.set_read_only(True)
    order = FieldFrame("h", stage.say("Номер заказа", "Order id"), fixed)
    order.set_help(stage.say("После отправки номер не меняется", "Does not change after sending"))
    bank = BankInput(banks)
    bank.set_value("100000000111")
    chosen = FieldFrame("i", stage.say("Банк получателя", "Bank"), bank)
    unknown = FieldFrame("j", stage.say("Банк получателя", "Bank"), _bank("100000000999"))
    unknown.set_doubt(
        stage.say("Такого кода нет в списке. Отправить можно, если он верен.", "This code is not in the list.")
    )
    notify = FieldFrame(
        "k", stage.say("Адрес уведомления", "Notification address"), TextInput("https://"), optional=True
    )
    notify.set_help(stage.say("До 255 знаков", "Up to 255 characters"))
    for number, field in enumerate(
        (rest, hovered, focus, wrong, doubtful, money, understood, order, chosen, unknown, notify)
    ):
        grid.addWidget(field, number // 4, number % 4, Qt.AlignmentFlag.AlignTop)
    return _wrapped(grid)


def _filled(field: Input, text: str) -> Input:
    field.set_text(text)
    return field


def _bank(value: str) -> BankInput:
    bank = BankInput(banks)
    bank.set_value(value)
    return bank


def _methods(stage: Stage) -> QWidget:
    title = stage.say("По номеру телефона, СБП", "To a phone, SBP")
    sentence = stage.say("Деньги придут по номеру телефона в выбранный банк.", "Money comes to the phone's bank.")
    choices = [MethodChoice(f"m{number}", "smartphone", title, sentence) for number in range(4)]
    compact = MethodCards(choices[:2], columns=2)
    compact.choose("m0")
    compact.findChildren(QWidget)[1].setEnabled(False)
    cards = MethodCards(choices[:2], columns=2)
    hover(cards.findChildren(QWidget)[0])
    return _wrapped_row(cards, compact)


def _badges() -> QWidget:
    first, second = QHBoxLayout(), QHBoxLayout()
    for row in (first, second):
        row.setSpacing(13)
    for number, state in enumerate(code for code in LOOKS if code != "intended"):
        (first if number < 7 else second).addWidget(Badge(state, "payout"))
    for state in ("wait", "unknown", "paid"):
        second.addWidget(Badge(state, "payout", big=True))
    for row in (first, second):
        row.addStretch(1)
    column = QVBoxLayout()
    column.setSpacing(13)
    column.addLayout(first)
    column.addLayout(second)
    return _wrapped(column)


def _filters(stage: Stage) -> QWidget:
    state = stage.say("Состояние", "State")
    choices = [(None, stage.say("любое", "any")), ("paid", stage.say("выплачено", "paid out"))]
    period = FilterChip(
        stage.say("Период", "Period"), [("", stage.say("любой", "any")), ("t", stage.say("сегодня", "today"))]
    )
    period.set_value("t")
    hovered = FilterChip(state, choices)
    hover(hovered)
    search = SearchBox(stage.say("Номер, ID, телефон, хвост счёта, сумма", "Order, id, phone, account, amount"))
    filled = SearchBox("", width=230)
    filled.input.edit.setText("0014")
    language = Choice(stage.say("Язык", "Language"), [("ru", "Русский"), ("en", "English")], "ru")
    return _wrapped_row(FilterChip(state, choices), hovered, period, search, filled, language, spacing=12)


def _bar(stage: Stage) -> QWidget:
    switch = AccountSwitch()
    switch.show_accounts([AccountRow("1", "ООО «Вектор»", "4f21", "live")], "1")
    top = TopBar()
    top.account.hide()
    top.show_counts(4, 1)
    top.show_balance(BalanceShown("1 284 560,00 ₽", stage.say("47 мин назад", "47 min ago"), is_stale=True))
    unclear = CounterBadge(look("unknown"))
    unclear.count(1)
    unclear.set_narrow(True)
    other = EnvironmentBadge("other", "gw.example.org")
    boxes = [
        CheckBox(stage.say(*words)) for words in (("не отмечено", "off"), ("отмечено", "on"), ("недоступно", "no"))
    ]
    boxes[1].setChecked(True)
    boxes[2].setChecked(True)
    boxes[2].setEnabled(False)
    row = _wrapped_row(switch, top, unclear, EnvironmentBadge("live"), EnvironmentBadge("sandbox"), other, spacing=12)
    column = QVBoxLayout()
    column.addWidget(row)
    column.addWidget(_wrapped_row(*boxes, spacing=20))
    return _wrapped(column)


def _grid(columns: int, spacing: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(spacing)
    grid.setVerticalSpacing(12)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def _wrapped(layout: QGridLayout | QVBoxLayout | QHBoxLayout) -> QWidget:
    result = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    result.setLayout(layout)
    return result


def _wrapped_row(*widgets: QWidget, spacing: int = 20) -> QWidget:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, MethodCards) else 0)
    if not any(isinstance(widget, MethodCards) for widget in widgets):
        row.addStretch(1)
    return _wrapped(row)
