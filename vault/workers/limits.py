"""What a worker may use: memory, processor, files and time, all in one place."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass

from vault.workers.kinds import Kind

MEMORY_BYTES = 2 * 1024**3
OPEN_FILES = 64
SCRATCH_FILE_BYTES = 256 * 1024**2
"""The largest temporary file of the one engine that needs files, all in memory."""

GRACE_SECONDS = 15
"""How much later than its parent a worker ends itself; for when the parent is gone."""

JSON_BYTES = 8 * 1024**2
FRAME_BYTES = 64 * 1024**2
"""The longest frame that crosses a pipe, of JSON and of bytes."""

BLOCK_BYTES = 256 * 1024
BLOCKS_KEPT = 128
"""A file is fetched in blocks; a worker keeps this many (32 MiB)."""

WORDS = 30_000
WORD_CHARS = 200
CLAUSE_CHARS = 200
PAGES = 200_000
MISSING = 1_000
"""Characters without a font that an answer names."""
MARKS = 1_000
STAMP_CHARS = 300
"""The longest words stamped across a picture."""
PICTURE_SIDE = 20_000
"""The longest side of a picture drawn, in pixels; its bytes also fit one frame."""

_PR_SET_DUMPABLE = 4


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds of wall-clock time a worker has, after which it is killed."""

    start: float = 30.0
    probe: float = 30.0
    page: float = 60.0
    draw: float = 30.0
    bundle: float = 30.0
    typeset: float = 30.0
    form: float = 60.0


DEADLINES = Deadlines()


def _set(kind: int, value: int) -> None:
    """Set a limit for good, or leave it where the system (macOS) does not know it."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))


def _no_dump() -> None:
    """Keep other processes of the same user from reading this one's memory (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def apply(kind: Kind) -> None:
    """Put the limits of its kind on this process, and on all it starts, for good."""
    os.umask(0o077)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_AS, MEMORY_BYTES)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_FSIZE, SCRATCH_FILE_BYTES if kind is Kind.SCRATCH else 0)
    if kind is Kind.READER:
        _set(resource.RLIMIT_NPROC, 0)
    _no_dump()


def begin_job(seconds: float) -> None:
    """Let this process use processor and clock for one job; the system ends it after that.

    The parent kills a late worker itself; this is for a worker whose parent has died.
    """
    span = int(seconds) + GRACE_SECONDS
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + span
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.alarm(span)


def end_job() -> None:
    """Stop the clock of a job."""
    signal.alarm(0)
