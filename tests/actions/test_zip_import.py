"""A ZIP is sealed whole, its files become records of their own, and what is refused is said."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.actions.made import hospital, patient
from tests.cli.kit import locked_pdf
from tests.ingest.bundles import headers_changed, locked, overlapping, zipped
from tests.ingest.papers import text_pdf
from vault.actions import records, requests
from vault.actions.imports import bundles, run
from vault.actions.imports.bundles import MemberStream
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import Damaged, Refused, Stopped
from vault.model.bundles import PIECE_BYTES, Piece
from vault.model.records import RecordStatus
from vault.model.requests import Channel
from vault.workers.pool import Pool

A, B, C = (text_pdf((f"Visit number {n} of a cold day",)) for n in range(3))
MB = 1024**2


@pytest.fixture
def taken(vault: Session, tmp_path: Path) -> Session:
    """A vault with a ZIP of two notes in it."""
    run.import_paths(vault, [packed(tmp_path, zipped({"2024/a.pdf": A, "b.pdf": B}))], Origin())
    return vault


def packed(folder: Path, data: bytes, name: str = "records.zip") -> Path:
    """The file a person would import."""
    path = folder / name
    path.write_bytes(data)
    return path


def said(rows: Sequence[Imported]) -> list[tuple[str, str]]:
    """File and status of each row."""
    return [(row.file, row.status) for row in rows]


def reasons(s: Session, path: Path, password: str = "") -> dict[str, str]:
    """Why each file was not taken in."""
    return {r.file: r.reason for r in run.import_paths(s, [path], Origin(), password=password)}


def test_members_are_records_that_name_their_parent(taken: Session, tmp_path: Path) -> None:
    """One record a member with its path, one of the ZIP itself, and that comes out whole."""
    held = {view.record.title: view.record for view in records.every(taken)}
    assert set(held) == {"records.zip", "a.pdf", "b.pdf"}
    whole, inside = held["records.zip"], held["a.pdf"]
    assert (whole.media, whole.status, whole.pages) == ("zip", RecordStatus.STORED, 0)
    assert (inside.parent, inside.member) == (whole.id, "2024/a.pdf")
    assert (inside.media, inside.status, inside.pages) == ("pdf", RecordStatus.STORED, 1)
    assert "number 0" in records.text(taken, inside.id)[1][0].text
    out = tmp_path / "out"
    records.export(taken, whole.id, out)
    assert out.read_bytes() == (tmp_path / "records.zip").read_bytes()
    records.export(taken, inside.id, out)
    assert out.read_bytes() == A
    assert taken.vault.verify(full=True) == ()


def test_the_same_zip_again(taken: Session, tmp_path: Path) -> None:
    """Every member is a duplicate; nothing is added."""
    rows = run.import_paths(taken, [tmp_path / "records.zip"], Origin())
    assert said(rows) == [("2024/a.pdf", "duplicate"), ("b.pdf", "duplicate")]
    assert len(records.every(taken)) == 3


def test_a_member_that_is_held_already(vault: Session, tmp_path: Path) -> None:
    """What came by itself, or under two names, is one record, whatever ZIP it comes in later."""
    alone = run.import_paths(vault, [packed(tmp_path, A, "alone.pdf")], Origin())[0]
    data = zipped({"a.pdf": A, "b.pdf": B, "copy/b.pdf": B})
    rows = run.import_paths(vault, [packed(tmp_path, data)], Origin())
    assert said(rows) == [("a.pdf", "duplicate"), ("b.pdf", "stored"), ("copy/b.pdf", "duplicate")]
    assert rows[0].id == alone.id
    assert rows[1].id == rows[2].id


def test_what_cannot_be_read_is_said(vault: Session, tmp_path: Path) -> None:
    """Foreign files, lies about a kind, ZIPs in the ZIP and bombs are rows with their reasons."""
    files = {
        "a.pdf": A,
        "note.txt": b"a note to oneself",
        "lie.pdf": b"just words",
        "inner.zip": zipped({"b.pdf": B}),
        "empty.pdf": b"",
        "bomb.pdf": bytes(10 * MB),
        "../out.pdf": C,
        "half.pdf": B[:300],
        "locked.pdf": locked_pdf("other"),
        ".DS_Store": b"x",
    }
    rows = run.import_paths(vault, [packed(tmp_path, zipped(files))], Origin())
    assert said(rows) == [
        ("a.pdf", "stored"),
        ("note.txt", "refused"),
        ("lie.pdf", "refused"),
        ("inner.zip", "refused"),
        ("empty.pdf", "refused"),
        ("bomb.pdf", "refused"),
        ("../out.pdf", "refused"),
        ("half.pdf", "unreadable"),
        ("locked.pdf", "unreadable"),
    ]
    why = {row.file: row.reason for row in rows}
    assert "unknown kind" in why["note.txt"]
    assert "not a PDF" in why["lie.pdf"]
    assert "a ZIP inside a ZIP" in why["inner.zip"]
    assert "empty" in why["empty.pdf"]
    assert "100 times" in why["bomb.pdf"]
    assert "outside the ZIP" in why["../out.pdf"]
    assert not (tmp_path / "out.pdf").exists()
    assert len(records.every(vault)) == 4


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a.pdf": A})[:-30], "damaged"),
        (zipped({}), "no files"),
        (zipped({"folder/": b""}), "no files"),
        (overlapping(40, A), "over each other"),
        (zipped({f"{n}.pdf": bytes(MB) for n in range(20)}), "100 times"),
    ],
)
def test_a_zip_that_cannot_be_opened(vault: Session, tmp_path: Path, data: bytes, why: str) -> None:
    """It is sealed all the same, and is a row of its own that says why; so it is the next time."""
    for _ in range(2):
        (row,) = run.import_paths(vault, [packed(tmp_path, data)], Origin())
        assert (row.file, row.status, row.kind) == ("records.zip", "unreadable", "zip")
        assert why in row.reason
    out = tmp_path / "out"
    records.export(vault, row.id, out)
    assert out.read_bytes() == data


def test_a_damaged_vault_is_not_told_as_a_damaged_zip(
    vault: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with the database goes to the top; the ZIP is no worse for it."""

    def harmed(*_: object, **__: object) -> None:
        raise Damaged("records.db is damaged")

    with monkeypatch.context() as patched:
        patched.setattr(bundles, "take", harmed)
        with pytest.raises(Damaged, match=r"records\.db"):
            run.import_paths(vault, [packed(tmp_path, zipped({"a.pdf": A}))], Origin())
    (bundle,) = records.every(vault)
    assert (bundle.record.title, bundle.record.status) == ("records.zip", RecordStatus.READING)
    assert [r.status for r in run.resume(vault)] == [RecordStatus.STORED] * 2


