"""chartmend search: find words in everything held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import search as searching
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit, many

app = new_app()


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(help='words; "a phrase"; a beginning*')],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="how many pages to show")] = 50,
) -> None:
    """Find pages by their words, the best first; accents and capitals do not matter."""
    with opened() as session:
        found = searching.search(session, " ".join(query), limit)

    def plain() -> Iterator[str]:
        rows = [
            (record.id, f"{record.title}, page {hit.page}", hit.snippet)
            for hit, record in found.hits
        ]
        yield from columns(rows)
        yield f"{many(found.total, 'page')} found"

    hits = [{"record": h.record, "page": h.page, "snippet": h.snippet} for h, _ in found.hits]
    emit({"total": found.total, "hits": hits}, plain)
