"""Keys that were being stored when their process ended: each is made whole, the new one or the old one.

A new key's file waits beside the old one until everything is done (`console.services.connect_deed`). The vault decides: a
waiting file that its password opens is the key, and the rest is done again; any other never came to be, and goes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.trouble import Unavailable
from console.services.connect_deed import HALF, WAITING, put_file
from console.services.connect_open import key_path
from console.services.connect_record import change_record, facts_of, record_of, text_of
from console.services.connect_rules import SANDBOX
from console.services.connect_tell import tell, told, was_told
from console.vault.entry import read_account

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.gateway.signing import SigningKey
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the parts of an account are, and what a change becomes a record by."""

    home: Home
    vault: Vault
    settings: Settings
    journal: Journal
    reader: Reader
    now: Moment


def repair(home: Home, vault: Vault, settings: Settings, journal: Journal, reader: Reader, now: Moment) -> None:
    """Finish or undo what was cut; by the holder of the home's lock, before an account is opened.

    What the disk or the vault refuses waits for the next start.
    """
    place = _Place(home, vault, settings, journal, reader, now)
    found = dict[str, dict[Kind, Path]]()
    for path in sorted(home.keys.glob(f"*.pem{WAITING}")):
        account_id, _, name = path.name.removesuffix(f".pem{WAITING}").rpartition("-")
        if name in set(Kind):
            found.setdefault(account_id, {})[Kind(name)] = path
    for account_id, paths in found.items():
        with contextlib.suppress(OSError, Unavailable):
            _settle(place, account_id, paths)
    for path in home.keys.glob(f"*{HALF}"):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _settle(place: _Place, account_id: str, paths: Mapping[Kind, Path]) -> None:
    record = record_of(place.settings, account_id)
    entry = read_account(place.vault, account_id)
    is_stored_anew = entry is not None and entry.kind == SANDBOX
    keys = _opened(place, account_id, paths) if record and not is_stored_anew else {}
    for kind, key in keys.items():
        if text_of(facts_of(record, kind.value), "fingerprint") != key.fingerprint:
            change_record(place.settings, account_id, **{kind.value: {"fingerprint": key.fingerprint}})
        put_file(key_path(place.home, account_id, kind), paths[kind].read_bytes())
    untold = {kind: key for kind, key in keys.items() if told(place.reader, account_id, kind) != key.fingerprint}
    if untold:
        what = "key-replaced" if was_told(place.reader, account_id) else "account-connected"
        tail = "" if entry is None else entry.tail
        tell(place.journal, place.now, account_id, what, text_of(record, "name"), tail, untold)
    for path in paths.values():
        path.unlink(missing_ok=True)


def _opened(place: _Place, account_id: str, paths: Mapping[Kind, Path]) -> dict[Kind, SigningKey]:
    """Return the keys in waiting files that the vault's passwords open."""
    from console.gateway.signing import load_key

    found: dict[Kind, SigningKey] = {}
    for kind, path in paths.items():
        password = place.vault.read(f"{account_id}/{kind.value}")
        with contextlib.suppress(Unavailable):
            found[kind] = load_key(path.read_bytes(), password)
    return found
