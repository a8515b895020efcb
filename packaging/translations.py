"""Translations: `packaging/translations.py --check | --update [CONTEXT]… | --compile`.

Every text of the console is marked in the code by `mark("context", "English", plural="…")`. One file for each context,
`resources/i18n/ru/<context>.po`, has the Russian for it; all of them make one `resources/i18n/ru.mo`, which ships.
`--update` adds what is new and drops what is gone, and never changes a translation; `--check` fails on anything that is
missing, obsolete, untranslated, doubtful or stale.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "ru"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
CONTEXT = re.compile(r"[a-z][a-z0-9_]*")
MARK_ARGUMENTS = ("context", "source", "plural")
# A fixed time, so that the same translations always compile to the same bytes.
STILL = datetime(2026, 1, 1, tzinfo=timezone.utc)
HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Key = tuple[str, str]


@dataclass(frozen=True)
class Marked:
    """A text marked in the code."""

    context: str
    source: str
    plural: str | None

    @property
    def placeholders(self) -> set[str]:
        return set(PLACEHOLDER.findall(self.source + (self.plural or "")))


@dataclass
class Found:
    """What the code marks, and what is wrong with how it does."""

    texts: dict[Key, Marked] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, text: Marked, place: str) -> None:
        known = self.texts.setdefault((text.context, text.source), text)
        if known.plural != text.plural:
            self.problems.append(f"{place}: {text.source!r} is marked elsewhere with another plural")
        if not CONTEXT.fullmatch(text.context):
            self.problems.append(f"{place}: {text.context!r} is no name of a context")


@dataclass(frozen=True)
class Places:
    """Where code, translations and the compiled file are."""

    code: Path = ROOT / "console"
    sources: Path = ROOT / "resources" / "i18n" / LOCALE
    compiled: Path = ROOT / "resources" / "i18n" / f"{LOCALE}.mo"


def marks(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of `mark` in a module that imports it; elsewhere the name means something else."""
    if not any(
        isinstance(node, ast.ImportFrom) and "mark" in {name.name for name in node.names} for node in ast.walk(tree)
    ):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mark":
            yield node


def literals(call: ast.Call) -> dict[str, str | None] | None:
    """The arguments of a call of `mark` by name, or None where one is not a literal."""
    given = dict(zip(MARK_ARGUMENTS, call.args, strict=False))
    given.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg})
    words: dict[str, str | None] = {}
    for name, node in given.items():
        if not isinstance(node, ast.Constant) or not (isinstance(node.value, str) or node.value is None):
            return None
        words[name] = node.value
    return words


def extract(code: Path) -> Found:
    found = Found()
    for path in sorted(code.rglob("*.py")):
        for call in marks(ast.parse(path.read_text("utf-8"), str(path))):
            place = f"{path.relative_to(code.parent)}:{call.lineno}"
            words = literals(call)
            if words is None or not words.get("context") or not words.get("source"):
                found.problems.append(f"{place}: mark() takes a context and a source, each a literal")
            else:
                found.add(Marked(str(words["context"]), str(words["source"]), words.get("plural")), place)
    return found


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, charset="utf-8", abort_invalid=True)


def forms(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def entries(catalog: Catalog) -> Iterator[tuple[str, str, Message]]:
    """Context, source and message of everything but the header."""
    for message in catalog:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            yield message.context or "", source, message


def update(context: str, texts: dict[Key, Marked], places: Places) -> None:
    """Write the file of one context anew: every marked text of it with the translation it had."""
    path = places.sources / f"{context}.po"
    known = {source: message for _, source, message in entries(read(path))}
    fresh = Catalog(locale=LOCALE, charset="utf-8")
    for text in (text for text in texts.values() if text.context == context):
        old = known.get(text.source)
        fitting = old is not None and old.pluralizable == (text.plural is not None)
        identity = (text.source, text.plural) if text.plural else text.source
        fresh.add(identity, old.string if old and fitting else None, context=context, flags=old.flags if old else ())
    if not len(fresh):
        path.unlink(missing_ok=True)
        return
    body = io.BytesIO()
    write_po(body, fresh, width=120, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = HEADER.format(locale=LOCALE, plurals=fresh.plural_forms)
    places.sources.mkdir(parents=True, exist_ok=True)
    path.write_text(header + body.getvalue().decode().strip() + "\n", "utf-8")


def compiled(places: Places) -> bytes:
    """The bytes of the shipped file as the sources now stand; what is untranslated or doubtful is left out."""
    whole = Catalog(locale=LOCALE, charset="utf-8", creation_date=STILL, revision_date=STILL, project="console")
    for path in sorted(places.sources.glob("*.po")):
        for context, _, message in entries(read(path)):
            if not message.fuzzy and all(forms(message)):
                whole.add(message.id, message.string, context=context)
    body = io.BytesIO()
    write_mo(body, whole)
    return body.getvalue()


def check(places: Places) -> list[str]:
    """Everything that is wrong, one sentence each."""
    found = extract(places.code)
    problems = list(found.problems)
    translated: dict[Key, Message] = {}
    for path in sorted(places.sources.glob("*.po")):
        for context, source, message in entries(read(path)):
            if context != path.stem:
                problems.append(f"{path.name}: {source!r} has the context {context!r}")
            translated[context, source] = message
    for key, text in found.texts.items():
        problems += problem(text, translated.get(key))
    problems += [f"{key[0]}.po: obsolete: {key[1]!r}" for key in translated if key not in found.texts]
    if not places.compiled.exists() or places.compiled.read_bytes() != compiled(places):
        problems.append(f"{places.compiled.name} is stale: run `make i18n`")
    return problems


def problem(text: Marked, message: Message | None) -> list[str]:
    """What is wrong with the translation of one text."""
    name = f"{text.context}.po: {text.source!r}"
    if message is None:
        return [f"{name} is missing: run `make i18n`"]
    if message.pluralizable != (text.plural is not None):
        return [f"{name} has other plural forms than the code"]
    if not all(forms(message)):
        return [f"{name} is not translated"]
    if message.fuzzy:
        return [f"{name} is marked as doubtful (fuzzy)"]
    used = set(PLACEHOLDER.findall("".join(forms(message))))
    if used != text.placeholders:
        return [f"{name} has the placeholders {sorted(used)}, not {sorted(text.placeholders)}"]
    return []


def main(arguments: list[str], places: Places | None = None) -> int:
    places = places or Places()
    parser = argparse.ArgumentParser(prog="translations.py", description="Extract, compile and check translations.")
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--check", action="store_true", help="print what is wrong; exit 1 when anything is")
    deed.add_argument("--update", nargs="*", metavar="CONTEXT", help="renew the files of these contexts, or of all")
    deed.add_argument("--compile", action="store_true", help="write the compiled file only")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        problems = check(places)
        print("\n".join(problems) or "translations are complete")
        return 1 if problems else 0
    if chosen.update is not None:
        texts = extract(places.code).texts
        known = {path.stem for path in places.sources.glob("*.po")}
        for context in chosen.update or sorted(known | {text.context for text in texts.values()}):
            update(context, texts, places)
    places.compiled.write_bytes(compiled(places))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
