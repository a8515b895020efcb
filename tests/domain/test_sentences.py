"""Every sentence about trouble: there for each code, in three parts, right for its kind, and never wrong about money."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import console
from console.domain import sentences
from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.phrases.orders import CONTRADICTIONS
from console.domain.sentences import CODES, MoneyLine, Sentence, Tone, cause_text, disputed_sentence, sentence, told
from console.domain.text import Text, mark
from console.domain.trouble import Invalid, OutcomeUnknown, Refused, Unavailable
from console.settings.translations import LANGUAGES, Translator

LISTED = [
    "E-UNKNOWN", "E-UNKNOWN-START", "E-NOTSENT", "E-ABSENT", "E-ABSENT-AUTO", "E-ASK-SUPPORT", "E-RESOLVE",
    "E-REJECTED", "E-DUP-ID", "E-TWIN", "E-DISPUTED", "E-STATE-NEW", "E-NET-DNS", "E-NET-REFUSED", "E-NET-TIMEOUT",
    "E-NET-UNREACHABLE",
    "E-NET-PROXY", "E-TLS-ISSUER", "E-TLS-HOST", "E-TLS-DATE", "E-TLS-CHANGED", "E-ENV", "E-CERT-PASSWORD",
    "E-CERT-NOPASS", "E-CERT-PLAIN", "E-CERT-PUBLIC", "E-CERT-SHORT", "E-CERT-WEAK", "E-CERT-UNPROVED",
    "E-CERT-ARCHIVE", "E-CERT-REFUSED", "E-CERT-CHANGED", "E-KEYRING-NONE", "E-KEYRING-JOURNAL", "E-KEYRING-LOCKED",
    "E-KEYRING-DISMISSED", "E-KEYRING-HANG", "E-KEYRING-MISSING", "E-KEYRING-SIZE", "E-KEYRING-READBACK",
    "E-DISK-FULL", "E-DISK-OUTCOME", "E-IO", "E-BUSY", "E-SECOND", "E-CORRUPT", "E-TAMPER", "E-ROLLBACK", "E-SHARE",
    "E-GATEWAY-5XX", "E-GATEWAY-429", "E-GATEWAY-HTML", "E-GATEWAY-HUGE", "E-QUEUE-STOP", "E-CLOCK", "E-INPUT",
    "E-IMPORT", "E-CLOSE", "E-INTERNAL",
]  # fmt: skip
"""The codes of failure model 6."""

FORBIDDEN = re.compile(r"(?i)\b(fail\w*|error\w*|try again|cancel\w*|ошибк\w*|не удал\w*|отмен\w*|попробуйте)\b")
KINDS = (Kind.PAYOUT, Kind.PAYMENT, None)
EVERY = [(code, kind) for code in sorted(CODES) for kind in KINDS]


def parts(told_of: Sentence) -> tuple[Text, ...]:
    money = () if told_of.money is None else (told_of.money.text,)
    return (told_of.title, told_of.what, *money, told_of.do)


def said(text: Text, language: str = "ru") -> str:
    return Translator(language)(text)


def words_in(path: Path, pattern: str) -> Iterator[str]:
    """Yield the literal texts of a module that have a form; what begins a sentence of the module's own is left out."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    own = {id(call.args[0]) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Sentence"}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in own]
    texts = [node.value for node in literals if isinstance(node.value, str)]
    yield from (text for text in texts if re.fullmatch(pattern, text))


@pytest.mark.parametrize("code", LISTED)
def test_every_code_of_the_failure_model_has_a_sentence(code: str) -> None:
    assert sentence(code).code == code


def test_every_code_that_the_console_raises_has_a_sentence() -> None:
    modules = Path(console.__file__).parent.rglob("*.py")
    used = {code for path in modules for code in words_in(path, r"E(-[A-Z0-9]+)+")}
    assert used - CODES == set()


@pytest.mark.parametrize(("code", "kind"), EVERY)
def test_every_sentence_says_what_happened_and_what_to_do(code: str, kind: Kind | None) -> None:
    found = sentence(code, kind)
    assert found.code == code
    for language in LANGUAGES:
        title, what, do = (said(text, language) for text in (found.title, found.what, found.do))
        assert title
        assert title[-1] != "."
        assert do[-1] in ".?"
        assert what[-1] == "." or found.what.source == "{text}"


@pytest.mark.parametrize(("code", "kind"), EVERY)
def test_every_sentence_is_translated(code: str, kind: Kind | None) -> None:
    for text in parts(sentence(code, kind)):
        for each in (text, *(value for _, value in text.arguments if isinstance(value, Text))):
            if each.context:
                assert said(each) != said(each, "en"), each.source


