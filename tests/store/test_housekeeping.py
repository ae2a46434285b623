"""Housekeeping clears away what nobody can want back any more, once a day, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest

from tests.store.helpers import Made
from tests.store.test_trash import add_record
from vault.errors import CannotWrite
from vault.store import checks, housekeeping, quarantine, trash
from vault.store.originals import Originals, file_of
from vault.store.quarantine import Reason

NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
REC = "rec_00000000000a"


def seal(made: Made, text: bytes) -> str:
    """Seal an original without a row."""
    return made.vault.originals.seal(io.BytesIO(text), 1000).id


def deleted(made: Made, days: int) -> str:
    """A record that went to the trash so many days before NOW; the id of its original."""
    original = seal(made, b"paper")
    with made.vault.write("test") as db:
        add_record(db, REC, original)
        trash.put_in(db, REC, housekeeping.stamp(NOW - days * DAY))
    return original


def age(made: Made, original: str, hours: float) -> None:
    """Make an original's file as old as this, counted from NOW."""
    then = (NOW - dt.timedelta(hours=hours)).timestamp()
    os.utime(made.folder / file_of(original), (then, then))


def aside(made: Made) -> list[str]:
    """What lies in quarantine."""
    return sorted(p.name for p in (made.folder / "quarantine").iterdir())


def test_the_trash_keeps_for_thirty_days(made: Made) -> None:
    """On the thirtieth day it is still there; after that rows and file are gone."""
    original = deleted(made, 30)
    path = made.folder / file_of(original)
    housekeeping.keep_house(made.vault, NOW)
    assert path.exists()
    assert len(trash.every(made.vault.read())) == 1
    housekeeping.keep_house(made.vault, NOW + DAY)
    assert not path.exists()
    assert trash.every(made.vault.read()) == ()
    assert made.vault.verify(full=True) == ()
    assert made.vault.notices == ()


def test_a_clock_that_jumps_ahead_empties_nothing(made: Made) -> None:
    """Nor does opening a vault after months: what may be wanted back has another day."""
    deleted(made, 0)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=365)
    housekeeping.keep_house(made.vault, later)
    assert len(trash.every(made.vault.read())) == 1
    assert not housekeeping.due(made.vault, later.date())
    with made.vault.write("test"):
        pass
    housekeeping.keep_house(made.vault, dt.datetime.now(dt.UTC) + DAY)
    assert trash.every(made.vault.read()) == ()


def test_it_is_done_once_a_day(made: Made) -> None:
    """A second time on the same day nothing is written; a new vault has nothing due either."""
    assert not housekeeping.due(made.vault, dt.datetime.now(dt.UTC).date())
    housekeeping.keep_house(made.vault, NOW)
    deleted(made, 40)
    housekeeping.keep_house(made.vault, NOW + dt.timedelta(hours=6))
    assert len(trash.every(made.vault.read())) == 1
    housekeeping.keep_house(made.vault, NOW + DAY)
    assert trash.every(made.vault.read()) == ()


def test_opening_for_writing_does_it(made: Made) -> None:
    """A writer clears away on opening; a reader does not."""
    original = deleted(made, 400)
    with made.vault.write("test") as db:
        db.execute("UPDATE meta SET value = '2026-01-01' WHERE name = 'housekeeping'")
    made.vault.close()
    made.open().close()
    assert (made.folder / file_of(original)).exists()
    made.open(write=True).close()
    assert not (made.folder / file_of(original)).exists()


def test_a_crash_after_the_rows_leaves_a_file_that_is_put_aside(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row first, then the file: what is left in between is no record's, and is not lost at once."""
    original = deleted(made, 31)

    def cut_off(_self: Originals, _id: str) -> None:
        raise CannotWrite("originals", "the disk reports an error")

    with monkeypatch.context() as patched:
        patched.setattr(Originals, "remove", cut_off)
        housekeeping.keep_house(made.vault, NOW)
    assert made.vault.notices[0].startswith("clearing away was put off: ")
    assert checks.orphans(made.vault.read(), made.vault.originals) == (original,)
    age(made, original, 25)
    housekeeping.keep_house(made.vault, NOW + DAY)
    assert aside(made) == [f"{original}.orphan-2026-06-02"]


def test_an_orphan_is_left_alone_for_a_day(made: Made) -> None:
    """A young one may be an import's that is about to name it."""
    young, old = seal(made, b"young"), seal(made, b"old")
    age(made, young, 23)
    age(made, old, 25)
    housekeeping.keep_house(made.vault, NOW)
    assert aside(made) == [f"{old}.orphan-2026-06-01"]
    assert list(made.vault.originals.stored()) == [young]


def test_files_of_records_and_of_the_trash_are_no_orphans(made: Made) -> None:
    """Nothing a row names is ever put aside."""
    made.fill()
    kept = deleted(made, 2)
    for original in (kept, *made.originals):
        age(made, original, 1000)
    housekeeping.keep_house(made.vault, NOW)
    assert aside(made) == []
    assert made.vault.verify(full=True) == ()


def test_quarantine_lets_go_of_orphans_and_never_of_damaged_files(made: Made) -> None:
    """Thirty days after an orphan came there it goes; everything else stays."""
    place = made.folder / "quarantine"
    names = [f"{'a' * 64}.orphan-2026-05-02", f"{'b' * 64}.orphan-2026-05-03"]
    names += [f"{'c' * 64}.damaged-2020-01-01", "d" * 64, f"{'e' * 64}.orphan-2026-02-30"]
    for name in names:
        (place / name).write_bytes(b"x")
    assert quarantine.purge(made.folder, NOW.date()) == 1
    assert aside(made) == sorted(names[1:])


def test_nothing_in_quarantine_is_written_over(made: Made) -> None:
    """The same original put aside twice on one day gives two files."""
    for _ in range(2):
        original = seal(made, b"again")
        quarantine.put(made.folder, made.vault.originals, original, Reason.DAMAGED, NOW.date())
    assert aside(made) == [f"{original}.damaged-2026-06-01", f"{original}.damaged-2026-06-01.2"]
    assert len(tuple(quarantine.every(made.folder))) == 2


def test_a_failure_is_a_notice(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails keeps nobody out of the vault."""

    def fail(_folder: Path, _today: dt.date) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(quarantine, "purge", fail)
    housekeeping.keep_house(made.vault, NOW)
    assert made.vault.notices == ("clearing away was put off: no permission",)
