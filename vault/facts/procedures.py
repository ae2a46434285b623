"""Operations a page names, with the side and the day it gives; and immunizations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault import dates
from vault.facts import scope
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.model.facts import Fact, FactKind

_ACT = (
    r"(?:\w{3,}(?:ectomy|plasty|otomy|ostomy|desis|pexy|centesis|rrhaphy|oscopy)|release|repair|"
    r"replacement|excision|resection|reconstruction|fixation|fusion|extraction|implant(?:ation)?|"
    r"biopsy|"
    r"decompression|debridement|amputation|bypass|stripping|ligation|injection|removal|"
    r"aspiration|orif|reduction|transfer|transplant|graft(?:ing)?|block|ablation|"
    r"hernia(?:l)? repair|stent(?:ing)?|drainage|reattachment|revision)"
)
_SIDE = r"(?P<{}>left|right|bilateral|lt\.?|rt\.?|both)"
_FIRST = re.compile(
    rf"\b{_SIDE.format('side')}[\s-]+(?P<what>(?:[\w'’/.-]+[\s,]+){{0,5}}?{_ACT}"
    r"(?:\s+(?:of|with|and|to|for)\s+(?:the\s+)?(?:[\w'’/-]+\s*){1,4})?)",
    re.I,
)
_LAST = re.compile(
    rf"(?P<what>\b(?:[\w'’/-]+\s+){{0,3}}?{_ACT}\b(?:\s+(?:of|with)\s+(?:the\s+)?(?:[\w'’/-]+\s+){{0,3}}?[\w'’/-]+?)??)"
    rf",?\s+(?:of\s+(?:the\s+)?|on\s+(?:the\s+)?)?{_SIDE.format('side')}\s+(?P<where>[a-z]{{3,}})",
    re.I,
)
_NO_SIDE = re.compile(
    r"\b(?:left|right)\s+(?:heart|ventric\w+|atri\w+|main|coronary|bundle|lower lobe|upper lobe|"
    r"hand dominant|handed|in place|alone|intact|against|without|on|with|the|to|for|away|after|"
    r"at)\b",
    re.I,
)
_DATE = re.compile(
    r"[^.;]{0,40}?(?P<date>\d[\d/.\-]{5,9}\d|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}|"
    r"[A-Z][a-z]{2,8} \d{1,2}, \d{4})"
)
_YEAR = re.compile(r"^[^.;]{0,25}?\b(?:in\s+|\()?(?P<year>(?:19|20)\d\d)\b")
_SURGERY_ON = re.compile(
    r"\b(?:surgery|operation|procedure)\s+(?:date|(?:is\s+)?(?:scheduled|planned|set)?\s*(?:for|"
    r"on))\s*:?\s*"
    r"(?P<date>\d[\d/.\-]{5,9}\d|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})",
    re.I,
)
_WORD = re.compile(r"[a-z0-9]+")
_REPORT = re.compile(
    r"\b(?:operative (?:report|note)|(?:procedure|operation)s?(?: performed)?\s*:|"
    r"post-?operative diagnos[ei]s|description of (?:operation|procedure)|anesthesia\s*:)",
    re.I,
)
_SMALL_WORDS = """
    the of a an and with for to on left right bilateral both lt rt status post s p
    underwent undergo total partial performed procedure was is had has her his using under
    this that candidate discussed patient by in at planned scheduled open
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_PAST = re.compile(
    r"\b(?:previous|prior|past|old|earlier|history of|years ago|in the past|contralateral)\b", re.I
)
_SPOKEN = (Topic.OPEN, Topic.STORY, Topic.PLAN, Topic.REST, Topic.SURGERIES, Topic.PROBLEMS)
_VACCINE = re.compile(
    r"\b(?P<what>influenza|flu|tdap|td|tetanus|pneumococcal|pneumovax|prevnar(?: ?\d+)?|shingrix|"
    r"zoster|"
    r"hepatitis [ab]|hep [ab]|mmr|varicella|hpv|gardasil|covid(?:-19)?|meningococcal|polio|ipv|"
    r"dtap|"
    r"rotavirus|hib)\b\s*(?:vaccin\w+|shot|immunization|booster)?[^\n.;]{0,40}?"
    r"(?P<when>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|(?:fall|spring|winter|summer)?\s?(?:19|"
    r"20)\d\d)",
    re.I,
)


def _side(text: str) -> str:
    plain = text.casefold().strip(".")
    return {"lt": "left", "rt": "right", "both": "bilateral"}.get(plain, plain)


def words_of(text: str) -> str:
    """What names a procedure without sides and small words, in order of letters."""
    found = (w for w in _WORD.findall(text.casefold()) if w not in _SMALL)
    return " ".join(sorted(set(found)))


def _day(text: str) -> str:
    read = dates.printed(text)
    return read.readings[0].isoformat() if read and read.readings else ""


def _when(after: str, page: str) -> str:
    """The day or year a procedure is given, `page` the day the page sets for surgery."""
    dated = _DATE.match(after)
    if dated and _day(dated["date"]):
        return _day(dated["date"])
    year = _YEAR.match(after)
    return year["year"] if year else page


def _found(flow: Flow, sentence: Piece, page: str) -> Iterator[Fact]:
    text = sentence.text
    taken: list[int] = []
    for pattern in (_FIRST, _LAST):
        for found in pattern.finditer(text):
            start, stop = found.span()
            here = found.start("side")
            if any(abs(here - t) < 3 for t in taken) or _NO_SIDE.match(text, here):
                continue
            if scope.of_relative(text[:start]):
                continue
            taken.append(here)
            where = found.groupdict().get("where") or ""
            when = _when(text[stop:], page)
            old = bool(_PAST.search(text[max(0, start - 40) : start])) and not when
            value = {
                "what": words_of(f"{found['what']} {where}"),
                "side": _side(found["side"]),
                "on": "before" if old else when,
            }
            yield from flow.facts(
                FactKind.PROCEDURE, value, sentence.start + start, sentence.start + stop
            )


def procedures(flow: Flow) -> Iterator[Fact]:
    """Procedures with a side: left, right or bilateral; `on` as the fact's own note says."""
    planned = _SURGERY_ON.search(flow.text)
    page = _day(planned["date"]) if planned else ("this" if _REPORT.search(flow.text) else "")
    for sentence in flow.sentences(*_SPOKEN):
        past = sentence.topic in (Topic.SURGERIES, Topic.PROBLEMS)
        yield from _found(flow, sentence, "before" if past else page)


def immunizations(flow: Flow) -> Iterator[Fact]:
    """Vaccines with the day or year they were given."""
    for found in _VACCINE.finditer(flow.text):
        value = {"what": found["what"].casefold(), "on": found["when"].strip()}
        yield from flow.facts(FactKind.IMMUNIZATION, value, found.start(), found.end())
