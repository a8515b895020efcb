"""The pages that only read: operations with the card, the journal, the overview, over a real journal."""

from collections.abc import Callable
from datetime import datetime, timezone

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import Text
from console.domain.wording import state_word
from console.services.settle import Word
from console.services.verify import Report
from console.ui.pages.card_dialogs import CloseDialog, LiftDialog, PayerDialog, ResolveDialog
from console.ui.pages.journal import JournalPage
from console.ui.pages.operations import OperationsPage
from console.ui.pages.overview import OverviewPage
from shots_scenes.controls import sheet
from shots_scenes.frame import framed
from shots_scenes.story import Story, accepted, day
from shots_stage import Stage, scene
from tests.services.bench import answered

LARGE, SMALL, HUGE, HALF = (1440, 900), (1280, 720), (1920, 1080), (960, 540)


def operations(
    stage: Stage,
    story: Story,
    environment: str,
    *,
    order: str = "",
    act: Callable[[OperationsPage], object] | None = None,
) -> QWidget:
    page = OperationsPage(story.services, story.jobs)  # type: ignore[arg-type]  # the services that this page asks
    page.model._since = "2026-11-24T10:30:00"
    window = framed(stage, "operations", lambda: page, environment)

    def later() -> None:
        story.until()
        if act is not None:
            act(page)
        story.until()
        for place in range(page.model.rowCount()):
            row = page.model.row_at(place)
            if row is not None and row.order_id not in {"PM-20261124-0031", "PO-20261124-0007"}:
                page.model.see(row.order_id)
        if order:
            place = page.model.place_of(order)
            page.table.setCurrentIndex(page.model.index(place, 0))
            page._resting.stop()
            page._open_chosen()
            story.until()
        page.table.setFocus()

    stage.later(later)
    return window


