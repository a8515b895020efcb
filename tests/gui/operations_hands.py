"""What a person does at the operations page and sees there: rows, cells, cards, deeds and dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.ui.controls.field import FieldFrame
from console.ui.pages.operations import OperationsPage
from console.ui.pages.operations_columns import COLUMNS
from tests.gui.order_bench import press, type_text
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered, lost

WAIT = {"id": 100001524, "payment_status": "wait"}
CARD = "payment_card_number_card"
SHOWN = {"id": 7, "payment_status": "wait", "cardNumber": "2200701553017648", "cardHolderName": "IVAN S."}
DEEDS = ("check", "resend", "close", "resolve", "lift", "correct", "payer")
Page = Sitting[OperationsPage]


def four(bench: Bench) -> None:
    """Four operations: accepted, unknown, refused and a payment."""
    shown = {"id": 7, "payment_status": "paid", "cardNumber": "2200701553017648", "cardHolderName": "IVAN S."}
    bench.send(answered(200, shown), CARD, order_id="PM-1", amount="4900.00")
    bench.clock.advance(60)
    bench.send(answered(400, {"errors": {"number": ["is wrong"]}}), order_id="PO-3", amount="7.00")
    bench.clock.advance(60)
    bench.send(lost(Reason.SILENT), order_id="PO-2", amount="18500.00")
    bench.clock.advance(60)
    bench.send(answered(200, WAIT), order_id="PO-1", amount="12345.67")


def enter(seat: Page) -> None:
    seat.page.entered()
    seat.rest()


def rows(seat: Page) -> list[str]:
    """The order ids in the table, from the top."""
    model = seat.page.model
    found = [model.row_at(place) for place in range(model.rowCount())]
    return [row.order_id for row in found if row is not None]


def cells(seat: Page, place: int) -> dict[str, str]:
    model = seat.page.model
    return {column.key: str(model.index(place, number).data() or "") for number, column in enumerate(COLUMNS)}


def choose(seat: Page, order_id: str) -> None:
    """Make a row the current one and wait for its card."""
    page = seat.page
    page.table.setCurrentIndex(page.model.index(page.model.place_of(order_id), 0))
    seat.qtbot.waitUntil(lambda: page.card.card is not None and page.card.card.row.order_id == order_id, timeout=10_000)
    seat.rest()


def show(seat: Page, order_id: str) -> None:
    """Open the card of an order."""
    if not seat.page.model.rowCount():
        seat.page.entered()
        seat.rest()
    seat.page.show_order(order_id)
    seat.qtbot.waitUntil(lambda: seat.page.card.card is not None, timeout=10_000)
    seat.rest()


def sent(seat: Page, answer: Exchange, code: str = "payment_card_sbp_rub", order_id: str = "PO-77-abcd") -> str:
    seat.bench.send(answer, code, order_id=order_id)
    show(seat, order_id)
    return order_id


def deeds(seat: Page) -> set[str]:
    return {name for name in DEEDS if seat.sees(f"operations/{name}")}


def state(seat: Page) -> State:
    card = seat.page.card.card
    assert card is not None
    row = seat.bench.reader.get(card.row.order_id)
    assert row is not None
    return row.state


def unknown_for_long(seat: Page, order_id: str) -> None:
    """Three questions and more than a quarter of an hour."""
    seat.bench.transport.asks += [lost(), lost(), lost()]
    for _ in range(3):
        seat.bench.clock.advance(600)
        seat.bench.follow.ask(order_id)
    seat.page.operations_changed((order_id,))
    seat.rest()


def disputed(seat: Page) -> str:
    order_id = "PO-77-abcd"
    seat.bench.send(answered(200, {"id": 7, "payment_status": "paid"}), order_id=order_id)
    seat.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "cancel"}))
    seat.bench.follow.ask(order_id)
    show(seat, order_id)
    return order_id


def problem(seat: Page, name: str) -> str:
    frame = seat.dialog().findChild(QLabel, f"dialog/{name}/problem")
    assert frame is not None
    return frame.text()


def fill(seat: Page, **texts: str) -> None:
    for name, text in texts.items():
        frame = next(each for each in seat.dialog().findChildren(FieldFrame) if each.name == f"dialog/{name}")
        frame.input.edit.setFocus()
        frame.input.edit.selectAll()
        press(frame.input.edit, Qt.Key.Key_Delete)
        type_text(frame.input.edit, text)
