"""Sentences about the journal, the disk, what was typed, and the console itself."""

from __future__ import annotations

from console.domain.sentence import MoneyLine, Sentence, Tone
from console.domain.text import Text, mark

GENERAL = (
    Sentence(
        "E-DISK-FULL",
        mark("trouble", "Not enough disk space for the journal"),
        mark("trouble", "Only {free} is free."),
        mark("trouble", "Free {need}."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-DISK-OUTCOME",
        mark("trouble", "The answer is known but not stored"),
        mark("trouble", "The gateway accepted {order} (id {id}), but the journal could not store it: {why}."),
        mark("trouble", "Write the id down. After space is freed the console asks again by itself."),
        MoneyLine.AT_GATEWAY,
        Tone.DAMAGE,
    ),
    Sentence(
        "E-DISK-ENDED",
        mark("trouble", "What came of the order is not stored"),
        mark("trouble", "The journal could not store how order {order} ended: {why}."),
        mark("trouble", "Do not create the order again. After space is freed the console stores it by itself."),
        MoneyLine.UNKNOWN,
        Tone.DAMAGE,
    ),
    Sentence(
        "E-IO",
        mark("trouble", "The disk failed while the journal was written"),
        mark("trouble", "The disk reported a fault. Payouts are stopped; reading still works."),
        mark("trouble", "Make a backup to another disk now, then start the console again."),
        tone=Tone.DAMAGE,
    ),
    Sentence(
        "E-FILE",
        mark("trouble", "The file was not written"),
        mark("trouble", "{path} cannot be written: {why}."),
        mark("trouble", "Choose another folder or another name."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-BUSY",
        mark("trouble", "The journal is busy"),
        mark("trouble", "Another program holds the journal ({who})."),
        mark("trouble", "Close that program and press Again."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-SECOND",
        mark("trouble", "The console is already open"),
        mark("trouble", "Another window has been open since {since}. This one can only look."),
        mark("trouble", "Work in that window, or close it and start again."),
        tone=Tone.NOTE,
    ),
    Sentence(
        "E-CORRUPT",
        mark("trouble", "The journal is damaged"),
        mark("trouble", "The journal is damaged at {where}. Payouts are stopped. Last good backup: {time}."),
        mark("trouble", "Orders sent after the backup must be checked one by one; the list is ready."),
        tone=Tone.DAMAGE,
    ),
    Sentence(
        "E-TAMPER",
        mark("trouble", "The journal was changed by another program"),
        mark("trouble", "Record {n} of {time} was changed outside the console. Payouts are stopped."),
        mark("trouble", "Touch nothing, keep a copy of the file and find out who changed it."),
        tone=Tone.DAMAGE,
    ),
    Sentence(
        "E-BACKUP",
        mark("trouble", "The backup was not made"),
        mark("trouble", "No whole copy could be made or read: {why}."),
        mark("trouble", "Choose another folder or free some space. The journal itself is untouched."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-ROLLBACK",
        mark("trouble", "The journal may lack its latest records"),
        mark("trouble", "It may be an old copy. Records missing: {k}. Payouts are stopped."),
        mark(
            "trouble",
            "Compare the latest orders with the cabinet and sign off under Settings, Backup; payouts wait until then.",
        ),
        tone=Tone.DAMAGE,
    ),
    Sentence(
        "E-SHARE",
        mark("trouble", "The journal cannot live in a network folder"),
        mark("trouble", "In a network folder records could be lost."),
        mark("trouble", "Choose a local folder."),
    ),
    Sentence(
        "E-NEWER",
        mark("trouble", "The journal is of a newer version"),
        mark("trouble", "A newer console wrote this journal; this one does not know its form."),
        mark("trouble", "Install the newer version of the console."),
    ),
    Sentence(
        "E-INTERRUPTED",
        mark("trouble", "The search was stopped"),
        mark("trouble", "Another search took its place, or the window was closed."),
        mark("trouble", "Search again."),
        tone=Tone.NOTE,
    ),
    Sentence(
        "E-SETTINGS",
        mark("trouble", "The settings cannot be read"),
        mark("trouble", "The file {path} is damaged or of a newer version. It was left as it is."),
        mark("trouble", "Put a good copy in its place, or move it away and set the console up anew."),
    ),
    Sentence(
        "E-SETTINGS-KEPT",
        mark("trouble", "The setting could not be kept"),
        mark("trouble", "The disk refused to store the settings: {why}. They stand as before."),
        mark("trouble", "Free some space or look at the disk, then set it again."),
    ),
    Sentence(
        "E-REVIEW-VOID",
        mark("trouble", "The review is out of date"),
        mark("trouble", "Too much time has passed since it was opened, or something changed."),
        mark("trouble", "Go back and review it again; what was typed is kept."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-UNACKNOWLEDGED",
        mark("trouble", "A warning was not acknowledged"),
        mark("trouble", "Every strong warning needs its mark and a reason; some need a text to be typed."),
        mark("trouble", "Look through the warnings once more."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-ASLEEP",
        mark("trouble", "The computer was asleep"),
        mark("trouble", "The computer slept while the connection was being made, so it was given up."),
        mark("trouble", "Check the network."),
    ),
    Sentence(
        "E-INPUT",
        mark("trouble", "Something has to be corrected"),
        Text("", "{text}"),
        mark("trouble", "Correct the field."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-IMPORT",
        mark("trouble", "Row {row} cannot be used"),
        mark("trouble", "{why} Rows of this file that were sent before and are skipped: {k}."),
        mark("trouble", "Correct the row and choose the file again."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-INTERNAL",
        mark("trouble", "An unexpected fault"),
        mark("trouble", "The console met a fault that it does not know ({code}). Payouts are stopped until restart."),
        mark("trouble", "Copy the details for support and start the console again."),
        MoneyLine.UNKNOWN,
        Tone.DAMAGE,
    ),
)
