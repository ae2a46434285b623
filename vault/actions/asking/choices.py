"""What a person answered to the questions of a reply, read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from vault import dates
from vault.actions.asking import amounts
from vault.errors import UsageError
from vault.model.asking_letters import LetterKind
from vault.model.replies import Answers, Choice, Question, Reply
from vault.model.requests import Detail, RequestEvent
from vault.safetext import safe_line

NOTHING = "nothing"
"""To be noted as nothing: the label of a reply that the person does not want kept."""
ALWAYS = ("note", "who", "log", "letter")
"""What can be said with every reply: words, who said it, and another label or letter."""
_MEDIUM = {
    "paper": "paper",
    "electronic": "electronic",
    "both": "electronic copy of electronic records",
}
_PART = re.compile(r"[,\s]+")


@dataclass(frozen=True, slots=True)
class Read:
    """What was answered: the detail of the event, its kind, the letters, the choices by key.

    `letters` is None where the choices change nothing about them, `holds` what a refusal says.
    """

    detail: Detail
    kind: RequestEvent | None
    letters: tuple[LetterKind, ...] | None
    picked: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    note: str = ""


def _unknown(what: str, given: str, known: Collection[str]) -> UsageError:
    shown = safe_line(given, 40)
    hint = f"one of: {' '.join(known)}" if known else "this reply asks nothing back"
    return UsageError(f"there is no {what} {shown!r}", hint)


def _keys(reply: Reply, given: Mapping[str, str]) -> None:
    known = (*(q.key for q in reply.questions), *ALWAYS)
    for key in given:
        if key not in known:
            raise _unknown(f"question of the reply {reply.id}", key, known)
    for question in reply.questions:
        if question.needed and not given.get(question.key, "").strip():
            choices = f" (one of: {' '.join(c.id for c in question.choices)})"
            shown = choices if question.choices else ""
            raise UsageError(
                f"this is missing: {question.words}", f"--choice {question.key}=…{shown}"
            )


def _picked(question: Question, given: str) -> Choice:
    if not given:
        return question.choices[0]
    plain = given.strip().lower().replace(" ", "_")
    for choice in question.choices:
        if choice.id == plain:
            return choice
    raise _unknown(question.key, given, [c.id for c in question.choices])


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UsageError(f"not a number: {safe_line(text, 40)!r}", "give it as 25")
    return int(text)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, _PART.split(text)))


_VALUES: dict[Answers, Callable[[Detail, str, str], Detail]] = {
    Answers.DAY: lambda d, text, key: replace(d, until=dates.parse(text, f"the day ({key})")),
    Answers.AMOUNT: lambda d, text, _: replace(d, amount=amounts.amount(text, "it")),
    Answers.NUMBER: lambda d, text, _: replace(d, pages=_number(text)),
    Answers.LINES: lambda d, text, _: replace(d, lines=tuple(map(amounts.line, text.split(",")))),
    Answers.ITEMS: lambda d, text, _: replace(d, items=_parts(text)),
    Answers.PROVIDER: lambda d, text, _: replace(d, other=text),
}
_TEXTS: dict[str, Callable[[Detail, str], Detail]] = {
    "reason": lambda d, text: replace(d, reason=text),
    "number": lambda d, text: replace(d, number=text),
    "vendor": lambda d, text: replace(d, vendor=text),
    "currency": lambda d, text: replace(d, currency=text),
    "ground": lambda d, text: replace(d, ground=text),
    "name": lambda d, text: replace(d, who=text),
}


def _valued(question: Question, text: str, detail: Detail) -> Detail:
    """The detail with the answer to a question that takes a value."""
    if question.takes in _VALUES:
        return _VALUES[question.takes](detail, text, question.key)
    return _TEXTS[question.key](detail, text)


def _override(read: Read, given: Mapping[str, str]) -> Read:
    """What the person calls it, in the place of what the dialog would."""
    if label := given.get("log", "").strip().lower().replace(" ", "_"):
        if label not in (NOTHING, *RequestEvent):
            raise _unknown("event", label, (NOTHING, *RequestEvent))
        read = replace(read, kind=None if label == NOTHING else RequestEvent(label))
    if letter := given.get("letter", "").strip().lower().replace(" ", "_"):
        if letter not in (NOTHING, *LetterKind):
            raise _unknown("letter", letter, (NOTHING, *LetterKind))
        read = replace(read, letters=() if letter == NOTHING else (LetterKind(letter),))
    return read


def read(reply: Reply, given: Mapping[str, str]) -> Read:
    """The answers to a reply's questions; raises UsageError for one that cannot be."""
    _keys(reply, given)
    found = Read(Detail(ground=reply.ground, who=given.get("who", "")), reply.event, None)
    picked: dict[str, str] = {}
    for question in reply.questions:
        text = given.get(question.key, "").strip()
        if question.takes is Answers.CHOICE:
            choice = _picked(question, text)
            picked[question.key] = choice.id
            found = replace(
                found,
                kind=choice.event or found.kind,
                letters=found.letters if choice.letters is None else choice.letters,
                detail=replace(found.detail, ground=choice.ground or found.detail.ground),
            )
        elif question.takes is Answers.CHOICES:
            found = replace(found, holds=_parts(text))
        elif text:
            found = replace(found, detail=_valued(question, text, found.detail))
    if medium := _MEDIUM.get(picked.get("kept", "")):
        found = replace(found, detail=replace(found.detail, medium=medium))
    note = given.get("note", "").strip() or reply.words
    return _override(replace(found, picked=picked, note=note), given)
