"""The invisible screen: there while the block runs, gone after it."""

import subprocess

from screen import virtual_screen


def test_a_program_finds_the_screen_until_the_block_ends() -> None:
    with virtual_screen("800x600x24") as environment:
        assert environment["QT_QPA_PLATFORM"] == "xcb"
        said = subprocess.run(
            ("xdotool", "getdisplaygeometry"), env=environment, capture_output=True, text=True, check=True
        )
    assert said.stdout.split() == ["800", "600"]
    after = subprocess.run(
        ("xdotool", "getdisplaygeometry"), env=environment, capture_output=True, text=True, check=False
    )
    assert after.returncode != 0
