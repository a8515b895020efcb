"""The gallery of messages and composed parts."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.controls.bank_list import BankList
from console.ui.controls.banner import ErrorBanner, TroubleBlock
from console.ui.controls.button import Button
from console.ui.controls.card import Card, column
from console.ui.controls.dialog import Dialog
from console.ui.controls.empty import EmptyState
from console.ui.controls.footer import TableFooter, Total
from console.ui.controls.label import Label
from console.ui.controls.outcome import Outcome, OutcomePanel
from console.ui.controls.payer import QrBlock, ValueToShow
from console.ui.controls.progress import Progress
from console.ui.controls.states import look
from console.ui.controls.table import Column, Fact, TableCard, TableView
from console.ui.controls.timeline import Step, Timeline
from console.ui.controls.toast import Toast
from console.ui.controls.warning import OfflineBar, StrongWarning, WarningPanel
from shots_scenes.controls import BANKS, sheet
from shots_stage import Stage, scene

COLUMNS = (
    Column("state", "Состояние", 180, "badge"),
    Column("created", "Создано (МСК)", 140, "time"),
    Column("recipient", "Получатель", 126, "strong"),
    Column("number", "Номер", 150),
    Column("amount", "Сумма", 130, "money", stretch=True),
)
ROWS = (
    ("paid", "payment", "24.11.2026 14:03", "client-20418", "220070••••••7648", "4 900,00 ₽"),
    ("wait", "payout", "24.11.2026 14:03", "Алексеев И. П.", "+7 903 •••-••-33", "12 345,67 ₽"),
    ("paid", "payout", "24.11.2026 14:03", "ООО «Сигма»", "40702 ••• 2345", "42 000,00 ₽"),
    ("unknown", "payout", "24.11.2026 14:03", "Громова Е. А.", "+7 916 •••-••-08", "18 500,00 ₽"),
    ("fail", "payout", "24.11.2026 14:03", "Маркова Д. С.", "+7 905 •••-••-12", "8 990,00 ₽"),
)


class SampleModel(QAbstractTableModel):
    """Five rows: new, plain, under the mouse, selected, visited."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return len(ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return len(COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = ROWS[index.row()]
        if role == Fact.LOOK:
            return look(row[0], row[1])
        if role == Fact.CHANGED:
            return index.row() == 0
        if role == Fact.VISITED:
            return index.row() == 4
        return row[index.column() + 1] if role == Qt.ItemDataRole.DisplayRole else None


@scene("21-patterns", (1440, 1990))
def patterns(stage: Stage) -> QWidget:
    page = sheet()
    outer = QVBoxLayout(page)
    outer.setContentsMargins(36, 28, 36, 28)
    outer.setSpacing(16)
    outer.addWidget(Label(stage.say("Сообщения и составные части", "Messages and composed parts"), "title"))
    row = QHBoxLayout()
    row.setSpacing(32)
    left, right = column(*_left(stage), 1, spacing=12), column(*_right(stage), 1, spacing=12)
    left.setFixedWidth(600)
    row.addWidget(left)
    row.addWidget(right, 1)
    outer.addLayout(row)
    outer.addLayout(_bottom(stage, page))
    outer.addStretch(1)
    return page


def _caption(words: str) -> Label:
    return Label(words, "second_strong", "ink2")


