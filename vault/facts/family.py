"""What a page says of the health of blood relatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts import conditions
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.facts.scope import RELATIVES
from vault.model.facts import Fact, FactKind

_WHO = re.compile(rf"\b{RELATIVES}\b", re.I)
_NONE = re.compile(
    r"\b(?:no|denies(?: any| a)?|without|negative|neg)\s+(?:(?:known|significant|strong|other|"
    r"any)\s+)*"
    r"(?:family (?:history|hx)|fhx?)(?:\s+(?:of|for)\b(?P<what>[^.;]*))?"
    r"|\bfamily (?:history|hx)\s*(?:is|was|:)?\s*(?:negative|neg)\s+(?:for|of)\b(?P<what2>[^.;]*)"
    r"|\b(?:no|nobody|no one)\s+(?:relatives?|one in (?:the )?family)\b[^.;]{0,25}?"
    r"\b(?:with|had|has)\b(?P<what3>[^.;]*)",
    re.I,
)
_NONE_WITHIN = re.compile(
    r"(?:^|[,:])\W*(?:there (?:is|are) |has )?(?:negative (?:for|of)|no(?: known| history of|"
    r" hx of|"
    r" first[- ]degree relatives? with)?|denies(?: any)?|none for)\s+(?P<what>[^.;]*)",
    re.I,
)
_BESIDES = re.compile(r"\b(?:except|but|other than|besides|apart from|aside from)\b", re.I)
_AGE = re.compile(
    r"\b(?:died|deceased|dead|passed)\b[^.;]{0,45}?\b(?:at|age[d]?)\s*(?:age\s*)?(\d{1,3})\b", re.I
)
_DEAD = re.compile(r"\b(?:died|deceased|dead|passed away)\b", re.I)
_ALIVE = re.compile(r"\b(?:alive|living)\b", re.I)
_WELL = re.compile(r"\b(?:well|healthy|no (?:known )?(?:medical )?problems|good health)\b", re.I)
_HISTORY = re.compile(r"\bfamily (?:history|hx)\b", re.I)


def _who(text: str) -> str:
    plain = " ".join(text.casefold().split())
    return {"mom": "mother", "dad": "father"}.get(plain, plain)


def _whats(text: str) -> tuple[str, ...]:
    """The conditions that a stretch of text names, in the table's words."""
    found = (m.lastgroup or "" for m in conditions.pattern().finditer(text))
    return tuple(dict.fromkeys(kind for name in found for kind in conditions.kinds(name)))


def _state(text: str) -> str:
    if _DEAD.search(text):
        return "dead"
    well = " well" if _WELL.search(text) else ""
    return "alive" + well if _ALIVE.search(text) or well else ""


def _none(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    found = _NONE.search(sentence.text)
    if found is None and sentence.topic is Topic.FAMILY:
        found = _NONE_WITHIN.search(sentence.text)
    if found is None:
        return
    what = " ".join(part for part in found.groupdict().values() if part)
    what = _BESIDES.split(what)[0]
    for found_name in conditions.pattern().finditer(what):
        value = {"who": "none", "what": [found_name.lastgroup or ""]}
        start = sentence.start + found.start()
        yield from flow.facts(FactKind.FAMILY, value, start, sentence.start + found.end())


def _segments(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each relative is spoken of; what stands before the first belongs to it."""
    found = list(_WHO.finditer(text))
    for i, who in enumerate(found):
        start = 0 if i == 0 else who.start()
        stop = found[i + 1].start() if i + 1 < len(found) else len(text)
        yield start, stop, _who(who[0])


def _told(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    for start, stop, who in _segments(sentence.text):
        text = sentence.text[start:stop]
        what, state, age = _whats(text), _state(text), _AGE.search(text)
        if not what and not state:
            continue
        value = {"who": who, "what": list(what), "state": state, "age": age[1] if age else ""}
        lead = len(text) - len(text.lstrip(" \t\n\f-•*,;"))
        begin, end = (
            sentence.start + start + lead,
            sentence.start + start + len(text.rstrip(" ,;\n")),
        )
        yield from flow.facts(FactKind.FAMILY, value, begin, end)


def family(flow: Flow) -> Iterator[Fact]:
    """Relatives' conditions, deaths and their ages, and denials of a condition in the family."""
    for part in flow.sentences(Topic.FAMILY):
        told = False
        for fact in _none(flow, part):
            told = True
            yield fact
        if not told:
            yield from _told(flow, part)
    spoken = (Topic.OPEN, Topic.STORY, Topic.PROBLEMS, Topic.PLAN, Topic.SOCIAL, Topic.REST)
    for sentence in flow.clauses(*spoken):
        denied = list(_none(flow, sentence))
        yield from denied
        if not denied and _HISTORY.search(sentence.text):
            yield from _told(flow, sentence)
