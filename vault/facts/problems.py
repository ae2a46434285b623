"""Conditions of the patient: present, past, denied, suspected, ruled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts import conditions, scope
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.facts.scope import Status
from vault.model.facts import Fact, FactKind

_SPOKEN = (
    Topic.OPEN, Topic.STORY, Topic.PROBLEMS, Topic.SURGERIES, Topic.PLAN, Topic.REST, Topic.SOCIAL,
)  # fmt: skip
_ONSET = re.compile(
    r"^[^.;]{0,40}?\b(?:since|in|diagnosed|dx|onset|from|as of)?\s*(?:in\s+)?\(?(?P<year>(?:19|"
    r"20)\d\d)\b"
    r"|^[^.;]{0,40}?\b(?:at |from )?age (?:of )?(?P<age>\d{1,2})\b"
    r"|^[^.;]{0,30}?\b(?P<young>in childhood|as a child|since childhood|congenital|since birth)\b",
    re.I,
)
_DENIED_WORDS = re.compile(
    r"\b(?:no|denies(?: any| a)?|denied(?: any| a)?|without|negative for)\s+(?:known |prior |"
    r"previous |"
    r"past |personal |significant |documented |any )*(?:history|hx|"
    r"h/o)\s+of\s+(?P<what>[^.;,()]{3,60})",
    re.I,
)
_HAD_WORDS = re.compile(
    r"(?<!no )(?<!family )\b(?:history|hx|h/o)\s+of\s+(?P<what>[a-z][^.;,()\d]{3,60})", re.I
)
_LEAD = re.compile(r"^[\W\d_]*")
_ITEM = re.compile(r"[;\f•]|\.\s|\n(?=\s*[-*•\dA-Z])")
_NOTHING = re.compile(
    r"^(?:none|nil|negative|unremarkable|non-?contributory|see|as above|n/a)\b", re.I
)


def _onset(after: str) -> str:
    found = _ONSET.match(after)
    if found is None:
        return ""
    return found["year"] or (f"age {found['age']}" if found["age"] else "childhood")


def _fact(
    flow: Flow, what: str, status: Status, after: str, span: tuple[int, int]
) -> Iterator[Fact]:
    value = {
        "what": what,
        "of": list(conditions.kinds(what)),
        "status": status.value,
        "onset": _onset(after),
    }
    yield from flow.facts(FactKind.PROBLEM, value, *span)


def _known(flow: Flow, clause: Piece) -> Iterator[Fact]:
    """The conditions of the table that a clause names."""
    text = clause.text
    for found in conditions.pattern().finditer(text):
        what = found.lastgroup or ""
        before, after = text[: found.start()], text[found.end() :]
        status = scope.status(before, after, clause.topic)
        if status is Status.RELATIVE:
            continue
        if status is Status.ABSENT and clause.topic is Topic.PROBLEMS:
            status = Status.NEVER
        begin = _denial(before) if status in (Status.NEVER, Status.ABSENT) else found.start()
        end = found.end() + len(after) if clause.topic is Topic.PROBLEMS else found.end()
        span = (clause.start + begin, clause.start + end)
        yield from _fact(flow, what, status, after, span)


def _denial(before: str) -> int:
    """Where the words begin that deny what follows, in the words before it."""
    found = list(
        re.finditer(r"\b(?:no|not|denies|denied|without|negative|never|nor)\b", before, re.I)
    )
    return found[-1].start() if found else len(before)


def _phrases(flow: Flow, clause: Piece) -> Iterator[Fact]:
    """Histories of what is not in the table, had or denied."""
    for pattern, status in ((_DENIED_WORDS, Status.NEVER), (_HAD_WORDS, Status.PAST)):
        for found in pattern.finditer(clause.text):
            what = conditions.plain(found["what"])
            before = clause.text[: found.start()]
            known = conditions.pattern().search(found["what"])
            if (
                not what
                or known
                or what.startswith("present")
                or scope.of_relative(before, clause.topic)
            ):
                continue
            if status is Status.PAST and scope.status(before, "") is not Status.PRESENT:
                continue
            span = (clause.start + found.start(), clause.start + found.end())
            yield from _fact(flow, what, status, "", span)


def _listed(flow: Flow, part: Piece) -> Iterator[Fact]:
    """The items of a problem list that the table does not know."""
    at = 0
    for end in (*(m.start() for m in _ITEM.finditer(part.text)), len(part.text)):
        item, start = part.text[at:end], part.start + at
        at = end + 1
        lead = _LEAD.match(item)
        skip = lead.end() if lead else 0
        words = item[skip:]
        told = _NOTHING.match(words) or scope.denied(words[:25]) or len(words) > 80
        if told or conditions.pattern().search(item) or scope.of_relative(words):
            continue
        what = conditions.plain(words)
        if what:
            yield from _fact(flow, what, Status.PRESENT, words, (start + skip, start + len(item)))


def problems(flow: Flow) -> Iterator[Fact]:
    """The conditions a page gives its patient or denies; relatives' are left out.

    Status is a `scope.Status`: `never` denies that it ever was, `absent` that it is now.
    """
    for clause in flow.clauses(*_SPOKEN):
        yield from _known(flow, clause)
        yield from _phrases(flow, clause)
    for part in flow.part(Topic.PROBLEMS):
        yield from _listed(flow, part)
