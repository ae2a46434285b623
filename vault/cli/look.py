"""chartmend record look, record looked: pages that wait for a person to look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from vault.actions import looking
from vault.actions.looking import ToLook
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.out import emit
from vault.model.trust import KINDS, reasons, verdict


def _row(one: ToLook) -> dict[str, object]:
    page = one.page
    return {
        "record": one.record.id,
        "page": page.number,
        "verdict": verdict(page).name.lower(),
        "trust": page.trust,
        "reasons": list(reasons(page)),
    }


def _plain(found: Sequence[ToLook]) -> Iterator[str]:
    for one in found:
        page = one.page
        kind = f", {KINDS[page.kind]}" if page.kind in KINDS else ""
        yield f"{one.record.id}  {one.record.title}, page {page.number}: {verdict(page)}{kind}"
        for reason in reasons(page):
            yield f"  {reason}"
    if not found:
        yield "No page waits for you to look at it."


def look() -> None:
    """List the pages to look at, of all records, each with its reasons."""
    with opened() as session:
        found = looking.every(session)
    emit({"pages": [_row(one) for one in found]}, lambda: _plain(found))


def looked(
    record: Annotated[str, typer.Argument(metavar="REC", help="a record's id, or its beginning")],
    page: Annotated[int, typer.Option("--page", min=1, help="the page you looked at")],
    undo: Annotated[bool, typer.Option("--undo", help="it is to be looked at still")] = False,
) -> None:
    """Say that you have looked at a page: it is listed no more until it is read again."""
    with opened(write=True) as session:
        held = looking.mark(session, record, page, settings.current().today, looked=not undo)
    said = "is to be looked at still" if undo else "needs no further look"
    document = {"record": held.record, "page": held.number, "looked": not undo}
    emit(document, lambda: [f"Page {held.number} of {held.record} {said}."])
