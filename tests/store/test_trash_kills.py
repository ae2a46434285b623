"""Killed while deleting, restoring or clearing away: nothing is half there, nothing is lost."""

from __future__ import annotations

import io
import shutil
import signal
from pathlib import Path

import pytest

from tests.store.helpers import Made, child
from tests.store.test_trash import REC, add_page, add_record
from vault.store import checks

_KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from vault.store import database, housekeeping, trash
from vault.store.vault import Secret, open_vault
folder, state, what, left = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
vault = open_vault(folder, Secret("four invented words here"), write=True, state=state)
def watch(owner, name):
    real = getattr(owner, name)
    def counted(*args, **more):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*args, **more)
    setattr(owner, name, counted)
for name in "fsync replace rename unlink write".split():
    watch(os, name)
watch(database._Cursor, "execute")
if what == "delete":
    with vault.write("record.deleted") as db:
        trash.put_in(db, "rec_00000000000a", "2026-03-01T10:00:00Z")
elif what == "restore":
    with vault.write("record.restored") as db:
        trash.take_out(db, "rec_00000000000a")
else:
    housekeeping.keep_house(vault, dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
vault.close()
print("done", left)
"""

_POINTS = 8


def _state(made: Made) -> str:
    """Where the record and its file are, after making sure that the vault is whole."""
    with made.open(write=True) as opened:
        assert opened.verify(full=True) == ()
        db = opened.read()
        live = db.execute("SELECT count(*) FROM record").fetchone()[0]
        words = db.execute("SELECT count(*) FROM reading").fetchone()[0]
        trashed = db.execute("SELECT count(*) FROM trash").fetchone()[0]
        assert live == words
        files = len(tuple(opened.originals.stored()))
        orphans = len(checks.orphans(db, opened.originals))
    if live + trashed == 1:
        assert (files, orphans) == (1, 0)
        return "live" if live else "trash"
    assert files == orphans  # all there is left to clear away is a file nobody names
    return "orphan" if files else "gone"


@pytest.mark.parametrize(
    ("what", "ways"),
    [
        ("delete", ("live", "trash")),
        ("restore", ("trash", "live")),
        ("clear", ("trash", "orphan", "gone")),
    ],
)
def test_killed_on_the_way(made: Made, what: str, ways: tuple[str, ...]) -> None:
    """Before a statement or a write: the record is whole on one side or the other, the vault too.

    What was not acknowledged may have happened or not; nothing else can be seen.
    """
    sealed = made.vault.originals.seal(io.BytesIO(b"invented file"), 100)
    with made.vault.write("test") as db:
        db.execute("INSERT INTO original VALUES (?, ?, '')", (sealed.id, sealed.size))
        add_record(db, REC, sealed.id)
        add_page(db, REC, 1, "words", b"\x01", 0.0)
    made.vault.close()
    places = (str(made.folder), str(made.state))
    if what != "delete":
        with child(_KILLED, *places, "delete", "1000000") as running:
            assert "done" in running.communicate()[0]
    keep = Path(made.folder.parent, "keep")
    shutil.copytree(made.folder, keep / "vault")
    shutil.copytree(made.state, keep / "state")
    with child(_KILLED, *places, what, "1000000") as running:
        total = 1_000_000 - int(running.communicate()[0].split()[1])
    seen = {_state(made)}
    for step in (*range(0, total, max(1, total // _POINTS)), total - 1):
        for name in ("vault", "state"):
            shutil.rmtree(made.folder.parent / name)
            shutil.copytree(keep / name, made.folder.parent / name)
        with child(_KILLED, *places, what, str(step)) as running:
            running.communicate()
        assert running.returncode == -signal.SIGKILL
        seen.add(_state(made))
    assert seen <= set(ways)
    assert {ways[0], ways[-1]} <= seen
