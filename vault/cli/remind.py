"""chartmend remind: your own reminders."""

from __future__ import annotations

from typing import Annotated

import typer

from vault import dates
from vault.actions.asking import reminders
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit
from vault.model.reminders import Reminder

app = new_app()


@app.callback()
def _group() -> None:
    """Your own reminders, whatever the state of a request."""


def _shape(held: Reminder) -> dict[str, object]:
    return {
        "id": held.id,
        "on": held.on.isoformat(),
        "text": held.text,
        "about": held.subject or None,
        "done_on": held.done_on.isoformat() if held.done_on else None,
    }


def _row(held: Reminder) -> tuple[str, ...]:
    done = f"done {held.done_on.isoformat()}" if held.done_on else ""
    return held.id, held.on.isoformat(), held.subject, done, held.text


@app.command()
def add(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="what to be reminded of")],
    on: Annotated[str, typer.Option(help="the day, YYYY-MM-DD")],
    about: Annotated[str, typer.Option(help="a request or a correction (an id)")] = "",
) -> None:
    """Set a reminder."""
    with opened(write=True) as session:
        made = reminders.add(session, text, dates.parse(on, "the day"), about)
    emit(_shape(made), lambda: columns([_row(made)]))


@app.command(name="list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="those that are done too")] = False,
) -> None:
    """List reminders by day."""
    with opened() as session:
        held = reminders.every(session, past=all_)
    emit({"reminders": [_shape(r) for r in held]}, lambda: columns([_row(r) for r in held]))


@app.command()
def done(
    reminder: Annotated[str, typer.Argument(metavar="REM", help="a reminder's id")],
) -> None:
    """Note that it was done."""
    with opened(write=True) as session:
        held = reminders.done(session, reminder)
    emit(_shape(held), lambda: columns([_row(held)]))
