"""chartmend correction denial and next: what a refusal is worth, and what to do now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import corrections
from vault.actions.correcting import days, denials, steps
from vault.actions.correcting.denials import Denial
from vault.actions.session import Session
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.out import emit

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]


def _shape(id_: str, held: Denial) -> dict[str, object]:
    return {
        "id": id_,
        "event": held.event.seq,
        "on": held.event.on.isoformat(),
        "items": list(held.items),
        "ground": held.ground or None,
        "known": held.known.id if held.known else None,
        "lawful": held.lawful,
        "grounds": [
            {
                "id": g.id,
                "words": g.words,
                "cite": g.source.cite,
                "confidence": g.source.confidence.value,
            }
            for g in held.grounds
        ],
        "owed": [
            {
                "id": o.part.id,
                "words": o.part.words,
                "held": o.held,
                "cite": o.part.source.cite,
                "confidence": o.part.source.confidence.value,
            }
            for o in held.owed
        ],
        "missing": [part.id for part in held.missing],
        "choices": [
            {
                "id": o.id,
                "words": o.words,
                "by": o.by.isoformat() if o.by else None,
                "cite": o.cite or None,
                "confidence": o.confidence or None,
            }
            for o in held.options
        ],
        "sentences": [
            {"text": m.text, "cite": m.cite or None, "confidence": m.confidence or None}
            for m in held.sentences
        ],
    }


def _lines(held: Denial) -> Iterator[str]:
    many = "1 item" if len(held.items) == 1 else f"{len(held.items)} items"
    yield f"Refused on {held.event.on.isoformat()} ({many}): {held.ground or 'no ground noted'}"
    yield from (f"  {said.text}" for said in held.sentences)
    yield "You can:"
    for option in held.options:
        by = f" [by {option.by.isoformat()}]" if option.by else ""
        yield f"  {option.words}{by}"


def denial(
    correction: _Correction,
    event: Annotated[
        int | None, typer.Option(help="the number of an earlier denial; the last, if left out")
    ] = None,
) -> None:
    """Judge a denial: its ground, what its notice has to say, and what you can do now."""
    with opened() as session:
        view = corrections.get(session, correction, settings.current().today)
        held = denials.judge(session, view, denials.last(view, event))
    emit(_shape(view.correction.id, held), lambda: _lines(held))


def _next(session: Session, correction: str) -> dict[str, object]:
    view = corrections.get(session, correction, settings.current().today)
    found = days.get(session, view, settings.current().today)
    return {
        "id": view.correction.id,
        "state": view.correction.state.value,
        "waiting_on": view.correction.waiting_on.value,
        "next": steps.next_step(view),
        "command": steps.command(view) or None,
        "days": [
            {
                "on": d.on.isoformat(),
                "kind": d.kind.value,
                "urgency": d.urgency.value,
                "text": d.said,
                "cite": d.cite or None,
            }
            for d in found
        ],
    }


def next_(correction: _Correction) -> None:
    """Say what to do next with a correction, and what has a date."""
    with opened() as session:
        document = _next(session, correction)

    def plain() -> Iterator[str]:
        yield str(document["next"])
        if document["command"]:
            yield f"  {document['command']}"
        dated = document["days"]
        for row in dated if isinstance(dated, list) else ():
            yield f"  {row['on']}  {row['text']}"

    emit(document, plain)
