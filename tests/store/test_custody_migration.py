"""A vault of the first format opens, is brought to the newest one, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import make
from vault.errors import Refused
from vault.store import migrate, records

_OLD_ROW = """
INSERT INTO record (id, original, title, media, status, pages, language, engine, imported_at)
VALUES ('rec_old', ?, 'old.pdf', 'pdf', 'stored', 1, 'eng', 'auto', '2026-01-02T03:04:05Z')
"""


def test_a_vault_of_the_first_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its records are there after the step, with nothing said of their custody; the root holds."""
    first = {1: migrate.scripts()[1]}
    with monkeypatch.context() as older:
        older.setattr(migrate, "scripts", lambda _source=None: first)
        made = make(tmp_path)
        made.fill()
        with made.vault.write("record.sealed", "rec_old") as db:
            db.execute(_OLD_ROW, (made.originals[0],))
            db.execute("INSERT INTO page (record, number, state) VALUES ('rec_old', 1, 'read')")
        made.vault.close()
    with pytest.raises(Refused, match="older chartmend"):
        made.open()
    with made.open(write=True) as vault:
        held = records.get(vault.read(), "rec_old")
        assert (held.title, held.custody.medium, held.custody.shelf) == ("old.pdf", None, "")
        assert not held.is_part
        assert migrate.version(vault.read()) == migrate.newest()
        assert vault.verify(full=True) == ()
    with made.open() as vault:
        assert vault.verify() == ()
