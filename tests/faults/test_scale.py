"""Large vaults: the one that is measured is a good vault, and both sides are asked the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.faults import scale
from bench.faults.small import PASSPHRASE, Outcome
from vault.actions.search import expression
from vault.store import database, search
from vault.store.crypto import Label
from vault.store.database import Mode
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret, unlock
from vault.store.vault import open_vault

PAGES = 250


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, scale.Language]:
    """A vault of a few pages, built as the large one."""
    return scale.build(tmp_path_factory.mktemp("scale"), PAGES, 1, CHEAPEST)


def test_the_vault_is_whole_but_for_originals_it_never_had(
    built: tuple[Path, Path, scale.Language],
) -> None:
    """History, content root, pages and index are as the store makes them."""
    folder, state, _ = built
    with open_vault(folder, Secret(PASSPHRASE), write=False, state=state) as vault:
        assert {p.what.rsplit(" ", 1)[-1] for p in vault.verify()} == {"missing"}
        db = vault.read()
        assert db.execute("SELECT count(*) FROM reading").fetchone() == (PAGES,)
        assert db.execute("SELECT sum(pages) FROM record").fetchone() == (PAGES,)


def test_the_copy_without_a_key_answers_the_same(
    built: tuple[Path, Path, scale.Language], tmp_path: Path
) -> None:
    """Same rows, same index: every query finds the same pages in the same order."""
    folder, _, tongue = built
    key = unlock(folder, Secret(PASSPHRASE)).keys.of(Label.DATABASE)
    plain = scale.unencrypted(folder, key, tmp_path / "plain.db")
    mine = database.connect(folder / "records.db", key, Mode.READ)
    found = 0
    for query in list(scale.queries(tongue, random.Random(3)))[:40]:
        one = search.find(mine, expression(query), 10)
        assert one == search.find(plain, expression(query), 10)
        found += one[0]
    assert found > PAGES
    assert (tmp_path / "plain.db").read_bytes().startswith(b"SQLite format 3\x00")
    mine.close()
    plain.close()


def test_counting_hits_reads_no_row_of_a_reading(
    built: tuple[Path, Path, scale.Language],
) -> None:
    """Hits are counted from an index: a reading is as large as a page of the database."""
    folder, state, _ = built
    with open_vault(folder, Secret(PASSPHRASE), write=False, state=state) as vault:
        plan = vault.read().execute(f"EXPLAIN QUERY PLAN {search._COUNT}", ('"a"',)).fetchall()
    steps = [str(row[3]) for row in plan]
    assert "SEARCH r USING COVERING INDEX reading_place (id=?)" in steps
    assert not any("INTEGER PRIMARY KEY" in step for step in steps)


def test_a_figure_over_its_bar_is_a_violation() -> None:
    """A control: what is held against a bar can fail."""
    out = Outcome()
    scale._hold(out, "search p95", 0.09, 0.1, "ms")
    scale._hold(out, "quick verify", 10.5, 10, "s")
    assert out.figures == ["search p95: 90 ms (bar 100)", "quick verify: 10.5 s (bar 10)"]
    assert out.violations == ["quick verify is over its bar"]
