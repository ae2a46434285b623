"""Bringing a vault of an older format up to date, by steps of this bench's own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from unittest import mock

from bench.faults import homes
from bench.faults.papers import VISIT, put
from bench.faults.promises import Tell
from bench.faults.scene import Scene
from vault.store import migrate

STEPS = (
    "CREATE TABLE bench_note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;",
    "ALTER TABLE person ADD COLUMN nickname TEXT NOT NULL DEFAULT '';",
    "INSERT INTO bench_note (body) SELECT text || text FROM reading, generate;",
    "CREATE INDEX bench_by_body ON bench_note (body);",
    "UPDATE bench_note SET body = 'note ' || id || body;",
    "DROP INDEX bench_by_body; ALTER TABLE bench_note RENAME TO bench_notes;",
)
_MANY = (
    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i FROM n)"
)


def _steps(first: int) -> dict[int, str]:
    found = {}
    for number, body in enumerate(STEPS, first):
        text = body.replace("generate", _MANY)
        found[number] = f"BEGIN IMMEDIATE; {text} PRAGMA user_version = {number}; COMMIT;"
    return found


@contextlib.contextmanager
def _newer() -> Iterator[None]:
    """Within, the program knows the steps of this bench as well."""
    real = migrate.scripts

    def scripts(source: Traversable | None = None) -> dict[int, str]:
        known = real(source)
        return known if source else known | _steps(max(known) + 1)

    with mock.patch.object(migrate, "scripts", scripts):
        yield


def _prepare(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    put(home, "note.pdf", VISIT, 100)


def _migrate(home: Path, tell: Tell) -> None:
    with _newer():
        newest = str(migrate.newest())
        with homes.opened(home) as s:
            tell.done("format:", newest)
            homes.take(s, tell, "note.pdf", VISIT, 100)


SCENES = (Scene("migration", _prepare, _migrate, around=_newer),)