def test_a_damaged_member_leaves_no_trace(vault: Session, tmp_path: Path) -> None:
    """A member whose checksum is wrong is refused, and no file of it stays behind."""
    data = zipped({"a.pdf": A, "b.pdf": B})
    at = data.index(b"b.pdf") + 200
    broken = data[:at] + bytes(20) + data[at + 20 :]
    rows = run.import_paths(vault, [packed(tmp_path, broken)], Origin())
    assert said(rows) == [("a.pdf", "stored"), ("b.pdf", "refused")]
    assert "damaged inside the ZIP" in rows[1].reason
    assert len(list(vault.vault.originals.stored())) == 2
    assert list((vault.vault.folder / "tmp").iterdir()) == []


def test_a_locked_member_and_its_password(vault: Session, tmp_path: Path) -> None:
    """It is refused for want of the password, and taken when the ZIP comes again with it."""
    path = packed(tmp_path, locked("a.pdf", A, "sesame"))
    assert "needs a password" in reasons(vault, path)["a.pdf"]
    assert "does not open it" in reasons(vault, path, "open")["a.pdf"]
    (row,) = run.import_paths(vault, [path], Origin(), password="sesame")
    assert (row.status, row.pages) == ("stored", 1)


def test_what_is_said_of_the_zip_holds_for_its_members(vault: Session, tmp_path: Path) -> None:
    """Person, provider, request and day are those of the import; a later one fills in more."""
    path = packed(tmp_path, zipped({"a.pdf": A, "b.pdf": B}))
    run.import_paths(vault, [path], Origin(received_on=dt.date(2026, 3, 20)))
    person, provider = patient(vault), hospital(vault)
    day = dt.date(2026, 3, 2)
    asked = requests.new(vault, provider.id, person.id, Wanted()).request.id
    requests.sent(vault, asked, Sending(day, Channel.FAX, day))
    run.import_paths(vault, [path], Origin(request=asked))
    for view in records.every(vault):
        held = view.record
        assert (held.person, held.provider, held.request) == (person.id, provider.id, asked)
        assert held.received_on == dt.date(2026, 3, 20)


def test_a_large_member_is_streamed(vault: Session, tmp_path: Path) -> None:
    """A member of many pieces is sealed byte for byte, asked for twice and never held whole."""
    data = b"%PDF-1.7 " + random.Random(2).randbytes(bundles._KEPT_BYTES + 3 * MB + 5)
    rows = run.import_paths(vault, [packed(tmp_path, zipped({"big.pdf": data}))], Origin())
    assert said(rows) == [("big.pdf", "unreadable")]
    out = tmp_path / "out"
    records.export(vault, rows[0].id, out)
    assert out.read_bytes() == data


