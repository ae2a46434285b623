"""Repair puts right what it can, names what it cannot, and deletes nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import stat

import pytest

from tests.store.helpers import Made, flip
from tests.store.test_trash import REC, add_page, add_record, found
from vault.errors import Damaged
from vault.model.records import RecordStatus
from vault.store import pages, records, repair
from vault.store.checks import Problem
from vault.store.originals import file_of

TODAY = dt.date(2026, 6, 1)


def mend(made: Made, *, anyway: bool = False) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Open for writing and mend: what was done by file, and what is still wrong."""
    with made.open(write=True, anyway=anyway) as opened:
        done = repair.mend(opened, TODAY)
        return {p.file: p.what for p in done}, opened.verify(full=True)


def stock(made: Made) -> str:
    """A record with a page over a real original; returns the original's id."""
    made.fill()
    (original,) = made.originals
    with made.vault.write("test") as db:
        add_record(db, REC, original)
        add_page(db, REC, 1, "invented words", b"\x01", 0.0)
    made.vault.close()
    return original


def test_a_whole_vault_is_left_as_it_is(made: Made) -> None:
    """There is nothing to do, and nothing is written to the history."""
    stock(made)
    before = made.records.read_bytes()
    assert mend(made) == ({}, ())
    assert made.records.read_bytes() == before


@pytest.mark.parametrize("name", ["keys", "keys.bak"])
def test_a_copy_of_the_keys(made: Made, name: str) -> None:
    """It is written again from the good one, whichever was damaged."""
    stock(made)
    flip(made.folder / name, 40)
    done, problems = mend(made)
    assert done == {"keys": "both copies are the same again"}
    assert problems == ()
    assert (made.folder / "keys").read_bytes() == (made.folder / "keys.bak").read_bytes()


@pytest.mark.parametrize("second", [False, True])
def test_an_anchor(made: Made, second: bool) -> None:
    """Either anchor is written again from what the other vouches for."""
    stock(made)
    flip(next(made.state.iterdir()) if second else made.folder / "anchor", 40)
    done, problems = mend(made)
    assert set(done) == {"anchor"}
    assert "written again" in done["anchor"]
    assert problems == ()
    with made.open() as opened:
        assert opened.notices == ()


def test_permissions(made: Made) -> None:
    """Folders and files others could read, at any depth, are closed to them again."""
    original = stock(made)
    wide = (made.folder, made.records, made.folder / "originals", made.folder / file_of(original))
    for path in wide:
        path.chmod(0o755 if path.is_dir() else 0o644)
    done, problems = mend(made)
    assert set(done) >= {".", "records.db", "originals", file_of(original)}
    assert problems == ()
    assert {stat.S_IMODE(p.stat().st_mode) for p in wide} == {0o700, 0o600}


def test_the_search_index(made: Made) -> None:
    """An index that lost a page finds it again."""
    stock(made)
    with made.open(write=True) as opened:
        with opened.write("test") as db:
            db.execute("INSERT INTO reading_text (reading_text) VALUES ('delete-all')")
        assert "search index" in opened.verify(full=True)[0].what
    made.vault = made.open()
    assert found(made, "invented") == []
    assert "search index" in made.vault.verify(full=True)[0].what  # a reader finds it too
    made.vault.close()
    done, problems = mend(made)
    assert done == {"records.db": "the search index was made anew"}
    assert problems == ()
    made.vault = made.open()
    assert found(made, "invented") == [REC]


def test_an_index_of_the_database(made: Made) -> None:
    """An index that no longer fits its table is made anew from the rows."""
    stock(made)
    with made.open(write=True) as opened:
        writer = opened._writer
        assert writer is not None
        writer.execute("PRAGMA writable_schema = ON")
        writer.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX record_original ON record (title)' "
            "WHERE name = 'record_original'"
        )
    done, problems = mend(made)
    assert done == {"records.db": "its indexes were made anew"}
    assert problems == ()