def _left(stage: Stage) -> list[QWidget]:
    say = stage.say
    copy = say("Копировать подробности", "Copy the details")
    return [
        _caption(say("Ошибка в трёх частях", "Trouble in three parts")),
        ErrorBanner(
            "nothing",
            say("Ничего не отправлено: сервер не найден", "Nothing was sent: the host was not found"),
            say("Имя api-merchant.alikassa.com не нашлось в сети.", "api-merchant.alikassa.com was not found."),
            say("Ничего не отправлено.", "Nothing was sent."),
            say(
                "Проверьте сеть. Черновик сохранён, выплату можно отправить снова под тем же номером.",
                "Check the network. The draft is kept; the payout can be sent again with the same number.",
            ),
            buttons=(Button(say("Повторить", "Again"), size="small"), Button(copy, "quiet", size="small", icon="copy")),
        ),
        ErrorBanner(
            "refused",
            say("Шлюз отклонил выплату PO-20261124-0011", "The gateway refused payout PO-20261124-0011"),
            say("Не подошло поле «БИК банка».", "The field “BIK” did not fit."),
            say("Деньги не уйдут.", "No money moves."),
            say("Исправьте поле и создайте новую: номер будет другой.", "Correct it as a new payout."),
            buttons=(
                Button(say("Исправить", "Correct"), size="small"),
                Button(copy, "quiet", size="small", icon="copy"),
            ),
        ),
        ErrorBanner(
            "unknown",
            say("Пока неизвестно, ушла ли выплата PO-20261124-0014", "Not known yet: payout PO-20261124-0014"),
            say("Ответа шлюза не было 30 с.", "No answer for 30 s."),
            say("Пока неизвестно.", "We do not know yet."),
            say(
                "Не создавайте её заново. Следующая проверка через 42 с.", "Do not create it again. Next check in 42 s."
            ),
            buttons=(Button(say("Спросить сейчас", "Ask now"), size="small"),),
        ),
        ErrorBanner(
            "disputed",
            say("Шлюз противоречит себе по PO-20261124-0007", "The gateway contradicts itself"),
            say("Было «Выплачено», стало «Отменено».", "“Paid out” before, “Cancelled” now."),
            say("Шлюз её принял. Ничего не изменено.", "The gateway has it. Nothing was changed."),
            say("Сохраните экран и обратитесь в поддержку: отчёт готов.", "Keep this screen and ask support."),
            buttons=(Button(say("Копировать отчёт", "Copy the report"), size="small"),),
        ),
        ErrorBanner(
            "refused",
            say("Шлюз отклонил выплату PO-20261124-0011", "The gateway refused payout PO-20261124-0011"),
            say("Не подошло поле «БИК банка». Деньги не уйдут.", "The field “BIK” did not fit. No money moves."),
            buttons=(Button(say("Копировать ответ", "Copy the answer"), "quiet", size="small", icon="copy"),),
        ),
        _caption(say("Предупреждения", "Warnings")),
        WarningPanel(
            "hint",
            say("Такая же сумма уже уходила", "The same amount went before"),
            say("27.10.2026 этому получателю выплачено ровно 12 345,67 ₽.", "RUB 12,345.67 on 2026-10-27."),
        ),
        WarningPanel(
            "warning",
            say("Код банка не из списка", "The bank's code is not in the list"),
            say("Код 100000000999 уйдёт шлюзу как есть.", "Code 100000000999 goes as it is."),
        ),
        StrongWarning(
            1,
            say("Счёт и БИК не подходят друг к другу", "Account and BIK do not fit"),
            say("Отправить можно, но понадобится причина.", "It can be sent, with a reason."),
            say("Сверено с реквизитами, отправить так", "Checked, send it so"),
        ),
        WarningPanel(
            "good",
            say("Журнал цел: 4 812 записей, цепочка не прервана", "The journal is whole: 4,812 records"),
            say("Проверено сегодня в 14:05:02.", "Checked today at 14:05:02."),
        ),
        OfflineBar(say("Нет связи с 13:58. Черновики сохраняются, отправка закрыта.", "No connection since 13:58.")),
    ]


def _right(stage: Stage) -> list[QWidget]:
    say = stage.say
    empty = Card(padding=0)
    empty.column.addWidget(
        EmptyState(
            "layers",
            say("Пакетов пока нет", "No batches yet"),
            say("Загрузите таблицу CSV или XLSX: консоль проверит каждую строку до отправки.", "Load a CSV or XLSX."),
            Button(say("Выбрать файл", "Choose a file"), "primary"),
            Button(say("Скачать образец", "Get a sample"), "quiet"),
        )
    )
    empty.setFixedHeight(214)
    return [
        _caption(say("Строки таблицы", "Rows of a table")),
        _table(stage),
        _caption(say("Пустой экран", "Empty state")),
        empty,
        _outcomes_and_history(stage),
        _caption(say("Ссылка и код QR", "Link and QR code")),
        _qr(stage),
        _caption(say("Ход работы", "Progress")),
        _progress(stage),
    ]


def _table(stage: Stage) -> QWidget:
    table = TableView(COLUMNS, "")
    model = SampleModel(table)
    table.setModel(model)
    table.set_sorting("created", True)
    table.hovered_row = 2
    table.selectRow(3)
    footer = TableFooter()
    footer.set_count(stage.say("Показано 5 из 340", "5 of 340 shown"), filtered=True)
    footer.set_totals(
        [
            Total(look("unknown"), stage.say("Неизвестно", "Unknown"), "18 500,00 ₽", loud=True),
            Total(look("paid"), stage.say("Выплачено", "Paid out"), "42 000,00 ₽"),
        ]
    )
    card = TableCard(table, footer)
    card.setFixedHeight(34 + 5 * 36 + 48 + 4)
    return card


