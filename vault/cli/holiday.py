"""chartmend holiday: the days off that deadlines are counted by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault import dates
from vault.actions import holidays
from vault.cli import place_shapes as shapes
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit

app = new_app()

PlaceId = Annotated[str, typer.Argument(metavar="PLACE", help="a place: us-tx, uk, de")]
Day = Annotated[str, typer.Argument(metavar="DATE", help="the day, YYYY-MM-DD")]


@app.callback()
def _group() -> None:
    """Look at the days off of a place, and change them."""


@app.command()
def add(
    place: PlaceId,
    date: Day,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="what the day is")] = "",
) -> None:
    """Make a day a day off at a place; deadlines count by it at once."""
    on = dates.parse(date)
    with opened(write=True) as session:
        made = holidays.add(session, place, on, name)
    emit(shapes.day(made), lambda: [f"{on.isoformat()} is a day off at {made.place}."])


@app.command()
def remove(place: PlaceId, date: Day) -> None:
    """Take a day off out again, one you added or one that is known; it counts at once."""
    on = dates.parse(date)
    with opened(write=True) as session:
        gone = holidays.remove(session, place, on)
    emit(shapes.day(gone), lambda: [f"{on.isoformat()} is a working day at {gone.place}."])


@app.command(name="list")
def list_(
    place: PlaceId,
    year: Annotated[int, typer.Option(help="the year; else this one and the next")] = 0,
) -> None:
    """List the days off of a place, with what you changed."""
    this = settings.current().today.year
    with opened() as session:
        kept = holidays.every(session, place, (year,) if year else (this, this + 1))

    def plain() -> Iterator[str]:
        yield from columns([(d.on.isoformat(), d.source, d.name or "-") for d in kept.days])
        if not kept.days:
            yield "No day off but Saturdays and Sundays."

    emit(shapes.days(kept), plain)
