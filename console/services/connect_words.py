"""What the journal's records of changed accounts and settings are called: by what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.text import Text, mark

_WORDS = {
    "account-connected": mark("connect", "Account connected: {name} ••{tail}"),
    "account-reconnected": mark("connect", "Account connected again: {name} ••{tail}"),
    "account-renamed": mark("connect", "Account renamed: {was} is now {name} ••{tail}"),
    "account-removed": mark("connect", "Account removed: {name} ••{tail}"),
    "key-replaced": mark("connect", "Key replaced: {name} ••{tail}"),
    "root-trusted": mark("connect", "Extra root certificate trusted: {name} ••{tail}"),
    "root-removed": mark("connect", "Extra root certificate removed: {name} ••{tail}"),
    "service-code": mark("connect", "Code of {method} is {code}: {name} ••{tail}"),
    "issuer": mark("connect", "Issuer of the gateway's certificate: {was} before, {issuer} now"),
    "proxy": mark("connect", "Proxy: {proxy}"),
    "files-removed": mark("connect", "Certificate files removed: {files}"),
}
_LOCK = {
    "pin-set": mark("lock", "A PIN was set"),
    "pin-removed": mark("lock", "The PIN was removed"),
    "pin-wrong": mark("lock", "Wrong PINs in a row: {tries}"),
}
_NO_PROXY = mark("connect", "No proxy any more")


def change_words(facts: Mapping[str, object]) -> Text | None:
    """Return the words of a change by its facts, or None for one of another kind, or of a later version."""
    words = (_WORDS | _LOCK).get(str(facts.get("what")))
    if words is None or not words.placeholders <= facts.keys():
        return None
    if facts["what"] == "proxy" and not facts["proxy"]:
        return _NO_PROXY
    return words.with_(**{name: _said(facts[name]) for name in sorted(words.placeholders)})


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
