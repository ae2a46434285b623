"""Words cut into tokens, and tokens put into rows and cells by where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vault.model.words import Box, Span, Word, lines_of

# A mark is a token of its own; "DOB/Sex" is cut at its slash, a date is not.
_TOKEN = re.compile(r"[:|()*#,\[\]]|(?<=[^\W\d_])/(?=[^\W\d_])|[^:|()*#,\[\]\s]+")
_SLASH = re.compile(r"(?<=[^\W\d_])(/)(?=[^\W\d_])")
_GLUED = re.compile(r"^(dob|d\.o\.b\.?|mrn)(?=\d)", re.IGNORECASE)
_SAME_LETTER = str.maketrans("01!|l5$84", "oiiiissba")
_GAP = 2.5  # a cell ends where the gap is wider than so many characters
_FLAT = 0.002  # words are taken to be at least this high, as a fraction of the page

Part = tuple[str, str, int, int]


class Token(NamedTuple):
    """A word, or a part of one: characters `start` to `stop` of word number `word`.

    `key` is the text folded for comparing with labels; `cell` counts the cells of its row. A
    tuple, for a page has hundreds, and none is made in less time.
    """

    text: str
    key: str
    word: int
    start: int
    stop: int
    box: Box
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens that stand side by side on a page, from the left; `top` and `bottom` of it."""

    tokens: tuple[Token, ...]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height as a fraction of the page, never nought."""
        return max(self.bottom - self.top, _FLAT)

    def starts_cell(self, at: int) -> bool:
        """Whether a token is the first of its cell, marks that set cells off aside."""
        before, token = self.tokens[at - 1], self.tokens[at]
        return at == 0 or before.cell != token.cell or before.text in "|*"


def fold(text: str) -> str:
    """Letters and digits only, in lower case, with those a reader takes for each other as one."""
    plain = text.casefold()
    if not (plain.isascii() and plain.isalnum()):
        plain = "".join([c for c in plain if c.isalnum() or c in "!|$"])
    return plain.translate(_SAME_LETTER).replace("rn", "m")


def _cut(text: str) -> list[tuple[int, int]]:
    """Where the tokens of a word begin and end."""
    spans: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        start, stop = found.span()
        cuts = [start]
        if glued := _GLUED.match(text[start:stop]):
            cuts.append(start + glued.end())
        for slash in _SLASH.finditer(text, start, stop):
            cuts += [slash.start(), slash.end()]
        cuts.append(stop)
        spans += [(a, b) for a, b in pairwise(cuts) if a < b]
    return spans


@lru_cache(maxsize=8192)
def parts(text: str) -> tuple[Part, ...]:
    """The tokens of a word, each as its text, its key, and where in the word it begins and ends.

    Records say the same words over and over: most are found as they were cut before.
    """
    if text.isalnum() and text[0] not in "dDmM":  # no mark to cut at, and no label to cut off
        return ((text, fold(text), 0, len(text)),)
    return tuple((text[a:b], fold(text[a:b]), a, b) for a, b in _cut(text))


def _centre(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _celled(words: Sequence[Word], spans: Sequence[Span]) -> tuple[Token, ...]:
    """The lines of a row as one run of tokens, each told which cell it belongs to."""
    numbers = [i for span in spans for i in range(span.start, span.stop)]
    held = [(i, words[i].box, part) for i in numbers for part in parts(words[i].text)]
    width = sum([box.right - box.left for _, box, _ in held])
    wide = _GAP * width / max(sum([len(part[0]) for _, _, part in held]), 1)
    found: list[Token] = []
    cell, last = 0, held[0][:2]
    for number, box, (text, key, start, stop) in held:
        if number != last[0]:
            cell += box.left - last[1].right > wide or box.right < last[1].left
        found.append(Token(text, key, number, start, stop, box, cell))
        last = number, box
    return tuple(found)


def _row(words: Sequence[Word], lines: list[tuple[Box, Span]]) -> Row:
    ordered = sorted(lines, key=lambda line: line[0].left)
    top = min(box.top for box, _ in ordered)
    bottom = max(box.bottom for box, _ in ordered)
    return Row(_celled(words, [span for _, span in ordered]), top, bottom)


def rows_of(words: Sequence[Word]) -> tuple[Row, ...]:
    """The rows of a page from the top: its lines, those at the same height put side by side."""
    lines: list[tuple[Box, Span]] = []
    for span in lines_of(words):
        held = words[span.start : span.stop]
        box = Box.around([word.box for word in held])
        if box is not None and any(parts(word.text) for word in held):
            lines.append((box, span))
    lines.sort(key=lambda line: _centre(line[0]))
    rows: list[list[tuple[Box, Span]]] = []
    for line in lines:
        first = rows[-1][0][0] if rows else None
        low = min(line[0].bottom - line[0].top, first.bottom - first.top) if first else 0.0
        if first and _centre(line[0]) - _centre(first) < max(low, _FLAT) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(_row(words, row) for row in rows)