def _outcomes_and_history(stage: Stage) -> QWidget:
    say = stage.say
    outcomes = (
        Outcome(
            "", "circle-check", "green", say("Обычный: выплатить через 5 с", "Usual: paid after 5 s"), "wait, paid"
        ),
        Outcome(".21", "octagon-x", "red", say("Отказ", "Refused"), say("400 с ошибкой в поле", "400 with an error")),
        Outcome(".11", "circle-x", "red", say("Принять, потом ошибка", "Accept, then fail"), "wait, fail"),
        Outcome(".33", "circle-question-mark", "amber", say("Потерять ответ", "Lose the answer"), "30 s"),
        Outcome(".32", "cloud-off", "ink2", say("Сервер недоступен", "Unreachable"), "0 B"),
        Outcome(".13", "equal-not", "violet", say("Противоречие", "Contradiction"), "paid, cancel"),
    )
    panel = OutcomePanel(outcomes)
    panel.setFixedHeight(panel.wanted_height())
    history = Card(say("Что происходило", "What happened"), spacing=14)
    history.column.addWidget(
        Timeline(
            (
                Step("book-lock", "grey", say("Намерение в журнале", "Intent in the journal"), "13:58:40.018", "4 804"),
                Step(
                    "send",
                    "blue",
                    say("Запрос подписан и отправлен", "Signed and sent"),
                    "13:58:40.047",
                    "POST /v1/payout",
                ),
                Step("circle-question-mark", "amber", say("Ответа нет 30 с", "No answer for 30 s"), "13:59:10.052"),
                Step("circle-check", "green", say("Шлюз подтвердил: выплачено", "Confirmed"), "14:03:55.310", "200"),
            )
        )
    )
    toasts = QWidget()
    toasts.setFixedHeight(76)
    toast = Toast(toasts)
    stage.later(lambda: toast.tell(say("ID 100001524 скопирован", "ID 100001524 copied")))
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(18)
    row.addWidget(panel)
    row.addWidget(column(history, toasts, 1), 1)
    result = QWidget()
    result.setLayout(row)
    return result


def _qr(stage: Stage) -> QWidget:
    card = Card(padding=18)
    row = QHBoxLayout()
    row.setSpacing(18)
    row.addWidget(QrBlock("https://pay.example/p/7f3c9a52", least=198))
    link = ValueToShow(stage.say("Ссылка на оплату", "Payment link"), "https://pay.example/p/7f3c9a52", "x")
    number = ValueToShow(stage.say("Номер карты", "Card number"), "2200 7015 5301 7648", "x", large=True)
    row.addWidget(column(link, number, 1, spacing=16), 1)
    card.column.addLayout(row)
    return card


def _progress(stage: Stage) -> QWidget:
    card = Card()
    progress = Progress(stage.say("Проверяем журнал", "Verifying the journal"))
    progress.show_progress(
        2940, 4812, stage.say("2 940 из 4 812", "2,940 of 4,812"), stage.say("Осталось 1 с", "1 s left")
    )
    card.column.addWidget(progress)
    return card


def _bottom(stage: Stage, page: QWidget) -> QHBoxLayout:
    dialog = Dialog(
        stage.say("Закрыть консоль?", "Close the console?"),
        stage.say(
            "Отправляется выплат: 1. Подождите до 30 с или выйдите: результат консоль проверит при следующем запуске.",
            "1 payout is being sent. Wait 30 s, or leave now: its result will be checked at the next start.",
        ),
        (("leave", stage.say("Выйти", "Leave")), ("wait", stage.say("Подождать", "Wait"))),
        page,
    )
    dialog.setWindowFlags(Qt.WindowType.Widget)
    banks = BankList(page)
    banks.fill(BANKS, "т")
    banks.setFixedHeight(280)
    block = TroubleBlock(
        "unknown",
        stage.say("Запрос ушёл шлюзу в 13:58:40, ответа не было 30 секунд.", "Sent at 13:58:40, no answer for 30 s."),
        stage.say("Пока неизвестно.", "We do not know yet."),
        stage.say("Ничего не создавать заново.", "Do not create it again."),
    )
    row = QHBoxLayout()
    row.setSpacing(32)
    row.addWidget(column(dialog, block, 1, spacing=12))
    row.addWidget(banks, 1)
    for widget in (dialog, banks):
        stage.later(widget.show)
    return row
