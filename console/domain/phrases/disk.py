"""Why a disk refused, in words: the system says it in English, whatever language the window speaks."""

from __future__ import annotations

import errno
import os

from console.domain.text import Text, mark

_WORDS = {
    errno.ENOSPC: mark("trouble", "there is no room left on the disk"),
    errno.EDQUOT: mark("trouble", "your share of the disk is used up"),
    errno.EACCES: mark("trouble", "there is no right to write there"),
    errno.EPERM: mark("trouble", "there is no right to write there"),
    errno.EROFS: mark("trouble", "the disk can only be read"),
    errno.EIO: mark("trouble", "the disk reported a fault"),
    errno.ENOENT: mark("trouble", "the folder is not there"),
    errno.ENOTDIR: mark("trouble", "this is not a folder"),
    errno.EISDIR: mark("trouble", "this is a folder"),
    errno.EBUSY: mark("trouble", "another program uses the file"),
}
_SAID = {os.strerror(number): words for number, words in _WORDS.items()}


def disk_words(said: str) -> Text | str:
    """Return the words for what the system said of a disk; what is not known stays as it is."""
    return _SAID.get(said, said)
