"""`Text`: arguments and counts are data, nothing is printed."""

from console.domain.text import Text, mark


def test_a_mark_holds_its_context_and_its_english() -> None:
    assert mark("try", "{n} payout", "{n} payouts") == Text("try", "{n} payout", "{n} payouts", None, ())


def test_arguments_are_added_and_the_text_stays() -> None:
    text = mark("try", "{a} and {b}")
    assert text.with_(a=1).with_(b="x").arguments == (("a", 1), ("b", "x"))
    assert text.arguments == ()


def test_a_count_is_also_the_argument_n() -> None:
    counted = mark("try", "{n} payout", "{n} payouts").of(3)
    assert (counted.count, dict(counted.arguments)) == (3, {"n": 3})


def test_placeholders_are_those_of_both_forms() -> None:
    assert mark("try", "one of {all}", "{n} of {all}").placeholders == {"n", "all"}
    assert mark("try", "{} {a b} plain").placeholders == set()
