"""The twelve mistakes of the gate and the verdicts, each with the fastest tests that notice it."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_GUARD = "if not exchange.gate_passed and exchange.status is None:"

FIRST = (
    Mutant(
        "mark after send",
        "services/submit.py",
        """        def gate(peer: str | None) -> None:
            self._mark(review, attempt, signed, head, peer, began)

        self._sending = access
        try:
            return signed, access.gateway.create(kind, signed, gate)
""",
        """        self._sending = access
        try:
            exchange = access.gateway.create(kind, signed, lambda peer: None)
            self._mark(review, attempt, signed, head, None, began)
            return signed, exchange
""",
        ("services/test_submit.py::test_the_intent_is_on_disk_before_the_gate_and_the_mark_before_the_first_byte",),
    ),
    Mutant(
        "no mark",
        "services/submit.py",
        "            self._mark(review, attempt, signed, head, peer, began)\n",
        "            pass\n",
        ("services/test_submit.py::test_the_intent_is_on_disk_before_the_gate_and_the_mark_before_the_first_byte",),
    ),
    Mutant(
        "mark not flushed",
        "journal/connect.py",
        '"synchronous": 2,',
        '"synchronous": 0,',
        ("journal/test_connect.py::test_the_writers_settings_hold",),
    ),
    Mutant(
        "compare-and-set without the attempt",
        "journal/change.py",
        "AND attempt = ifnull(?, attempt)",
        "AND ifnull(?, attempt) IS NOT NULL",
        ("journal/test_change.py::test_a_worker_of_an_old_attempt_cannot_take_the_mark_of_a_new_one",),
    ),
    Mutant(
        "changed rows not counted",
        "journal/change.py",
        "values).rowcount != 1:\n        raise Lost(change.order_id)",
        "values).rowcount < 0:\n        raise Lost(change.order_id)",
        ("journal/test_change.py::test_another_state_attempt_or_order_loses",),
    ),
    Mutant(
        "one retry",
        "gateway/carrier.py",
        "retries=0",
        "retries=1",
        ("gateway/test_carrier.py::test_connection_is_tried_once",),
    ),
    Mutant(
        "CONNECT taken for the POST",
        "gateway/carrier.py",
        """            and info["request"].method != b"CONNECT"\n""",
        "",
        ("gateway/test_carrier.py::test_tunnel_is_asked_for_and_the_gate_is_not",),
    ),
    Mutant(
        "dropped means not sent",
        "domain/verdicts.py",
        _GUARD,
        "if exchange.reason is Reason.DROPPED or (not exchange.gate_passed and exchange.status is None):",
        ("domain/test_verdicts.py::test_behind_the_gate_an_answer_that_was_not_read_whole_proves_nothing",),
    ),
    Mutant(
        "silent means not sent",
        "domain/verdicts.py",
        _GUARD,
        "if exchange.reason is Reason.SILENT or (not exchange.gate_passed and exchange.status is None):",
        ("domain/test_verdicts.py::test_behind_the_gate_an_answer_that_was_not_read_whole_proves_nothing",),
    ),
    Mutant(
        "500 means rejected",
        "domain/verdicts.py",
        'return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-5XX")',
        'return Verdict(State.REJECTED, "E-REJECTED")',
        ("domain/test_verdicts.py::test_a_fault_of_the_gateway_proves_nothing_whatever_it_says",),
    ),
    Mutant(
        "a refused order id means rejected",
        "domain/verdicts.py",
        'return Verdict(State.UNKNOWN, "E-DUP-ID", errors=errors)',
        'return Verdict(State.REJECTED, "E-REJECTED", errors=errors)',
        ("domain/test_verdicts.py::test_a_refusal_of_the_order_id_is_none",),
    ),
    Mutant(
        "accepted without an id",
        "domain/verdicts.py",
        "if gateway_id is None or status is None:",
        "if status is None:",
        ("domain/test_verdicts.py::test_an_acceptance_without_an_id_or_a_state_proves_nothing",),
    ),
)
