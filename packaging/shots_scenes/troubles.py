"""Every sentence of trouble where it is met: at a start, above a form, a review or a result, in a check, in a dialog."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from console.app.standing import lost_strip, start_strip
from console.app.trouble import show_bar, show_start_trouble
from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.sentences import told
from console.domain.states import State
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.domain.wording import duration
from console.gateway import signing, tls_root
from console.journal.filters import Filter
from console.journal.opening import lacking
from console.services import archive, certificates
from console.services.reviews import SideInfo
from console.services.settle import ResolveGate
from console.ui.controls.card import Fold
from console.ui.pages.card_dialogs import early_dialog, trouble_dialog
from console.ui.pages.connect_check import CheckPage
from console.ui.pages.operations import OperationsPage
from console.ui.pages.operations_export import ExportDialog
from console.ui.pages.order_banners import leaving_dialog, sentence_of, trouble_banner
from console.ui.pages.settings_backup import BackupSection
from console.ui.pages.settings_look import LookSection
from console.ui.pages.settings_parts import trouble_words
from console.ui.window import MainWindow
from shots_scenes.accounts import alone, form
from shots_scenes.frame import framed
from shots_scenes.order_results import outcome as an_outcome
from shots_scenes.order_results import result, told_outcome
from shots_scenes.order_reviews import reviewed
from shots_scenes.reading import operations
from shots_scenes.samples import INTENT, LARGE, NOW, SBP, SENT, SILENT, TAKEN, held, review, row, steps
from shots_scenes.samples import form as order_form
from shots_scenes.settings import settings
from shots_scenes.story import Story, day
from shots_stage import Stage, scene
from tests.services.bench import answered
from tests.services.connect_bench import Desk

HOST = "api-merchant.alikassa.com"
ORDER = "PO-20261124-0016"
TEXTS = {"amount": "12345.67", "order_id": ORDER, "number": "79031112233", "customer_code": "100000000111"}
Values = Mapping[str, object]


def name_of(part: str, code: str) -> str:
    return f"{part}-{code.removeprefix('E-').lower()}"


# a start that fails

STARTS: dict[str, Values] = {
    "E-KEYRING-DISMISSED": {},
    "E-KEYRING-HANG": {"seconds": 30},
    "E-KEYRING-SIZE": {"most": 1280, "have": 1402},
    "E-KEYRING-READBACK": {},
    "E-BUSY": {"who": "backup"},
    "E-IO": {},
    "E-DISK-FULL": {"free": 18_400_000, "need": 64_000_000},
    "E-CORRUPT": {"where": "event 4812", "time": NOW - timedelta(hours=14)},
    "E-NEWER": {},
    "E-SHARE": {},
    "E-SETTINGS": {"path": "/home/elena/.local/share/alikassa-console/settings.json"},
}


def start(code: str, values: Values, _: Stage) -> QWidget:
    window = MainWindow()
    window.set_environment("")
    console = SimpleNamespace(
        window=window, is_looking=False, is_sandbox=False, front=None, jobs=None, settings=None,
        home=SimpleNamespace(journal=Path(__file__)), enter=print, look=print,
    )  # fmt: skip
    show_start_trouble(console, Unavailable(code, **values))  # type: ignore[arg-type]  # what it needs of a console
    return window


for _code, _values in STARTS.items():
    scene(name_of("30-start", _code), LARGE, codes=(_code,))(partial(start, _code, _values))


@scene("30-looking-locked", LARGE, codes=("E-KEYRING-LOCKED",))
def looking_locked(stage: Stage) -> QWidget:
    window = operations(stage, day(stage), "live", order="PO-20261124-0014")
    assert isinstance(window, MainWindow)
    window.allow(frozenset({"operations", "journal"}))
    console = SimpleNamespace(window=window, is_sandbox=False, enter=print)
    show_bar(console, Unavailable("E-KEYRING-LOCKED"))  # type: ignore[arg-type]  # what it needs of a console
    return window


# above a review and a form

REVIEWS: dict[str, Values] = {
    "E-TAMPER": {"n": 4812, "time": NOW},
    "E-ROLLBACK": {"k": lacking(12)},
    "E-CERT-CHANGED": {},
    "E-CERT-SELF": {},
    "E-REVIEW-VOID": {},
    "E-UNACKNOWLEDGED": {},
    "E-RECOVERY-FIRST": {},
    "E-ADDRESS": {"host": "127.0.0.1"},
    "E-LOCKED": {},
    "E-MOVED": {"order": ORDER},
    "E-INTERNAL": {},
    "E-GATEWAY-OFFLINE": {"host": HOST},
}
FORMS: dict[str, Values] = {"E-CERT-MISSING": {}, "E-KEYRING-MISSING": {}, "E-NO-ACCOUNT": {}}


def over_review(code: str, values: Values, stage: Stage) -> QWidget:
    page = reviewed(stage, review(stage, "payment_card_sbp_rub", TEXTS))
    stage.later(lambda: page.show_above(trouble_banner(sentence_of(Unavailable(code, **values)))))
    return framed(stage, "payout", lambda: page, "live")


def over_form(code: str, values: Values, stage: Stage) -> QWidget:
    page = order_form(Kind.PAYOUT, "payment_card_sbp_rub", SideInfo(held(), (), (), ()), "", "", **TEXTS)
    page.show_above(trouble_banner(sentence_of(Unavailable(code, **values))))
    return framed(stage, "payout", lambda: page, "live")


for _code, _values in REVIEWS.items():
    scene(name_of("31-review", _code), LARGE, codes=(_code,))(partial(over_review, _code, _values))
for _code, _values in FORMS.items():
    scene(name_of("31-form", _code), LARGE, codes=(_code,))(partial(over_form, _code, _values))


# connecting

CARDS: dict[str, tuple[tuple[str, Values], tuple[str, Values]]] = {
    "keys": (("E-CERT-NOPASS", {}), ("E-CERT-WEAK", {"why": certificates._NO_MATCH})),
    "archive": (
        ("E-CERT-ARCHIVE", {"why": archive._TWICE.with_(name="private.pem")}),
        ("E-CERT-WEAK", {"why": signing._TOO_SHORT.with_(bits=768)}),
    ),
}


def cards(told_: tuple[tuple[str, Values], ...], stage: Stage) -> QWidget:
    page = form(stage)
    for kind, (code, values) in zip((Kind.PAYOUT, Kind.PAYMENT), told_, strict=True):
        card = page.cards[kind]
        card.paths = (Path(f"/x/{kind.value}.zip"),)
        card._on_failed(card._number, Unavailable(code, **values))
    return alone(page)


for _name, _told in CARDS.items():
    scene(f"32-connect-{_name}", LARGE, codes=tuple(code for code, _ in _told))(partial(cards, _told))


@scene("32-connect-root", LARGE, codes=("E-TLS-ROOT",))
def root(stage: Stage) -> QWidget:
    page = form(stage)
    page.root.paths = (Path("/x/office-root.pem"),)
    page.root._on_failed(page.root._number, Unavailable("E-TLS-ROOT", why=tls_root._PRIVATE))
    fold = page.findChild(Fold)
    assert fold is not None

    def open_() -> None:
        fold.set_open(True)
        page._layout.area.ensureWidgetVisible(page.root)

    stage.later(open_)
    return alone(page)


def not_stored(code: str, values: Values, stage: Stage) -> QWidget:
    page = form(stage)
    page.show_trouble(Unavailable(code, **values))
    return alone(page)


scene("32-connect-key-file", LARGE, codes=("E-KEY-FILE",))(
    partial(not_stored, "E-KEY-FILE", {"why": "No space left on device"})
)
scene("32-connect-refused", LARGE, codes=("E-KEYRING-REFUSED",))(partial(not_stored, "E-KEYRING-REFUSED", {}))


# the check of a connection

_AT = {"host": HOST, "seconds": "5"}
CHECKS: dict[str, Exchange] = {
    "E-NET-DNS": Exchange(Reason.DNS, False, facts=_AT),
    "E-NET-REFUSED": Exchange(Reason.REFUSED, False, facts=_AT),
    "E-NET-UNREACHABLE": Exchange(Reason.UNREACHABLE, False, facts=_AT),
    "E-NET-TIMEOUT": Exchange(Reason.CONNECT_TIMEOUT, False, facts=_AT),
    "E-NET-PROXY": Exchange(Reason.PROXY, False, facts={**_AT, "proxy": "10.0.0.8:3128"}),
    "E-TLS": Exchange(Reason.TLS, False, facts=_AT),
    "E-TLS-ISSUER": Exchange(Reason.TLS_ISSUER, False, facts={**_AT, "issuer": "Antivirus Root (Office)"}),
    "E-TLS-HOST": Exchange(Reason.TLS_HOST, False, facts={**_AT, "names": "portal.example, www.portal.example"}),
    "E-TLS-DATE": Exchange(Reason.TLS_DATE, False, facts={**_AT, "from": "2026-05-02", "until": "2026-07-31"}),
    "E-GATEWAY-5XX": answered(503, b"<html>"),
    "E-GATEWAY-429": answered(429, {}, retry_after="120"),
    "E-GATEWAY-HTML": answered(200, b"<html>"),
    "E-GATEWAY-HUGE": Exchange(Reason.TOO_BIG, True, facts=_AT),
    "E-GATEWAY-ODD": answered(404, {"message": "Not found"}),
}


def check(exchange: Exchange, stage: Stage) -> QWidget:
    story = Story(stage)
    desk = Desk(story.bench, Path(story.folder.name))
    story.bench.transport.asks += [exchange] * 6
    report = desk.connector.check("acc")
    page = CheckPage(desk.connector, story.jobs)
    name = stage.say("ООО «Вектор»", "Vector LLC")
    page._head.title.say(Text("connect_page", "Account connected: {name}").with_(name=name))
    page.card.show_report(report)
    return alone(page)


for _code, _exchange in CHECKS.items():
    scene(name_of("33-check", _code), LARGE, codes=(_code,))(partial(check, _exchange))


# results

RESULTS: dict[str, tuple[State, Values]] = {
    "E-DUP-ID": (State.UNKNOWN, {}),
    "E-ASK-SUPPORT": (State.UNKNOWN, {"t": "26 h"}),
    "E-ABSENT": (State.ABSENT, {"ticket": "AK-10422", "word": "12345.67"}),
    "E-STATE-NEW": (State.WAIT, {"s": "on_hold"}),
}


def outcome(code: str, state: State, values: Values, stage: Stage) -> QWidget:
    happened = steps(stage, INTENT, SENT, TAKEN if state is State.WAIT else SILENT)
    asked = 42.0 if state.is_open else None
    page = result(told_outcome(stage, state, code, happened, dict(values), asked))
    return framed(stage, "payout", lambda: page, "live")


for _code, (_state, _values) in RESULTS.items():
    scene(name_of("34-result", _code), LARGE, codes=(_code,))(partial(outcome, _code, _state, _values))


# strips over every page


def unstored(gateway_id: str | None, stage: Stage) -> QWidget:
    page = result(an_outcome(stage, "payment_card_sbp_rub", SBP, State.SENDING, steps(stage, INTENT, SENT)))
    window = framed(stage, "payout", lambda: page, "live")
    assert isinstance(window, MainWindow)
    done = SimpleNamespace(
        row=SimpleNamespace(order_id=ORDER, kind=Kind.PAYOUT),
        verdict=SimpleNamespace(gateway_id=gateway_id, state=State.UNKNOWN),
    )
    window.sheet.strips.add(lost_strip(done))  # type: ignore[arg-type]  # what it needs of it
    return window


scene("34-strip-disk-outcome", LARGE, codes=("E-DISK-OUTCOME",))(partial(unstored, "100001524"))
scene("34-strip-disk-ended", LARGE, codes=("E-DISK-ENDED",))(partial(unstored, None))


@scene("34-strip-start", LARGE, codes=("E-UNKNOWN-START", "E-KNOWN-SINCE"))
def left_in_the_air(stage: Stage) -> QWidget:
    window = operations(stage, day(stage), "live")
    assert isinstance(window, MainWindow)
    for strip in (start_strip(Kind.PAYOUT, 2), start_strip(Kind.PAYMENT, 1, known=True)):
        window.sheet.strips.add(strip)
    return window


# dialogs

DIALOGS: dict[str, Values] = {
    "E-NOT-RESENDABLE": {"order": ORDER},
    "E-NOT-RESOLVABLE": {"order": ORDER},
    "E-NO-ORDER": {"order": ORDER},
}


def over(make: Callable[[QWidget], QDialog], stage: Stage) -> QWidget:
    """Operations with a dialog over them, drawn as a part of the window."""
    window = operations(stage, day(stage), "live", order="PO-20261124-0014")

    def show() -> None:
        dialog = make(window)
        dialog.setWindowFlags(Qt.WindowType.Widget)
        dialog.setParent(window)
        dialog.show()
        dialog.adjustSize()
        dialog.move((window.width() - dialog.width()) // 2, 180)

    stage.later(show)
    return window


def notice(code: str, values: Values, window: QWidget) -> QDialog:
    return trouble_dialog(told(Unavailable(code, **values)), window)


def early(window: QWidget) -> QDialog:
    gate = ResolveGate(NOW + timedelta(minutes=9), 2)
    return early_dialog(row(State.UNKNOWN, 1850000, NOW, order_id=ORDER), gate, window)


for _code, _values in DIALOGS.items():
    scene(name_of("35-dialog", _code), LARGE, codes=(_code,))(partial(over, partial(notice, _code, _values)))
scene("35-dialog-resolve", LARGE, codes=("E-RESOLVE",))(partial(over, early))
scene("35-dialog-close", LARGE, codes=("E-CLOSE",))(partial(over, leaving_dialog))


# notes of the window, and the settings

NOTES: dict[str, Values] = {
    "E-CLOCK": {"d": duration(47 * 60.0)},
    "E-ENV": {"names": "SSL_CERT_FILE, HTTPS_PROXY"},
    "E-TLS-CHANGED": {"host": HOST, "a": "Let's Encrypt R11", "b": "GlobalSign R3"},
}


def note(code: str, values: Values, stage: Stage) -> QWidget:
    window = operations(stage, day(stage), "live")
    assert isinstance(window, MainWindow)
    stage.later(lambda: window.notice(told(Unavailable(code, **values)).what, "info"))
    return window


for _code, _values in NOTES.items():
    scene(name_of("36-note", _code), LARGE, codes=(_code,))(partial(note, _code, _values))


@scene("36-settings-backup-failed", LARGE, codes=("E-BACKUP",))
def backup_failed(stage: Stage) -> QWidget:
    window, page, story = settings(stage, "backup")
    section = page.section("backup")
    assert isinstance(section, BackupSection)
    section.take(Path("/proc/nowhere"))
    stage.later(story.until)
    stage.later(section.make.click)
    stage.later(story.until)
    stage.later(story.until)
    return window


@scene("36-settings-not-kept", LARGE, codes=("E-SETTINGS-KEPT",))
def not_kept(stage: Stage) -> QWidget:
    window, page, _ = settings(stage, "look")
    section = page.section("look")
    assert isinstance(section, LookSection)
    words = trouble_words(Unavailable("E-SETTINGS-KEPT", why="No space left on device"))
    stage.later(lambda: section._card.say(words))
    return window


@scene("36-export-failed", LARGE, codes=("E-FILE",))
def export_failed(stage: Stage) -> QWidget:
    made: list[ExportDialog] = []

    def dialog(window: QWidget) -> QDialog:
        page = window.findChild(OperationsPage)
        assert page is not None
        made.append(ExportDialog(page._services.operations, Filter(), page._jobs, window))
        return made[0]

    window = over(dialog, stage)
    trouble = Unavailable("E-FILE", path="/media/usb/operations.csv", why="Permission denied")
    stage.later(lambda: made[0]._on_failed(trouble))
    return window
