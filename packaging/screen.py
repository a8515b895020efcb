"""A screen that nobody sees: an Xvfb server for as long as a block runs."""

import contextlib
import os
import subprocess
from collections.abc import Iterator


@contextlib.contextmanager
def virtual_screen(size: str = "1440x900x24") -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display; gives the environment to run a windowed program in.

    `-noreset`: without it the server resets when its last client leaves, and a program that starts then finds no display.
    """
    reading, writing = os.pipe()
    words = ("Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset")
    with os.fdopen(reading) as pipe:
        server = subprocess.Popen(words, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            number = pipe.readline().strip()
            if not number:
                raise RuntimeError("Xvfb did not start")
            kept = {name: value for name, value in os.environ.items() if name not in {"WAYLAND_DISPLAY", "XAUTHORITY"}}
            yield {**kept, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()
