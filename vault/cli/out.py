"""What a command prints: data on stdout, talk on stderr, tables without boxes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from vault.cli import settings
from vault.errors import CannotWrite


def emit(document: object, plain: Callable[[], Iterable[str]]) -> None:
    """Print one JSON document where --json was given, else the plain lines.

    Raises CannotWrite where the output cannot be written; a reader that has gone is no error.
    """
    if settings.current().json:
        ascii_only = (sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8")
        _write([json.dumps(document, ensure_ascii=ascii_only, indent=2)])
    else:
        _write(plain())


def _write(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # whoever read it has had enough (| head)
    except OSError as error:
        _drop_output()
        raise CannotWrite("the output", error.strerror or "no room") from None


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that it cannot fail once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


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
