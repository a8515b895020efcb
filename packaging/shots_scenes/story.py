"""The day that the reading pages show: orders sent to a scripted gateway, in a real journal in a folder of its own."""

import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from console.domain.exchange import Exchange, Reason
from console.journal.check import Progress
from console.services.operations import Operations
from console.services.overview import Overviews
from console.services.records import Records
from console.services.verify import Report, verify
from console.ui.jobs import Jobs
from shots_stage import Stage
from tests.services.bench import Bench, acknowledge, answered

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
    _morning(story, stage)
    _afternoon(story, stage)
    bench = story.bench
    row = bench.reader.get("PO-20261124-0014")
    assert row is not None
    bench.follow.watch(row, bench.clock(), first=42.0)
    return story


def _morning(story: Story, stage: Stage) -> None:
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


def _afternoon(story: Story, stage: Stage) -> None:
    say = stage.say
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
