"""chartmend correction binder and statistics: the evidence on one, and figures over all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import exports
from vault.actions.asking import sheaves
from vault.actions.correcting import binder as binding
from vault.actions.correcting import statistics as figures
from vault.actions.correcting.statistics import Count, Days, Statistics, share
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.out import columns, emit, many
from vault.cli.replacing import may_replace
from vault.cli.shapes import Json


def binder(
    correction: Annotated[
        str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
    with_records: Annotated[
        bool, typer.Option("--with-records", help="with the pages that the items stand on")
    ] = False,
) -> None:
    """Write the evidence on a correction as one PDF, for a regulator or a lawyer."""
    may_replace(output)
    with opened() as session:
        exports.check_place(session.vault.folder, output)
        today = settings.current().today
        made = binding.bind(session, correction, today, with_records=with_records)
        file = sheaves.write(session, made, output)
    emit({"id": made.requests[0], "file": str(file), "pages": made.pages}, lambda: [str(file)])


def _count(held: Count) -> Json:
    return {
        "name": held.name,
        "asked": held.asked,
        "answered": held.answered,
        "granted": held.granted,
        "denied": held.denied,
        "verified": held.verified,
        "unchanged": held.unchanged,
        "waiting": held.waiting,
    }


def _days(held: Days | None) -> Json | None:
    if held is None:
        return None
    return {
        "answers": held.many,
        "median": held.median,
        "mean": held.mean,
        "longest": held.longest,
        "assumed": held.assumed,
    }


def _document(found: Statistics) -> Json:
    counts = _count(found.items)
    del counts["name"]
    return {
        "corrections": found.corrections,
        "drafts": found.drafts,
        "items": counts,
        "days": _days(found.days),
        "longest_wait": found.waited,
        "providers": [_count(held) for held in found.providers],
        "kinds": [_count(held) for held in found.kinds],
        "subjects": [_count(held) for held in found.subjects],
    }


def _row(held: Count) -> tuple[str, ...]:
    counts = (held.asked, held.answered, held.granted, held.denied, held.verified, held.unchanged)
    return (held.name.replace("_", " "), *map(str, counts))


def _table(title: str, held: tuple[Count, ...]) -> Iterator[str]:
    head = (title, "asked", "answered", "granted", "denied", "verified", "unchanged")
    yield from columns([head, *map(_row, held)])


def _all(found: Statistics) -> Iterator[str]:
    held = found.items
    yield f"{many(found.corrections, 'correction')} sent, with {many(held.asked, 'item')}"
    yield f"answered: {share(held.answered, held.asked)}"
    yield f"granted, of those answered: {share(held.granted, held.answered)}"
    yield f"denied, of those answered: {share(held.denied, held.answered)}"
    yield f"put right in a fresh copy, of those granted: {share(held.verified, held.granted)}"
    if held.unchanged:
        yield f"unchanged in a fresh copy, of those granted: {share(held.unchanged, held.granted)}"


def _time(found: Statistics) -> Iterator[str]:
    if found.days is not None:
        d = found.days
        guess = f"; the day of arrival is assumed for {d.assumed}" if d.assumed else ""
        yield (
            f"days to an answer: middle {d.median:g}, mean {d.mean:g}, longest {d.longest} "
            f"({many(d.many, 'answer')}{guess})"
        )
    if found.waited is not None:
        yield f"the longest wait so far: {many(found.waited, 'day')}"


def _plain(found: Statistics) -> Iterator[str]:
    if not found.corrections:
        yield "No correction has been sent yet."
        return
    yield from _all(found)
    yield from _time(found)
    for title, held in (
        ("by provider", found.providers),
        ("by what is wrong", found.kinds),
        ("by subject", found.subjects),
    ):
        yield ""
        yield from _table(title, held)


def statistics() -> None:
    """Figures over your own corrections: asked, granted, denied, proven, and how long it took."""
    with opened() as session:
        found = figures.of(session, settings.current().today)
    emit(_document(found), lambda: _plain(found))


def register(app: typer.Typer) -> None:
    """Give `chartmend correction` these commands."""
    for command in (binder, statistics):
        app.command()(command)