def test_a_damaged_original_is_put_aside_and_its_record_says_so(made: Made) -> None:
    """The file is kept in quarantine; what was read from it stays; the reason tells what helps."""
    original = stock(made)
    flip(made.folder / file_of(original), 1000)
    broken = (made.folder / file_of(original)).read_bytes()
    done, problems = mend(made)
    name = f"quarantine/{original}.damaged-2026-06-01"
    assert done == {file_of(original): f"damaged: moved to {name}"}
    assert (made.folder / name).read_bytes() == broken
    assert [p.file for p in problems] == [file_of(original)]
    made.vault = made.open()
    record = records.get(made.vault.read(), REC)
    assert (record.status, record.reason) == (RecordStatus.UNREADABLE, repair.UNREADABLE)
    assert found(made, "invented") == [REC]
    made.vault.close()
    assert mend(made)[0] == {}  # a second time there is nothing left to do


def test_a_good_copy_in_quarantine_is_put_back(made: Made) -> None:
    """Where an original is missing and quarantine has it whole, the record is as before."""
    original = stock(made)
    path = made.folder / file_of(original)
    shutil.copy(path, made.folder / "quarantine" / f"{original}.orphan-2026-05-30")
    flip(path, 1000)
    _done, problems = mend(made)
    assert problems == ()
    made.vault = made.open()
    assert made.vault.originals.check(original) == 70_000
    assert records.get(made.vault.read(), REC).status is RecordStatus.STORED


@pytest.mark.parametrize("state", ["read", "pending", "unread"])
def test_a_record_whose_original_is_whole_again(made: Made, state: str) -> None:
    """The mark goes: a record that was read is as before, another is to be read."""
    original = stock(made)
    with made.open(write=True) as opened, opened.write("test") as db:
        db.execute("UPDATE page SET state = ?", (state,))
    path = made.folder / file_of(original)
    data = path.read_bytes()
    path.unlink()
    assert mend(made)[0] == {}
    path.write_bytes(data)
    path.chmod(0o600)
    done, problems = mend(made)
    assert done == {file_of(original): "whole again: its records are no longer marked"}
    assert problems == ()
    with made.open() as opened:
        record = records.get(opened.read(), REC)
        (page,) = pages.of(opened.read(), REC)
    read = state == "read"
    assert record.status is (RecordStatus.STORED if read else RecordStatus.READING)
    assert (record.reason, page.state.value) == ("", "read" if read else "pending")
    assert mend(made) == ({}, ())


def test_a_file_no_row_names(made: Made) -> None:
    """It is a note to verify, and repair puts it aside at once; verify then tells of that."""
    stock(made)
    stray = made.folder / "originals" / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"something")
    with made.open() as opened:
        assert opened.verify(full=True) == ()
        assert [n.file for n in opened.verify_notes()] == [f"originals/ab/{stray.name}"]
    done, problems = mend(made)
    aside = f"quarantine/{stray.name}.orphan-2026-06-01"
    assert done == {f"originals/ab/{stray.name}": f"no record names it: moved to {aside}"}
    assert problems == ()
    with made.open() as opened:
        assert [n.file for n in opened.verify_notes()] == [aside]


def test_an_older_vault_is_taken_on_only_when_a_person_says_so(made: Made) -> None:
    """Refused at first; accepted, it is whole from then on, and the history tells of it."""
    made.set("colour", "teal")
    made.vault.close()
    older = made.folder.with_name("older")
    shutil.copytree(made.folder, older)
    made.open(write=True).close()
    with made.open(write=True) as opened, opened.write("x") as db:
        db.execute("INSERT INTO setting VALUES ('a', 'b')")
    shutil.rmtree(made.folder)
    older.rename(made.folder)
    with pytest.raises(Damaged):
        mend(made)
    done, problems = mend(made, anyway=True)
    assert "1 committed change is missing" in done["records.db"]
    assert problems == ()
    with made.open() as opened:
        events = [row[0] for row in opened.read().execute("SELECT event FROM audit")]
        assert "vault.accepted" in events
        assert opened.notices == ()
