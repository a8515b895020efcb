"""What a person does to pay: fills the form, acknowledges, sends."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

from console.catalogue.methods import by_code
from tests.flows.troubles import Watched

SBP = by_code("payment_card_sbp_rub")


def form(person: Watched) -> None:
    """Fill in a payout."""
    person.click("nav/payout")
    person.click(f"method/{SBP.code}")
    for each in SBP.fields:
        if each.typed and each.required and each.name != "order_id":
            person.type(f"{SBP.code}/{each.name}", each.sample)
    person.rest()


def acknowledge(person: Watched) -> None:
    """Acknowledge every strong warning with a reason."""
    number = 1
    while (box := person.find(f"review/acknowledge/{number}", QAbstractButton)) is not None:
        box.click()
        person.type(f"review/reason/{number}", "checked by letter")
        number += 1


def send(person: Watched) -> None:
    """Send what is reviewed, and wait for the result."""
    acknowledge(person)
    person.click("review/send")
    person.get("result/state", QWidget)


def pay(person: Watched) -> None:
    """Review the form and send it."""
    person.click(f"{SBP.code}/review")
    person.get("review/send", QWidget)
    send(person)
