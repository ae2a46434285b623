"""chartmend keyfile: a file that is needed beside the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault.actions import keys
from vault.cli.opening import opened, typed_secret
from vault.cli.options import new_app
from vault.cli.out import emit, talk

app = new_app()


@app.callback()
def _group() -> None:
    """Ask for a key file beside the passphrase, or stop asking for it."""


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="the key file; made where there is none")],
) -> None:
    """Make a file a part of what opens the vault: passphrase and file are both needed then."""
    secret = typed_secret()
    path = file.expanduser().absolute()
    with opened(write=True, secret=secret) as session:
        made = keys.add_key_file(session, secret.passphrase, path)
    talk("Keep a copy of this file somewhere else, and never change it: a changed key file opens")
    talk("nothing. Without it the recovery code still opens the vault.")

    def plain() -> list[str]:
        first = "A new key file was made" if made else "The key file was taken as it is"
        return [f"{first}: {path}", "The vault now opens with the passphrase and this file."]

    emit({"ok": True, "key_file": str(path), "made": made}, plain)


@app.command()
def remove() -> None:
    """Let the passphrase alone open the vault again; the file itself stays where it is."""
    secret = typed_secret()
    with opened(write=True, secret=secret) as session:
        keys.remove_key_file(session, secret.passphrase)
    emit({"ok": True}, lambda: ["The passphrase alone opens the vault now."])
