"""The command `selfcheck`: what an installed copy needs, a line each. It writes nothing, takes no lock and needs no display.

Every check returns what it found or raises; whatever it raises is its line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.settings.translations import LANGUAGES, SOURCE, Translator

if TYPE_CHECKING:
    from console.settings.home import Home

_GOOD, _BAD = mark("selfcheck", "ok      {name}: {what}"), mark("selfcheck", "FAILED  {name}: {what}")
_BACKEND = mark("selfcheck", "password store's backend")
_STORE = mark("selfcheck", "password store")
_JOURNAL = mark("selfcheck", "journal")
_TLS = mark("selfcheck", "system's root certificates")
_ICONS = mark("selfcheck", "icons")
_FONTS = mark("selfcheck", "fonts")
_WORDS = mark("selfcheck", "translations")
_FORMS = mark("selfcheck", "forms")

_ANSWERS = mark("selfcheck", "it answers")
_TOYS = mark("selfcheck", "the sandbox needs none")
_NO_JOURNAL = mark("selfcheck", "none yet")
_RECORDS = mark("selfcheck", "{n} record, untouched", "{n} records, untouched")
_THERE = mark("selfcheck", "{n} is there", "{n} are there")
_TOLD = mark("selfcheck", "{title}. {what}")
_NONE = mark("selfcheck", "none is there")


class _Wrong(Exception):
    """What a check found wrong, in words."""

    def __init__(self, what: Text | str) -> None:
        super().__init__()
        self.what = what


def selfcheck(home: Home, *, sandbox: bool, language: str) -> int:
    """Print a line for every check; return 0 where all are good, else 1."""
    say = Translator(language)
    good = True
    for name, check in _checks(home, sandbox=sandbox):
        what, is_good = _run(check)
        good = good and is_good
        print(say((_GOOD if is_good else _BAD).with_(name=name, what=what)), flush=True)
    return 0 if good else 1


def _checks(home: Home, *, sandbox: bool) -> Iterator[tuple[Text, Callable[[], Text | str]]]:
    yield _BACKEND, _backend
    yield _STORE, lambda: _store(home, sandbox=sandbox)
    yield _JOURNAL, lambda: _journal(home, sandbox=sandbox)
    yield _TLS, _roots
    yield _WORDS, _words
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    yield _ICONS, _icons
    yield _FONTS, _fonts
    yield _FORMS, _forms


def _run(check: Callable[[], Text | str]) -> tuple[Text | str, bool]:
    from console.domain.sentences import told

    try:
        return check(), True
    except _Wrong as wrong:
        return wrong.what, False
    except Trouble as trouble:
        return _TOLD.with_(title=told(trouble).title, what=told(trouble).what), False
    except Exception as error:  # noqa: BLE001  # whatever is missing or broken is told, and the next check goes on
        return f"{type(error).__name__}: {error}", False


def _backend() -> str:
    from console.vault.keyring import platform_backend

    backend = platform_backend()
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _store(home: Home, *, sandbox: bool) -> Text:
    from console.app.vaults import JOURNAL_KEY, vault_of
    from console.settings.settings import HOME_ID, Settings

    if sandbox:
        return _TOYS
    vault_of(home, Settings.open(home.settings).get(HOME_ID), sandbox=False).read(JOURNAL_KEY)
    return _ANSWERS


def _journal(home: Home, *, sandbox: bool) -> Text:
    from console.app.vaults import at_hand
    from console.journal.glance import glance

    if not home.journal.is_file() or not home.journal.stat().st_size:
        return _NO_JOURNAL
    key, anchor = at_hand(home, sandbox=sandbox)
    return _RECORDS.of(glance(home.journal, key, anchor))


def _roots() -> Text:
    """Build a context as connections do: without the system's roots every one of them would fail."""
    import ssl

    from console.gateway.tls import context_for

    context_for()
    plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    plain.load_default_certs()
    folder = Path(ssl.get_default_verify_paths().openssl_capath)
    count = plain.cert_store_stats()["x509_ca"] or (len(list(folder.iterdir())) if folder.is_dir() else 0)
    if not count:
        raise _Wrong(_NONE)
    return _THERE.of(count)


def _words() -> Text:
    """Translate the title of every sentence about trouble into each language."""
    from console.domain.sentences import CODES, sentence

    texts = [sentence(code).title for code in sorted(CODES)]
    for language in LANGUAGES:
        say = Translator(language)
        missing = [text.source for text in texts if language != SOURCE and say(text) == text.source]
        if missing:
            raise _Wrong(f"{language}: {missing[0]}")
    return _THERE.of(len(texts) * len(LANGUAGES))


def _icons() -> Text:
    from console.catalogue.resources import resource
    from console.ui import icons

    _application()
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    if not names or any(icons.icon(name).isNull() for name in names):
        raise _Wrong(_NONE)
    return _THERE.of(len(names))


def _fonts() -> Text:
    from console.ui.theme import fonts
    from console.ui.theme.tokens import MONO, TEXT

    _application()
    families = fonts.load()
    missing = {MONO, TEXT} - set(families)
    if missing:
        raise _Wrong(", ".join(sorted(missing)))
    return _THERE.of(len(families))


def _forms() -> Text:
    """Build the form of every method, fill in its samples, and read back what was understood."""
    from console.catalogue.methods import every
    from console.domain.endpoint import Kind
    from console.ui.pages.form_method import MethodForm

    _application()
    methods = [method for kind in Kind for method in every(kind)]
    for method in methods:
        form = MethodForm(method, lambda: ())
        form.show_texts({field.name: field.sample for field in method.fields if field.typed})
        missing = {field.name for field in method.fields if field.typed} - set(form.values())
        form.deleteLater()
        if missing:
            raise _Wrong(f"{method.code}: {', '.join(sorted(missing))}")
    return _THERE.of(len(methods))


def _application() -> None:
    """Have an application, dressed as the window is: the first that needs it makes it."""
    from PySide6.QtWidgets import QApplication

    from console.ui.theme import theme

    application = QApplication.instance() or QApplication(["selfcheck"])
    assert isinstance(application, QApplication)
    _kept.append(application)
    theme.current().install(application)


_kept: list[object] = []
"""The application lives until the process ends."""
