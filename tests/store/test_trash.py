"""The trash: what is deleted leaves every table, and comes back as if it had never been away."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.helpers import Made, make
from vault.errors import AmbiguousId, Damaged, Refused, TooNew, UnknownId
from vault.store import root, trash
from vault.store.crypto import Label
from vault.store.database import Db

AT = "2026-03-01T10:00:00Z"
REC = "rec_00000000000a"
MEMBER = "rec_00000000000b"
OTHER = "rec_00000000000c"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
REAL = st.floats(allow_nan=False, min_value=-1e300, max_value=1e300)


def add_record(db: Db, id_: str, original: str, parent: str | None = None) -> None:
    """Put in a record with its original, and nothing else."""
    db.execute("INSERT OR IGNORE INTO original VALUES (?, 5, '')", (original,))
    db.execute(
        "INSERT INTO record (id, original, parent, title, media, status, language, engine,"
        " imported_at) VALUES (?, ?, ?, 'a title', 'pdf', 'stored', 'eng', 'auto', '')",
        (id_, original, parent),
    )


def add_page(db: Db, record: str, number: int, text: str, words: bytes, skew: float) -> None:
    """Put in a page with a reading, a correction of it, a fact, a flag and a password."""
    db.execute("INSERT INTO page (record, number, state) VALUES (?, ?, 'read')", (record, number))
    reading = db.execute(
        "INSERT INTO reading (record, page, source, engine, language, turn, skew, confidence,"
        " words, text, made_at) VALUES (?, ?, 'ocr', '', 'eng', 0, ?, 1, ?, ?, '')",
        (record, number, skew, words, text),
    ).lastrowid
    db.execute(
        "UPDATE page SET shown = ? WHERE record = ? AND number = ?", (reading, record, number)
    )
    db.execute(
        "INSERT INTO word_fix (reading, start, stop, text, made_at) VALUES (?, 0, 1, ?, '')",
        (reading, text),
    )
    db.execute(
        "INSERT INTO fact VALUES (?, ?, ?, 'name', ?, '', '', 0, 1, ?, 0, 1, 1, 9, 1)",
        (f"fact_{record}{number}", record, number, text, skew),
    )
    mark = f"{record}{number}"
    db.execute(
        "INSERT INTO flag (id, state, record, page, check_name, kind, subject, severity, quote,"
        " reason, key, fingerprint, confidence, made_at, why_dismissed)"
        " VALUES (?, 'dismissed', ?, ?, 'c', 'k', 's', 'care', ?, '', '', ?, 1, '', 'no')",
        (f"flag_{mark}", record, number, text, mark),
    )
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (f"password:{record}", text))


def everything(db: Db) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table the content root covers, with its rowid, in order."""
    return {
        table: db.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
        for table in root.tables(db)
    }


def fill(made: Made) -> None:
    """A record with a member, and another one, each with a page."""
    with made.vault.write("test") as db:
        for record, original, parent in ((REC, "a", None), (MEMBER, "b", REC), (OTHER, "c", None)):
            add_record(db, record, original, parent)
            add_page(db, record, 1, f"invented words of {record}", b"\x00\xff", 0.5)


def delete(made: Made, record: str = REC) -> tuple[str, ...]:
    """Move a record to the trash."""
    with made.vault.write("record.deleted", record) as db:
        return trash.put_in(db, record, AT)


def restore(made: Made, record: str = REC) -> tuple[str, ...]:
    """Bring a record back."""
    with made.vault.write("record.restored", record) as db:
        return trash.take_out(db, record)


def found(made: Made, word: str) -> list[str]:
    """The records whose pages hold a word, by the search index."""
    rows = made.vault.read().execute(
        "SELECT record FROM reading_text JOIN reading ON reading.id = reading_text.rowid "
        "WHERE reading_text MATCH ? ORDER BY record",
        (word,),
    )
    return [str(row[0]) for row in rows]


def test_every_table_that_names_a_record_is_known() -> None:
    """A table added later with rows of a record cannot be forgotten: its name would fail here."""
    with tempfile.TemporaryDirectory() as place:
        made = make(Path(place))
        db = made.vault.read()
        belonging = {"record", "page", "reading", "flag", "word_fix", "fact"}
        naming = {
            table
            for table in root.tables(db)
            for row in db.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (table,))
            if row[0] in belonging
        }
        naming |= {t for t in root.tables(db) if "record" in root.columns(db, t)}
        made.vault.close()
    assert naming - {"trash"} <= set(trash.BELONGING)


def test_what_is_deleted_is_gone_from_every_table(made: Made) -> None:
    """Rows, search index and password go, of the record and of what came out of it; no others."""
    fill(made)
    assert delete(made) == (REC, MEMBER)
    for table, rows in everything(made.vault.read()).items():
        if table not in ("trash", "original"):
            assert REC not in str(rows), table
            assert MEMBER not in str(rows), table
    assert found(made, "invented") == [OTHER]
    assert made.vault.verify(full=False)[0].file.startswith("originals/")  # "a" is no real file
    listed = {t.record: t.along for t in trash.every(made.vault.read())}
    assert listed == {REC: REC, MEMBER: REC}


def test_what_is_restored_is_as_it_was(made: Made) -> None:
    """Every row under its old number, every decision, and the search index."""
    fill(made)
    before = everything(made.vault.read())
    delete(made)
    assert restore(made) == (REC, MEMBER)
    assert everything(made.vault.read()) == before
    assert found(made, "invented") == [REC, MEMBER, OTHER]


