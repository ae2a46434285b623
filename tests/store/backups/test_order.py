"""Which generation is the newest: by the order they were made in, not by a clock or a name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.store.backups.kit import Backed
from vault.errors import Damaged
from vault.store.backups import generations, places


def test_renamed_folders_pass_for_nothing_else(backed: Backed, tmp_path: Path) -> None:
    """An older generation under the name of the newest is damage, in a check and in a restore."""
    first, second = backed.back_up().id, "20300102T030405.000006Z-01234567"
    backed.made.set("colour", "red")
    place = backed.place
    place.generation(first).rename(place.generation(second))
    third = backed.back_up().id
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
