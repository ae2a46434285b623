"""They said X: what to note of it, what the law of the place says to it, and what answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vault.actions import requests, rulebook
from vault.actions.asking import choices, meaning
from vault.actions.asking.events import Told
from vault.actions.asking.replies import BY_ID, REPLIES
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import denial, rules
from vault.law.terms import Right
from vault.model import lifecycle
from vault.model.asking_letters import LetterKind
from vault.model.replies import Answers, Choice, Meaning, Question, Reply
from vault.model.requests import Event, RequestEvent
from vault.safetext import safe_line

NO_GROUND = "none"
"""The choice for a refusal without a ground."""
OTHER_GROUND = "other"
_ENDS = (RequestEvent.NOT_HELD, RequestEvent.DESTROYED, RequestEvent.REDIRECTED)
"""What may close a request, and still wants a letter."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What they said, and on which day: a reply's id and the answers to its questions by key.

    With every reply also `note` and `who` count, and `log` and `letter`, by which the person
    calls it something else. `replaces` is the `seq` of an earlier event that this puts right.
    """

    reply: str
    on: dt.date
    choices: Mapping[str, str] = field(default_factory=dict)
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of telling a reply: the request as it stands, and what to do next.

    `event` is what was noted, None where nothing was. `letters` are the kinds that answer it, the
    next one first; `by` is the day to act by, or to wait for; `means` what the law says to it.
    """

    view: RequestView
    reply: Reply
    event: Event | None
    letters: tuple[LetterKind, ...]
    by: dt.date | None
    means: tuple[Meaning, ...]


def _grounds(view: RequestView, book: rulebook.Book) -> tuple[Choice, ...]:
    """The grounds the law of the place knows, what it knows as none, and the rest."""
    place, kind = view.provider.jurisdiction, view.provider.kind
    found: list[Choice] = []
    if rules.knows(place, book):
        known = denial.grounds(place, kind, Right.ACCESS, book)
        found += [Choice(g.id, g.words) for g in known]
        found += [Choice(n.id, n.words) for n in denial.never_valid(place, kind, book)]
    rest = (Choice(NO_GROUND, "they name none"), Choice(OTHER_GROUND, "another one"))
    return (*found, *rest)


def _holds(view: RequestView, book: rulebook.Book) -> tuple[Choice, ...]:
    place, kind = view.provider.jurisdiction, view.provider.kind
    if not rules.knows(place, book):
        return ()
    parts = denial.owed(place, kind, Right.ACCESS, book)
    return tuple(Choice(part.id, part.words) for part in parts)


def _here(reply: Reply, view: RequestView, book: rulebook.Book) -> Reply:
    """The reply with the choices that the law of the place gives its questions."""

    def filled(question: Question) -> Question:
        if question.key == "ground":
            return replace(question, choices=_grounds(view, book))
        if question.takes is Answers.CHOICES:
            return replace(question, choices=_holds(view, book))
        return question

    return replace(reply, questions=tuple(map(filled, reply.questions)))


def _fits(reply: Reply, view: RequestView) -> bool:
    standing = view.standing
    if reply.event is None:
        return standing.running
    kinds = [reply.event, *(c.event for q in reply.questions for c in q.choices if c.event)]
    return any(lifecycle.allowed(kind, standing.state) for kind in kinds)


def fitting(s: Session, given: str, today: dt.date) -> tuple[RequestView, tuple[Reply, ...]]:
    """A request, and the replies that can come to it as it stands now."""
    view = requests.get(s, given, today)
    book = rulebook.book(s.vault.read())
    return view, tuple(_here(r, view, book) for r in REPLIES if _fits(r, view))


def _reply(id_: str) -> Reply:
    plain = id_.strip().lower().replace("-", "_").replace(" ", "_")
    if plain not in BY_ID:
        raise UsageError(f"there is no reply {safe_line(id_, 40)!r}", f"one of: {' '.join(BY_ID)}")
    return BY_ID[plain]


def _check(read: choices.Read, reply: Reply) -> choices.Read:
    """The answers with their ground as the law names it; raises UsageError for unknown ones."""
    for question in reply.questions:
        known = [c.id for c in question.choices]
        if question.key == "ground" and read.detail.ground:
            name = read.detail.ground.strip().lower().replace("_", "-").replace(" ", "-")
            if name not in known:
                shown = safe_line(read.detail.ground, 40)
                raise UsageError(f"no ground is called {shown!r}", f"one of: {' '.join(known)}")
            name = "" if name == NO_GROUND else name
            read = replace(read, detail=replace(read.detail, ground=name))
        if question.takes is Answers.CHOICES:
            for part in read.holds:
                if part not in known:
                    shown = safe_line(part, 40)
                    raise UsageError(
                        f"a refusal has no part {shown!r}", f"one of: {' '.join(known)}"
                    )
    return read


def _noted(s: Session, view: RequestView, read: choices.Read, heard: Heard) -> Event | None:
    """Note the event of a reply, where it has one."""
    if read.kind is not None:
        told = Told(read.kind, heard.on, read.note, read.detail, replaces=heard.replaces)
        return requests.log(s, view.request.id, told).request.events[-1]
    if heard.replaces is not None:
        raise UsageError("nothing is noted, so nothing is put right", "leave out --replaces")
    if not view.standing.open:
        again = f"chartmend request log {view.request.id} reopened"
        raise Refused("this request is closed", again)
    if (
        heard.choices.get("log", "").strip().lower() != choices.NOTHING
        and not view.standing.running
    ):
        raise Refused(
            "no answer is owed now, so there is no silence",
            f"chartmend request show {view.request.id}",
        )
    return None


def answer(s: Session, given: str, heard: Heard, today: dt.date) -> Answered:
    """Note what they said, and tell what it means and what answers it.

    An earlier event that it puts right gives its place; what came later stays. Raises UsageError
    or Refused, and notes nothing then.
    """
    view = requests.get(s, given, today)
    book = rulebook.book(s.vault.read())
    found = _here(_reply(heard.reply), view, book)
    read = _check(choices.read(found, heard.choices), found)
    event = _noted(s, view, read, heard)
    if event is not None:
        view = requests.get(s, view.request.id, today)
    told = meaning.Said(found, read, view, today, book)
    after = view.standing.open or read.kind in _ENDS
    letters = meaning.letters(told) if after else ()
    return Answered(view, found, event, letters, meaning.by(told), meaning.sentences(told))
