"""A doubt weighs: only a strong one asks for a reason."""

import pytest

from console.domain.doubt import Doubt, Weight
from console.domain.text import mark

TITLE, DETAIL = mark("try", "Odd"), mark("try", "It is odd.")


@pytest.mark.parametrize("weight", Weight)
def test_only_a_strong_doubt_is_acknowledged(weight: Weight) -> None:
    assert Doubt("odd", TITLE, DETAIL, weight).is_strong is (weight is Weight.STRONG)


def test_a_doubt_is_a_warning_about_the_whole_order_unless_it_says_more() -> None:
    doubt = Doubt("odd", TITLE, DETAIL)
    assert (doubt.weight, doubt.field, doubt.typed) == (Weight.WARNING, "", None)


def test_weights_can_be_sorted() -> None:
    assert Weight.STRONG > Weight.WARNING > Weight.HINT
