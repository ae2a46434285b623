"""Which generation is the newest: by the order they were made in, not by a clock or a name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.store.backups.kit import Backed
from tests.store.helpers import flip
from vault.errors import Damaged
from vault.store.backups import generations, manifest, places
from vault.store.backups.keep import Keep
from vault.store.backups.make import Wish


def test_renamed_folders_pass_for_nothing_else(backed: Backed, tmp_path: Path) -> None:
    """An older generation under the name of the newest is damage, in a check and in a restore."""
    first, second = backed.back_up().id, "20300102T030405.000006Z-01234567"
    backed.made.set("colour", "red")
    third = backed.back_up().id
    backed.place.generation(first).rename(backed.place.generation(second))
    (problem,) = backed.check().problems
    assert problem.file == f"generations/{second}/manifest"
    for wanted in ("", second):
        with pytest.raises(Damaged, match="begun at"):
            backed.restore(tmp_path / "new", wanted=wanted)
    assert backed.restore(tmp_path / "new", wanted=third).generation == third


def test_a_clock_that_was_ahead_does_not_hide_what_came_later(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one made last is the newest, though an earlier one bears a later date."""
    name = places.new_name
    with monkeypatch.context() as patched:
        patched.setattr(places, "new_name", lambda at: name(at + dt.timedelta(days=400)))
        ahead = backed.back_up().id
    last = backed.back_up().id
    assert last < ahead
    assert backed.finished() == [ahead, last]
    assert [g.id for g in backed.check(last=True).generations] == [last]
    assert generations.choose(backed.place).name == last
    assert backed.restore(tmp_path / "new").generation == last


def test_a_damaged_manifest_is_put_aside_by_the_next_backup(backed: Backed) -> None:
    """It stays, told by every check; it neither stops old originals from going nor is restored."""
    gone = backed.add(b"soon deleted")
    backed.back_up()
    backed.remove(gone)
    broken = backed.back_up().id
    flip(backed.place.generation(broken) / "manifest", 40)
    aside = f"generations/damaged-{broken}"
    made = backed.back_up(Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0)))
    assert (made.aside, made.removed, len(backed.copies())) == ((aside,), 1, 2)
    assert sorted(p.name for p in (backed.folder / aside).iterdir()) == [
        "keys",
        "manifest",
        "records.db",
    ]
    assert [p.file for p in backed.check().problems] == [aside]
    assert backed.back_up().aside == ()
    assert generations.choose(backed.place).name == backed.finished()[-1]


def test_what_only_a_renamed_generation_names_stays(backed: Backed) -> None:
    """A manifest that is whole keeps its originals, wherever its folder was moved to."""
    gone = backed.add(b"soon deleted")
    first = backed.back_up().id
    backed.remove(gone)
    backed.place.generation(first).rename(
        backed.place.generation("20200102T030405.000006Z-01234567")
    )
    made = backed.back_up(Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0)))
    assert len(made.aside) == 1
    assert len(backed.copies()) == 3


def test_a_newer_programs_generation_is_not_put_aside(
    backed: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no damage; and while it is there no original goes."""
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "FORMAT", 2)
        backed.back_up()
    assert backed.back_up(Wish()).aside == ()
    assert len(backed.place.names()) == 2
