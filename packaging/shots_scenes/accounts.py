"""Connecting an account: welcome, form, problems, recovery code, check; and a start that meets trouble."""

import tempfile
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.secret import Secret
from console.domain.sentences import told
from console.domain.text import Text
from console.domain.trouble import Invalid, Unavailable
from console.gateway.answers import Info, Offer
from console.journal.recovery import code_of
from console.services import check as checks
from console.services.accounts import Account
from console.services.certificates import Certificate
from console.services.check import CheckReport, Step
from console.services.connect_session import Known
from console.ui.jobs import Jobs
from console.ui.pages.connect_cards import CertificateCard
from console.ui.pages.connect_check import CheckPage, LeftoverCard
from console.ui.pages.connect_form import ConnectForm
from console.ui.pages.keyring import TroublePage
from console.ui.pages.keyring_bar import CodeBar, StateBar
from console.ui.pages.recovery import RecoveryPage
from console.ui.pages.welcome import WelcomePage
from console.ui.window import MainWindow
from shots_scenes.reading import operations
from shots_scenes.samples import NOW, held
from shots_scenes.story import day
from shots_stage import Stage, scene

LARGE, SMALL, HALF = (1440, 900), (1280, 720), (960, 540)
CODE = code_of(Secret("5f" * 16 + "a7" * 16))


def alone(page: QWidget) -> MainWindow:
    """Return the window with a page that fills it."""
    window = MainWindow()
    window.set_environment("")
    window.welcome(page)
    return window


def jobs(stage: Stage) -> Jobs:
    made = Jobs()
    stage.at_end(made.shutdown)
    return made


@scene("01-welcome", LARGE, (150, 200))
def welcome(stage: Stage) -> QWidget:
    page = WelcomePage()
    stage.later(page.setFocus)
    return alone(page)


@scene("01-welcome-960x540", HALF, (200,))
def welcome_half(stage: Stage) -> QWidget:
    return alone(WelcomePage(has_journal=True))


def pair(name: str, first: str, bits: int = 2048, *, plain: bool = False) -> Certificate:
    files = (Path("/home/elena/Downloads") / name,)
    return Certificate(b"", Secret("x"), first * 8 + "b208" * 8, b"", bits, bits < 2048, plain, files)


def form(stage: Stage) -> ConnectForm:
    page = ConnectForm(jobs(stage), lambda host: "example" in host, lambda: NOW)
    page.name.input.set_text(stage.say("ООО «Вектор»", "Vector LLC"))
    page.uuid.input.set_text("7d2e51c0-33b4-4a51-9d0e-6a1f0c2b4f21")
    return page


def put(card: CertificateCard, value: Certificate) -> None:
    card.paths = value.files
    card._on_read(card._number, value)


@scene("15-connect-empty", LARGE)
def connect_empty(stage: Stage) -> QWidget:
    page = ConnectForm(jobs(stage), lambda host: False, lambda: NOW)
    stage.later(page.go_to_start)
    return alone(page)


@scene("15-connect", LARGE, (150, 200), codes=("E-CERT-SHORT", "E-CERT-PLAIN"))
def connect_filled(stage: Stage) -> QWidget:
    page = form(stage)
    put(page.cards[Kind.PAYOUT], pair("payout.zip", "9c417e0a"))
    put(page.cards[Kind.PAYMENT], pair("payment.zip", "31f0d462", 1024, plain=True))
    return alone(page)


@scene("15-connect-wrong", LARGE, codes=("E-CERT-PASSWORD", "E-CERT-PUBLIC"))
def connect_wrong(stage: Stage) -> QWidget:
    page = form(stage)
    page.where.choice.set_value("another")
    page.where.host.input.set_text("gate.example")
    page._on_edited()
    page.uuid.input.set_text("7d2e51c0")
    for kind, code in ((Kind.PAYOUT, "E-CERT-PASSWORD"), (Kind.PAYMENT, "E-CERT-PUBLIC")):
        card = page.cards[kind]
        card.paths = (Path(f"/x/{kind.value}.zip"),)
        card._on_failed(card._number, Unavailable(code))
    words = stage.say("В UUID 32 шестнадцатеричные цифры: 8-4-4-4-12.", "A UUID has 32 hexadecimal digits: 8-4-4-4-12.")
    stage.later(lambda: page.show_problems({"connect/uuid": Invalid(Text("", words), "connect/uuid")}))
    return alone(page)


@scene("15-connect-1280x720", SMALL)
def connect_small(stage: Stage) -> QWidget:
    return alone(form(stage))


@scene("15-connect-960x540", HALF, (200,))
def connect_half(stage: Stage) -> QWidget:
    return alone(form(stage))


def recovery(stage: Stage) -> RecoveryPage:
    said = SimpleNamespace(ask=lambda _: 5, code=lambda: CODE)
    page = RecoveryPage(said, jobs(stage))  # type: ignore[arg-type]  # what this page asks
    page.start()
    page._on_code(CODE)
    return page


@scene("16-recovery", LARGE, (150, 200))
def recovery_code(stage: Stage) -> QWidget:
    return alone(recovery(stage))


