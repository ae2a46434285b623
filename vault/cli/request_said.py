"""chartmend request said: what they said, what it means, and what answers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from vault.actions.asking import said as saying
from vault.actions.asking.said import Answered, Heard
from vault.cli import settings, shapes
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit
from vault.errors import UsageError
from vault.model.asking_letters import PURPOSE
from vault.model.replies import Reply
from vault.safetext import safe_line

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_Reply = Annotated[
    str | None,
    typer.Argument(metavar="[REPLY]", help="what they said; those that fit, if left out"),
]
_Choice = Annotated[
    list[str] | None, typer.Option(help="an answer to a question of the reply: KEY=VALUE")
]
_On = Annotated[str | None, typer.Option(help="the day they said it, YYYY-MM-DD (today)")]
_Replaces = Annotated[
    int | None, typer.Option(help="the number of an earlier event that this puts right")
]


def _choices(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"not a choice: {safe_line(text, 40)!r}", "give it as KEY=VALUE")
        found[key.strip().lower()] = value
    return found


def _reply(held: Reply) -> dict[str, object]:
    return {
        "id": held.id,
        "words": held.words,
        "event": held.event.value if held.event else None,
        "questions": [
            {
                "key": q.key,
                "words": q.words,
                "takes": q.takes.value,
                "needed": q.needed,
                "choices": [{"id": c.id, "words": c.words} for c in q.choices],
            }
            for q in held.questions
        ],
    }


def _listed(found: Sequence[Reply]) -> Iterator[str]:
    for reply in found:
        yield f"{reply.id}: {reply.words}"
        for question in reply.questions:
            needed = " (needed)" if question.needed else ""
            yield f"    {question.key}: {question.words}{needed}"
            yield from (f"        {c.id}: {c.words}" for c in question.choices)
    if not found:
        yield "Nothing can be said to this request as it stands."


def _answered(held: Answered) -> dict[str, object]:
    return {
        **shapes.request(held.view),
        "reply": held.reply.id,
        "event": shapes.event(held.event) if held.event else None,
        "letters": [{"kind": k.value, "purpose": PURPOSE[k]} for k in held.letters],
        "by": held.by.isoformat() if held.by else None,
        "means": [
            {"text": m.text, "cite": m.cite or None, "confidence": m.confidence or None}
            for m in held.means
        ],
    }


def _plain(held: Answered) -> Iterator[str]:
    event = held.event
    noted = f"noted as {event.kind.replace('_', ' ')} ({event.seq})" if event else "nothing noted"
    yield f"{held.reply.words}: {noted}"
    yield f"now: {held.view.request.state.value.replace('_', ' ')}"
    yield from (f"  {m.text}" for m in held.means)
    yield from (f"next: a letter to {PURPOSE[kind]} ({kind.value})" for kind in held.letters)
    if held.by is not None:
        yield f"by: {held.by.isoformat()}"


def said(
    request: _Request,
    reply: _Reply = None,
    choice: _Choice = None,
    on: _On = None,
    replaces: _Replaces = None,
) -> None:
    """Say what they said: it is noted, and you are told what it means and what answers it."""
    today = settings.current().today
    if reply is None:
        if choice or on or replaces is not None:
            raise UsageError("what they said is missing", "chartmend request said REQ lists it")
        with opened() as session:
            view, found = saying.fitting(session, request, today)
        listed = {"id": view.request.id, "replies": [_reply(r) for r in found]}
        emit(listed, lambda: _listed(found))
        return
    when = day(on, "the day they said it") or today
    heard = Heard(reply, when, _choices(choice or ()), replaces)
    with opened(write=True) as session:
        held = saying.answer(session, request, heard, today)
    emit(_answered(held), lambda: _plain(held))
