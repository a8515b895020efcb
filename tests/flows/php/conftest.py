"""The sandbox's own fixtures, for clients that are not written in Python."""

from tests.sandbox.conftest import client, clock, issued, practice, sandbox, start

__all__ = ["client", "clock", "issued", "practice", "sandbox", "start"]
