"""chartmend restore: get the vault back from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import backups
from vault.actions import session as sessions
from vault.actions.backups import Restored
from vault.cli import opening
from vault.cli.backup import remotes
from vault.cli.options import new_app
from vault.cli.out import emit, many, talk
from vault.cli.progress import counting
from vault.errors import Exit, UsageError

app = new_app()


def _told(done: Restored, *, by_code: bool) -> Iterator[str]:
    yield f"Your vault is in {done.folder}, as it was backed up at {done.made_at}"
    counts = f"{many(done.records, 'record')} and {many(done.originals, 'original')}"
    yield f"{counts} came back; all of it was read and is whole."
    yield from (f"{name}: was not in the backup either" for name in done.missing)
    where = "" if done.folder == sessions.default_folder() else f" --vault {done.folder}"
    if by_code:
        yield f"Next, choose a new passphrase: chartmend recovery use{where}"
    else:
        yield f"Next: chartmend{where}"


@app.command()
def restore(
    folder: Annotated[
        Path | None, typer.Argument(help="the folder of the backup", metavar="DIR")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="where the vault goes: a new or empty folder")
    ] = None,
    generation: Annotated[
        str, typer.Option(help="an older one (backup check lists them)", metavar="ID")
    ] = "",
    recovery: Annotated[
        bool, typer.Option("--recovery", help="open it with the recovery code")
    ] = False,
    restic: Annotated[
        str | None, typer.Option(help="get it from this restic repository", metavar="REPO")
    ] = None,
    rclone: Annotated[
        str | None, typer.Option(help="get it from this rclone folder", metavar="REMOTE:PATH")
    ] = None,
) -> int:
    """Make a new vault from a backup, and read all of it before it counts."""
    sources = remotes(restic, rclone)
    if len(sources) + (folder is not None) != 1:
        raise UsageError("name one backup: DIR, --restic REPO or --rclone REMOTE:PATH")
    target = (to.expanduser() if to else opening.folder()).absolute()
    sessions.harden()
    secret = opening.backup_secret(recovery=recovery)
    with counting("restoring") as tell:
        if folder is not None:
            done = backups.restore(folder, target, secret, generation=generation, tell=tell)
        else:
            done = backups.restore_from(
                sources[0], target, secret, generation=generation, tell=tell
            )
    for notice in done.notices:
        talk(f"chartmend: {notice}")
    document = {
        "vault": str(done.folder),
        "generation": done.generation,
        "records": done.records,
        "originals": done.originals,
        "missing": list(done.missing),
        "root": done.root,
    }
    emit(document, lambda: _told(done, by_code=bool(secret.recovery_code)))
    return int(Exit.FAILED if done.missing else Exit.OK)
