"""Looking at a copy before it is put back: whose it is, how far it goes, what it lacks, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal.backup import Copy, make_copy
from console.journal.entry import Head
from console.services.anchor import Anchor, head_in
from console.services.backups import Backups, Found, examine
from console.settings.home import Home
from tests.services.bench import Bench, answered

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


@pytest.fixture
def copy(backups: Backups) -> Copy:
    return backups.make()


def look(bench: Bench, copy: Copy, *heads: Head | None, key: Secret | None = None) -> Found:
    return examine(copy.path, bench.home, key=key, heads=heads)


def test_says_whose_it_is_and_how_far_it_goes(bench: Bench, copy: Copy) -> None:
    found = look(bench, copy, key=bench.key)
    assert (found.path, found.journal_id, found.opens) == (copy.path, bench.journal.journal_id, True)
    assert (found.records, found.missing) == (bench.journal.head().seq, 0)
    assert found.last == bench.clock.utc
    assert look(bench, copy).opens is None


def test_another_key_is_asked_for_unless_it_would_push_out_that_of_a_journal_in_use(bench: Bench, copy: Copy) -> None:
    other = Secret("11" * 32)
    assert look(bench, copy, key=other).opens is None
    bench.send(ACCEPTED)
    assert look(bench, copy, key=other).opens is False
    bench.reader.close()
    bench.journal.close()
    bench.home.journal.write_bytes(b"damaged")
    assert look(bench, copy, key=other).opens is False


def test_says_what_it_lacks_against_the_furthest_head_known(bench: Bench, copy: Copy) -> None:
    before = bench.journal.head()
    bench.send(ACCEPTED)
    now = bench.journal.head()
    assert look(bench, copy).missing == now.seq - before.seq > 0
    ahead = Head(now.journal_id, now.seq + 7, "0" * 64)
    other = Head("0" * 32, now.seq + 99, "0" * 64)
    assert look(bench, copy, None, ahead, other).missing == ahead.seq - before.seq


@pytest.mark.parametrize("content", [None, b"", b"damaged" * 1000])
def test_without_a_journal_that_can_be_read_only_kept_heads_tell(
    bench: Bench, copy: Copy, tmp_path: Path, content: bytes | None
) -> None:
    home = Home(tmp_path / "other").create()
    if content is not None:
        home.journal.write_bytes(content)
    assert examine(copy.path, home, key=None, heads=[]).missing is None
    Anchor(bench.vault, bench.journal).drop()
    assert examine(copy.path, home, key=None, heads=[head_in(bench.vault)]).missing == 0


def test_a_copy_of_another_journal_is_not_measured_by_this_one(bench: Bench, copy: Copy, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        (tmp_path / "second").mkdir()
        other = Bench(tmp_path / "second", patch)
        found = examine(copy.path, other.home, key=other.key, heads=[other.journal.head()])
        other.close()
    assert (found.opens, found.missing) == (None, None)


def test_what_is_no_whole_copy_is_refused(bench: Bench, copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("nothing")
    (tmp_path / "empty.db").touch()
    data = bytearray(copy.path.read_bytes())
    written = data.index(b'"journal_id"')
    data[written : written + 40] = bytes(40)
    (tmp_path / "damaged.db").write_bytes(data)
    for path in (tmp_path / "none.db", tmp_path / "text.db", tmp_path / "empty.db", tmp_path / "damaged.db"):
        with pytest.raises(Unavailable) as caught:
            examine(path, bench.home, key=None, heads=[])
        assert caught.value.code == "E-BACKUP", path
        assert caught.value.values["why"]


def test_the_journal_itself_is_no_copy(bench: Bench) -> None:
    with pytest.raises(Unavailable, match="E-BACKUP"):
        examine(bench.home.journal, bench.home, key=None, heads=[])


def test_what_was_looked_at_is_left_as_it_was(bench: Bench, copy: Copy, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    look(bench, copy, key=bench.key)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_copy_made_by_hand_is_looked_at_too(bench: Bench, tmp_path: Path) -> None:
    made = make_copy(bench.home.path, tmp_path, bench.clock().utc.replace(microsecond=0), lambda *_: None)
    assert look(bench, made).records == bench.journal.head().seq
