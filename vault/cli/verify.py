"""chartmend verify: look whether the vault is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import session as sessions
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import emit, many
from vault.errors import Exit, UsageError

app = new_app()


def _part(text: str) -> tuple[int, int]:
    number, _, total = text.partition("/")
    if not (number.isascii() and number.isdigit() and total.isascii() and total.isdigit()):
        raise UsageError("a part is given as N/T", "--part 1/10")
    if not 1 <= int(number) <= int(total) <= 10_000:
        raise UsageError("there is no such part", "--part 1/10 up to 10/10")
    return int(number), int(total)


@app.command()
def verify(
    full: Annotated[
        bool, typer.Option("--full", help="the database's structure and every original, too")
    ] = False,
    part: Annotated[str, typer.Option(help="only part N of T of the originals")] = "1/1",
) -> int:
    """Look at every part of the vault and name all problems; nothing is changed."""
    chosen = _part(part)
    with opened(anyway=True) as session:
        problems = sessions.verify(session, full=full, part=chosen)
        notes = sessions.verify_notes(session)

    def plain() -> Iterator[str]:
        yield from (f"{p.file}: {p.what}" for p in problems)
        yield from (f"note: {n.file}: {n.what}" for n in notes)
        yield "The vault is whole." if not problems else many(len(problems), "problem")
        if problems:
            yield "What can be mended without losing anything: chartmend repair"

    document = {
        "ok": not problems,
        "problems": [{"file": p.file, "what": p.what} for p in problems],
        "notes": [{"file": n.file, "what": n.what} for n in notes],
    }
    emit(document, plain)
    return int(Exit.FAILED if problems else Exit.OK)
