"""Kinds of workers: each may do no more than its jobs need."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a worker is started for."""

    READER = "reader"  # opens, reads and draws files; starts neither programs nor threads
    PROGRAM = "program"  # the same, and starts the program `tesseract`
    SCRATCH = "scratch"  # the same, and writes small files into a private folder in memory
    TYPESETTER = "typesetter"  # typesets our own letters, in threads; starts no programs


READERS = (Kind.READER, Kind.PROGRAM, Kind.SCRATCH)
"""Every kind that may be given a foreign file, the least able first."""
