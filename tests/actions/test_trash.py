"""Deleting a record and bringing it back, with what people decided about it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions import made
from tests.cli.kit import NOTE
from tests.ingest.bundles import zipped
from vault.actions import corrections, flags, records, search, trash
from vault.actions import passwords as password_store
from vault.actions.correcting.events import Told
from vault.actions.flags import Wrong
from vault.actions.imports.run import BACK, import_paths
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import Refused, UnknownId
from vault.model.corrections import CorrectionEvent


def test_a_deleted_record_is_nowhere_and_comes_back(vault: Session) -> None:
    """Lists, search and flags know nothing of it; afterwards all is there, decisions too."""
    record = made.put(vault, "a", [made.WRONG_BORN], made.patient(vault))
    (flag,) = flags.every(vault)
    flags.dismiss(vault, flag.id, "a slip of the reader")
    with vault.vault.write("test") as db:
        password_store.keep(db, record.id, "open sesame")
    before = records.detail(vault, record.id)
    gone = trash.delete(vault, record.id)
    assert gone.gone_on == dt.date.fromisoformat(gone.held.deleted_at[:10]) + dt.timedelta(days=30)
    assert records.every(vault) == ()
    assert flags.every(vault) == ()
    assert search.search(vault, "Marian").total == 0
    with pytest.raises(UnknownId):
        records.detail(vault, record.id)
    assert [row.held.record for row in trash.every(vault)] == [record.id]
    assert trash.restore(vault, record.id[:-3]) == (record.id,)
    assert records.detail(vault, record.id) == before
    assert flags.get(vault, flag.id).why_dismissed == "a slip of the reader"
    assert search.search(vault, "Marian").total == 1
    assert password_store.of(vault.vault.read(), record.id) == "open sesame"
    assert trash.every(vault) == ()


def test_a_record_an_open_correction_needs_stays(vault: Session) -> None:
    """It is refused with the correction's id; once that is withdrawn the record can go."""
    today = dt.date(2026, 11, 23)
    record = made.put(vault, "a", ["Dose: 500 mg"], made.patient(vault), made.hospital(vault))
    flag = flags.add(vault, record.id, 1, "500 mg", Wrong("250 mg"))
    correction = corrections.new(vault, [flag.id]).correction
    with pytest.raises(Refused, match=correction.id):
        trash.delete(vault, record.id)
    assert len(records.every(vault)) == 1
    corrections.log(vault, correction.id, Told(CorrectionEvent.WITHDRAWN, today))
    before = corrections.get(vault, correction.id, today)
    trash.delete(vault, record.id)
    assert corrections.get(vault, correction.id, today).flags == ()
    trash.restore(vault, record.id)
    assert corrections.get(vault, correction.id, today) == before


def test_importing_the_file_again_brings_the_record_back(vault: Session, tmp_path: Path) -> None:
    """No second record is made: the one in the trash comes back, and the row says so."""
    path = tmp_path / "note.pdf"
    path.write_bytes(NOTE)
    (first,) = import_paths(vault, [path], Origin())
    before = records.detail(vault, first.id)
    trash.delete(vault, first.id)
    (again,) = import_paths(vault, [path], Origin())
    assert (again.id, again.status, again.reason) == (first.id, "stored", BACK)
    assert records.detail(vault, first.id) == before
    assert trash.every(vault) == ()
    (third,) = import_paths(vault, [path], Origin())
    assert (third.status, third.reason) == ("duplicate", "")


def test_a_file_of_a_deleted_zip_is_a_record_of_its_own(vault: Session, tmp_path: Path) -> None:
    """Its own record waits for the ZIP's; both deleted, the file alone can still be imported."""
    (tmp_path / "a.zip").write_bytes(zipped({"a.pdf": NOTE}))
    (tmp_path / "a.pdf").write_bytes(NOTE)
    (member,) = import_paths(vault, [tmp_path / "a.zip"], Origin())
    bundle = records.find(vault, member.id).parent or ""
    trash.delete(vault, member.id)
    trash.delete(vault, bundle)
    (row,) = import_paths(vault, [tmp_path / "a.pdf"], Origin())
    assert (row.status, row.reason) == ("stored", "")
    assert row.id != member.id
    for id_ in (bundle, member.id):
        trash.restore(vault, id_)
    assert {r.record.id for r in records.every(vault)} == {row.id, bundle, member.id}