@pytest.mark.parametrize(("code", "kind"), EVERY)
def test_an_unknown_outcome_is_never_called_a_failure(code: str, kind: Kind | None) -> None:
    found = sentence(code, kind)
    if found.money is not MoneyLine.UNKNOWN:
        return
    assert found.tone is not Tone.REFUSED
    if code == "E-CERT-REFUSED":
        return  # it says itself that nothing is marked as failed
    for language in LANGUAGES:
        for text in parts(found):
            assert not FORBIDDEN.search(said(text, language)), said(text, language)


def test_the_test_for_words_can_fail() -> None:
    assert FORBIDDEN.search("The payout failed")
    assert FORBIDDEN.search("Ошибка, попробуйте")


@pytest.mark.parametrize(("code", "kind"), EVERY)
def test_nothing_sent_is_never_red(code: str, kind: Kind | None) -> None:
    found = sentence(code, kind)
    if found.money is MoneyLine.NOT_SENT and code != "E-CERT-SELF":
        assert found.tone in {Tone.QUIET, Tone.WARNING}


@pytest.mark.parametrize("code", sorted(CODES - {"E-TWIN-TYPED"}))
def test_a_payment_is_never_called_a_payout(code: str) -> None:
    """Where the words depend on the kind; E-TWIN-TYPED is met by payouts alone."""
    found = sentence(code, Kind.PAYMENT)
    changed = [new for new, old in zip(parts(found), parts(sentence(code)), strict=False) if new != old]
    for language in LANGUAGES:
        for text in changed:
            assert not re.search(r"(?i)\bpayouts?\b|выплат", said(text, language))


@pytest.mark.parametrize("code", ["E-UNKNOWN", "E-NOTSENT", "E-ABSENT", "E-ASK-SUPPORT", "E-REJECTED", "E-TWIN"])
@pytest.mark.parametrize(("kind", "word"), [(Kind.PAYOUT, "выплат"), (Kind.PAYMENT, "плат[её]ж")])
def test_an_order_is_called_by_its_kind(code: str, kind: Kind, word: str) -> None:
    assert re.search(word, " ".join(said(text) for text in parts(sentence(code, kind))).lower())


@pytest.mark.parametrize("code", sorted(sentences.RESENDABLE))
@pytest.mark.parametrize("kind", Kind)
def test_what_is_met_before_the_gate_says_that_nothing_was_sent_and_can_be_sent_again(code: str, kind: Kind) -> None:
    found = sentence(code, kind)
    assert found.money is MoneyLine.NOT_SENT
    assert said(found.do, "en").endswith("can be sent again with the same number; it cannot become two.")
    assert said(found.do, "en").startswith(said(sentence(code).do, "en"))
    assert sentence(code).money is None


@pytest.mark.parametrize("code", sorted(sentences.UNCLEAR))
@pytest.mark.parametrize("kind", Kind)
def test_what_is_met_after_the_gate_leaves_the_outcome_unknown(code: str, kind: Kind) -> None:
    found = sentence(code, kind)
    assert (found.money, found.tone) == (MoneyLine.UNKNOWN, Tone.UNKNOWN)
    assert found.do == sentence("E-UNKNOWN", kind).do
    assert sentence(code).money is None


def test_the_sets_of_codes_are_of_known_codes() -> None:
    assert sentences.RESENDABLE <= CODES
    assert sentences.UNCLEAR <= CODES
    assert not sentences.RESENDABLE & sentences.UNCLEAR


def test_an_unknown_code_is_an_unexpected_fault_and_is_named() -> None:
    found = sentence("E-NO-SUCH-THING", Kind.PAYMENT)
    assert (found.code, found.money, found.tone) == ("E-INTERNAL", MoneyLine.UNKNOWN, Tone.DAMAGE)
    assert "E-NO-SUCH-THING" in said(found.what)


def test_an_unexpected_fault_names_its_own_code() -> None:
    assert "(E-INTERNAL)" in said(told(Unavailable("E-INTERNAL")).what)


WHOLE = {
    "E-UNKNOWN": (
        "Пока неизвестно, ушла ли выплата PO-1",
        "Запрос ушёл шлюзу, но исход неясен: ответа нет 45\u00a0с.",
        "Пока неизвестно.",
        "Не создавайте выплату заново. Консоль будет спрашивать шлюз до ответа; следующая проверка через 42\u00a0с.",
    ),
    "E-NET-DNS": (
        "Сервер не найден",
        "Имя pay.example не нашлось в сети.",
        "Ничего не отправлено.",
        "Проверьте сеть. Выплату можно отправить снова под тем же номером: двух не получится.",
    ),
    "E-REJECTED": (
        "Шлюз отклонил выплату PO-1",
        "Не подошло: «БИК банка».",
        "Деньги не уйдут.",
        "Исправьте и создайте новую выплату: номер будет другой.",
    ),
    "E-DISPUTED": (
        "Шлюз противоречит себе по PO-1",
        "Было «Выплачено», стало «Отменено».",
        "Шлюз принял заказ.",
        "Ничего не изменено. Сохраните экран и обратитесь в поддержку AliKassa: отчёт готов.",
    ),
}


