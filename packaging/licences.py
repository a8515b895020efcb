"""Licence texts of what ships: `packaging/licences.py --check | --update`.

`resources/licences/` gets one file for each package the console needs to run, with the texts that the package carries,
and everything of `packaging/notices`, which is written by hand: Qt, icons, the bank list. Fonts keep theirs beside them and
are copied. `--check` fails when the folder and the environment differ.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "licences"
NOTICES = ROOT / "packaging" / "notices"
FONTS = ROOT / "resources" / "fonts"
LOCK = ROOT / "requirements.lock"
# Carry no text of their own: packaging/notices/qt.txt speaks for them.
QT = {"pyside6-essentials", "shiboken6"}
# sqlite-utils names pip for a command that the console has not got.
NOT_SHIPPED = {"pip"}
NAME = re.compile(r"[A-Za-z0-9._-]+")
GPL = re.compile(r"\A.*GPL")
TEXT = re.compile(r"(licen[cs]es?/)?(licen[cs]e|copying|notice|authors)[^/]*", re.IGNORECASE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement: str) -> str:
    found = NAME.match(requirement)
    if found is None:
        raise ValueError(f"not a requirement: {requirement}")
    return canonical(found[0])


def needed() -> Iterator[Distribution]:
    """The installed packages the console needs to run, each once, by name; what another system needs is not installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    waiting = [named(text) for text in project["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        name = waiting.pop()
        if name in found or name in NOT_SHIPPED:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += [named(text) for text in found[name].requires or () if "extra ==" not in text]
    return (found[name] for name in sorted(found))


def terms(package: Distribution) -> str:
    """The licence as the package names it."""
    facts = package.metadata
    for field in ("License-Expression", "License"):
        for short in facts.get_all(field) or ():
            if short.strip() and "\n" not in short.strip():
                return str(short).strip()
    classifiers = [str(text) for text in facts.get_all("Classifier") or () if text.startswith("License ::")]
    return ", ".join(text.rpartition(":: ")[2] for text in classifiers) or "see below"


def texts(package: Distribution) -> list[str]:
    """The licence files of a package, in order of name."""
    paths = [
        path
        for path in package.files or ()
        if path.parts[0].endswith(".dist-info") and TEXT.fullmatch("/".join(path.parts[1:]))
    ]
    return [path.read_text("utf-8").strip() for path in sorted(paths, key=str)]


def page(package: Distribution) -> str:
    bodies = texts(package)
    if not bodies:
        raise ValueError(f"{package.name} carries no licence text: write one in packaging/notices")
    title = f"{canonical(package.name)} {package.version} - {terms(package)}"
    ruled = f"\n\n{'-' * 80}\n\n".join(bodies)
    return "\n".join(line.rstrip() for line in f"{title}\n\n{ruled}".splitlines()) + "\n"


def pages() -> dict[str, str]:
    """Every file of the folder by name."""
    made = {f"{canonical(each.name)}.txt": page(each) for each in needed() if canonical(each.name) not in QT}
    made |= {path.name: path.read_text("utf-8") for path in sorted(NOTICES.glob("*.txt"))}
    made |= {f"font-{path.name}": path.read_text("utf-8") for path in sorted(FONTS.glob("*-OFL.txt"))}
    return made


def locked() -> set[str]:
    """The names of all locked packages, for whatever system or Python."""
    return {f"{named(line)}.txt" for line in LOCK.read_text().splitlines() if "==" in line}


def check() -> list[str]:
    made = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    problems = [f"missing: {name}" for name in made if name not in there]
    problems += [f"out of date: {name}" for name in made if name in there and made[name] != there[name]]
    problems += [f"not needed: {name}" for name in there if name not in made and name not in locked()]
    problems += [f"under the GPL: {name}" for name, text in made.items() if name in locked() and GPL.search(text)]
    return problems


def update() -> None:
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="licences.py", description="Collect the licence texts of what ships.")
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--check", action="store_true")
    deed.add_argument("--update", action="store_true")
    if parser.parse_args(arguments).update:
        update()
        return 0
    problems = check()
    print("\n".join(f"resources/licences: {problem}" for problem in problems) or "licences are complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
