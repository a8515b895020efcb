"""What the system says of a disk is told in the console's own words."""

from __future__ import annotations

import errno
import os

import pytest

from console.domain.phrases.disk import disk_words
from console.domain.sentences import told
from console.domain.text import Text
from console.domain.trouble import Unavailable


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO, errno.ENOENT])
def test_the_usual_refusals_have_words(number: int) -> None:
    words = disk_words(os.strerror(number))
    assert isinstance(words, Text)
    assert dict(told(Unavailable("E-BACKUP", why=os.strerror(number))).what.arguments) == {"why": words}


def test_what_is_not_known_stays_as_it_is() -> None:
    assert disk_words("page 3 is lost") == "page 3 is lost"
    said = told(Unavailable("E-BACKUP", why="page 3 is lost"))
    assert dict(said.what.arguments) == {"why": "page 3 is lost"}
