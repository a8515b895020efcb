"""The pages that only read: operations with the card, the journal, the overview, over a real journal in a folder of its own."""

import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.text import Text
from console.journal.check import Progress
from console.services.operations import Operations
from console.services.overview import Overviews
from console.services.records import Records
from console.services.verify import Report, verify
from console.ui.jobs import Jobs
from console.ui.pages.journal import JournalPage
from console.ui.pages.operations import OperationsPage
from console.ui.pages.overview import OverviewPage
from shots_scenes.frame import framed
from shots_stage import Stage, scene
from tests.services.bench import Bench, acknowledge, answered

LARGE, SMALL, HUGE, HALF = (1440, 900), (1280, 720), (1920, 1080), (960, 540)
SBP, ACCOUNT, CARD, LINK = (
    "payment_card_sbp_rub",
    "virtual_account_rub",
    "payment_card_number_card",
    "payment_card_number_rub_hpp",
)
PAYER = {"customer_ip": "95.24.17.8"}


class Story:
    """A day at a desk: orders sent to a scripted gateway at given Moscow times."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.folder = tempfile.TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.bench = Bench(Path(self.folder.name), self.patch)
        self.bench.prove()
        self.jobs = Jobs()
        bench = self.bench

        def check(progress: Progress) -> Report:
            return verify(bench.home.path, key=bench.key, progress=progress)

        self.services = SimpleNamespace(
            accounts=bench.accounts,
            balances=bench.balances,
            follow=bench.follow,
            settle=bench.settle,
            submit=bench.submit,
            operations=Operations(bench.journal, bench.reader, bench.accounts, bench.clock),
            records=Records(bench.journal, bench.reader, bench.clock, check),
            overviews=Overviews(bench.journal, bench.reader, bench.accounts, bench.balances, bench.follow, bench.clock),
            settings=bench.settings,
            clock=bench.clock,
        )
        stage.at_end(self.close)

    def close(self) -> None:
        self.jobs.shutdown()
        self.bench.close()
        self.patch.undo()
        self.folder.cleanup()

    def at(self, clock: str, day: int = 24) -> None:
        """Go on to a Moscow time."""
        hour, minute, second = (int(part) for part in clock.split(":"))
        wanted = datetime(2026, 11, day, hour - 3, minute, second, tzinfo=timezone.utc)
        self.bench.clock.advance((wanted - self.bench.clock.utc).total_seconds())

    def send(self, order: str, amount: str, answer: Exchange, code: str = SBP, name: str = "", **texts: str) -> None:
        self.bench.transport.creates.append(answer)
        if code in {CARD, LINK}:
            texts = {**PAYER, **texts}
        review = self.bench.review(code, recipient=name, order_id=order, amount=amount, **texts)
        self.bench.submit.send(review, acknowledge(review))

    def say(self, order: str, answer: Exchange) -> None:
        """Let the gateway answer a question about an order."""
        self.bench.transport.asks.append(answer)
        self.bench.follow.ask(order)

    def status(self, order: str, number: int, status: str, **more: object) -> None:
        self.say(order, answered(200, {"order_id": order, "id": number, "payment_status": status, **more}))

    def until(self) -> None:
        """Let the workers end; with two cores that takes a moment."""
        for _ in range(2000):
            QApplication.processEvents()
            if self.jobs.is_idle():
                return
            time.sleep(0.005)
        raise RuntimeError("the workers did not end")


def accepted(number: int, status: str = "wait", **more: object) -> Exchange:
    return answered(200, {"id": number, "payment_status": status, **more})


def day(stage: Stage, story: Story | None = None) -> Story:
    """The day of the pictures."""
    story = story or Story(stage)
    say = stage.say
    story.at("10:15:02")
    story.send(
        "PM-20261124-0025",
        "33000",
        accepted(100000515, "paid", url="https://pay.example/p/1"),
        LINK,
        customer_user_id="client-20390",
    )
    story.at("10:32:40")
    story.send(
        "PO-20261124-0004",
        "7800",
        Exchange(Reason.DNS, False, facts={"host": "api-merchant.alikassa.com"}),
        name=say("Ким В. Д.", "Kim V. D."),
        number="79641112218",
    )
    story.at("10:44:10")
    story.send("PO-20261124-0005", "12000", accepted(100001481, "paid"), name=say("Алексеев И. П.", "Alekseev I. P."))
    story.at("10:58:12")
    story.send(
        "PM-20261124-0027",
        "2500",
        accepted(100000522, "cancel", cardNumber="2200701553017621", cardHolderName="IVAN S."),
        CARD,
        customer_user_id="client-20399",
    )
    story.at("11:20:47")
    story.send(
        "PO-20261124-0006",
        "5400",
        accepted(100001490),
        name=say("Назарова О. В.", "Nazarova O. V."),
        number="79091112241",
    )
    story.status("PO-20261124-0006", 100001490, "paid", commission_amount="27.00", account_payment_amount="5400.00")
    story.at("11:47:00")
    story.send(
        "PO-20261124-0007",
        "26500",
        accepted(100001498, "paid"),
        ACCOUNT,
        say("ИП Лебедев К. Н.", "IE Lebedev K. N."),
        number="40802810900000000917",
        bik_bank="044525974",
    )
    story.at("12:18:02")
    story.send(
        "PO-20261124-0008",
        "10000",
        accepted(100001503),
        name=say("Юсупов А. Т.", "Yusupov A. T."),
        number="79871112255",
    )
    story.status("PO-20261124-0008", 100001503, "paid", commission_amount="50.00", account_payment_amount="10000.00")
    story.at("12:31:00")
    story.send(
        "PO-20261124-0009",
        "8990",
        accepted(100001507, "fail"),
        name=say("Маркова Д. С.", "Markova D. S."),
        number="79051112212",
    )
    story.at("12:55:31")
    story.send(
        "PM-20261124-0030",
        "15000",
        accepted(100000531, url="https://pay.example/p/7f3c9a52"),
        LINK,
        customer_user_id="client-20411",
    )
    story.status(
        "PM-20261124-0030",
        100000531,
        "paid",
        commission_amount="450.00",
        account_payment_amount="14550.00",
        payment_amount="15000.00",
    )
    story.at("13:12:08")
    story.send(
        "PO-20261124-0011",
        "7000",
        answered(
            400,
            {
                "message": "The given data was invalid.",
                "errors": {
                    "bik_bank": [say("Выбранное значение для bik bank ошибочно.", "The selected bik bank is invalid.")]
                },
            },
        ),
        ACCOUNT,
        say("ООО «Сигма»", "Sigma LLC"),
        number="40702810400000002345",
        bik_bank="041351902",
    )
    story.at("13:30:26")
    story.send(
        "PO-20261124-0013",
        "42000",
        accepted(100001519),
        ACCOUNT,
        say("ООО «Сигма»", "Sigma LLC"),
        number="40702810400000002345",
        bik_bank="044525974",
    )
    story.status("PO-20261124-0013", 100001519, "paid", commission_amount="210.00", account_payment_amount="42000.00")
    story.at("13:41:05")
    story.send(
        "PM-20261124-0031",
        "4900",
        accepted(100000536, cardNumber="2200701553017648", cardHolderName=say("Иван Петрович С.", "Ivan Petrovich S.")),
        CARD,
        customer_user_id="client-20418",
    )
    story.status(
        "PM-20261124-0031",
        100000536,
        "paid",
        commission_amount="147.00",
        account_payment_amount="4753.00",
        payment_amount="4900.00",
    )
    story.at("13:45:00")
    story.status("PO-20261124-0007", 100001498, "cancel")
    story.at("13:58:40")
    story.bench.transport.after_gate = lambda: story.bench.clock.advance(30)
    story.send(
        "PO-20261124-0014",
        "18500",
        Exchange(Reason.SILENT, True, duration=30.0, facts={"seconds": "30"}),
        name=say("Громова Е. А.", "Gromova E. A."),
        number="79161112208",
    )
    story.bench.transport.after_gate = lambda: None
    story.at("13:59:20")
    story.say("PO-20261124-0014", answered(503, b"<html>"))
    story.at("14:00:10")
    story.say("PO-20261124-0014", answered(503, b"<html>"))
    story.at("14:01:10")
    story.say(
        "PO-20261124-0014",
        Exchange(Reason.CONNECT_TIMEOUT, False, facts={"host": "api-merchant.alikassa.com", "seconds": "5"}),
    )
    story.at("14:03:11")
    story.send("PO-20261124-0015", "12345.67", accepted(100001524), name=say("Алексеев И. П.", "Alekseev I. P."))
    bench = story.bench
    row = bench.reader.get("PO-20261124-0014")
    assert row is not None
    bench.random = 0.7
    bench.follow.watch(row, bench.clock(), first=42.0)
    return story


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
            page._open_current()
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


@scene("09-operations-disputed", LARGE)
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
        stage.later(lambda: (page._on_reveal(), story.until()))

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
