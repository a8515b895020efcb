"""The connection check: what is asked, what each answer shows, and in which words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.catalogue.methods import by_code
from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Reason
from console.domain.trouble import Unavailable
from console.services import check
from console.settings.translations import Translator
from tests.services.bench import Bench, answered, lost, unreachable
from tests.services.connect_bench import BALANCE, HISTORY, INFO, REFUSAL, Desk

SBP = by_code("payment_card_sbp_rub")
CARD = by_code("payment_card_number_card")
CLOSED = by_code("payment_card_sbp_rub_card")


@pytest.fixture
def desk(bench: Bench, tmp_path: Path) -> Desk:
    return Desk(bench, tmp_path)


class TestThatAllIsWell:
    def test_is_found_with_four_questions(self, desk: Desk, bench: Bench) -> None:
        account = desk.add()
        issued = replace(BALANCE, issuer="R11 (Let's Encrypt)")
        assert desk.run(account.id, issued, HISTORY, INFO) == [
            ("network", True), ("payout", True), ("payment", True), ("info", True)]  # fmt: skip
        report = desk.report
        assert (report.ok, report.issuer, report.summary) == (True, "R11 (Let's Encrypt)", check._ALL_WELL)
        assert report.digests == {Kind.PAYOUT: Digest.SHA1, Kind.PAYMENT: Digest.SHA1}
        assert report.balance is not None
        assert report.balance == bench.balances.latest(account.id)
        assert [endpoint for endpoint, _ in bench.transport.asked][-3:] == [
            Endpoint.BALANCE, Endpoint.PAYMENT_HISTORY, Endpoint.INFO]  # fmt: skip
        for kind in Kind:
            assert bench.accounts.is_proved(bench.accounts.open(account.id), kind)

    def test_is_told_step_by_step_with_how_long_it_took(self, desk: Desk) -> None:
        account = desk.add()
        desk.run(account.id, BALANCE, HISTORY, INFO)
        told = [(step.name, step.is_running, step.seconds) for step in desk.steps]
        assert told == [
            ("network", True, None), ("network", False, 0.1), ("payout", False, 0.1),
            ("payment", True, None), ("payment", False, 0.1), ("info", True, None), ("info", False, 0.1),
        ]  # fmt: skip

    def test_with_sha256_is_stored_for_that_key(self, desk: Desk, bench: Bench) -> None:
        account = desk.add()
        desk.run(account.id, REFUSAL, BALANCE, HISTORY, INFO)
        assert desk.report.digests == {Kind.PAYOUT: Digest.SHA256, Kind.PAYMENT: Digest.SHA1}
        assert bench.accounts.digest(account.id, Kind.PAYOUT) is Digest.SHA256
        assert bench.transport.asked[-1][1].digest is Digest.SHA256

    def test_begins_with_the_digest_that_worked(self, desk: Desk, bench: Bench) -> None:
        account = desk.add()
        desk.run(account.id, REFUSAL, BALANCE, HISTORY, INFO)
        bench.transport.asked.clear()
        desk.run(account.id, BALANCE, HISTORY, INFO)
        assert [signed.digest for _, signed in bench.transport.asked][:2] == [Digest.SHA256, Digest.SHA1]
        desk.run(account.id, REFUSAL, BALANCE, HISTORY, INFO)
        assert bench.accounts.digest(account.id, Kind.PAYOUT) is Digest.SHA1

    def test_with_one_key_asks_for_that_alone(self, desk: Desk) -> None:
        account = desk.add("Второй", Kind.PAYMENT)
        assert desk.run(account.id, HISTORY) == [
            ("network", True), ("payout", None), ("payment", True), ("info", None)]  # fmt: skip
        assert (desk.report.ok, desk.report.steps[1].detail) == (True, check._NO_KEY)
        assert desk.report.balance is None

    def test_lets_questions_go_on(self, desk: Desk, bench: Bench) -> None:
        bench.send(lost(), order_id="o-1")
        bench.transport.asks.append(REFUSAL)
        bench.follow.ask("o-1")
        assert bench.follow.paused("acc") is not None
        desk.run("acc", BALANCE, HISTORY, INFO)
        assert bench.follow.paused("acc") is None

    def test_without_a_balance_in_the_answer_the_key_is_accepted_all_the_same(self, desk: Desk) -> None:
        account = desk.add()
        assert desk.run(account.id, answered(200, {"currency": "RUB"}), HISTORY, INFO)[1] == ("payout", True)
        assert desk.report.balance is None


class TestARefusal:
    def test_of_both_keys_names_the_swap_first(self, desk: Desk, bench: Bench) -> None:
        assert desk.run("acc", *[REFUSAL] * 4) == [
            ("network", True), ("payout", False), ("payment", False), ("info", None)]  # fmt: skip
        assert (desk.report.ok, desk.report.summary) == (False, check._SWAPPED)
        detail = desk.report.steps[1].detail
        assert detail is not None
        assert "swapped" in detail.source
        assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_of_the_payout_key_closes_payouts(self, desk: Desk) -> None:
        assert desk.run("acc", REFUSAL, REFUSAL, HISTORY)[1:3] == [("payout", False), ("payment", True)]
        assert desk.report.summary == check._PAYOUT_REFUSED

    def test_of_the_list_of_payments_proves_nothing_against_the_key(self, desk: Desk) -> None:
        assert desk.run("acc", BALANCE, REFUSAL, REFUSAL, INFO)[2] == ("payment", False)
        assert (desk.report.summary, desk.report.steps[2].detail) == (check._PAYMENT_REFUSED, check._LIST_CLOSED)


class TestAGatewayOutOfReach:
    @pytest.mark.parametrize("reason", [Reason.DNS, Reason.TLS_ISSUER, Reason.TLS_HOST, Reason.TLS_DATE, Reason.PROXY])
    def test_is_asked_once(self, desk: Desk, bench: Bench, reason: Reason) -> None:
        assert desk.run("acc", unreachable(reason)) == [
            ("network", False), ("payout", None), ("payment", None), ("info", None)]  # fmt: skip
        assert (desk.report.ok, desk.report.summary.source) == (False, check._UNREACHED.source)
        said = Translator("en")(desk.report.summary)
        for advice in ("Do not switch checking off", "its root is added in the settings"):
            assert (advice in said) is (reason is Reason.TLS_ISSUER)
        assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    def test_that_falls_silent_later_is_told(self, desk: Desk) -> None:
        assert desk.run("acc", BALANCE, lost(), INFO)[2] == ("payment", False)
        assert desk.report.summary.source == check._UNCLEAR.source

    @pytest.mark.parametrize("answer", [answered(502, b"<html>"), answered(200, b"<html>")])
    def test_or_out_of_order_is_no_refusal(self, desk: Desk, answer: object) -> None:
        assert desk.run("acc", answer, answer)[:3] == [  # type: ignore[arg-type]  # an Exchange, as parametrised
            ("network", True), ("payout", False), ("payment", False)]  # fmt: skip
        assert desk.report.summary.source == check._UNCLEAR.source


class TestWhatTheAccountMayDo:
    def test_is_kept_for_the_forms(self, desk: Desk, bench: Bench) -> None:
        account = desk.add()
        offers = bench.accounts.offers
        assert offers(account.id, SBP) is None
        desk.run(account.id, BALANCE, HISTORY, INFO)
        assert (offers(account.id, SBP), offers(account.id, CARD), offers(account.id, CLOSED)) == (True, True, False)
        desk.connector.set_code(account.id, SBP.code, "another")
        assert offers(account.id, SBP) is False

    def test_of_a_direction_that_is_not_allowed_is_nothing(self, desk: Desk, bench: Bench) -> None:
        info = {"is_allowed_payment": True, "is_allowed_payout": False, "payouts": [{"service_code": SBP.code}]}
        desk.run("acc", BALANCE, HISTORY, answered(200, info))
        assert bench.accounts.offers("acc", SBP) is False

    @pytest.mark.parametrize(
        ("payments", "payouts", "words"),
        [(True, True, check._MAY), (None, None, check._MAY), (True, False, check._PAYMENTS_ONLY),
         (None, False, check._PAYMENTS_ONLY), (False, True, check._PAYOUTS_ONLY), (False, False, check._NOTHING)],
    )  # fmt: skip
    def test_is_said(self, desk: Desk, payments: bool | None, payouts: bool | None, words: object) -> None:
        info = {"is_allowed_payment": payments, "is_allowed_payout": payouts}
        desk.run("acc", BALANCE, HISTORY, answered(200, info))
        detail = desk.report.steps[3].detail
        assert detail is not None
        assert detail.source == getattr(words, "source", "")

    @pytest.mark.parametrize("answer", [answered(200, {}), answered(500, b""), lost()])
    def test_may_stay_unsaid(self, desk: Desk, bench: Bench, answer: object) -> None:
        assert desk.run("acc", BALANCE, HISTORY, answer)[3] == ("info", False)  # type: ignore[arg-type]  # an Exchange
        assert (desk.report.ok, desk.report.info, bench.accounts.offers("acc", SBP)) == (True, None, None)

    def test_warns_on_the_review_of_a_method_that_is_not_listed(self, desk: Desk, bench: Bench) -> None:
        assert "unlisted" not in {doubt.code for doubt in bench.review(SBP.code).doubts}
        info = {"payouts": [{"service_code": "another"}]}
        desk.run("acc", BALANCE, HISTORY, answered(200, info))
        doubt = next(doubt for doubt in bench.review(SBP.code).doubts if doubt.code == "unlisted")
        assert not doubt.is_strong
        desk.connector.set_code("acc", SBP.code, "another")
        review = bench.review(SBP.code)
        assert "unlisted" not in {doubt.code for doubt in review.doubts}
        assert b'"service":"another"' in review.body
        assert review.method is SBP


def test_an_order_for_a_direction_without_a_key_is_refused(desk: Desk, bench: Bench) -> None:
    bench.accounts.choose(desk.add("Только платежи", Kind.PAYMENT).id)
    with pytest.raises(Unavailable, match="E-CERT-MISSING"):
        bench.review(SBP.code)
    assert bench.review(CARD.code).account.kinds == {Kind.PAYMENT}
