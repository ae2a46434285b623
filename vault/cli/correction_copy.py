"""chartmend correction came, compare, confirm: a fresh copy, and what it shows of each item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import corrections
from vault.actions.correcting import verifying
from vault.actions.correcting.verifying import Compared
from vault.cli import correction_shapes, review_shapes, settings
from vault.cli.correction_lines import lines
from vault.cli.opening import opened
from vault.cli.options import day, word
from vault.cli.out import emit
from vault.errors import UsageError
from vault.model.corrections import ItemState

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]
_On = Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")]
_OUTCOMES = "|".join(verifying.OUTCOMES)


def shown_lines(found: tuple[Compared, ...]) -> Iterator[str]:
    """What a copy seems to show, item by item."""
    for one in found:
        said = one.outcome.value.replace("_", " ") if one.outcome else "look yourself"
        yield f"  {one.flag}: {said}?" if one.outcome else f"  {one.flag}: {said}"
        yield f"    {one.why}"
        if one.quote:
            yield f"    {one.record} page {one.page}: {one.quote}"


def _next(cor: str, found: tuple[Compared, ...]) -> Iterator[str]:
    if found:
        yield f"Look at the pages, then: chartmend correction confirm {cor} FLAG {_OUTCOMES}"


def came(
    correction: _Correction,
    record: Annotated[str, typer.Argument(metavar="REC", help="the fresh copy (a record's id)")],
    on: _On = None,
) -> None:
    """Note that a fresh copy came, and say what it seems to show of each item."""
    when = day(on, "the day it came") or settings.current().today
    with opened(write=True) as session:
        view = verifying.came(session, correction, record, when)
        found = verifying.suggest(session, view.correction.id, record)
    shown = [review_shapes.shown(one) for one in found]
    document = {**correction_shapes.correction(view), "compared": shown}
    emit(document, lambda: [*lines(view), *shown_lines(found), *_next(view.correction.id, found)])


def compare(
    correction: _Correction,
    record: Annotated[
        str, typer.Argument(metavar="[REC]", help="the copy, where not the last that came (an id)")
    ] = "",
) -> None:
    """Compare a fresh copy with what was to be put right; only you decide what it shows."""
    with opened() as session:
        view = corrections.get(session, correction, settings.current().today)
        found = verifying.suggest(session, view.correction.id, record)
    document = {
        "id": view.correction.id,
        "compared": [review_shapes.shown(one) for one in found],
    }
    emit(document, lambda: [*shown_lines(found), *_next(view.correction.id, found)])


def confirm(
    correction: _Correction,
    flag: Annotated[str, typer.Argument(metavar="FLAG", help="the item (its flag)")],
    outcome: Annotated[str, typer.Argument(metavar=_OUTCOMES, help="what the copy shows")],
    on: _On = None,
    record: Annotated[
        str, typer.Option(help="the copy, where not the last that came (an id)")
    ] = "",
) -> None:
    """Say what a fresh copy shows of an item: fixed and appended end it."""
    told = word(ItemState, outcome, "outcome")
    if told is None or told not in verifying.OUTCOMES:
        raise UsageError("a copy cannot show that", f"one of: {' '.join(verifying.OUTCOMES)}")
    when = day(on, "the day you compared them") or settings.current().today
    with opened(write=True) as session:
        view = verifying.confirm(session, correction, flag, told, record, when)
    emit(correction_shapes.correction(view), lambda: lines(view))
