"""Importing: one by one, a folder, a large file, a file again; and reading again."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from bench.faults import homes
from bench.faults.papers import VISIT, promised, put
from bench.faults.promises import Tell
from bench.faults.scene import Scene
from vault.actions import records
from vault.actions.imports import gather, seal
from vault.actions.imports import run as imports
from vault.actions.imports.run import Again
from vault.actions.imports.seal import Origin
from vault.errors import CannotWrite
from vault.store import files

LARGE = 120_000
ONE_BY_ONE = 6
AT_ONCE = 8


def _pages(number: int) -> tuple[str, ...]:
    return tuple(f"Note {number} page {page}\n{text}" for page, text in enumerate(VISIT))


def _prepare(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    for number in range(ONE_BY_ONE):
        put(home, f"note-{number}.pdf", _pages(number))
    put(home, "large.pdf", VISIT, LARGE)


def _one_by_one(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        for number in range(ONE_BY_ONE):
            homes.take(s, tell, f"note-{number}.pdf", _pages(number))
        homes.take(s, tell, "note-0.pdf", _pages(0))


def _large(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        homes.take(s, tell, "large.pdf", VISIT, LARGE)
    with homes.opened(home) as s:
        homes.take(s, tell, "note-0.pdf", _pages(0))


def _prepare_folder(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    for number in range(AT_ONCE):
        put(home, f"batch-{number}.pdf", _pages(number), number * 9000)


def _folder(home: Path, tell: Tell) -> None:
    made: dict[str, str] = {}
    for number in range(AT_ONCE):
        made |= promised(f"batch-{number}.pdf", _pages(number), number * 9000)
    made |= promised(homes.FIRST, VISIT)
    with homes.opened(home) as s, tell.promise(s, made):
        homes.imported(s, home / "papers")


def _reread(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        for _ in range(2):
            for view in records.every(s):
                made = promised(view.record.title, VISIT)
                with tell.promise(s, {k: v for k, v in made.items() if k.startswith("page:")}):
                    imports.reread(s, view.record.id, Again(language="eng"))


def _seal(home: Path, tell: Tell) -> None:
    """Only what comes before any reading: the bytes and their row."""
    with homes.opened(home) as s:
        for number in range(ONE_BY_ONE):
            name = f"note-{number}.pdf"
            (candidate,) = gather.gather([home / "papers" / name])
            key = f"file:{name}"
            with tell.promise(s, {key: promised(name, _pages(number))[key]}):
                seal.seal(s, candidate, Origin())


def _again(home: Path, tell: Tell) -> None:
    """Twice a folder cannot be synced and the import is refused; the third time all goes well."""
    for good in (0, 1):
        with (
            homes.opened(home) as s,
            mock.patch.object(files, "sync_folder", _fails_after(good)),
            contextlib.suppress(CannotWrite),
        ):
            homes.imported(s, home / "papers" / "large.pdf")
    with homes.opened(home) as s:
        homes.take(s, tell, "large.pdf", VISIT, LARGE)
        homes.take(s, tell, "note-2.pdf", _pages(2))


def _fails_after(good: int) -> Callable[[Path], None]:
    """Folders of originals cannot be synced but for the first few times."""
    left, real = [good], files.sync_folder

    def sync(folder: Path) -> None:
        if "originals" in folder.parts:
            if not left[0]:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            left[0] -= 1
        real(folder)

    return sync


def _prepare_cut_off(home: Path, tell: Tell) -> None:
    """A vault as a killed import leaves it: a full log, a file half sealed, a lock, a record."""
    _prepare(home, tell)
    pid = os.fork()
    if pid == 0:
        s = homes.opened(home)
        homes.take(s, Tell(lambda _said: None), "note-5.pdf", _pages(5))
        (homes.folder(home) / "tmp" / "0123").write_bytes(bytes(5000))
        (homes.folder(home) / "anchor.new").write_bytes(b"chart")
        os._exit(0)
    os.waitpid(pid, 0)
    keys = homes.folder(home) / "keys.bak"
    keys.write_bytes(keys.read_bytes()[:100])
    for key, value in promised("note-5.pdf", _pages(5)).items():
        tell.done(key, value)


def _mend(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        homes.take(s, tell, "note-1.pdf", _pages(1))


SCENES = (
    Scene("import", _prepare, _one_by_one),
    Scene("import-large", _prepare, _large),
    Scene("import-folder", _prepare_folder, _folder),
    Scene("seal", _prepare, _seal),
    Scene("import-again", _prepare, _again),
    Scene("reread", homes.settle, _reread),
    Scene("after-a-kill", _prepare_cut_off, _mend),
)
