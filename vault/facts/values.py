"""Dates, names and numbers that begin at a token of a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from vault import dates
from vault.facts.labels import label_at
from vault.facts.namewords import CREDENTIALS, NO_NAME, PARTICLES
from vault.facts.tokens import Row, Token

_DIGITS = str.maketrans("OoQ@Il|!SBZ", "00001111582")
_DATE_PART = re.compile(r"[\d/.\-]+")
_DATE_TOKENS = 7
_NAME_TOKENS = 7


@dataclass(frozen=True, slots=True)
class Found:
    """A value: as understood, and the tokens `start` to `stop` of a row it stands in."""

    value: str
    start: int
    stop: int


def joined(tokens: Sequence[Token]) -> str:
    """The tokens as text: parts of one word together, words one blank apart."""
    parts: list[str] = []
    for i, token in enumerate(tokens):
        if i and token.word != tokens[i - 1].word:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _follow_on(row: Row, start: int, most: int) -> int:
    """Where the run of tokens from `start` ends that stand in one cell, word after word."""
    stop = start + 1
    while stop < min(len(row.tokens), start + most):
        here, before = row.tokens[stop], row.tokens[stop - 1]
        if here.cell != before.cell or here.word not in (before.word, before.word + 1):
            break
        stop += 1
    return stop


def _as_digits(text: str) -> str:
    """A part of a date with letters that look like digits as digits; else as it was."""
    plain = text.translate(_DIGITS)
    enough = sum(c.isdigit() for c in text) * 2 >= sum(c.isalnum() for c in text) > 0
    return plain if enough and _DATE_PART.fullmatch(plain) else text


def date_at(row: Row, start: int) -> Found | None:
    """The date that begins exactly at a token: ISO 8601, both where day and month are open."""
    if start >= len(row.tokens):
        return None
    last = _follow_on(row, start, _DATE_TOKENS)
    for stop in range(start + 1, last + 1):
        tokens = row.tokens[start:stop]
        text = "".join(
            (" " if i and t.word != tokens[i - 1].word else "") + _as_digits(t.text)
            for i, t in enumerate(tokens)
        ).rstrip(".,;")
        read = dates.printed(text)
        if read and read.readings and text == read.text:
            return Found("|".join(d.isoformat() for d in read.readings), start, stop)
    return None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalpha())


def _nameish(text: str) -> bool:
    """Whether a token can be part of a name: letters, at most one of them read as a digit."""
    bare = text.rstrip(".;")
    if not bare or not (bare[0].isupper() or bare.casefold() in PARTICLES):
        return False
    odd = [c for c in bare if not (c.isalpha() or c in "'’.-`")]
    if len(odd) > 1 or (odd and (odd[0] not in "0158|!$" or sum(c.isalpha() for c in bare) < 2)):
        return False
    return _letters(bare) not in NO_NAME


def _run(row: Row, start: int) -> int:
    """Where the run of name tokens and commas from `start` ends."""
    last = _follow_on(row, start, _NAME_TOKENS)
    at = start
    while at < last:
        text = row.tokens[at].text
        if text == ",":
            if at == start or row.tokens[at - 1].text == ",":
                break
        elif not _nameish(text) or label_at(row.tokens, at) or _dates_on(row, at):
            break
        at += 1
    while at > start and row.tokens[at - 1].text == ",":
        at -= 1
    return at


def _dates_on(row: Row, at: int) -> bool:
    """Whether a month begins a date here, right behind a name in a narrow table."""
    month = row.tokens[at].text.casefold().rstrip(".")
    return (
        len(month) >= 3
        and any(m.startswith(month) for m in dates.MONTHS)
        and (date_at(row, at) is not None)
    )


def _parts(tokens: Sequence[Token]) -> list[str]:
    return [t.text for t in tokens if t.text != ","]


def name_at(row: Row, start: int) -> Found | None:
    """The name of two parts or more that begins at a token; a clinician's is none.

    `VOSS,MARIAN E` becomes `VOSS, MARIAN E`.
    """
    if start >= len(row.tokens):
        return None
    stop = _run(row, start)
    tokens = row.tokens[start:stop]
    parts = _parts(tokens)
    if any(_letters(p) in CREDENTIALS for p in parts[1:] if len(p) > 1 and p.isupper()):
        return None
    if len(parts) < 2 or not any(len(_letters(p)) > 1 for p in parts):
        return None
    return Found(
        joined(tokens).replace(",", ", ").replace("  ", " ").replace(" ,", ","), start, stop
    )


def author_at(row: Row, start: int) -> Found | None:
    """The clinician's name that begins at a token: two parts, or one with a credential."""
    if start >= len(row.tokens):
        return None
    stop = _run(row, start)
    tokens = row.tokens[start:stop]
    parts = _parts(tokens)
    titled = any(_letters(p) in CREDENTIALS for p in parts[1:])
    if parts and (titled or len(parts) > 1) and any(len(_letters(p)) > 1 for p in parts):
        return Found(joined(tokens).replace(" ,", ","), start, stop)
    return None


def number_at(row: Row, start: int) -> Found | None:
    """The record number that begins at a token: one word with a digit, and no date."""
    if start >= len(row.tokens) or date_at(row, start):
        return None
    printed, stop = row.tokens[start].text, start + 1
    if _goes_on(row, start):
        printed, stop = printed + row.tokens[stop].text, stop + 1
    text = _number(printed.strip(".,;-"))
    plain = re.sub(r"[^0-9A-Za-z]", "", text)
    if len(plain) < 3 or not any(c.isdigit() for c in plain):
        return None
    return Found(text, start, stop)


def _goes_on(row: Row, at: int) -> bool:
    """Whether a number in groups was read with a blank behind a hyphen: `00-46- 193`."""
    if at + 1 >= len(row.tokens) or not _GROUPS.match(row.tokens[at].text):
        return False
    rest = row.tokens[at + 1]
    return rest.cell == row.tokens[at].cell and rest.text.strip(".,;").isdigit()


_GROUPS = re.compile(r"[0-9A-Za-z]*\d-(?:\d+-)?$")
_ROUND = re.compile(r"(?<=[0-9A-Za-z])[OQ]+(?=\d{4})")
_STROKE = re.compile(r"(?<=\d)[lI|!](?=[\d-]|$)")
_LONG = 8


def _number(text: str) -> str:
    """A record number with what a reader takes for other signs put right.

    `£` is a printed E; a round letter before a run of digits is a nought, or one read twice.
    """
    plain = re.sub(r"E£|£", "E", text)
    plain = _STROKE.sub("1", plain)
    return _ROUND.sub(lambda m: "" if len(plain) - m.end() >= _LONG else "0" * len(m[0]), plain)
