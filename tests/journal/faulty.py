"""A connection that fails as disks do: at the nth statement of a kind, before or after it took effect."""

from __future__ import annotations

import sqlite3
from typing import Any

from console.journal.connect import Connection


class Faulty(Connection):
    """Fails where `plan` says; the plan is the class's, so that it holds for a reopened connection too."""

    plan: list[Fault] = []

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Run the statement, unless the next fault of the plan is for it."""
        fault = next((fault for fault in Faulty.plan if sql.startswith(fault.statement)), None)
        if fault is None:
            return super().execute(sql, values)
        if fault.skip:
            fault.skip -= 1
            return super().execute(sql, values)
        if not fault.forever:
            Faulty.plan.remove(fault)
        if fault.after:
            super().execute(sql, values)
        raise fault.error()


class Fault:
    """A fault: at which statement, after how many of them, and whether the statement took effect all the same."""

    def __init__(
        self,
        statement: str = "COMMIT",
        code: int = sqlite3.SQLITE_IOERR,
        *,
        skip: int = 0,
        after: bool = False,
        forever: bool = False,
    ) -> None:
        self.statement = statement
        self.code = code
        self.skip = skip
        self.after = after
        self.forever = forever

    def error(self) -> sqlite3.OperationalError:
        """The error SQLite would raise."""
        error = sqlite3.OperationalError("injected")
        error.sqlite_errorcode, error.sqlite_errorname = self.code, "SQLITE_INJECTED"
        return error
