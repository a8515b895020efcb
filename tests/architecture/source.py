"""The project's own source as the architecture tests look at it: files, trees, calls and names."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSOLE = ROOT / "console"


def modules(*folders: str) -> list[Path]:
    """Every Python file below these folders (or these files), `console` by default; what is not there yet is skipped."""
    found: list[Path] = []
    for folder in folders or ("console",):
        path = ROOT / folder
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def name(path: Path) -> str:
    """A path as messages and lists name it: `console/domain/money.py`."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last word of what is called: `Signal`, `exec`."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Each imported module (and `module.name` of a from-import) with its line, wherever in the file it stands."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def strings(path: Path) -> Iterator[tuple[str, int]]:
    """Each string literal that is not a docstring, with its line."""
    documentation = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value, node.lineno


def tracked() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / path for path in listed.split("\0") if path and (ROOT / path).is_file()]
