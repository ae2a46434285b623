"""Imports that meet trouble: nothing shown is lost, nothing is stuck, nothing runs out."""

from __future__ import annotations

import datetime as dt
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.made import hospital, patient, put, result
from tests.cli.kit import locked_pdf
from tests.ingest.papers import text_pdf
from vault.actions import readings, records, requests
from vault.actions import session as sessions
from vault.actions.imports import keep, run
from vault.actions.imports.seal import Origin
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Secret, Session
from vault.model.reading import PageKind, PageResult
from vault.model.records import RecordStatus
from vault.model.requests import Channel, RequestState
from vault.model.words import Span
from vault.store import pages
from vault.store import records as rows

FAILED = PageResult(1, PageKind.CONTENT, (), 0, 0, 0, look=True, why="took too long", read=False)


@pytest.fixture
def few_files() -> Iterator[int]:
    """A process that may have only a few files more open than it has now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = sum(1 for _ in Path("/proc/self/fd").iterdir()) + 40
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    yield limit
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_more_files_than_may_be_open(vault: Session, tmp_path: Path, few_files: int) -> None:
    """Originals are closed as they are read, so a large folder does not run out of handles."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(few_files + 10):
        (folder / f"{number:03}.pdf").write_bytes(text_pdf((f"Visit number {number}",)))
    done = run.import_paths(vault, [folder], Origin())
    assert {row.status for row in done} == {"stored"}
    assert len(done) == few_files + 10


def test_a_reading_that_failed_again_leaves_what_was_shown(vault: Session) -> None:
    """The page keeps its words and facts, and a person is told to look at it."""
    record = put(vault, "a.pdf", ("DOB: 03/14/1961 entry",), patient(vault))
    before = records.text(vault, record.id)[1][0].text
    with vault.vault.write("test") as db:
        rows.reopen(db, record.id, "eng", "auto")
        pages.make_pending(db, record.id, 1)
    keep.keep(vault, [keep.Read(record, FAILED)])
    held = records.detail(vault, record.id)
    assert records.text(vault, record.id)[1][0].text == before
    assert held.view.record.status is RecordStatus.STORED
    assert held.pages[0].look
    assert "failed" in held.pages[0].why
    assert held.facts


def test_corrections_of_an_older_reading_are_not_dropped_in_silence(vault: Session) -> None:
    """After reading anew a person is told of corrections that fit the older reading alone."""
    record = put(vault, "a.pdf", ("hello entry",), patient(vault))
    readings.correct(vault, record.id, 1, Span(0, 1), "CORRECTED")
    with vault.vault.write("test") as db:
        pages.make_pending(db, record.id, 1)
    keep.keep(vault, [keep.Read(record, result(1, "farther away entry"))])
    page = records.detail(vault, record.id).pages[0]
    assert page.look
    assert "corrections" in page.why


def test_an_unreadable_record_is_read_when_it_is_imported_again(
    vault: Session, tmp_path: Path
) -> None:
    """Pages tried in vain are tried again, not only the record reopened."""
    file = tmp_path / "a.pdf"
    file.write_bytes(text_pdf(("Visit of a cold day", "and more lines of it to read")))
    record = run.import_paths(vault, [file], Origin())[0]
    with vault.vault.write("test") as db:
        rows.finish(db, record.id, RecordStatus.UNREADABLE, "the reader crashed on it")
        pages.keep(db, record.id, FAILED, "2026-01-01T00:00:00Z")
    again = run.import_paths(vault, [file], Origin())[0]
    assert (again.status, again.id) == ("stored", record.id)
    assert "cold day" in records.text(vault, record.id)[1][0].text


def test_a_password_for_another_file_does_not_lock_one_out(vault: Session, tmp_path: Path) -> None:
    """The password that opened a file goes before the one typed for this import."""
    file = tmp_path / "locked.pdf"
    file.write_bytes(locked_pdf("first"))
    record = run.import_paths(vault, [file], Origin(), password="first")[0]
    assert record.status == "stored"
    again = run.reread(vault, record.id, run.Again(password="second")).record
    assert again.status is RecordStatus.STORED
    assert not records.detail(vault, record.id).pages[0].look


def test_a_duplicate_can_still_answer_a_request(vault: Session, tmp_path: Path) -> None:
    """What the first import did not say is filled in by the second, and the request is answered."""
    file = tmp_path / "a.pdf"
    file.write_bytes(text_pdf(("Visit",)))
    first = run.import_paths(vault, [file], Origin())[0]
    person, provider = patient(vault), hospital(vault)
    day = dt.date(2026, 3, 2)
    asked = requests.new(vault, provider.id, person.id, Wanted()).request.id
    requests.sent(vault, asked, Sending(day, Channel.FAX, day))
    again = run.import_paths(vault, [file], Origin(request=asked))[0]
    assert (again.status, again.id) == ("duplicate", first.id)
    assert records.find(vault, first.id).request == asked
    assert requests.get(vault, asked, day).request.state is RequestState.NEEDS_CLASSIFICATION


def test_a_copy_without_its_empty_folders_opens(vault: Session, tmp_path: Path) -> None:
    """A copy made by a program that leaves empty folders out can be opened for writing."""
    put(vault, "a.pdf", ("Entry",))
    vault.vault.checkpoint()
    copy = tmp_path / "copy"
    shutil.copytree(vault.vault.folder, copy)
    for name in ("tmp", "quarantine"):
        (copy / name).rmdir()
    secret = Secret(passphrase="plum kettle orbit")
    with sessions.unlock(copy, secret, write=True, state=tmp_path / "state2") as opened:
        assert len(records.every(opened)) == 1
        assert (copy / "tmp").is_dir()
