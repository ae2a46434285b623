"""How long `verify` takes on a vault of many pages: python -P bench/verify.py --pages 100000."""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from vault.store import verify
from vault.store.kdf import CHEAPEST
from vault.store.vault import OpenVault, create

WORDS = tuple(f"{a}{b}" for a in ("ka", "lo", "mi", "nur", "pel", "sto") for b in range(4000))
PAGES_A_RECORD = 10
WORDS_A_PAGE = 220
BLOB_BYTES = 12  # a packed word with its place, roughly


def _record(vault: OpenVault, number: int, chance: random.Random) -> None:
    """Commit one record with its pages, readings and facts; the original is a small file."""
    sealed = vault.originals.seal(io.BytesIO(chance.randbytes(20_000)), 1 << 20)
    id_ = sealed.id
    record = f"rec_{number:012d}"
    with vault.write("bench", record) as db:
        db.execute("INSERT INTO original VALUES (?, ?, '')", (id_, sealed.size))
        db.execute(
            "INSERT INTO record (id, original, title, media, status, pages, language, engine,"
            " imported_at) VALUES (?, ?, 'bench', 'pdf', 'stored', ?, 'eng', 'auto', '')",
            (record, id_, PAGES_A_RECORD),
        )
        for page in range(1, PAGES_A_RECORD + 1):
            _page(db, record, page, chance)


def _page(db: object, record: str, page: int, chance: random.Random) -> None:
    text = " ".join(WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(WORDS_A_PAGE))
    run = db.execute  # type: ignore[attr-defined]
    run("INSERT INTO page (record, number, state) VALUES (?, ?, 'read')", (record, page))
    made = run(
        "INSERT INTO reading (record, page, source, engine, language, turn, skew, confidence,"
        " words, text, made_at) VALUES (?, ?, 'ocr', 'x', 'eng', 0, 0.0, 90, ?, ?, '')",
        (record, page, chance.randbytes(WORDS_A_PAGE * BLOB_BYTES), text),
    )
    run("UPDATE page SET shown = ? WHERE record = ? AND number = ?", (made.lastrowid, record, page))
    for fact in range(3):
        run(
            "INSERT INTO fact VALUES (?, ?, ?, 'name', 'x', 'x', '', 0, 1, 0, 0, 1, 1, 90, 1)",
            (f"fact_{record}{page}{fact}", record, page),
        )


def _timed(vault: OpenVault, full: bool) -> Iterator[str]:
    for name, part in verify.steps(vault.place(), full=full):
        began = time.monotonic()
        found = len(tuple(part()))
        yield f"  {name:<28} {time.monotonic() - began:7.2f} s   {found} problems"


def main() -> None:
    """Make the vault, then time each part of both kinds of check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        vault, _ = create(Path(place) / "vault", "bench", profile=CHEAPEST)
        with vault:
            chance = random.Random(7)
            for number in range(wanted.pages // PAGES_A_RECORD):
                _record(vault, number, chance)
            vault.checkpoint()
            print(f"records.db {(vault.folder / 'records.db').stat().st_size / 1e6:.0f} MB")
            for full in (False, True):
                began = time.monotonic()
                print("full" if full else "quick")
                for line in _timed(vault, full):
                    print(line)
                print(f"  together {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    main()
