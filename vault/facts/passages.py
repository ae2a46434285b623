"""Passages of a note that hold true only for a while, kept to find them copied into a later one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vault import dates
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.model.facts import Fact, FactKind

_N = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple of)"
_DAYS = (
    r"\b(?:yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|weekend)|last night|"
    rf"(?:hospital |post-?op(?:erative)? |pod ?#?)?day\s*#?\s*\d+(?:\s+of\b)?|{_N}\s+(?:hours?|"
    rf"days?) ago|"
    rf"(?:for|x|over) (?:the )?(?:past |last )?{_N} days?|in {_N} days?|pod ?#?\s?\d+|"
    r"(?:on|last|next|this|until|since) (?:mon|tues|wednes|thurs|fri|satur|sun)day(?! (?:morning|"
    r"evening|night)s))\b"
)
_WEEKS = (
    rf"\b(?:(?:next|last|this|past|coming) week(?:end)?|{_N}\s+weeks? (?:ago|pregnant|gestation)|"
    rf"(?:in|for|over|within) (?:the )?(?:past |last |next )?{_N} weeks?|{_N} weeks? (?:post|"
    rf"after|from now)|"
    r"(?:is|currently|now) \w+ weeks|weeks? pregnant|fortnight)\b"
)
_MONTHS = (
    rf"\b(?:(?:next|last|this|coming) month|{_N} months? ago|in {_N} months?|"
    r"(?:is|are) (?:scheduled|planned|due|expected|awaiting|waiting|expecting)|awaiting|upcoming|"
    r"looking forward|just (?:started|returned|finished|had|moved)|(?:sutures|stitches|staples|"
    r"crutches|in an? (?:\w+ )?(?:cast|sling|splint|boot))|wearing an? |"
    r"since (?:his|her|the) (?:fall|accident|surgery|operation|injury))\b"
)
_PASSING = (
    r"\b(?:is now|are now|is (?:currently|still)|will be|is to (?:have|be|see|start)|plans to|"
    r"planning|recently|sprain\w*|bruis\w+|wounds?|laceration|antibiotics?|course of|visiting|"
    r"trip|vacation|holiday|cruise|wedding|party|funeral|new job|moved|moving|cold|flu|influenza|"
    r"cough|bronchitis|pneumonia|pregnan\w+|healing|recover\w+|temporar\w+|staying with)\b"
)
_SPANS = (
    (4, re.compile(_DAYS, re.I)),
    (22, re.compile(_WEEKS, re.I)),
    (60, re.compile(_MONTHS, re.I)),
    (90, re.compile(_PASSING, re.I)),
)
_TELLING = re.compile(
    r"\bday\s*#?\s*\d+\s+of\b|\b(?:yesterday|tomorrow|tonight|last night|this (?:morning|"
    r"weekend))\b|"
    r"\bpod ?#?\s?\d|\bpost-?op(?:erative)? day|\bnext week\b|\bweeks? pregnant|"
    r"\bweeks?'? gestation",
    re.I,
)
_WORD = re.compile(r"[a-z0-9]+")
_FEWEST, _MOST, _RUN = 8, 90, 22
_SPOKEN = (Topic.STORY, Topic.OPEN)
_DENIAL = re.compile(
    r"^\W*(?:(?:s?he|(?:the )?patient|mr|ms|mrs)\b[\w. ]{0,25}?)?\b(?:denies|denied|no|not|"
    r"reports no)\b",
    re.I,
)
_COMMON = re.compile(
    r"\b(?:return (?:visit|as needed)|follow up|call (?:the|if)|please|how often|bothered by|"
    r"signed|dictated)\b",
    re.I,
)


def lasts(text: str) -> int:
    """For how many days what a passage says can hold; 0 where it says nothing that passes."""
    return next((days for days, pattern in _SPANS if pattern.search(text)), 0)


def _until(text: str) -> str:
    """The last day a passage names, ISO 8601; empty where it names none."""
    read = dates.printed(text)
    return max(read.readings).isoformat() if read and read.readings else ""


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold())[:_MOST])


def _window(told: Sequence[Piece], at: int) -> tuple[str, int]:
    """A sentence with those behind it, up to so many words, and where it ends."""
    text, stop = "", told[at].stop
    for piece in told[at : at + 4]:
        if piece.start - stop > 3 or len(text.split()) > _RUN * 2:
            break
        text, stop = f"{text} {piece.text}", piece.stop
    return text, stop


def passages(flow: Flow) -> Iterator[Fact]:
    """The sentences of a patient's story that pass with time, and the words that follow them.

    `days` is how long one can hold, `until` the day it names, `sure` says that a single sentence
    is enough (a day of a course of treatment, yesterday, next week).
    """
    told = [s for s in flow.sentences(*_SPOKEN) if not _COMMON.search(s.text)]
    for at, sentence in enumerate(told):
        days = lasts(sentence.text)
        words = _plain(sentence.text)
        if not days or len(words.split()) < _FEWEST or _DENIAL.match(sentence.text):
            continue
        text, _ = _window(told, at)
        value = {
            "words": words,
            "more": _plain(text)[len(words) :].strip(),
            "days": str(days),
            "until": _until(sentence.text),
            "sure": "yes" if _TELLING.search(sentence.text) else "",
        }
        yield from flow.facts(FactKind.PASSAGE, value, sentence.start, sentence.stop)
