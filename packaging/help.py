"""Help pages of the methods: `packaging/help.py --check | --update`.

`resources/help/<language>/method-<code>.txt` says what a method does, which fields it has and what belongs into each, all
from the catalogue. `--check` fails where a page is missing, stale or of a method that is gone, and where a written page
lacks its other language.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from console.catalogue.methods import every  # noqa: E402  # the path is set above
from console.domain.endpoint import Kind  # noqa: E402  # as above
from console.domain.method import Method  # noqa: E402  # as above
from console.settings.translations import Translator  # noqa: E402  # as above
from console.ui.pages.help_text import WRITTEN  # noqa: E402  # as above

FOLDER = ROOT / "resources" / "help"
LANGUAGES = ("en", "ru")
WORDS = {
    "en": {
        Kind.PAYOUT: "Payout",
        Kind.PAYMENT: "Payment",
        "fields": "Fields",
        "optional": "optional",
        "made": "The order id is made by the console and can be changed.",
        "service": "Code at the gateway: {code}.",
        "sample": "For example: {sample}",
    },
    "ru": {
        Kind.PAYOUT: "Выплата",
        Kind.PAYMENT: "Платёж",
        "fields": "Поля",
        "optional": "необязательно",
        "made": "Номер операции создаёт консоль, его можно изменить.",
        "service": "Код у шлюза: {code}.",
        "sample": "Например: {sample}",
    },
}


def page(method: Method, language: str) -> str:
    """The page of a method in a language."""
    say, words = Translator(language), WORDS[language]
    lines = [f"# {words[method.kind]}: {say(method.title)}", "", say(method.sentence), ""]
    lines += [words["service"].format(code=method.code), "", f"## {words['fields']}", ""]
    for field in method.fields:
        if not field.typed or field.name == "order_id":
            continue
        tail = "" if field.required else f" ({words['optional']})"
        help_ = say(field.help) if field.help else ""
        sample = words["sample"].format(sample=field.sample) if field.sample else ""
        text = ". ".join(part.rstrip(".") for part in (help_, sample) if part)
        lines.append(f"- {say(field.label)}{tail}. {text}.".replace(". .", "."))
    lines += ["", words["made"], ""]
    return "\n".join(lines)


def wanted() -> dict[Path, str]:
    """Every generated page by its file."""
    return {
        FOLDER / language / f"method-{method.code}.txt": page(method, language)
        for language in LANGUAGES
        for method in every()
    }


def problems() -> list[str]:
    """What is missing, stale or left over."""
    pages = wanted()
    found = [
        f"{path.relative_to(ROOT)} is stale: run packaging/help.py --update"
        for path, text in pages.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    left = [path for language in LANGUAGES for path in (FOLDER / language).glob("*.txt")]
    known = {*pages, *(FOLDER / language / f"{name}.txt" for language in LANGUAGES for name in WRITTEN)}
    found += [f"{path.relative_to(ROOT)} is nobody's page" for path in left if path not in known]
    found += [f"{path.relative_to(ROOT)} is missing" for path in sorted(known - set(pages)) if not path.exists()]
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="help.py", description="Help pages of the methods.")
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--check", action="store_true", help="print what is wrong; exit 1 when anything is")
    deed.add_argument("--update", action="store_true", help="write the pages")
    if parser.parse_args(arguments).update:
        for path, text in wanted().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return 0
    found = problems()
    print("\n".join(found) or "help pages are complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
