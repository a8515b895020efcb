"""The command line. What a command needs is imported when it is called: only the window needs Qt and a display."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from console import __version__
from console.domain.trouble import Trouble
from console.settings.home import Home, default_home

if TYPE_CHECKING:
    from console.domain.text import Text

WRONG_USAGE = 2
FAILED = 1
_LAST_PORT = 65_535


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage that argparse prints before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


def run(arguments: Sequence[str] | None = None, ignored: Sequence[str] = ()) -> int:
    """Run a command and return its exit status: 0, 1 for a failed check, 2 for wrong usage or no display.

    `ignored` are the variables of the environment that were removed; the window says so once.
    """
    options = _parser().parse_args(arguments)
    options.ignored = tuple(ignored)
    try:
        return int(options.run(options))
    except Trouble as trouble:
        print(say(trouble), file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="main.py", description="A desktop console for merchants of the AliKassa gateway (not affiliated with it)."
    )
    parser.add_argument("--version", action="version", version=f"alikassa-console {__version__}")
    _home(parser)
    parser.add_argument("--sandbox", action="store_true", help="practise: a gateway inside, no money moves")
    parser.add_argument("--language", choices=("ru", "en"), help="the language for this start")
    parser.add_argument("--theme", choices=("light", "dark"), help="the theme for this start")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="")
    gateway = _command(commands, "gateway", "run the sandbox's gateway alone, until SIGTERM", _gateway)
    gateway.add_argument(
        "--port", type=_port, default=None, metavar="N", help="the port on 127.0.0.1; any free one by default"
    )
    gateway.add_argument("--tls", type=_name, metavar="NAME", help="speak TLS under this name, to rehearse")
    verify = _command(commands, "verify", "check the whole journal", _verify)
    verify.add_argument("--sandbox", action="store_true", default=argparse.SUPPRESS, help="the sandbox's journal")
    verify.add_argument("--public-key", action="append", default=[], type=Path, metavar="FILE", help="a public key")
    export = _command(commands, "export", "write the operations, masked, to a file", _export)
    export.add_argument("--sandbox", action="store_true", default=argparse.SUPPRESS, help="the sandbox's journal")
    export.add_argument("--format", choices=("csv", "jsonl"), required=True, help="csv for Excel, jsonl for programs")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    selfcheck = _command(commands, "selfcheck", "check what an installed copy needs, a line each", _selfcheck)
    selfcheck.add_argument("--sandbox", action="store_true", default=argparse.SUPPRESS, help="the sandbox's home")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    words: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
    _home(command, argparse.SUPPRESS)
    command.set_defaults(run=run)
    return command


def _home(parser: argparse.ArgumentParser, default: object = None) -> None:
    parser.add_argument("--home", type=Path, default=default, metavar="DIR", help="all data in DIR")


def home_of(options: argparse.Namespace) -> Home:
    """Return the outer home that the options name, or the user's own."""
    return Home(options.home.absolute()) if options.home is not None else default_home()


def _window(options: argparse.Namespace) -> int:
    if not _has_display():
        print("There is no display: set DISPLAY or WAYLAND_DISPLAY, or run it under Xvfb.", file=sys.stderr)
        return WRONG_USAGE
    from console.app.start import show

    return show(
        home_of(options).path,
        sandbox=options.sandbox,
        language=options.language,
        theme=options.theme,
        ignored=options.ignored,
    )


def _name(text: str) -> str:
    """Read a name for the gateway; argparse turns the error into a sentence and status 2."""
    from console.sandbox.tls import is_name

    if not is_name(text.lower()):
        raise argparse.ArgumentTypeError(f"no name with a dot in it, such as gateway.test: {text}")
    return text.lower()


def _port(text: str) -> int:
    """Read a port, 0 for any free one."""
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"no port from 0 to {_LAST_PORT}: {text}")
    return int(text)


def _gateway(options: argparse.Namespace) -> int:
    from console.sandbox.command import serve

    return serve(home_of(options).path, options.port, options.tls or "")


def _verify(options: argparse.Namespace) -> int:
    from console.app.verify import verify

    outer = home_of(options)
    home = outer.sandbox if options.sandbox else outer
    language = options.language or _language()
    return verify(home, options.public_key, sandbox=options.sandbox, language=language)


def _export(options: argparse.Namespace) -> int:
    from console.app.export import export

    outer = home_of(options)
    home = outer.sandbox if options.sandbox else outer
    return export(home, options.out, options.format, language=options.language or _language())


def _selfcheck(options: argparse.Namespace) -> int:
    from console.app.selfcheck import selfcheck

    outer = home_of(options)
    home = outer.sandbox if options.sandbox else outer
    return selfcheck(home, sandbox=options.sandbox, language=options.language or _language())


def _has_display() -> bool:
    named = os.environ.get("QT_QPA_PLATFORM", "")
    if named and not named.startswith(("xcb", "wayland")):
        return True
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(trouble: Trouble) -> str:
    """Return a trouble as one line: what happened, and what to do."""
    from console.domain.sentences import told

    sentence = told(trouble)
    return " ".join(filter(None, (translated(sentence.what), translated(sentence.do))))


def translated(text: Text, language: str | None = None) -> str:
    """Return a text in a language, else in the terminal's."""
    from console.settings.translations import Translator

    return Translator(language or _language())(text)


def _language() -> str:
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ru" if spoken.lower().startswith("ru") else "en"
