"""Words cut into tokens, and tokens put into rows and cells by where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vault.model.words import Box, Word, lines_of

# A mark is a token of its own; "DOB/Sex" is cut at its slash, a date is not.
_TOKEN = re.compile(r"[:|()*#,\[\]]|(?<=[^\W\d_])/(?=[^\W\d_])|[^:|()*#,\[\]\s]+")
_SLASH = re.compile(r"(?<=[^\W\d_])(/)(?=[^\W\d_])")
_GLUED = re.compile(r"^(dob|d\.o\.b\.?|mrn)(?=\d)", re.IGNORECASE)
_SAME_LETTER = str.maketrans("01!|l5$84", "oiiiissba")
_GAP = 2.5  # a cell ends where the gap is wider than so many characters
_FLAT = 0.002  # words are taken to be at least this high, as a fraction of the page


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a part of one: characters `start` to `stop` of word number `word`.

    `key` is the text folded for comparing with labels; `cell` counts the cells of its row.
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
        before = [t for t in self.tokens[:at] if t.cell == self.tokens[at].cell]
        return not before or before[-1].text in "|*"


def fold(text: str) -> str:
    """Letters and digits only, in lower case, with those a reader takes for each other as one."""
    plain = "".join(c for c in text.casefold() if c.isalnum() or c in "!|$")
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


def _tokens(words: Sequence[Word], start: int, stop: int) -> list[Token]:
    found = []
    for i in range(start, stop):
        text = words[i].text
        found += [Token(text[a:b], fold(text[a:b]), i, a, b, words[i].box) for a, b in _cut(text)]
    return found


def _centre(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _celled(pieces: list[list[Token]]) -> tuple[Token, ...]:
    """The pieces of a row as one run of tokens, each told which cell it belongs to."""
    tokens = [token for piece in pieces for token in piece]
    width = sum(t.box.right - t.box.left for t in tokens)
    wide = _GAP * width / max(sum(len(t.text) for t in tokens), 1)
    found: list[Token] = []
    cell = 0
    for token in tokens:
        if found and found[-1].word != token.word:
            gap = token.box.left - found[-1].box.right
            cell += gap > wide or token.box.right < found[-1].box.left
        found.append(
            Token(token.text, token.key, token.word, token.start, token.stop, token.box, cell)
        )
    return tuple(found)


def _row(lines: list[tuple[Box, list[Token]]]) -> Row:
    ordered = sorted(lines, key=lambda line: line[0].left)
    top = min(box.top for box, _ in ordered)
    bottom = max(box.bottom for box, _ in ordered)
    return Row(_celled([tokens for _, tokens in ordered]), top, bottom)


def rows_of(words: Sequence[Word]) -> tuple[Row, ...]:
    """The rows of a page from the top: its lines, those at the same height put side by side."""
    lines: list[tuple[Box, list[Token]]] = []
    for span in lines_of(words):
        tokens = _tokens(words, span.start, span.stop)
        box = Box.around(w.box for w in words[span.start : span.stop])
        if tokens and box is not None:
            lines.append((box, tokens))
    lines.sort(key=lambda line: _centre(line[0]))
    rows: list[list[tuple[Box, list[Token]]]] = []
    for line in lines:
        first = rows[-1][0][0] if rows else None
        low = min(line[0].bottom - line[0].top, first.bottom - first.top) if first else 0.0
        if first and _centre(line[0]) - _centre(first) < max(low, _FLAT) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(_row(row) for row in rows)
