"""Words of made forms, line by line."""

from __future__ import annotations

from vault.model.words import Box, Word


def lines(*texts: str, top: float = 0.05) -> tuple[Word, ...]:
    """The words of lines from the top of a page, half a centimetre apart."""
    found = []
    for line, text in enumerate(texts):
        y = min(top + line * 0.03, 0.97)
        for column, part in enumerate(text.split()):
            x = min(0.05 + column * 0.045, 0.94)
            found.append(Word(part, Box(x, y, x + 0.04, y + 0.015), 100, line))
    return tuple(found)
