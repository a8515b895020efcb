"""House rules that a tool cannot be told in its configuration. Each test lists the places that break its rule."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import CONSOLE, ROOT, calls, imports, modules, name, nodes, strings, tracked, tree

SCENES = "packaging/shots_scenes/"  # arrangements for pictures: long lists of what stands where
BELOW_UI = [path for path in modules() if not name(path).startswith(("console/ui/", "console/app"))]

LONGEST_MODULE = 300
LONGEST_LIST = 400  # tests and scenes are lists of cases
LONGEST_FUNCTION = 40
LONGEST_WINDOW = 200
VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "tools"}
# The four modules that use secrets, and the sandbox's file vault, whose secrets are toys.
REVEALING = {
    "console/gateway/signing.py",
    "console/gateway/transport.py",
    "console/journal/seal.py",
    "console/journal/recovery.py",
    "console/vault/keyring.py",
    "console/vault/file.py",
    "console/vault/entry.py",
    "console/vault/pin.py",
}
# The one door to threads, and its exceptions: the watchdog, the sandbox, and calls into a keyring that may hang.
THREADING = {
    "console/ui/jobs.py",
    "console/gateway/transport.py",
    "console/gateway/watchdog.py",
    "console/sandbox/server.py",
    "console/vault/deadline.py",
}
THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool", "QRunnable"}
GPL_MODULES = ("QtCharts", "QtGraphs", "QtGraphsWidgets", "QtDataVisualization", "QtVirtualKeyboard")
MONEY = ("console/domain/money.py", "console/domain/fields", "console/catalogue", "console/gateway/wire.py")
# A service is given the time and new ids; it does not ask for them. One module makes the clock that they are given.
CLOCK = "console/services/clock.py"
CLOCKS = {"time", "uuid", "random", "secrets", "datetime.datetime.now", "os.urandom"}
REPLACING = re.compile(
    r"\b(insert\s+or\s+(replace|ignore)|replace)\s+into\b|\b(update|delete\s+from)\s+event\b", re.IGNORECASE
)
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b")
SILENCED = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:\s*no\s*cover|nosec)\b(?P<rest>.*)")


def at(path: Path, line: int) -> str:
    return f"{name(path)}:{line}"


def test_modules_are_short() -> None:
    long = {
        name(path): lines
        for path in modules("console", "packaging", "tests", "main.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > _longest(name(path))
    }
    assert not long, long


def _longest(path: str) -> int:
    return LONGEST_LIST if path.startswith(("tests/", SCENES)) else LONGEST_MODULE


def test_functions_are_short() -> None:
    long = {
        at(path, node.lineno): (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules("console", "packaging", "main.py")
        if not name(path).startswith(SCENES)
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    }
    assert not long, long


def test_the_window_only_navigates() -> None:
    windows = modules("console/ui/window.py") if (CONSOLE / "ui" / "window.py").exists() else []
    assert [name(path) for path in windows if len(path.read_text("utf-8").splitlines()) > LONGEST_WINDOW] == []


def test_every_module_says_what_it_knows() -> None:
    assert [name(path) for path in modules("console", "packaging") if _is_mute(path)] == []


def _is_mute(path: Path) -> bool:
    return bool(path.read_text("utf-8").strip()) and ast.get_docstring(tree(path)) is None


def test_no_module_has_a_vague_name() -> None:
    assert [name(path) for path in modules() if VAGUE & {path.stem, path.parent.name}] == []


def test_money_never_crosses_qt_as_an_int() -> None:
    """`Signal(int)` wraps at 32 bits."""
    broken = [
        at(path, call.lineno)
        for path in modules()
        for called, call in calls(path)
        if called == "Signal" and any(isinstance(word, ast.Name) and word.id == "int" for word in call.args)
    ]
    assert not broken, broken


def test_no_float_touches_money() -> None:
    broken = [
        at(path, node.lineno)
        for path in modules(*MONEY)
        for node in nodes(path)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert not broken, broken


def test_events_are_only_ever_added() -> None:
    """`transform` rebuilds a table and silently drops its triggers; upsert and replace go round them."""
    by_call = [
        at(path, call.lineno)
        for path in BELOW_UI
        for called, call in calls(path)
        if called in {"transform", "upsert", "upsert_all"}
        or (called.startswith("insert") and any(word.arg == "replace" for word in call.keywords))
    ]
    by_sql = [at(path, line) for path in BELOW_UI for text, line in strings(path) if REPLACING.search(text)]
    assert not by_call + by_sql, by_call + by_sql


def test_dialogs_are_opened_not_executed() -> None:
    broken = [
        at(path, call.lineno)
        for path in modules("console/ui", "main.py")
        for called, call in calls(path)
        if called in {"exec", "exec_"}
    ]
    assert not broken, broken


def test_colours_live_in_the_theme() -> None:
    broken = [
        at(path, line)
        for path in modules("console/ui")
        if "theme" not in name(path)
        for text, line in strings(path)
        if COLOUR.search(text)
    ]
    assert not broken, broken


def test_no_module_of_qt_under_the_gpl_is_used() -> None:
    broken = [
        at(path, line)
        for path in modules("console", "packaging", "tests")
        for module, line in imports(path)
        if module.split(".")[1:2] and module.startswith("PySide6.") and module.split(".")[1] in GPL_MODULES
    ]
    assert not broken, broken


def test_secrets_are_revealed_in_the_listed_modules_only() -> None:
    broken = [
        at(path, call.lineno)
        for path in modules()
        if name(path) not in REVEALING
        for called, call in calls(path)
        if called == "reveal" and not call.args
    ]
    assert not broken, broken


def test_threads_start_behind_one_door() -> None:
    broken = [
        at(path, node.lineno)
        for path in modules()
        if name(path) not in THREADING
        for node in nodes(path)
        if (isinstance(node, ast.Name) and node.id in THREADS)
        or (isinstance(node, ast.Attribute) and node.attr in THREADS)
    ]
    assert not broken, broken


def test_asyncio_is_not_used() -> None:
    modules_of_it = ("asyncio", "PySide6.QtAsyncio", "multiprocessing")
    assert [
        at(path, line) for path in modules() for module, line in imports(path) if module.startswith(modules_of_it)
    ] == []


def test_services_know_no_clock() -> None:
    timeless = [
        path for path in modules("console/services", "console/domain", "console/catalogue") if name(path) != CLOCK
    ]
    by_import = [at(path, line) for path in timeless for module, line in imports(path) if module in CLOCKS]
    by_call = [
        at(path, call.lineno)
        for path in timeless
        for called, call in calls(path)
        if called in {"now", "utcnow", "today", "urandom"} and isinstance(call.func, ast.Attribute)
        if isinstance(call.func.value, ast.Name) and call.func.value.id in {"datetime", "date", "os"}
    ]
    assert not by_import + by_call, by_import + by_call


def test_certificates_are_always_verified() -> None:
    forbidden = {"CERT_NONE", "_create_unverified_context"}
    broken = [
        at(path, node.lineno)
        for path in modules()
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr in forbidden)
        or (isinstance(node, ast.keyword) and node.arg in {"verify", "check_hostname"} and _is_false(node.value))
    ]
    assert not broken, broken


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_every_silenced_check_says_why() -> None:
    broken = [
        at(path, line)
        for path in modules("console", "packaging", "tests", "main.py")
        if path != Path(__file__)
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := SILENCED.search(text)) and len(re.findall(r"\w+", found["rest"].rpartition("]")[2])) < 1
    ]
    assert not broken, broken


def test_the_top_of_the_tree_is_kept() -> None:
    allowed = {
        *("console", "resources", "tests", "packaging", "docs", "main.py", "pyproject.toml", "Makefile", "LICENSE"),
        *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "requirements.lock"),
    }
    tops = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {top for top in tops if not top.startswith(".")} - allowed == set()


@pytest.mark.parametrize("host", ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb.deb" + "ian.org"])
def test_no_file_names_the_host_of_a_package_registry(host: str) -> None:
    broken = [name(path) for path in tracked() if path.suffix != ".ttf" and host.encode() in path.read_bytes()]
    assert not broken, broken


def test_one_module_touches_the_clipboard() -> None:
    """What is copied anywhere is cleared after its time only because it passes there."""
    touching = {
        name(path)
        for path in modules("console")
        for node in nodes(path)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "clipboard")
        or (isinstance(node, ast.alias) and node.name == "QClipboard")
    }
    assert touching == {"console/ui/clipboard.py"}
