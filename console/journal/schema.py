"""Creating and upgrading the journal's file. The one module that knows sqlite-utils, on our own connection.

Migrations are numbered and, once released, never edited. Nothing here rebuilds a table: `transform` would silently drop
the triggers of `event` (measured: M24).
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from console.journal import backup, layout
from console.journal.connect import Connection

migrations = Migrations("journal")


@migrations()
def m001_first(db: Database) -> None:
    """Create the tables, triggers and indexes of schema 1."""
    for statement in (*layout.TABLES, *layout.TRIGGERS, *layout.INDEXES):
        db.execute(statement)
    db.execute("PRAGMA user_version = 1")


def upgrade(connection: Connection) -> None:
    """Bring the file to the newest schema, each step in a transaction of its own; a step that raises leaves nothing.

    A file that has a schema already is copied first; the copy stays beside it. Raises Unavailable("E-BACKUP") or
    sqlite3.Error, with the file as it was, where there is no room for that.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version:
        _, _, file = connection.execute("PRAGMA database_list").fetchone()
        backup.keep_old(Path(file), version)
    migrations.apply(Database(connection, execute_plugins=False))
