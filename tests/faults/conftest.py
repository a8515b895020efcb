"""One ground for all fault suites of a run, and the seed of this commit by which their slices are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.ground import Ground, ground
from tests.faults.judge import Tally
from tests.faults.seeds import commit_seed


@pytest.fixture(scope="session")
def played() -> Iterator[Ground]:
    """The ground that cases are played on."""
    with ground() as made:
        yield made


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of the commit: other points are drawn for another one, and the same again for the same."""
    return commit_seed()


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[Tally], Tally]:
    """Print the line of a suite past the capture, and hand the tally on."""

    def told(tally: Tally) -> Tally:
        with capsys.disabled():
            print(f"\n{tally.line()}")
        return tally

    return told
