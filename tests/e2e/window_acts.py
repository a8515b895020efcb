"""What a person does at the window with a real account: connects it, pays, looks on after a loss, brings all back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from unittest import mock

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from console.catalogue.methods import by_code
from console.gateway.client import Gateway
from console.journal.recovery import group_of
from console.ui.pages.operations import OperationsPage
from tests.e2e.person import Person
from tests.e2e.php_gateway import ACCOUNT
from tests.e2e.window_visit import Visit

NAME = "ООО «Вектор»"
PIN = "Синица-77152-Q"
SBP, CARD = "payment_card_sbp_rub", "payment_card_number_card"
PHONE = "79031112233"
"""The sample of the recipient's phone."""
READ = {"payout": "private key of 2048", "payment": "private key of 2048", "root": "SHA-256"}


def connect(visit: Visit) -> None:
    """From an empty home to a checked account, a kept recovery code and a PIN."""
    person = visit.person
    person.click("welcome/connect")
    person.type("connect/name", NAME)
    _fill(visit)
    _keep_code(visit)
    _look_at_check(visit)
    person.click("nav/settings")
    person.click("settings/section/lock")
    person.click("settings/lock/set")
    for name in ("typed", "again"):
        person.type(f"dialog/{name}", PIN)
    person.click("dialog/set")
    person.until(lambda: person.sees("settings/lock/remove"), "the PIN is not set")


def pay(visit: Visit) -> None:
    """Unlock, issue a payout until it is final, and a payment whose answer shows a card."""
    person = visit.person
    visit.seen["locked"] = _unlock(person)
    visit.seen["payout"] = _send(visit, SBP, "1500.00")
    visit.seen["said"] = _until_paid(person)
    visit.seen["payment"] = _send(visit, CARD, "4900.00")
    visit.seen["card"] = person.text("result/number")


def look(visit: Visit) -> None:
    """The keyring was wiped: what is said, what can be looked at, and codes that are not this journal's."""
    person = visit.person
    person.until(lambda: person.sees("keyring/bar"), "nothing is said of the loss")
    visit.seen["lost"] = person.said()
    pages = ("overview", "payout", "payment", "operations", "journal", "settings")
    visit.seen["offered"] = [name for name in pages if person.sees(f"nav/{name}")]
    visit.seen["record"] = _record(person, visit.seen["order"])
    person.click("keyring/code")
    for wrong in (visit.code[:-1] + ("0" if visit.code[-1] != "0" else "1"), visit.seen["foreign"]):
        person.type("recovery/code", wrong)
        person.click("recovery/restore")
        person.until(lambda: person.sees("recovery/code/problem"), "a wrong code is not refused")
        visit.seen.setdefault("refused", []).append(person.text("recovery/code/problem"))


def restore(visit: Visit) -> None:
    """The code is entered: the journal opens, the account is connected again, and pays."""
    person = visit.person
    person.click("keyring/code")
    person.type("recovery/code", visit.code)
    person.click("recovery/restore")
    person.until(lambda: person.sees("connect/again"), "the loss of the account is not told")
    visit.seen["lost"] = person.said()
    visit.seen["record"] = _record(person, visit.seen["order"])
    person.click("journal/verify")
    person.until(lambda: person.sees("journal/report/copy"), "the check of the journal does not end")
    visit.seen["verified"] = person.said()
    person.click("connect/again")
    _fill(visit)
    _look_at_check(visit)
    _review(visit, SBP, "1700.00")
    person.reads("Payouts are stopped")
    assert not person.sees("review/send"), "a payout is offered that the journal does not take"
    visit.seen["stopped"] = person.said()
    person.click("review/back")
    person.click("nav/settings")
    person.click("settings/section/backup")
    person.type("settings/gap/note", "Сверено с выпиской")
    person.type("settings/gap/name", "Громова Е. А.")
    person.click("settings/gap/sign")
    person.until(lambda: not person.sees("settings/gap/sign"), "the gap is not signed off")
    visit.seen["payout"] = _send(visit, SBP, "1700.00")
    visit.seen["said"] = _until_paid(person)


