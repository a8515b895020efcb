"""Reviews: of an account with a wrong control key, of a payment, with a key that nobody has proved."""

from PySide6.QtWidgets import QWidget

from console.services.reviews import Review
from console.ui.pages.review import ReviewPage
from shots_scenes.frame import framed
from shots_scenes.samples import ACCOUNT, HALF, LARGE, PAYMENT, SCALES, SMALL, first, review
from shots_stage import Stage, scene


def reviewed(stage: Stage, shown: Review) -> ReviewPage:
    page = ReviewPage(shown.method.kind)
    page.show_review(shown)
    stage.later(page.go_back_first)
    return page


def account_review(stage: Stage) -> ReviewPage:
    texts = {**ACCOUNT, "amount": "12345.67", "order_id": "PO-20261124-0016"}
    name = stage.say("Громова Елена Андреевна", "Gromova Elena Andreevna")
    page = reviewed(
        stage,
        review(
            stage,
            "virtual_account_rub",
            texts,
            first(stage),
            recipient=name,
            basis=stage.say("Счёт 118 от 20.11.2026", "Invoice 118"),
        ),
    )

    def acknowledge() -> None:
        warnings = page._warnings
        assert warnings is not None
        strong = warnings._strong[0]
        strong.box.setChecked(True)
        strong.reason.set_text(stage.say("Реквизиты подтверждены письмом", "Confirmed by letter"))
        strong.changed.emit()

    stage.later(acknowledge)
    return page


@scene("05-review", LARGE, SCALES)
def review_account(stage: Stage) -> QWidget:
    page = account_review(stage)
    return framed(stage, "payout", lambda: page)


@scene("05-review-1280x720", SMALL)
def review_small(stage: Stage) -> QWidget:
    page = account_review(stage)
    return framed(stage, "payout", lambda: page)


@scene("05-review-960x540", HALF, (200,))
def review_half(stage: Stage) -> QWidget:
    page = account_review(stage)
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page)


@scene("05-review-unproved", LARGE, codes=("E-CERT-UNPROVED",))
def review_unproved(stage: Stage) -> QWidget:
    from dataclasses import replace

    texts = {
        "amount": "12345.67",
        "order_id": "PO-20261124-0016",
        "number": "79031112233",
        "customer_code": "100000000111",
    }
    page = reviewed(stage, replace(review(stage, "payment_card_sbp_rub", texts), proved=False))
    return framed(stage, "payout", lambda: page)


@scene("05-review-payment", LARGE)
def review_payment(stage: Stage) -> QWidget:
    page = reviewed(stage, review(stage, "payment_card_number_card", {**PAYMENT, "order_id": "PM-20261124-0031"}))
    return framed(stage, "payment", lambda: page)
