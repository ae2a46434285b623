"""Pages made up for tests: from a case's table, or from text laid out in columns."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from vault.model.words import Box, Word

_LEFT, _WIDE, _TOP, _ROW, _HIGH = 0.06, 0.0092, 0.05, 0.018, 0.012


def from_table(path: Path) -> tuple[Word, ...]:
    """The words of a case's page.tsv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Word(
            row["text"],
            Box(*(float(row[side]) for side in ("left", "top", "right", "bottom"))),
            int(row["confidence"]),
            int(row["line"]),
            int(row["block"]),
        )
        for row in rows
    )


def from_text(text: str, confidence: int = 100) -> tuple[Word, ...]:
    """Words placed as the text is laid out, a column a character; `Voss~60` sets confidence."""
    words = []
    for line, held in enumerate(text.strip("\n").splitlines()):
        marks = 0
        for found in re.finditer(r"\S+", held):
            bare, _, sure = found.group().partition("~")
            left, top = _LEFT + (found.start() - marks) * _WIDE, _TOP + line * _ROW
            marks += len(found.group()) - len(bare)
            box = Box.clamped(left, top, left + len(bare) * _WIDE - 0.001, top + _HIGH)
            words.append(Word(bare, box, int(sure) if sure else confidence, line))
    return tuple(words)
