"""The pictures: the script takes them without a display."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "shots.py"


def shots(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=timeout)


def test_a_scene_is_taken_in_the_language_and_theme_asked_for(tmp_path: Path) -> None:
    done = shots("--out", str(tmp_path), "--only", "20-controls", "--flat", "--language", "ru", "--theme", "dark")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["20-controls-ru-dark.png"]
    assert (tmp_path / "20-controls-ru-dark.png").read_bytes().startswith(b"\x89PNG")


def test_no_scene_of_that_name_is_a_failure(tmp_path: Path) -> None:
    assert shots("--out", str(tmp_path), "--only", "no-such-scene", "--flat").returncode == 1


def test_every_sentence_of_trouble_stands_in_its_picture(tmp_path: Path) -> None:
    done = shots(
        "--out", str(tmp_path), "--troubles", "--flat", "--language", "ru", "--theme", "light", timeout=400
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.iterdir())) > 60
