"""chartmend emergency: a page to print, by which the vault can be opened in an emergency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import emergency as sheets
from vault.actions.emergency import CodeNotPrinted, Wanted, Written
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import emit, talk

app = new_app()


def _write(output: Path, wanted: Wanted) -> Written:
    with opened(write=wanted.new_code) as session:
        try:
            return sheets.write(session, output, wanted)
        except CodeNotPrinted as error:
            talk(f"Recovery code:  {error.code}")
            raise


@app.command()
def emergency(
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
    backup: Annotated[str, typer.Option(help="where the newest backup is")] = "",
    name: Annotated[str, typer.Option(help="whose vault it is; left out unless given")] = "",
    new_code: Annotated[
        bool, typer.Option("--new-code", help="make a new recovery code and print it")
    ] = False,
) -> None:
    """Write a page to print and keep safe: how to open the vault without you."""
    wanted = Wanted(settings.current().today, backup, name, new_code)
    written = _write(output, wanted)

    def plain() -> Iterator[str]:
        yield str(written.file)
        if written.code:
            yield "The recovery code on it is new; the one before opens the vault no more."
            yield "Print it, then delete the file: whoever has the code can open the vault."
            yield "Back up once more: backups made before this open with the older code only."
        else:
            yield "Print it, and write the recovery code into the boxes by hand."

    document: dict[str, object] = {"file": str(written.file), "pages": written.pages}
    if written.code:
        document["recovery_code"] = written.code
    emit(document, plain)