PAGE = st.tuples(TEXT, st.binary(max_size=20), REAL)


@settings(deadline=None, max_examples=10)
@given(st.lists(PAGE, max_size=4), st.lists(PAGE, max_size=2), st.booleans())
def test_the_root_is_what_it_was(
    pages: list[tuple[str, bytes, float]], later: list[tuple[str, bytes, float]], last: bool
) -> None:
    """Whatever the rows hold and whatever was added meanwhile: no row differs afterwards."""
    with tempfile.TemporaryDirectory() as place:
        made = make(Path(place))
        with made.vault.write("test") as db:
            for record, original in ((REC, "a"), (OTHER, "c"))[:: -1 if last else 1]:
                add_record(db, record, original)
                for number, page in enumerate(pages, 1):
                    add_page(db, record, number, *page)
        delete(made)
        with made.vault.write("test") as db:
            for number, page in enumerate(later, len(pages) + 1):
                add_page(db, OTHER, number, *page)
            without = root.stored(db)
        restore(made)
        with made.vault.write("test") as db:
            assert root.stored(db) == root.recompute(db, made.vault._keys.of(Label.CONTENT_ROOT))
        with_it = root.stored(made.vault.read())
        delete(made)
        restore(made)
        assert root.stored(made.vault.read()) == with_it != without
        rows = made.vault.read().execute(
            "SELECT text, words, skew FROM reading WHERE record = ? ORDER BY page", (REC,)
        )
        assert [tuple(row) for row in rows] == pages
        made.vault.close()


def test_numbers_given_out_meanwhile_do_not_clash(made: Made) -> None:
    """A reading made while another is in the trash has a number of its own."""
    with made.vault.write("test") as db:
        add_record(db, OTHER, "c")
        add_record(db, REC, "a")
        add_page(db, REC, 1, "first", b"1", 0.0)
    (before,) = made.vault.read().execute("SELECT id FROM reading").fetchall()
    delete(made)
    with made.vault.write("test") as db:
        add_page(db, OTHER, 1, "second", b"2", 0.0)
    restore(made)
    rows = made.vault.read().execute("SELECT record, id FROM reading ORDER BY id").fetchall()
    assert rows[0] == (REC, before[0])
    assert rows[1][0] == OTHER
    assert found(made, "second") == [OTHER]


def test_a_member_deleted_first_waits_for_its_record(made: Made) -> None:
    """It cannot come back while what it came out of is in the trash; after that it can."""
    fill(made)
    before = everything(made.vault.read())
    assert delete(made, MEMBER) == (MEMBER,)
    assert delete(made) == (REC,)
    with pytest.raises(Refused, match=f"came out of {REC}"):
        restore(made, MEMBER)
    restore(made)
    restore(made, MEMBER)
    assert everything(made.vault.read()) == before


def test_looking_up_what_is_in_the_trash(made: Made) -> None:
    """By the beginning of an id, or by the file it was; what is not there is an error."""
    fill(made)
    delete(made)
    db = made.vault.read()
    assert trash.resolve(db, "rec_00000000000a").title == "a title"
    with pytest.raises(AmbiguousId):
        trash.resolve(db, "rec_0")
    with pytest.raises(UnknownId):
        trash.resolve(db, OTHER)
    held = trash.by_original(db, "a")
    assert held is not None
    assert held.record == REC
    assert trash.by_original(db, "b") is None  # it went along with another
    with pytest.raises(UnknownId), made.vault.write("x") as writing:
        trash.put_in(writing, REC, AT)
    with pytest.raises(UnknownId):
        restore(made, OTHER)


@pytest.mark.parametrize(
    ("blob", "error"),
    [
        (b"no json", Damaged),
        (b"[]", Damaged),
        (json.dumps({"v": 2, "tables": []}).encode(), TooNew),
        (
            json.dumps({"v": 1, "tables": [{"name": "meta", "columns": [], "rows": []}]}).encode(),
            Damaged,
        ),
    ],
)
def test_a_blob_of_another_kind_changes_nothing(
    made: Made, blob: bytes, error: type[Exception]
) -> None:
    """What was not written by this program, or by a newer one, is refused and stays."""
    fill(made)
    delete(made)
    with made.vault.write("test") as db:
        db.execute("UPDATE trash SET rows = ? WHERE record = ?", (blob, REC))
    before = everything(made.vault.read())
    with pytest.raises(error):
        restore(made)
    assert everything(made.vault.read()) == before


def test_purging_lets_go_of_originals_nothing_else_names(made: Made) -> None:
    """An original another record, or a later deletion, still names is kept."""
    fill(made)
    with made.vault.write("test") as db:
        add_record(db, "rec_00000000000d", "a")
    delete(made)
    with made.vault.write("test") as db:
        assert trash.purge(db, AT) == ()  # not before its time
        assert trash.purge(db, "2026-03-01T10:00:01Z") == ("b",)
    assert trash.every(made.vault.read()) == ()
    rows = made.vault.read().execute("SELECT id FROM original ORDER BY id").fetchall()
    assert rows == [("a",), ("c",)]


def test_purging_keeps_what_any_other_table_names(made: Made) -> None:
    """A table added later that names originals is asked too, without being told here."""
    fill(made)
    writer = made.vault._writer
    assert writer is not None
    writer.execute("CREATE TABLE later (picture TEXT REFERENCES original (id)) STRICT")
    writer.execute("INSERT INTO later VALUES ('b')")
    delete(made)
    with made.vault.write("test") as db:
        assert trash.purge(db, "2027-01-01T00:00:00Z") == ("a",)
