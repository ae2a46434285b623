"""chartmend correction answer and log: what came of asking for an amendment."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from vault.actions import corrections
from vault.actions.correcting import grounds
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.cli import correction_shapes, settings
from vault.cli.correction_lines import lines
from vault.cli.opening import opened
from vault.cli.options import day, happening, word
from vault.cli.out import emit, talk
from vault.model.corrections import CorrectionEvent
from vault.model.requests import Detail

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]
_Item = Annotated[
    list[str] | None, typer.Option(help="an item it is about (its flag); can be repeated")
]
_On = Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")]
_Note = Annotated[str, typer.Option(help="in your own words")]
_Replaces = Annotated[
    int | None, typer.Option(help="the number of an earlier event that this puts right")
]
_OWN = (  # commands of their own
    CorrectionEvent.DRAFTED,
    CorrectionEvent.READY,
    CorrectionEvent.SENT,
    CorrectionEvent.ACCEPTED,
    CorrectionEvent.DENIED,
)
_KINDS = " ".join(kind for kind in CorrectionEvent if kind not in _OWN)


class _Answer(StrEnum):
    ACCEPTED = "accepted"
    DENIED = "denied"


def _print(view: CorrectionView) -> None:
    emit(correction_shapes.correction(view), lambda: lines(view))


def answer(
    correction: _Correction,
    answer: Annotated[str, typer.Argument(metavar="accepted|denied", help="what they answered")],
    item: _Item = None,
    ground: Annotated[
        str,
        typer.Option(
            help="denied: the ground they named, in their words; none, if they named none"
        ),
    ] = "",
    says: Annotated[
        list[str] | None,
        typer.Option(help="denied: what the notice says: basis statement attach complaint"),
    ] = None,
    reason: Annotated[str, typer.Option(help="in their words")] = "",
    on: _On = None,
    note: _Note = "",
    replaces: _Replaces = None,
) -> None:
    """Say what they answered: of all items that wait for an answer, or of those named."""
    told = word(_Answer, answer, "answer") or _Answer.ACCEPTED
    when = day(on, "the day they answered") or settings.current().today
    with opened(write=True) as session:
        asked = corrections.get(session, correction, settings.current().today)
        meant, holds = grounds.told(session, asked, ground, says or ())
        held = Detail(ground=meant, reason=reason, items=tuple(item or ()), enclosures=holds)
        event = Told(CorrectionEvent(told.value), when, note, held, replaces=replaces)
        view = corrections.tell(session, correction, event)
    if told is _Answer.DENIED and not settings.current().json:
        talk(f"what this is worth: chartmend correction denial {view.correction.id}")
    _print(view)


def log(
    correction: _Correction,
    event: Annotated[str, typer.Argument(metavar="EVENT", help=_KINDS)],
    on: _On = None,
    note: _Note = "",
    item: _Item = None,
    until: Annotated[str | None, typer.Option(help="the day they gave, YYYY-MM-DD")] = None,
    reason: Annotated[str, typer.Option(help="the reason they gave")] = "",
    number: Annotated[str, typer.Option(help="their reference or confirmation")] = "",
    who: Annotated[str, typer.Option(help="who said it, or who was told")] = "",
    record: Annotated[str, typer.Option(help="the record that came (an id)")] = "",
    outcome: Annotated[
        str, typer.Option(help="compared: fixed appended unchanged disagreement_on_file")
    ] = "",
    letter: Annotated[str, typer.Option(help="the letter that was sent (an id)")] = "",
    replaces: _Replaces = None,
) -> None:
    """Note what happened; a withdrawn correction gives its flags back."""
    kind, happened = happening(_OWN, event, on)
    detail = Detail(
        until=day(until, "the day they gave"),
        reason=reason,
        number=number,
        who=who,
        record=record,
        outcome=outcome.strip().lower().replace(" ", "_"),
        letter=letter,
        items=tuple(item or ()),
    )
    told = Told(kind, happened, note, detail, replaces=replaces)
    with opened(write=True) as session:
        view = corrections.log(session, correction, told)
    if kind is CorrectionEvent.EXTENDED and view.extension is not None:
        talk(view.extension.why)
    _print(view)