def stumble(visit: Visit) -> None:
    """Bugs that hold every secret in their words and locals: on the way to a payout, in a page, in a bare thread."""
    person, gateway = visit.person, visit.gateway
    secrets = [
        ACCOUNT,
        PIN,
        visit.code,
        PHONE,
        gateway.host,
        *(gateway.password(kind) for kind in ("payment", "payout")),
    ]

    def fail(*_: object, held: object = tuple(secrets)) -> None:
        words = " and ".join(map(str, secrets))
        raise ValueError(f"{words} are not what was expected: {held!r}")

    _unlock(person)
    with mock.patch.object(Gateway, "sign", fail):
        visit.seen["payout"] = _review(visit, SBP, "1900.00")
        person.click("review/send")
        person.until(lambda: _state(person) == "Not sent", "it is not told that the payout was not sent")
    person.click("dialog/copy")
    visit.seen["report"] = QApplication.clipboard().text()
    visit.seen["said"] = person.said()
    person.click("dialog/close")
    with mock.patch.object(OperationsPage, "entered", fail):
        person.click("nav/operations")
    person.click("dialog/close")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    person.click("dialog/close")
    person.click("nav/journal")
    person.until(lambda: person.sees("journal/table"), "the window is dead")


def _fill(visit: Visit) -> None:
    """The form that connects: one zip dropped, the other chosen in the dialog, the root as a file."""
    person, gateway = visit.person, visit.gateway
    person.type("connect/uuid", ACCOUNT)
    person.click("connect/gateway/another")
    person.type("connect/host", gateway.host)
    person.type("connect/host/again", gateway.host)
    person.drop("connect/payout", gateway.archive("payout"))
    person.choose("connect/payment/files", gateway.archive("payment"))
    person.click("connect/more")
    person.drop("connect/root", gateway.root)
    person.until(
        lambda: all(words in person.text(f"connect/{card}/state") for card, words in READ.items()), "not all is read"
    )
    person.click("connect/save")


def _keep_code(visit: Visit) -> None:
    """Write the code down as it stands on screen, and type the group that is asked for."""
    person = visit.person
    person.until(lambda: person.sees("recovery/code") and "•" not in person.text("recovery/code"), "no code is shown")
    (visit.paper / "code").write_text(person.text("recovery/code").replace("\n", "-"))
    person.click("recovery/kept")
    number = int(person.get("recovery/group", QLineEdit).accessibleName().split()[1])
    person.type("recovery/group", group_of(visit.code, number).lower())
    person.click("recovery/done")


def _look_at_check(visit: Visit) -> None:
    """The check that follows connecting, once more by its button, and on to the console."""
    person = visit.person
    person.until(lambda: person.sees("check/summary"), "the check does not end")
    visit.seen["checked"] = person.said()
    person.click("connect/check")
    person.until(lambda: not person.sees("check/summary"), "the check does not begin again")
    person.until(lambda: person.sees("check/summary"), "the check does not end again")
    visit.seen["checked again"] = person.text("check/summary")
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"), "the console does not open")


def _unlock(person: Person) -> str:
    """Type the PIN that is asked for at the start; what was said until then."""
    person.get("lock/pin", QLineEdit)
    said = person.said()
    person.type("lock/pin", PIN, leave=False)
    person.click("lock/unlock")
    person.until(lambda: not person.sees("lock"), "it stays locked")
    return said


def _review(visit: Visit, code: str, amount: str) -> str:
    """From an empty form to the review; the order id."""
    person, method = visit.person, by_code(code)
    person.click(f"nav/{method.kind.value}")
    person.click(f"method/{code}")
    typed = [each for each in method.fields if each.typed and each.required and each.name != "order_id"]
    for field in typed:
        person.type(f"{code}/{field.name}", amount if field.name == "amount" else field.sample)
    order_id = person.text(f"{code}/order_id")
    person.click(f"{code}/review")
    person.until(lambda: person.sees("review/back"), "no review comes")
    visit.seen[f"review of {method.kind.value}"] = person.said()
    return order_id


def _send(visit: Visit, code: str, amount: str) -> str:
    """From an empty form through the review to the result; the order id."""
    order_id = _review(visit, code, amount)
    visit.person.click("review/send")
    visit.person.until(lambda: visit.person.sees("result/state"), "no result comes")
    return order_id


def _until_paid(person: Person) -> str:
    """Open the order among the operations and check by the button until it is final; what is said then."""

    def is_paid() -> bool:
        for button in person.all("operations/check", QAbstractButton):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return person.sees("operations/card/state") and person.text("operations/card/state") == "Paid out"

    person.click("result/operations")
    person.until(is_paid, "the payout does not become final")
    return person.said()


def _state(person: Person) -> str:
    """The state on the result page."""
    return person.text("result/state") if person.sees("result/state") else ""


def _record(person: Person, order_id: str) -> str:
    """Open the record of a request in the journal; what is said then."""
    person.click("nav/journal")
    person.type("journal/search", order_id, leave=False)
    person.reads("Found ")
    person.pick("journal/table", "Request signed and sent")
    person.reads("POST /v1/payout")
    return person.said()


DEEDS: dict[str, Callable[[Visit], None]] = {
    "connect": connect,
    "pay": pay,
    "look": look,
    "restore": restore,
    "stumble": stumble,
}