@scene("09-operations", LARGE, (150, 200))
def operations_full(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0014")


@scene("09-operations-plain", LARGE)
def operations_plain(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live")


@scene("09-operations-1280x720", SMALL)
def operations_small(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0014")


@scene("09-operations-1920x1080", HUGE)
def operations_huge(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "sandbox", order="PO-20261124-0014")


@scene("09-operations-960x540", HALF, (200,))
def operations_half(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0014")


@scene("09-operations-disputed", LARGE, codes=("E-DISPUTED",))
def operations_disputed(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0007")


@scene("09-operations-not-sent", LARGE)
def operations_not_sent(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0004")


@scene("09-operations-rejected", LARGE)
def operations_rejected(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PO-20261124-0011")


@scene("09-operations-payment", LARGE)
def operations_payment(stage: Stage) -> QWidget:
    return operations(stage, day(stage), "live", order="PM-20261124-0031")


@scene("09-operations-filtered", LARGE)
def operations_filtered(stage: Stage) -> QWidget:
    def narrow(page: OperationsPage) -> None:
        page.filters.kind.set_value(Kind.PAYOUT)
        page.search_box.edit.setText("33")
        page._show()

    return operations(stage, day(stage), "live", act=narrow)


@scene("10-operations-nothing-fits", LARGE)
def operations_nothing(stage: Stage) -> QWidget:
    from console.ui.pages.operations_filter import UNCLEAR, Period

    def narrow(page: OperationsPage) -> None:
        page.filters.state.set_value(UNCLEAR)
        page.filters.kind.set_value(Kind.PAYMENT)
        page.filters.period.set_value(Period.YESTERDAY)

    return operations(stage, day(stage), "sandbox", act=narrow)


@scene("10-operations-empty", LARGE)
def operations_empty(stage: Stage) -> QWidget:
    return operations(stage, Story(stage), "sandbox")


def journal(
    stage: Stage, story: Story, *, seq_of: str = "", act: Callable[[JournalPage], object] | None = None
) -> QWidget:
    page = JournalPage(story.services, story.jobs)  # type: ignore[arg-type]  # the services that this page asks
    window = framed(stage, "journal", lambda: page, "live")

    def later() -> None:
        story.until()
        if act is not None:
            act(page)
            story.until()
        if seq_of:
            heard = next(each for each in story.bench.reader.events(seq_of) if each.kind == "heard")
            page.table.setCurrentIndex(page.model.index(page.model.place_of(heard.seq), 0))
            page._resting.stop()
            page._open_chosen()
            story.until()

    stage.later(later)
    return window


@scene("11-journal", LARGE, (150, 200))
def journal_verified(stage: Stage) -> QWidget:
    return journal(stage, day(stage), seq_of="PO-20261124-0015", act=lambda page: page.verify.click())


@scene("11-journal-plain", LARGE)
def journal_plain(stage: Stage) -> QWidget:
    return journal(stage, day(stage))


@scene("11-journal-whole", LARGE)
def journal_whole(stage: Stage) -> QWidget:
    story = day(stage)

    def reveal(page: JournalPage) -> None:
        stage.later(page._on_reveal)
        stage.later(story.until)

    return journal(stage, story, seq_of="PO-20261124-0015", act=reveal)


@scene("11-journal-1280x720", SMALL)
def journal_small(stage: Stage) -> QWidget:
    return journal(stage, day(stage), seq_of="PO-20261124-0015")


@scene("11-journal-960x540", HALF, (200,))
def journal_half(stage: Stage) -> QWidget:
    return journal(stage, day(stage), seq_of="PO-20261124-0015")


@scene("11-journal-1920x1080", HUGE)
def journal_huge(stage: Stage) -> QWidget:
    return journal(stage, day(stage), seq_of="PO-20261124-0015", act=lambda page: page.verify.click())


@scene("11-journal-checking", LARGE)
def journal_checking(stage: Stage) -> QWidget:
    return journal(stage, day(stage), act=lambda page: page.report.show_progress(2940, 4812, 1.9))


@scene("11-journal-broken", LARGE)
def journal_broken(stage: Stage) -> QWidget:
    story = day(stage)
    fault = verify_words(stage)
    report = Report(False, (fault,), fault, 41, 12, None)
    return journal(stage, story, act=lambda page: page.report.show_report(report, None, story.bench.clock().utc, 0.3))


def verify_words(stage: Stage) -> Text:
    return Text(
        "", stage.say("Запись 41 от 24.11.2026 13:12:08 изменена.", "Record 41 of 2026-11-24 13:12:08 was changed.")
    )


def overview(stage: Stage, story: Story, environment: str = "live") -> QWidget:
    bench = story.bench
    if bench.reader.counts().open:
        bench.transport.asks.append(answered(200, {"currency": "RUB", "balance": "1284560.00", "pending_payouts": "0"}))
        bench.balances.refresh("acc")
        story.at("14:05:11")
    page = OverviewPage(story.services, story.jobs)  # type: ignore[arg-type]  # the services that this page asks
    window = framed(stage, "overview", lambda: page, environment)
    stage.later(story.until)
    return window


def week(stage: Stage) -> Story:
    """The days before, and the day of the pictures."""
    story = Story(stage)
    story.bench.clock.utc = datetime(2026, 11, 18, 7, tzinfo=timezone.utc)
    for number, amount in enumerate(("310000", "262000", "418000", "46000", "22000", "356000")):
        story.send(f"PO-2026111{number}", amount, accepted(90 + number, "paid"), name="", number=f"7901222333{number}")
        story.bench.clock.advance(24 * 3600)
    return day(stage, story)


@scene("02-overview", LARGE, (150, 200))
def overview_full(stage: Stage) -> QWidget:
    return overview(stage, week(stage))


@scene("02-overview-1280x720", SMALL)
def overview_small(stage: Stage) -> QWidget:
    return overview(stage, week(stage))


@scene("02-overview-960x540", HALF, (200,))
def overview_half(stage: Stage) -> QWidget:
    return overview(stage, week(stage))


@scene("02-overview-1920x1080", HUGE)
def overview_huge(stage: Stage) -> QWidget:
    return overview(stage, week(stage))


@scene("02-overview-empty", LARGE)
def overview_empty(stage: Stage) -> QWidget:
    return overview(stage, Story(stage), "sandbox")


@scene("09-operations-dialogs", (1620, 700))
def dialogs(stage: Stage) -> QWidget:
    story = day(stage)
    page = sheet()
    page.resize(1620, 700)
    services = story.services.operations
    rows = {order: services.get(order) for order in ("PO-20261124-0004", "PO-20261124-0014")}
    card = services.card("PM-20261124-0031")
    text = services.payer_text("PM-20261124-0031", stage.language)
    resolve = ResolveDialog(rows["PO-20261124-0014"], page)
    resolve.answered.set_value(Word.HAS)
    stage.later(lambda: resolve.allows("resolve"))
    shown = (
        CloseDialog(rows["PO-20261124-0004"], page),
        LiftDialog(state_word(State.PAID, Kind.PAYOUT), page),
        resolve,
        PayerDialog(card, text, page),
    )
    for dialog, (left, top) in zip(shown, ((20, 20), (20, 300), (20 + 460, 20), (20 + 920, 20)), strict=True):
        dialog.setWindowFlags(Qt.WindowType.Widget)
        dialog.setParent(page)
        dialog.move(left, top)
        dialog.show()
    return page