@pytest.mark.parametrize("again", [True, False])
def test_an_import_that_was_stopped_goes_on(vault: Session, tmp_path: Path, again: bool) -> None:
    """Stopped after the first member: the same command, or going on, takes in the rest."""
    names = {f"{n}.pdf": text_pdf((f"Visit number {n} of a cold day",)) for n in range(3)}
    path = packed(tmp_path, zipped(names))
    seen: list[Progress] = []
    watch = Watch(progress=seen.append, stop=lambda: len(seen) > 1)
    with pytest.raises(Stopped):
        run.import_paths(vault, [path], Origin(), watch=watch)
    assert [(at.done, at.total, at.unit) for at in seen] == [(0, 3, "file"), (1, 3, "file")]
    assert {r.title for r in run.unfinished(vault)} == {"records.zip", "0.pdf"}
    if again:
        rows = run.import_paths(vault, [path], Origin())
        assert said(rows) == [(name, "stored") for name in names]
    else:
        assert {r.status for r in run.resume(vault)} == {RecordStatus.STORED}
    assert run.unfinished(vault) == ()
    titles = sorted(view.record.title for view in records.every(vault))
    assert titles == [*names, "records.zip"]


def test_a_zip_has_no_pages_to_read_again(taken: Session) -> None:
    """Reading the ZIP again is refused, its members are read again by their own ids."""
    held = {view.record.title: view.record.id for view in records.every(taken)}
    with pytest.raises(Refused, match="no pages"):
        run.reread(taken, held["records.zip"], run.Again())
    assert run.reread(taken, held["a.pdf"], run.Again()).record.status is RecordStatus.STORED


def test_a_worker_that_takes_too_long(
    vault: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is killed, the member is refused, and the ones after it are taken."""
    real, calls = Pool.piece, list[int]()

    def piece(pool: Pool, *args: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            pool._deadlines = type(pool._deadlines)(bundle=0.0)
        else:
            pool._deadlines = type(pool._deadlines)()
        return real(pool, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "piece", piece)
    rows = run.import_paths(vault, [packed(tmp_path, zipped({"a.pdf": A, "b.pdf": B}))], Origin())
    assert said(rows) == [("a.pdf", "refused"), ("b.pdf", "stored")]
    assert "too long" in rows[0].reason


def _stream(pieces: Sequence[bytes], size: int) -> MemberStream:
    def ask(offset: int) -> Piece:
        at = 0
        for number, data in enumerate(pieces, 1):
            if at == offset:
                return Piece(data, end=number == len(pieces))
            at += len(data)
        return Piece(b"", end=True, problem="no such piece")

    return MemberStream(size, ask, lambda _: None)


def test_a_stream_reads_like_a_file() -> None:
    """Reads and seeks over pieces of any length give what a file gives."""
    pieces = (b"abc", b"d", b"efghij")
    with io.BufferedReader(_stream(pieces, 10), 4) as stream:
        assert stream.read() == b"abcdefghij"
        stream.seek(2)
        assert stream.read(3) == b"cde"
        assert stream.read() == b"fghij"
        assert stream.read() == b""


def test_a_worker_that_lies_about_a_member() -> None:
    """More bytes than the list says, or than a ZIP of that size may hold, are not taken."""
    with pytest.raises(Refused, match="longer than the ZIP says"):
        _stream((b"abc", b"def"), 5).read()
    room = bundles._Room(packed=1000)
    room.spend(16 * PIECE_BYTES)
    with pytest.raises(Refused, match="more than it says"):
        room.spend(1)


def test_sizes_in_a_zip_that_lie(vault: Session, tmp_path: Path) -> None:
    """A member that claims to be shorter than it is is refused, not cut."""
    lie = headers_changed(zipped({"a.pdf": A}), 22, 24, (900).to_bytes(4, "little"))
    (row,) = run.import_paths(vault, [packed(tmp_path, lie)], Origin())
    assert (row.file, row.status) == ("a.pdf", "refused")


def test_assigning_the_zip_assigns_what_is_in_it(taken: Session) -> None:
    """Its files follow it, but for what was said of one of them alone."""
    held = {view.record.title: view.record.id for view in records.every(taken)}
    one, other = hospital(taken, "Quay Clinic"), hospital(taken)
    records.assign(taken, held["a.pdf"], records.Belongings(provider=one.id))
    records.assign(taken, held["records.zip"], records.Belongings(provider=other.id))
    found = {view.record.title: view.record.provider for view in records.every(taken)}
    assert found == {"records.zip": other.id, "a.pdf": one.id, "b.pdf": other.id}