@scene("16-recovery-asked", LARGE)
def recovery_asked(stage: Stage) -> QWidget:
    page = recovery(stage)

    def ask() -> None:
        page._on_kept()
        page.field.input.set_text("7B2K")
        page._on_failed(Invalid(Text("recovery", "Group {n} is another one. Look at your copy.").with_(n=5)))

    stage.later(ask)
    return alone(page)


def report(*, ok: bool) -> CheckReport:
    titles = checks._TITLES
    network = checks._ISSUED.with_(host="api-merchant.alikassa.com", issuer="Let's Encrypt R11")
    payout = checks._BALANCE.with_(digest="SHA-1", balance=held().balance)
    refused = told(Unavailable("E-CERT-REFUSED", tail="4f21", digest="SHA-1, SHA-256")).what
    info = Info(
        True, True,
        (Offer("payment_card_number_card", None, None, "active"), Offer("payment_link_sbp_rub", None, None, "active")),
        (Offer("payment_card_sbp_rub", None, None, "active"),),
    )  # fmt: skip
    steps = (
        Step("network", True, titles["network"], network, 0.048),
        Step("payout", ok, titles["payout"], payout if ok else refused, 0.174, is_refused=not ok),
        Step("payment", True, titles["payment"], checks._ACCEPTED.with_(digest="SHA-256"), 0.169),
        Step("info", True if ok else None, titles["info"], checks._MAY.with_(payments=2, payouts=1)
             if ok else checks._NOT_TRIED, 0.158 if ok else None),
    )  # fmt: skip
    digests = {Kind.PAYOUT: Digest.SHA1 if ok else None, Kind.PAYMENT: Digest.SHA256}
    summary = checks._ALL_WELL if ok else checks._PAYOUT_REFUSED
    return CheckReport(steps, ok, summary, "Let's Encrypt R11", digests, info if ok else None, held() if ok else None)


def check(stage: Stage, *, ok: bool) -> QWidget:
    folder = tempfile.TemporaryDirectory()
    stage.at_end(folder.cleanup)
    page = CheckPage(SimpleNamespace(), jobs(stage))  # type: ignore[arg-type]  # nothing is asked in a picture
    name = stage.say("ООО «Вектор»", "Vector LLC")
    account = Account("a", name, "4f21", "api-merchant.alikassa.com", Environment.LIVE)
    page._head.title.say(Text("connect_page", "Account connected: {name}").with_(name=account.name))
    page.card.show_report(report(ok=ok))
    if ok:
        paths = (Path("/home/elena/Downloads/payout.zip"), Path("/home/elena/Downloads/payment.zip"))
        page._on_left(paths)
        assert page.findChild(LeftoverCard) is not None
    return alone(page)


@scene("17-check", LARGE, (150, 200))
def check_well(stage: Stage) -> QWidget:
    return check(stage, ok=True)


@scene("17-check-refused", LARGE, codes=("E-CERT-REFUSED",))
def check_refused(stage: Stage) -> QWidget:
    return check(stage, ok=False)


def trouble(stage: Stage, *, asks: bool) -> QWidget:
    why = stage.say("в этом сеансе никто не отвечает", "nothing in this session answers as one")
    names = stage.say(
        "GNOME Keyring, KWallet или KeePassXC", "GNOME Keyring, KWallet or KeePassXC with the Secret Service"
    )
    page = TroublePage(told(Unavailable("E-KEYRING-NONE", why=why, names=names)), is_vault=True, has_session=True)
    if asks:
        page.ask_session((Known("a", stage.say("ООО «Вектор»", "Vector LLC"), frozenset(Kind)),))
    else:
        stage.later(page.setFocus)
    return alone(page)


@scene("18-keyring-none", LARGE, (150, 200), codes=("E-KEYRING-NONE",))
def keyring_none(stage: Stage) -> QWidget:
    return trouble(stage, asks=False)


@scene("18-keyring-session", LARGE)
def keyring_session(stage: Stage) -> QWidget:
    return trouble(stage, asks=True)


@scene("18-keyring-locked", LARGE, codes=("E-KEYRING-LOCKED",))
def keyring_locked(stage: Stage) -> QWidget:
    return alone(TroublePage(told(Unavailable("E-KEYRING-LOCKED")), is_vault=True, may_look=True))


def looking(stage: Stage, bar: StateBar) -> QWidget:
    window = operations(stage, day(stage), "live", order="PO-20261124-0014")
    assert isinstance(window, MainWindow)
    window.allow(frozenset({"operations", "journal"}))
    window.sheet.set_bar(bar)
    return window


@scene("19-looking-second", LARGE, codes=("E-SECOND",))
def looking_second(stage: Stage) -> QWidget:
    said = told(Unavailable("E-SECOND", since=NOW))
    again = Text("keyring_page", "Again")
    return looking(stage, StateBar(said.title, said.what, again))


@scene("19-looking-code", LARGE, codes=("E-KEYRING-JOURNAL",))
def looking_code(stage: Stage) -> QWidget:
    said = told(Unavailable("E-KEYRING-JOURNAL"))
    bar = CodeBar(said.title, said.what)
    stage.later(bar._on_enter)
    return looking(stage, bar)
