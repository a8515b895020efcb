"""What the settings say of an account: its local id, its name, its keys' fingerprints, and what was heard of it.

Never a host, a UUID or a password. The settings are a file that anybody may edit, so nothing here is believed further than
its form; what must be believed is marked with the journal's key (`console.services.accounts`).
"""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.endpoint import Kind
from console.settings.settings import ACCOUNTS, Settings

Record = Mapping[str, object]


def record_of(settings: Settings, account_id: str) -> Record:
    """Return an account's record, an empty one where there is none."""
    return next((each for each in settings.get(ACCOUNTS) if each.get("id") == account_id), {})


def place_of(settings: Settings, account_id: str) -> int:
    """Return the place of an account among the others, that behind the last where it is none of them."""
    ids = [each.get("id") for each in settings.get(ACCOUNTS)]
    return ids.index(account_id) if account_id in ids else len(ids)


def put_record(settings: Settings, record: Record, place: int) -> None:
    """Store a record at a place, instead of the one with its id."""

    def put(records: tuple[dict[str, object], ...]) -> tuple[dict[str, object], ...]:
        others = [each for each in records if each.get("id") != record.get("id")]
        return (*others[:place], dict(record), *others[place:])

    settings.change(ACCOUNTS, put)


def change_record(settings: Settings, account_id: str, **facts: object) -> None:
    """Change some facts of an account, None removes one; an account that is gone stays gone."""

    def changed(each: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in {**each, **facts}.items() if value is not None}

    settings.change(
        ACCOUNTS,
        lambda records: tuple(changed(each) if each.get("id") == account_id else each for each in records),
    )


def remove_record(settings: Settings, account_id: str) -> None:
    """Forget an account."""
    settings.change(ACCOUNTS, lambda records: tuple(each for each in records if each.get("id") != account_id))


def text_of(record: Record, name: str) -> str:
    """Return a fact that is a text, empty where it is none."""
    value = record.get(name)
    return value if isinstance(value, str) else ""


def facts_of(record: Record, name: str) -> Record:
    """Return a fact that is an object, an empty one where it is none."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def kinds_of(record: Record) -> frozenset[Kind]:
    """Return the directions that an account has a key for; a record that names none is not asked to."""
    named = frozenset(kind for kind in Kind if text_of(facts_of(record, kind.value), "fingerprint"))
    return named or frozenset(Kind)


def of_key(known: Record, fingerprint: str) -> Record:
    """Return what is known of a key, which is nothing where it is another one."""
    return known if known.get("fingerprint") == fingerprint else {"fingerprint": fingerprint}
