"""What a command prints: data on stdout, talk on stderr, tables without boxes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence

from vault.cli import settings


def emit(document: object, plain: Callable[[], Iterable[str]]) -> None:
    """Print one JSON document where --json was given, else the plain lines."""
    if settings.current().json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return
    for line in plain():
        sys.stdout.write(line + "\n")


def talk(line: str) -> None:
    """Say something to the person, beside the data."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def columns(rows: Sequence[Sequence[str]], widest: int = 60) -> Iterable[str]:
    """Rows as lines with their cells in columns; the last cell is never padded or cut."""
    if not rows:
        return
    widths = [0] * len(rows[0])
    for row in rows:
        for i, cell in enumerate(row[:-1]):
            widths[i] = min(max(widths[i], len(cell)), widest)
    for row in rows:
        cells = [_fit(cell, widths[i]) for i, cell in enumerate(row[:-1])]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _fit(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else cell[: width - 1] + "…"


def many(count: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
