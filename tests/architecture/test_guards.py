"""The guards of `conftest.py` themselves: each catches what it is for."""

import textwrap
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parent.parent / "conftest.py"
SETTINGS = """
    [tool.pytest.ini_options]
    addopts = "--import-mode=importlib -p no:randomly"
    qt_api = "pyside6"
    qt_log_level_fail = "WARNING"
    filterwarnings = ["error"]
"""

BAD = {
    "log": "import logging\ndef test(): logging.getLogger('x').warning('oops')",
    "thread": """
        import threading
        def test(monkeypatch):
            gate = threading.Event()
            threading.Thread(target=gate.wait, args=(30,), name="stray", daemon=True).start()
    """,
    "window": """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test(qapp):
            kept.append(QWidget())
            kept[0].show()
    """,
    "qt warning": "from PySide6.QtCore import qWarning\ndef test(qapp): qWarning('oops')",
    "connect": """
        import contextlib, socket
        def test():
            with contextlib.suppress(BaseException), socket.socket() as far:
                far.connect(("192.0.2.1", 9))
    """,
    "bind": """
        import contextlib, socket
        def test():
            with contextlib.suppress(BaseException), socket.socket() as wide:
                wide.bind(("0.0.0.0", 0))
    """,
    "name": """
        import contextlib, socket
        def test():
            with contextlib.suppress(BaseException):
                socket.getaddrinfo("example.com", 443)
    """,
    "session bus": """
        import contextlib, socket
        def test():
            with contextlib.suppress(BaseException), socket.socket(socket.AF_UNIX) as bus:
                bus.connect("/run/user/1000/bus")
    """,
    "python warning": "import warnings\ndef test(): warnings.warn('oops')",
}
GOOD = {
    "expected log": """
        import logging
        def test(expected_log):
            logging.getLogger('x').warning('meant')
            assert [record.getMessage() for record in expected_log] == ['meant']
    """,
    "loopback": """
        import socket
        def test():
            with socket.create_server(("127.0.0.1", 0)) as server:
                with socket.create_connection(("localhost", server.getsockname()[1])):
                    pass
    """,
    "closed window": """
        from PySide6.QtWidgets import QWidget
        def test(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            widget.show()
    """,
    "home": "def test(home): assert home.is_dir() and not any(home.iterdir())",
    "property": """
        from hypothesis import given, strategies
        @given(strategies.integers())
        def test(number): assert number == int(str(number))
    """,
}


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with our conftest and the project's strictness."""
    pytester.makepyprojecttoml(textwrap.dedent(SETTINGS))
    source = CONFTEST.read_text().replace("JOIN_SECONDS = 5.0", "JOIN_SECONDS = 0.05")
    pytester.makeconftest(source)
    return pytester


def write(folder: pytest.Pytester, tests: dict[str, str]) -> None:
    folder.makepyfile(**{f"test_{name.replace(' ', '_')}": textwrap.dedent(text) for name, text in tests.items()})


def test_each_guard_catches_its_fault(inner: pytest.Pytester) -> None:
    write(inner, BAD)
    output = inner.runpytest_subprocess("-rfE").outlines
    caught = {name for name in BAD if any(f"test_{name.replace(' ', '_')}.py::" in line for line in output)}
    assert caught == set(BAD)


def test_guards_let_good_tests_pass(inner: pytest.Pytester) -> None:
    write(inner, GOOD)
    inner.runpytest_subprocess().assert_outcomes(passed=len(GOOD))
