"""An exchange holds facts."""

from console.domain.digest import Digest
from console.domain.exchange import Exchange, Reason


def test_a_header_is_found_by_its_lower_case_name() -> None:
    exchange = Exchange(Reason.ANSWERED, True, headers=(("date", "now"), ("retry-after", "5"), ("date", "later")))
    assert (exchange.header("date"), exchange.header("retry-after"), exchange.header("server")) == ("now", "5", None)


def test_facts_are_of_one_exchange_alone() -> None:
    one, other = Exchange(Reason.DNS, False), Exchange(Reason.DNS, False)
    one.facts["host"] = "pay.example"
    assert other.facts == {}


def test_the_first_digest_to_try_is_the_default_of_php() -> None:
    assert [digest.value for digest in Digest] == ["sha1", "sha256"]
