"""The options that tell how a record came: on what, scanned by whom, and where the thing stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import custody as saying
from vault.cli.options import word
from vault.model.custody import Custody, Medium

MediumWord = Annotated[
    str | None,
    typer.Option("--medium", help=f"on what it came: {' '.join(Medium)}"),
]
ScannedBy = Annotated[str, typer.Option("--scanned-by", help="who scanned it")]
Shelf = Annotated[str, typer.Option("--shelf", help="the number on the folder, box or disc")]


def typed(medium: str | None, scanned_by: str, shelf: str) -> Custody:
    """The custody as typed; raises UsageError for a medium there is not."""
    return Custody(word(Medium, medium, "medium"), scanned_by, shelf)


def line(custody: Custody) -> Iterator[str]:
    """What is known of it as one plain line, or nothing."""
    said = ", ".join(saying.words(custody))
    if said:
        yield f"How:   {said}"
