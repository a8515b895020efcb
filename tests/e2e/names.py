"""Names that only the tests know: they stand for this machine, as a line in the hosts file would make them."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any


def knowing(*names: str) -> Callable[..., Any]:
    """A look-up that finds these names on this machine and asks the one before it for all others."""
    before = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **named: Any) -> Any:
        text = host.decode() if isinstance(host, bytes) else host
        return before("127.0.0.1" if text in names else host, *rest, **named)

    return look_up
