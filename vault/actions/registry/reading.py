"""Reading the registry's files row by row: bounded in memory, whatever is in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vault.actions.registry.entries import BadRow, Entry, check_header, from_csv, from_json
from vault.errors import BadInput, CannotRead
from vault.safetext import safe_file_name

LONGEST_LINE = 64 * 1024
LARGEST_JSON = 16 * 1024 * 1024
_MOST_COLUMNS = 1000
_FIRST = 4096


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used: its line (or number among JSON results), and why as a clause."""

    line: int
    why: str


Wanted = Callable[[str], bool]
"""Whether a line, in capitals, may hold a row that is wanted: a cheap look before parsing."""


def _binary(name: str, start: bytes) -> None:
    if start.startswith(b"PK\x03\x04"):
        raise BadInput(f"{name} is a ZIP", "unpack it first, and give the npidata CSV in it")
    if b"\x00" in start:
        raise BadInput(f"{name} is not text", "give the registry's CSV or JSON")


def read(path: Path, wanted: Wanted) -> Iterator[tuple[int, Entry | Bad]]:
    """Every row of a file with its line number (of JSON: of the result), one at a time.

    Lines that `wanted` turns down are not looked at. Raises BadInput for a file that is not of
    the registry, CannotRead.
    """
    name = safe_file_name(path.name)
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST)
            _binary(name, start)
            file.seek(0)
            bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
            if bare[:1] in (b"{", b"["):
                yield from _json(file, name)
            else:
                yield from _csv(file, name, wanted)
    except OSError as error:
        raise CannotRead(name, error.strerror or "it cannot be opened") from None


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file with their numbers; None for one that is too long to be read."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield number, None


def _decoded(line: bytes | None) -> str:
    if line is None:
        raise BadRow(f"it is longer than {LONGEST_LINE:,} bytes")
    if b"\x00" in line:
        raise BadRow("it holds bytes that are not text")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRow("it is not UTF-8 text") from None


def _cells(text: str) -> list[str]:
    """The cells of one line; the registry never breaks a line within a cell."""
    try:
        return next(csv.reader([text.rstrip("\r\n")], strict=True), [])
    except csv.Error:
        raise BadRow("its quotation marks do not match") from None


def _header(lines: Iterator[tuple[int, bytes | None]], name: str) -> list[str]:
    _number, first = next(lines, (0, b""))
    try:
        header = _cells(_decoded(first).removeprefix("\ufeff"))
    except BadRow as why:
        raise BadInput(f"{name} is not a file of the NPI registry: {why}", "") from None
    header = [cell.strip() for cell in header]
    check_header(header, name)
    if len(header) > _MOST_COLUMNS:
        raise BadInput(f"{name} has {len(header)} columns, which is too many", "")
    return header


def _entry(header: Sequence[str], text: str) -> Entry:
    cells = _cells(text)
    if len(cells) != len(header):
        raise BadRow(f"it has {len(cells)} columns instead of {len(header)}")
    return from_csv(dict(zip(header, cells, strict=True)))


def _hollow(text: str) -> bool:
    """Whether a line has an NPI and no entity type, as deactivated ones do."""
    parts = text.split(",", 2)
    return len(parts) == 3 and parts[1].strip() in ("", '""')


def _csv(file: BinaryIO, name: str, wanted: Wanted) -> Iterator[tuple[int, Entry | Bad]]:
    lines = _lines(file)
    header = _header(lines, name)
    hollow = header[:2] == ["NPI", "Entity Type Code"]
    for number, line in lines:
        try:
            text = _decoded(line)
            if not text.strip() or not (wanted(text.upper()) or (hollow and _hollow(text))):
                continue
            yield number, _entry(header, text)
        except BadRow as why:
            yield number, Bad(number, str(why))


def _json(file: BinaryIO, name: str) -> Iterator[tuple[int, Entry | Bad]]:
    data = file.read(LARGEST_JSON + 1)
    if len(data) > LARGEST_JSON:
        raise BadInput(
            f"{name} is too large for JSON of the registry",
            "all of the registry is read from its CSV",
        )
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput(f"{name} is not whole JSON", "save the registry's answer again") from None
    results = document.get("results") if isinstance(document, dict) else document
    if not isinstance(results, list):
        raise BadInput(
            f"{name} is not an answer of the NPI registry: it has no results",
            "give the registry's CSV, or the JSON its search page answers with",
        )
    for number, row in enumerate(results, 1):
        try:
            yield number, from_json(row)
        except BadRow as why:
            yield number, Bad(number, str(why))
