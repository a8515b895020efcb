"""Says in sentences what the journal proves and what is wrong with it first. Reads only; no lock, no recovery.

Composes the journal's own check with the gateway's check of signatures; knows neither where the key nor where the head
was kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from console.domain.digest import Digest
from console.domain.secret import Secret
from console.domain.text import Text, mark
from console.journal.check import Checked, Progress, check
from console.journal.entry import Head
from console.journal.faults import Fault, Finding
from console.journal.keys import fingerprint_of
from console.journal.layout import FILE
from console.journal.walk import Claim

_CHAIN = mark("verify", "{n} record forms an unbroken chain.", "{n} records form an unbroken chain.")
_OPENED = mark("verify", "{n} record opens with the journal's key.", "{n} records open with the journal's key.")
_NO_KEY = mark("verify", "The journal's key is not at hand: what is sealed was checked by its digests only.")
_SIGNED = mark("verify", "{n} signature is right.", "{n} signatures are right.")
_UNPROVED = mark(
    "verify",
    "{n} signature could not be checked: its public key is not at hand.",
    "{n} signatures could not be checked: their public keys are not at hand.",
)
_AGREES = mark("verify", "The table of operations agrees with the records.")
_VOUCHED = mark("verify", "The mark kept apart vouches for everything up to record {seq}.")
_YOUNGER = mark("verify", "{n} later record has no mark yet.", "{n} later records have no mark yet.")
_NO_MARK = mark("verify", "No mark of the journal's end is at hand: a cut end would not be noticed.")

_DAMAGED_AT = mark("verify", "The file is damaged: reading ended before record {seq}.")
_FAULTS: dict[Fault, Text] = {
    Fault.NO_FILE: mark("verify", "There is no journal here."),
    Fault.NOT_A_JOURNAL: mark("verify", "The file is not a journal of this console."),
    Fault.NEWER: mark("verify", "The journal was written by a newer version of the console."),
    Fault.UNREADABLE: mark("verify", "The file is damaged."),
    Fault.MISSING: mark("verify", "Record {seq} is missing."),
    Fault.FORMAT: mark("verify", "Record {seq} of {time} has a format that this version does not know."),
    Fault.LINK: mark("verify", "Record {seq} of {time} does not follow the record before it."),
    Fault.DIGEST: mark("verify", "Record {seq} of {time} was changed."),
    Fault.SEALED: mark("verify", "The sealed bytes of record {seq} of {time} were changed."),
    Fault.EMPTIED: mark("verify", "The sealed bytes of record {seq} of {time} are missing."),
    Fault.TAG: mark("verify", "Record {seq} of {time} does not open with the journal's key: it is not what was written."),
    Fault.COMMITMENT: mark("verify", "The sealed bytes of record {seq} of {time} are not those that it commits to."),
    Fault.POINTER: mark("verify", "Record {seq} of {time} repeats a question that is not there."),
    Fault.KEY: mark("verify", "Record {seq} of {time} holds another public key than it names."),
    Fault.SIGNATURE: mark("verify", "The signature in record {seq} of {time} is wrong."),
    Fault.IDENTITY: mark("verify", "Record {seq} of {time} names another journal."),
    Fault.OTHER_KEY: mark("verify", "The key at hand is not the key of this journal: what is sealed was not opened."),
    Fault.OPERATION: mark("verify", "The row of order {order} does not agree with its records."),
    Fault.GUARDS: mark("verify", "The tables or triggers that protect the journal were changed."),
    Fault.CUT: mark("verify", "Records {seq} to {last} are missing at the end: the mark kept apart knows them."),
    Fault.REPLACED: mark("verify", "Record {seq} is not the one that the mark kept apart knows."),
    Fault.OTHER_JOURNAL: mark("verify", "The mark kept apart is of another journal."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What was proved, in sentences; `first_fault` is the first thing that is wrong, None where all is well.

    `records` form one chain, `signatures` were found right, `vouched_to` is the record an anchor vouches for. `is_gap` says
    that nothing is wrong but what the anchor knows beyond the journal's end (failure model R9).
    """

    ok: bool
    lines: tuple[Text, ...]
    first_fault: Text | None
    records: int
    signatures: int
    vouched_to: int | None
    is_gap: bool = False


_GAPS = frozenset({Fault.CUT, Fault.REPLACED, Fault.OTHER_JOURNAL})


def verify(
    home: Path,
    *,
    key: Secret | None = None,
    anchor: Head | None = None,
    public_keys: Iterable[bytes] = (),
    progress: Progress | None = None,
) -> Report:
    """Check the journal of `home`; `public_keys` (PEM) are for signatures whose key the journal does not hold.

    Raises ValueError where one of them is no public key, Unavailable("E-BUSY") where the file is locked, and what
    `progress` raises.
    """
    known = {fingerprint_of(pem): pem for pem in public_keys}

    def confirm(claim: Claim) -> bool | None:
        pem = claim.public_pem or known.get(claim.fingerprint)
        return None if pem is None else _is_right(claim, pem)

    checked = check(home / FILE, key=key, anchor=anchor, confirm=confirm, progress=progress)
    faults = [_said(finding, anchor) for finding in checked.findings]
    return Report(
        ok=not faults,
        lines=(*_proved(checked, keyed=key is not None, marked=anchor is not None), *faults),
        first_fault=faults[0] if faults else None,
        records=checked.records,
        signatures=checked.signatures,
        vouched_to=checked.vouched_to,
        is_gap=bool(faults) and all(finding.fault in _GAPS for finding in checked.findings),
    )


def _is_right(claim: Claim, public_pem: bytes) -> bool:
    from console.gateway import signing

    try:
        digest = Digest(claim.digest_name)
    except ValueError:
        return False
    return signing.verify(public_pem, claim.body, claim.signature, digest)


def _proved(checked: Checked, *, keyed: bool, marked: bool) -> list[Text]:
    if checked.head is None:
        return []
    lines = [_CHAIN.of(checked.records)]
    lines.append(_OPENED.of(checked.opened) if keyed else _NO_KEY)
    lines += [text.of(n) for text, n in ((_SIGNED, checked.signatures), (_UNPROVED, checked.unproved)) if n]
    if not checked.findings:
        lines.append(_AGREES)
    if checked.vouched_to is not None:
        lines.append(_VOUCHED.with_(seq=checked.vouched_to))
        younger = checked.records - checked.vouched_to
        lines += [_YOUNGER.of(younger)] if younger else []
    return lines if marked else [*lines, _NO_MARK]


def _said(finding: Finding, anchor: Head | None) -> Text:
    text = _FAULTS[finding.fault]
    if finding.fault is Fault.UNREADABLE and finding.seq is not None:
        text = _DAMAGED_AT
    last = None if anchor is None else anchor.seq
    return text.with_(seq=finding.seq, time=finding.time or "?", order=finding.order_id, last=last)
