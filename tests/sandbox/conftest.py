"""A running sandbox on a clock that stands still, with certificates that are issued once for all tests."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from console.sandbox.certificates import certificate
from console.sandbox.sandbox import FOLDER, Sandbox
from tests.sandbox.client import Client
from tests.sandbox.stepped import SteppedClock

Open = Callable[..., Sandbox]


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two certificates."""
    folder = tmp_path_factory.mktemp("issued")
    certificate(folder / "payment")
    certificate(folder / "payout")
    return folder


@pytest.fixture
def practice(home: Path, issued: Path) -> Path:
    """A home whose gateway has its certificates already."""
    shutil.copytree(issued, home.joinpath(*FOLDER))
    return home


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def start(practice: Path, clock: SteppedClock) -> Iterator[Open]:
    """Opens sandboxes of that home and closes them after the test."""
    with ExitStack() as opened:

        def start_one(**options: Any) -> Sandbox:
            sandbox = Sandbox.open(practice, **{"clock": clock, **options})
            opened.callback(sandbox.close)
            return sandbox

        yield start_one


@pytest.fixture
def sandbox(start: Open) -> Sandbox:
    return start()


@pytest.fixture
def client(sandbox: Sandbox) -> Client:
    return Client(sandbox)
