"""What an exchange of a create proves: every row of failure model 2.4 and 2.5 as a table."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.answer import Fields, Number
from console.domain.exchange import Exchange, Reason
from console.domain.sentences import CODES
from console.domain.states import FINAL, State
from console.domain.verdicts import Errors, Verdict, cut_short, is_contradiction, judge_create, read_status

ACCEPTED: Fields = {"id": Number("100001524"), "payment_status": "wait"}
AMOUNT: Errors = {"amount": ("The amount is too small.",)}
ORDER: Errors = {"order_id": ("The order id has already been taken.",)}
UNNAMED: Errors = {"": ("Something is wrong.",)}


def answered(status: int, reason: Reason = Reason.ANSWERED) -> Exchange:
    return Exchange(reason, gate_passed=True, status=status)


def judge(status: int, fields: Fields | None = None, errors: Errors | None = None) -> Verdict:
    return judge_create(answered(status), fields, errors)


def test_a_verdict_stops_and_voids_nothing_unless_it_says_so() -> None:
    verdict = Verdict(State.WAIT)
    assert not (verdict.stops or verdict.voids_proof or verdict.disputed or verdict.errors)


BEFORE_GATE = {
    Reason.BAD_URL: "E-NOTSENT",
    Reason.DNS: "E-NET-DNS",
    Reason.REFUSED: "E-NET-REFUSED",
    Reason.UNREACHABLE: "E-NET-UNREACHABLE",
    Reason.CONNECT_TIMEOUT: "E-NET-TIMEOUT",
    Reason.PROXY: "E-NET-PROXY",
    Reason.TLS: "E-TLS",
    Reason.TLS_ISSUER: "E-TLS-ISSUER",
    Reason.TLS_HOST: "E-TLS-HOST",
    Reason.TLS_DATE: "E-TLS-DATE",
    Reason.GATE: "E-NOTSENT",
    Reason.DEADLINE: "E-NOTSENT",
}


@pytest.mark.parametrize("reason", Reason)
def test_without_the_gate_nothing_was_sent_whatever_raised(reason: Reason) -> None:
    verdict = judge_create(Exchange(reason, gate_passed=False), None, None)
    assert verdict == Verdict(State.NOT_SENT, BEFORE_GATE.get(reason, "E-NOTSENT"))


CAUSES = {Reason.TOO_BIG: "E-GATEWAY-HUGE", Reason.GARBAGE: "E-GATEWAY-HTML", Reason.ENCODING: "E-GATEWAY-HTML"}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.ANSWERED])
@pytest.mark.parametrize("status", [None, 200, 400])
def test_behind_the_gate_an_answer_that_was_not_read_whole_proves_nothing(reason: Reason, status: int | None) -> None:
    exchange = Exchange(reason, gate_passed=True, status=status)
    assert judge_create(exchange, ACCEPTED, AMOUNT) == Verdict(State.UNKNOWN, "E-UNKNOWN", CAUSES.get(reason, ""))


def test_an_answer_without_a_status_proves_nothing() -> None:
    assert judge_create(Exchange(Reason.ANSWERED, gate_passed=True), ACCEPTED, None).state is State.UNKNOWN


def test_an_answer_proves_that_bytes_left_even_if_the_gate_was_not_seen() -> None:
    exchange = replace(answered(500), gate_passed=False)
    assert judge_create(exchange, None, None).state is State.UNKNOWN
    assert judge_create(replace(exchange, status=200), ACCEPTED, None).state is State.WAIT


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_an_id_and_wait_are_an_acceptance(status: int) -> None:
    fields = {**ACCEPTED, "uuid": "u-1", "extra": None}
    assert judge(status, fields) == Verdict(State.WAIT, gateway_id="100001524", uuid="u-1")


@pytest.mark.parametrize(("word", "state"), [("paid", State.PAID), ("cancel", State.CANCEL), ("fail", State.FAIL)])
def test_a_final_state_at_creation_counts(word: str, state: State) -> None:
    assert judge(200, {"id": "a-1", "payment_status": word}) == Verdict(state, gateway_id="a-1")


@pytest.mark.parametrize("word", ["hold", "PAID", "wait ", "7"])
def test_an_unlisted_state_is_an_acceptance_that_is_shown(word: str) -> None:
    verdict = judge(200, {"id": "a-1", "payment_status": word})
    assert verdict == Verdict(State.WAIT, "E-STATE-NEW", gateway_id="a-1", gateway_state=word)


NO_PROOF: list[Fields | None] = [
    None,
    {},
    {"payment_status": "wait"},
    {"id": None, "payment_status": "wait"},
    {"id": "", "payment_status": "wait"},
    {"id": " ", "payment_status": "wait"},
    {"id": True, "payment_status": "wait"},
    {"id": Number("1.5"), "payment_status": "wait"},
    {"id": ["1"], "payment_status": "wait"},
    {"id": "x" * 129, "payment_status": "wait"},
    {"id": "a-1"},
    {"id": "a-1", "payment_status": None},
    {"id": "a-1", "payment_status": ["wait"]},
    {"id": "a-1", "payment_status": ""},
]


@pytest.mark.parametrize("fields", NO_PROOF)
def test_an_acceptance_without_an_id_or_a_state_proves_nothing(fields: Fields | None) -> None:
    assert judge(200, fields) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-HTML")


def test_an_id_that_belongs_to_another_order_is_an_alarm() -> None:
    verdict = judge_create(answered(200), ACCEPTED, None, tied=True)
    assert verdict == Verdict(State.UNKNOWN, "E-DISPUTED", disputed="id-of-another", stops=True)


def test_an_answer_that_names_another_order_is_never_attributed() -> None:
    fields = {**ACCEPTED, "order_id": "PO-2"}
    verdict = judge_create(answered(200), fields, None, order_id="PO-1")
    assert verdict == Verdict(State.UNKNOWN, "E-DISPUTED", disputed="other-order", stops=True)


@pytest.mark.parametrize("named", ["1234", Number("1234"), None, "", ["x"]])
def test_an_answer_may_name_our_order_or_none(named: object) -> None:
    fields = {**ACCEPTED, "order_id": named}
    assert judge_create(answered(200), fields, None, order_id="1234").state is State.WAIT


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 399, 100, 199])
def test_a_redirect_is_not_followed_and_stops_the_queue(status: int) -> None:
    assert judge(status, ACCEPTED) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-ODD", stops=True)


@pytest.mark.parametrize("status", [400, 422])
def test_a_documented_refusal_of_a_field_is_one(status: int) -> None:
    assert judge(status, {}, AMOUNT) == Verdict(State.REJECTED, "E-REJECTED", errors=AMOUNT)
    assert judge(status, {}, {**AMOUNT, **UNNAMED}).state is State.REJECTED


@pytest.mark.parametrize("status", [400, 409, 422])
@pytest.mark.parametrize("errors", [ORDER, {**AMOUNT, **ORDER}])
def test_a_refusal_of_the_order_id_is_none(status: int, errors: Errors) -> None:
    assert judge(status, {}, errors) == Verdict(State.UNKNOWN, "E-DUP-ID", errors=errors)


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("errors", [None, {}, UNNAMED])
def test_a_refusal_without_the_documented_shape_proves_nothing_and_stops_the_queue(
    status: int, errors: Errors | None
) -> None:
    assert judge(status, {}, errors) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-ODD", stops=True)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("errors", [None, AMOUNT, ORDER])
def test_a_refused_signature_voids_the_proof_of_the_key_and_says_nothing_of_the_order(
    status: int, errors: Errors | None
) -> None:
    verdict = Verdict(State.UNKNOWN, "E-UNKNOWN", "E-CERT-REFUSED", stops=True, voids_proof=True)
    assert judge(status, {}, errors) == verdict


@pytest.mark.parametrize("status", [404, 405, 413, 415])
def test_a_mistake_of_configuration_proves_nothing_and_stops_the_queue(status: int) -> None:
    assert judge(status, {}, AMOUNT) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-ODD", stops=True)


@pytest.mark.parametrize("status", [408, 409, 425, 402, 418, 499])
def test_other_refusals_prove_nothing(status: int) -> None:
    assert judge(status, {}, AMOUNT) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-ODD")


def test_slow_down_proves_nothing_and_stops_the_queue() -> None:
    assert judge(429, {}, AMOUNT) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-429", stops=True)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
@pytest.mark.parametrize("fields", [None, ACCEPTED])
@pytest.mark.parametrize("errors", [None, AMOUNT])
def test_a_fault_of_the_gateway_proves_nothing_whatever_it_says(
    status: int, fields: Fields | None, errors: Errors | None
) -> None:
    assert judge(status, fields, errors) == Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-5XX")


SOME_FIELDS = st.none() | st.dictionaries(
    st.sampled_from(["id", "payment_status", "order_id", "uuid"]),
    st.none()
    | st.booleans()
    | st.text(max_size=5)
    | st.sampled_from(["wait", "paid"])
    | st.builds(Number, st.just("7")),
)
SOME_ERRORS = st.none() | st.dictionaries(
    st.sampled_from(["", "order_id", "amount"]), st.just(("no",)), max_size=2
)  # fmt: skip


@given(
    st.sampled_from(Reason), st.booleans(), st.none() | st.integers(100, 599), SOME_FIELDS, SOME_ERRORS, st.booleans()
)
def test_only_a_proof_takes_an_order_out_of_doubt(
    reason: Reason, passed: bool, status: int | None, fields: Fields | None, errors: Errors | None, tied: bool
) -> None:
    exchange = Exchange(reason, gate_passed=passed, status=status)
    verdict = judge_create(exchange, fields, errors, tied=tied, order_id="PO-1")
    left = passed or status is not None
    if verdict.state is State.NOT_SENT:
        assert not left
    elif verdict.state is State.REJECTED:
        assert status in {400, 422}
        assert errors
        assert "order_id" not in errors
    elif verdict.state is not State.UNKNOWN:
        assert verdict.state in {State.WAIT, *FINAL}
        assert verdict.gateway_id
        assert status is not None
        assert 200 <= status < 300
        assert reason is Reason.ANSWERED
    assert (verdict.code or "E-UNKNOWN") in CODES
    assert (verdict.cause or "E-UNKNOWN") in CODES


@pytest.mark.parametrize(
    ("word", "state"),
    [("wait", State.WAIT), ("paid", State.PAID), ("cancel", State.CANCEL), ("fail", State.FAIL)],
)
def test_the_documented_states_are_known(word: str, state: State) -> None:
    assert read_status(word) == (state, None)


@pytest.mark.parametrize("word", ["Paid", "success", ""])
def test_other_states_are_told_as_they_are(word: str) -> None:
    assert read_status(word) == (None, word)


@pytest.mark.parametrize("state", State)
def test_an_attempt_that_was_cut_short(state: State) -> None:
    expected = {State.INTENDED: State.NOT_SENT, State.SENDING: State.UNKNOWN}
    assert cut_short(state) is expected.get(state, state)


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("now", [State.WAIT, *sorted(FINAL)])
def test_what_contradicts(before: State, now: State) -> None:
    if before in FINAL:
        assert is_contradiction(before, now) is (now is not before)
    else:
        assert is_contradiction(before, now) is (before in {State.ABSENT, State.CLOSED})
