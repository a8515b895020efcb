"""The log: ids, codes and times, in a rotating file of the home. A filter keeps out what must never stand there (H14).

A record that holds nine digits in a row once blanks and dashes are gone, a UUID, long base64 or a PEM header is not written;
a line says that it was withheld, and where it came from. Tracebacks have names and lines, no values: of an exception only
what is known to be harmless is told, since no pattern knows a password. So on stderr too, which desktops keep in files.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from console.domain.trouble import Trouble

FILE = "console.log"
BYTES, FILES = 512 * 1024, 3
LOUD = ("httpx", "httpcore", "keyring", "asyncio", "PIL")
"""Loggers of packages that tell addresses and headers; they are off."""

_GAPS = re.compile(r"[\s\u00a0\u202f\-\u2010-\u2015().]")
_OURS = re.compile(r"\bP[OM]-\d{8}-[0-9A-Za-z]{1,8}\b|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?")
"""Order ids that the console makes, and times: their digits are nobody's number."""
_DIGITS = re.compile(r"\d{9}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_=-]{80}")
_PEM = "-----BEGIN"


def is_private(text: str) -> bool:
    """Tell whether a text has what must not stand in a log."""
    return bool(
        _PEM in text or _UUID.search(text) or _BASE64.search(text) or _DIGITS.search(_GAPS.sub("", _OURS.sub("~", text)))
    )  # fmt: skip


class Withhold(logging.Filter):
    """Puts a line without content in the place of a record that is private."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass; change those that are private."""
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            said = _PEM
        if is_private(said):
            record.msg, record.args = f"withheld ({record.module}:{record.lineno})", ()
        return True


class Plain(logging.Formatter):
    """Times in UTC, and tracebacks as names and lines."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return a traceback without values."""
        kind, error, trace = ei
        return "" if kind is None or error is None else traced(error, trace)


def traced(error: BaseException, trace: TracebackType | None) -> str:
    """Return where an exception was raised, its type, and the code of a trouble or the words of the system for a fault."""
    lines = [f"  {Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace)]
    words = _harmless(error)
    return "\n".join([*lines, f"{type(error).__name__}: {words}" if words else type(error).__name__])


def _harmless(error: BaseException) -> str:
    """Return what is known to hold no value; the words of OpenSSL, an OSError too, name the host."""
    if isinstance(error, Trouble):
        return error.code
    if isinstance(error, OSError) and type(error).__module__ == "builtins" and error.errno:
        return os.strerror(error.errno)
    return ""


def open_log(folder: Path) -> logging.Handler:
    """Write records of this process to the log in `folder`, readable for its owner alone; return what writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / FILE, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=True
    )  # fmt: skip
    handler.addFilter(Withhold())
    formatter = Plain("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    old = os.umask(0o077)
    try:
        (folder / FILE).touch(mode=0o600)
    finally:
        os.umask(old)
    logging.getLogger("console").setLevel(logging.INFO)
    logging.getLogger("console").addHandler(handler)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return handler


def close_log(handler: logging.Handler) -> None:
    """Write no more."""
    logging.getLogger("console").removeHandler(handler)
    handler.close()


def log_what_escapes(tell: Callable[[str], object] = str) -> None:
    """Log exceptions that nobody caught, in every thread, and `tell` of them as they stand in the log; on stderr too.

    Another hook than Python's own, a debugger's or a test's, is called as before.
    """
    before, before_thread = sys.excepthook, threading.excepthook

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.getLogger("console").error("escaped", exc_info=(kind, error, trace))
        tell(traced(error, trace))
        if before is sys.__excepthook__:
            _tell(error, trace)
        else:
            before(kind, error, trace)

    def on_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            logging.getLogger("console").error("escaped", exc_info=(hook.exc_type, hook.exc_value, hook.exc_traceback))
            tell(traced(hook.exc_value, hook.exc_traceback))
        if before_thread is not threading.__excepthook__:
            before_thread(hook)
        elif hook.exc_value is not None:
            _tell(hook.exc_value, hook.exc_traceback)

    sys.excepthook, threading.excepthook = on_main, on_thread


def _tell(error: BaseException, trace: TracebackType | None) -> None:
    if sys.stderr is not None:
        print(traced(error, trace), file=sys.stderr)
