"""The question before a copy of the journal is put back: whose it is, how far it goes, what it lacks, what happens then.

It shows what was found and asks; it knows no journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.text import mark
from console.ui import formats
from console.ui.controls.dialog import Dialog
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label
from console.ui.i18n import Words

if TYPE_CHECKING:
    from console.services.backups import Found

_TITLE = mark("restore", "Restore the journal from this copy?")
_TEXT = mark(
    "restore",
    "The present journal is kept beside it and nothing is deleted. New orders wait until the latest ones are compared with "
    "the cabinet and the gap is signed off under Settings, Backup.",
)
_OTHER_TITLE = mark("restore", "This is a copy of another journal")
_OTHER_TEXT = mark(
    "restore",
    "The key in the password store does not open it. Restore it in a home of its own, so that the key of the present "
    "journal is not lost.",
)
_FILE = mark("restore", "File")
_LAST = mark("restore", "Last record")
_RECORD = mark("restore", "No. {n} of {time}")
_LACKS = mark("restore", "Lacks")
_NOTHING = mark("restore", "nothing that is known of")
_RECORDS = mark("restore", "{n} record at its end", "{n} records at its end")
_NOBODY = mark("restore", "nobody can say: no later record is known here")
_CODE = mark("restore", "Opened by")
_OWN = mark("restore", "the recovery code of this console; the password store has its key")
_ASKED = mark("restore", "the recovery code of journal {id}, which will be asked for")
_ANOTHER = mark("restore", "the recovery code of journal {id}")
_BACK = mark("restore", "Back")
_RESTORE = mark("restore", "Restore")


class RestoreDialog(Dialog):
    """`answer` is "restore" where a person wants it; a copy of another journal can only be left."""

    def __init__(self, found: Found, parent: QWidget) -> None:
        other = found.opens is False
        answers = (("back", _BACK),) if other else (("restore", _RESTORE), ("back", _BACK))
        title, text = (_OTHER_TITLE, _OTHER_TEXT) if other else (_TITLE, _TEXT)
        super().__init__(title, text, answers, parent, danger="restore")
        self.setFixedWidth(560)
        facts = FactList(label_width=120)
        facts.add(_FILE, found.path.name, role="id_small", name="restore/file")
        last = _RECORD.with_(n=formats.number(found.records), time=formats.date_time_zone(found.last))
        facts.add(_LAST, last, name="restore/last")
        facts.add(_CODE, _code(found), name="restore/code")
        if not other:
            lacks = facts.add(_LACKS, _lacks(found.missing), name="restore/lacks")
            if found.missing != 0 and isinstance(lacks, Label):
                lacks.set_ink("amber")
        self.column.addSpacing(6)
        self.column.addWidget(facts)


def _code(found: Found) -> Words:
    if found.opens:
        return _OWN
    return (_ANOTHER if found.opens is False else _ASKED).with_(id=found.journal_id[:8])


def _lacks(missing: int | None) -> Words:
    if missing is None:
        return _NOBODY
    return _RECORDS.of(missing) if missing else _NOTHING
