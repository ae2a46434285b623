"""Tesseract's table of words, the form all its front ends give it in."""

from __future__ import annotations

from vault.model.words import Box, Word

_WORD_LEVEL = "5"


def words(table: str, width: int, height: int) -> tuple[Word, ...]:
    """The words of a table about a picture of so many pixels; rows that are none are skipped.

    The columns are level, page, block, paragraph, line, word, left, top, width, height,
    confidence and text (Tesseract's manual, tsv output).
    """
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    blocks: dict[tuple[str, ...], int] = {}
    for row in table.split("\n"):
        parts = row.rstrip("\r").split("\t", 11)
        if len(parts) < 12 or parts[0] != _WORD_LEVEL or not parts[11].strip():
            continue
        try:
            left, top, wide, high = (int(n) for n in parts[6:10])
            confidence = min(max(round(float(parts[10])), 0), 100)
        except ValueError:
            continue
        box = Box.clamped(left / width, top / height, (left + wide) / width, (top + high) / height)
        line = lines.setdefault(tuple(parts[2:5]), len(lines))
        block = blocks.setdefault(tuple(parts[2:4]), len(blocks))
        found.append(Word(parts[11].strip(), box, confidence, line, block))
    return tuple(found)
