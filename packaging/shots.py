"""Pictures of the window: `packaging/shots.py --out DIR [--only TEXT] [--language ru|en] [--theme light|dark] [--scale N]`.

Every scene of `shots_scenes` is shot in Russian and English, light and dark, and in Russian light at its further scales.
Needs no display.
"""

import argparse
import importlib
import os
import pkgutil
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "en")
THEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]
    taken, failed = _shoot(options)
    if options.scale == 100 and not options.flat:
        for scale in sorted({scale for scene in _scenes(options.only) for scale in scene.scales}):
            command = [
                sys.executable,
                __file__,
                "--out",
                str(options.out),
                "--only",
                options.only,
                "--scale",
                str(scale),
            ]
            environment = dict(os.environ, QT_SCALE_FACTOR=str(scale / 100))
            if subprocess.run(command, check=False, env=environment).returncode:
                failed.append(f"something at {scale} %")
    print(f"{taken} pictures in {options.out}")
    for name in failed:
        print(f"failed: {name}", file=sys.stderr)
    return 0 if taken and not failed else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--only", default="", help="only scenes whose name contains this")
    parser.add_argument("--language", choices=LANGUAGES, help="one language only")
    parser.add_argument("--theme", choices=THEMES, help="one theme only")
    parser.add_argument("--scale", type=int, default=100, help="in percent; set by the script itself")
    parser.add_argument("--troubles", action="store_true", help="only scenes that show a sentence of trouble")
    parser.add_argument("--flat", action="store_true", help="no other scales than 100 %%")
    return parser.parse_args(arguments)


def _scenes(only: str):  # type: ignore[no-untyped-def]  # the stage may be imported only after the platform is chosen
    import shots_scenes
    import shots_stage

    for module in pkgutil.iter_modules(shots_scenes.__path__):
        importlib.import_module(f"shots_scenes.{module.name}")
    return [scene for name, scene in sorted(shots_stage.SCENES.items()) if only in name]


def _shoot(options: argparse.Namespace) -> tuple[int, list[str]]:
    """Take the pictures of this process's scale; return how many, and the names of the scenes that failed."""
    from PySide6.QtWidgets import QApplication

    from console.ui import i18n
    from console.ui.theme import theme

    application = QApplication.instance() or QApplication([])
    theme.current().install(application, "light")  # type: ignore[arg-type]  # made as a QApplication just above
    options.out.mkdir(parents=True, exist_ok=True)
    taken, failed = 0, []
    for language, look in _variants(options):
        i18n.current().choose(language)
        theme.current().choose(look)
        for scene in _scenes(options.only):
            if options.scale != 100 and options.scale not in scene.scales:
                continue
            if options.troubles and not scene.codes:
                continue
            try:
                _take(scene, language, look, options)
                taken += 1
            except Exception:  # noqa: BLE001  # one broken scene must not hide the others; it is told at the end
                traceback.print_exc()
                failed.append(f"{scene.name} ({language}, {look})")
    return taken, failed


def _take(scene, language: str, look: str, options: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]  # as above
    from shots_stage import Stage, missing, settle

    stage = Stage(language, look)
    widget = scene.build(stage)
    try:
        widget.resize(*scene.size)
        widget.show()
        settle()
        stage.act()
        settle()
        tail = "" if options.scale == 100 else f"-{options.scale}-percent"
        widget.grab().save(str(options.out / f"{scene.name}{tail}-{language}-{look}.png"))
        if unsaid := missing(widget, scene.codes):
            raise RuntimeError(f"not said: {', '.join(unsaid)}")
    finally:
        stage.end()
        widget.close()
        widget.deleteLater()
        settle()


def _variants(options: argparse.Namespace) -> list[tuple[str, str]]:
    if options.scale != 100:
        return [("ru", "light")]
    languages = (options.language,) if options.language else LANGUAGES
    themes = (options.theme,) if options.theme else THEMES
    return [(language, look) for language in languages for look in themes]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
