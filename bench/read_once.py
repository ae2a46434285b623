"""Readings of files kept between runs of a bench, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path

from vault.model.reading import InMemory, PageResult, ReadOptions
from vault.workers.pool import Pool

JOBS = 2


def _kept(cache: Path, data: bytes) -> Path:
    return cache / f"{hashlib.sha256(data).hexdigest()}.pickle"


def _held(path: Path) -> tuple[PageResult, ...]:
    held: tuple[PageResult, ...] = pickle.loads(path.read_bytes())
    return held


def readings(paths: Sequence[Path], cache: Path) -> dict[Path, tuple[PageResult, ...]]:
    """What chartmend's workers read on every page of PDFs, from `cache` where it is known."""
    cache.mkdir(parents=True, exist_ok=True)
    data = {path: path.read_bytes() for path in paths}
    wanted = [path for path in paths if not _kept(cache, data[path]).exists()]
    if wanted:
        with Pool(JOBS) as pool:
            for path in wanted:
                source = InMemory(data[path])
                pages = pool.probe(source, "pdf").result().pages
                asked = [
                    pool.read_page(source, "pdf", number, ReadOptions())
                    for number in range(1, pages + 1)
                ]
                results = tuple(future.result() for future in asked)
                fresh = _kept(cache, data[path]).with_suffix(".part")
                fresh.write_bytes(pickle.dumps(results))
                fresh.rename(_kept(cache, data[path]))
    return {path: _held(_kept(cache, data[path])) for path in paths}
