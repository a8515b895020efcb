"""Outsiders find a control by its name: docs/contract.md has the name of each."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from tests.architecture.source import ROOT, modules, nodes

NAME = re.compile(r"[a-z_*]+(?:/[a-z_*]+)+")
NO_CONTROLS = frozenset({"focus/ring", "console/file_dialog/last"})
"""The ring is drawn around whatever has the keyboard; the other is a key of the memory."""


def _rows() -> Iterator[list[str]]:
    text = (ROOT / "docs" / "contract.md").read_text("utf-8")
    table = text.partition("## Names in the window")[2].partition("\n## ")[0]
    for line in table.splitlines():
        yield re.findall(r"`([^`]+)`", line)


def _expanded(token: str) -> list[str]:
    """Return the names of a token: `<a, b>` is one of these, `<id>` is anything."""
    parts = re.split(r"<([^>]+)>", token)
    choices = [
        [part] if place % 2 == 0 else [_plain(one) for one in part.split(", ")] if "," in part else ["*"]
        for place, part in enumerate(parts)
    ]
    return ["".join(each) for each in itertools.product(*choices)]


def _plain(choice: str) -> str:
    return "*" if " " in choice else choice


def _documented() -> set[str]:
    """Return the names of the contract; a token that begins with a slash goes on from the full one before it."""
    found: set[str] = set()
    for tokens in _rows():
        heads: list[str] = []
        for token in tokens:
            if token.startswith("/"):
                found.update(head + token for head in heads)
            else:
                heads = _expanded(token)
                found.update(heads)
    return {name for name in found if "/" in name and not name.startswith("*")}


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)  # type: ignore[misc]  # its constants are texts
    return ""


def _used() -> dict[str, str]:
    """Return the names that the window's code gives, with the file of each; what only ends a name is left out."""
    found: dict[str, str] = {}
    for path in modules("console/ui"):
        for node in nodes(path):
            if NAME.fullmatch(name := _text(node)) and not name.startswith("*"):
                found[name] = path.name
    return found


def _covers(documented: str, used: str) -> bool:
    one, other = documented.split("/"), used.split("/")
    return len(one) == len(other) and all(
        fnmatchcase(there, here) or fnmatchcase(here, there) for here, there in zip(one, other, strict=True)
    )


def test_the_contract_has_every_name_of_the_window() -> None:
    documented = _documented()
    missing = {
        name: file
        for name, file in _used().items()
        if name not in NO_CONTROLS and not any(_covers(each, name) for each in documented)
    }
    assert not missing, missing
