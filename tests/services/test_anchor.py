"""The head that the vault keeps: moved by an owner of the whole chain only, never by an older copy of it (R9)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.journal.backup import Copy
from console.journal.entry import Head
from console.services.anchor import Anchor, head_in
from console.services.backups import Backups
from tests.services.bench import Bench, answered
from tests.services.test_backups import ACCEPTED, gap, reopen

LATER = answered(200, {"id": 6, "payment_status": "wait"})


def test_is_written_where_the_head_has_moved(bench: Bench) -> None:
    anchor = Anchor(bench.vault, bench.journal)
    assert anchor.kept() is None
    assert anchor.drop()
    assert not anchor.drop()
    assert head_in(bench.vault) == bench.journal.head()
    bench.send(ACCEPTED)
    assert Anchor(bench.vault, bench.journal).drop()
    assert head_in(bench.vault) == bench.journal.head()


class TestAnOlderCopyInItsPlace:
    """Somebody put an old file there by hand: no setting tells, only the head that the vault kept."""

    @pytest.fixture
    def whole(self, bench: Bench, backups: Backups, tmp_path: Path) -> Copy:
        """The copy that was made last, before the older file took the journal's place."""
        bench.send(ACCEPTED, order_id="before")
        backups.make().path.rename(tmp_path / "old.db")
        bench.send(LATER, order_id="after", number="79031112200")
        Anchor(bench.vault, bench.journal).drop()
        made = backups.make()
        bench.reader.close()
        bench.journal.close()
        shutil.copy(tmp_path / "old.db", bench.home.journal)
        reopen(bench)
        bench.clock.advance(60)
        return made

    def test_does_not_move_it_until_the_gap_is_signed_off(self, bench: Bench, whole: Copy) -> None:
        del whole
        kept = head_in(bench.vault)
        for _ in range(2):
            assert bench.journal.fault is not None
            assert bench.journal.fault.code == "E-ROLLBACK"
            anchor = Anchor(bench.vault, bench.journal)
            assert not anchor.drop()
            assert not anchor.drop()
            bench.journal.block(Unavailable("E-INTERNAL"))  # a bug is met: it takes the place of what stood there
            assert not anchor.drop()
            assert head_in(bench.vault) == kept
            reopen(bench)
        gap(bench).sign_off("every order was looked up in the cabinet", "Анна")
        assert head_in(bench.vault) == bench.journal.head()
        reopen(bench)
        assert bench.journal.fault is None
        bench.send(answered(200, {"id": 7, "payment_status": "wait"}), order_id="next", number="79031112299")
        assert Anchor(bench.vault, bench.journal).drop()
        assert head_in(bench.vault) == bench.journal.head()

    def test_leaves_the_folder_its_head_and_every_copy_until_then(
        self, bench: Bench, backups: Backups, whole: Copy
    ) -> None:
        """The newest copy of the day is one of the older file: the one before it holds the orders that lack."""
        kept = backups.head()
        made = backups.make()
        assert backups.head() == kept
        assert backups.all() == [made, whole]
        gap(bench).sign_off("every order was looked up in the cabinet", "Анна")
        bench.clock.advance(60)
        last = backups.make()
        assert backups.head() == bench.journal.head()
        assert backups.all() == [last]


def test_a_head_of_another_branch_blocks_also_where_the_journal_has_outgrown_it(bench: Bench) -> None:
    behind = gap(bench)
    behind.look([bench.journal.head(), Head(bench.journal.journal_id, 1, "00" * 32)])
    assert behind.can_be_signed_off