@pytest.mark.parametrize("code", WHOLE)
def test_a_sentence_reads_well_with_its_values(code: str) -> None:
    values = {
        "order": "PO-1",
        "host": "pay.example",
        "reason": sentences.reason_text(Reason.SILENT, {"seconds": "45"}),
        "t": mark("states", "{n} s").with_(n=42),
        "fields": mark("states", "“{words}”").with_(words=mark("states", "Bank's BIK")),
        "a": mark("states", "Paid out"),
        "b": mark("states", "Cancelled"),
    }
    found = sentence(code, Kind.PAYOUT).with_(values)
    assert found.needs == set()
    assert tuple(said(text) for text in parts(found)) == WHOLE[code]


@pytest.mark.parametrize(
    ("count", "russian"),
    [
        (1, "Прошлый сеанс оборвался во время отправки 1 выплаты"),
        (3, "Прошлый сеанс оборвался во время отправки 3 выплат"),
        (21, "Прошлый сеанс оборвался во время отправки 21 выплаты"),
    ],
)
def test_counts_choose_the_form(count: int, russian: str) -> None:
    assert said(sentence("E-UNKNOWN-START").with_({"n": count}).title) == russian


def test_a_trouble_is_told_with_its_values() -> None:
    found = told(Unavailable("E-NET-TIMEOUT", host="pay.example", seconds="10"), Kind.PAYMENT)
    assert said(found.what, "en") == "pay.example did not answer in 10 s."
    assert found.money is MoneyLine.NOT_SENT


def test_days_are_told_as_the_language_writes_them() -> None:
    what = told(Unavailable("E-TLS-DATE", **{"from": "2026-05-02", "until": "2026-07-31", "now": "—"})).what
    assert "02.05.2026–31.07.2026" in said(what)
    assert "2026-05-02–2026-07-31" in said(what, "en")


def test_a_problem_at_a_field_is_told_in_its_own_words() -> None:
    assert said(told(Invalid(mark("form", "Enter the amount"))).what, "en") == "Enter the amount"


def test_bytes_are_told_as_sizes_and_what_is_not_known_as_a_dash() -> None:
    full = told(Unavailable("E-DISK-FULL", free=1_000_000, need=67_108_864))
    assert said(full.what, "en") == "Only 1 MB is free."
    assert said(full.do, "en") == "Free 68 MB."
    assert said(told(Unavailable("E-TAMPER", n=7, time="noon")).what, "en").startswith("Record 7 of noon was changed")
    assert "(—)" in said(told(Unavailable("E-BUSY", who="")).what)
    assert "—" in said(told(Refused("E-TAMPER", n=0, time=None)).what)


def test_a_full_disk_is_told_without_sizes_where_they_are_not_known() -> None:
    """SQLite says that the disk is full and not how much is left."""
    full = told(Unavailable("E-DISK-FULL", why="SQLITE_FULL", where="journal.db", who=""))
    assert said(full.what, "en") == "The disk takes no more."
    assert said(full.do, "en") == "Free space on the disk that holds the journal."
    assert (full.needs, full.money) == (frozenset(), MoneyLine.NOT_SENT)


def test_an_unknown_outcome_is_told_as_one() -> None:
    assert told(OutcomeUnknown("E-UNKNOWN", order="PO-1"), Kind.PAYOUT).money is MoneyLine.UNKNOWN


@pytest.mark.parametrize("code", sorted(sentences.UNCLEAR))
def test_a_cause_is_told_in_a_few_words(code: str) -> None:
    words = said(cause_text(code, {"status": 503}), "en")
    assert words[0].islower()
    assert "{" not in words
    assert "{" not in said(cause_text(code, {}))


def test_what_is_no_cause_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        cause_text("E-NOTSENT", {})


@pytest.mark.parametrize("reason", sorted(CONTRADICTIONS))
@pytest.mark.parametrize("kind", Kind)
def test_every_contradiction_is_told(reason: str, kind: Kind) -> None:
    found = disputed_sentence(reason, kind)
    foreign = reason in {"id-of-another", "other-order"}
    assert found.money is (MoneyLine.UNKNOWN if foreign else MoneyLine.AT_GATEWAY)
    assert found.tone is Tone.CONTRADICTION
    assert said(found.what) != said(found.what, "en")


def test_every_contradiction_that_the_domain_finds_is_told() -> None:
    folder = Path(console.__file__).parent / "domain"
    found = {word for name in ("verdicts.py", "inquiry.py") for word in words_in(folder / name, r"[a-z]+(-[a-z]+)+")}
    assert {"two-finals", "id-of-another"} <= found <= CONTRADICTIONS.keys()
