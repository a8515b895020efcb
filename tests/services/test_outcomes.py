"""What stands in clear columns hides numbers."""

from __future__ import annotations

from console.services.outcomes import error_text, hide_numbers


def test_long_numbers_are_hidden_however_they_are_written() -> None:
    assert hide_numbers("a 7903 111 22 33, 4081-7120-2730-1889-9310; 12345678") == "a ••••••33, ••••••10; 12345678"


def test_errors_are_one_line() -> None:
    assert error_text({"number": ("a", "b"), "": ("c",)}) == "number: a b; c"
    assert error_text({}) == ""
