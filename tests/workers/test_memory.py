"""A worker holds no more memory than its work takes, and gives back what it no longer uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vault.workers import memory

MIB = 1024**2


def _held() -> int:
    """The bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not memory.known(), reason="a C library that cannot give memory back")
def test_gaps_between_what_is_kept_are_given_back() -> None:
    """Memory freed between pieces that stay goes back to the system, small amounts do not."""
    pieces = [bytearray(100_000) for _ in range(1000)]
    kept = pieces[::50]
    full = _held()
    del pieces
    assert memory.spare() > 80 * MIB
    assert memory.give_back()
    assert _held() < full - 60 * MIB
    assert len(kept) == 20


@pytest.mark.skipif(not memory.known(), reason="a C library that cannot give memory back")
def test_a_little_spare_memory_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where little is free nothing is given back, for that costs time."""
    monkeypatch.setattr(memory, "spare", lambda: 1 * MIB)
    assert not memory.give_back()


def test_a_worker_starts_without_the_libraries_few_jobs_need() -> None:
    """Neither pypdf nor the typesetter nor HEIC is loaded before a job asks for it."""
    code = "import sys, vault.workers.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "pypdfium2" in loaded
    assert not loaded & {"pypdf", "typst", "pillow_heif", "tesserocr", "cryptography"}
