"""chartmend backup: keep a copy of the vault somewhere else, and look over such copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from vault.actions import backups
from vault.actions import session as sessions
from vault.actions.backups import Looked, Made, Program, Remote, Wish
from vault.cli.opening import backup_secret, opened
from vault.cli.out import columns, emit, many, talk
from vault.cli.progress import counting
from vault.errors import Exit

_MIB = 1024**2


class _MakeFirst(TyperGroup):
    """`backup DIR` is `backup make DIR`."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Put the word in where none of the group's own words comes first."""
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = ["make", *args]
        return super().parse_args(ctx, args)  # type: ignore[arg-type]


app = typer.Typer(
    cls=_MakeFirst, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
)

Dir = Annotated[Path, typer.Argument(help="the folder of the backup", metavar="DIR")]


@app.callback()
def _group() -> None:
    """Keep an encrypted copy of the vault in a folder: chartmend backup DIR."""


def remotes(restic: str | None, rclone: str | None) -> tuple[Remote, ...]:
    """The places on other machines that were named; raises UsageError."""
    named = ((Program.RESTIC, restic), (Program.RCLONE, rclone))
    return tuple(Remote(program, target) for program, target in named if target is not None)


def _made(made: Made) -> dict[str, object]:
    return {
        "id": made.id,
        "dir": str(made.folder),
        "made_at": made.made_at,
        "originals": made.originals,
        "copied": made.copied,
        "bytes": made.bytes,
        "records": made.records,
        "generations": made.generations,
        "removed": made.removed,
        "missing": list(made.missing),
        "aside": list(made.aside),
        "root": made.root,
    }


def _told(made: Made) -> Iterator[str]:
    yield f"Backed up to {made.folder}"
    size = f"{made.bytes / _MIB:.1f} MiB"
    yield (
        f"{many(made.records, 'record')}, {many(made.originals, 'original')} "
        f"({made.copied} new, {size}); {many(made.generations, 'generation')} kept"
    )
    for name in made.missing:
        yield f"{name}: not in this backup, the vault's own copy is damaged or missing"
    for name in made.aside:
        yield f"{name}: an earlier backup that is damaged; remove it when you do not need it"


@app.command()
def make(
    folder: Dir,
    keep: Annotated[
        str, typer.Option(help="all, or how many: last,days,weeks,months", metavar="RULE")
    ] = "3,7,4,12",
    full: Annotated[
        bool, typer.Option("--full", help="read what is there, and replace what is damaged")
    ] = False,
    restic: Annotated[
        str | None, typer.Option(help="then also to this restic repository", metavar="REPO")
    ] = None,
    rclone: Annotated[
        str | None, typer.Option(help="then also to this rclone folder", metavar="REMOTE:PATH")
    ] = None,
) -> int:
    """Back the vault up to a folder; only what is new there is copied."""
    wish = Wish(backups.keep_rule(keep), full=full)
    to = remotes(restic, rclone)
    for remote in to:
        backups.check_installed(remote)
    with opened() as session, counting("backing up") as tell:
        before = set(session.vault.notices)
        made = backups.back_up(session, folder, wish, tell)
        for notice in session.vault.notices:
            if notice not in before:
                talk(f"chartmend: {notice}")
    for remote in to:
        backups.send(made.folder, remote)
    emit(_made(made), lambda: _told(made))
    return int(Exit.FAILED if made.missing else Exit.OK)


def _looked(looked: Looked) -> dict[str, object]:
    return {
        "ok": not looked.problems,
        "generations": [
            {
                "id": g.id,
                "made_at": g.made_at,
                "records": g.records,
                "originals": g.originals,
                "ok": g.ok,
            }
            for g in looked.generations
        ],
        "problems": [{"file": p.file, "what": p.what} for p in looked.problems],
    }


def _found(looked: Looked) -> Iterator[str]:
    yield from columns(
        [
            ("ok" if g.ok else "--", g.id, g.made_at, many(g.records, "record"))
            for g in looked.generations
        ]
    )
    yield from (f"{p.file}: {p.what}" for p in looked.problems)
    whole = "The backup is whole."
    yield many(len(looked.problems), "problem") if looked.problems else whole


@app.command()
def check(
    folder: Dir,
    full: Annotated[
        bool, typer.Option("--full", help="open everything, too; asks for the passphrase")
    ] = False,
    recovery: Annotated[
        bool, typer.Option("--recovery", help="with --full: ask for the recovery code instead")
    ] = False,
    last: Annotated[bool, typer.Option("--last", help="only the newest generation")] = False,
) -> int:
    """Read every file of a backup and name all problems; no passphrase is needed."""
    secret = None
    if full or recovery:
        sessions.harden()
        secret = backup_secret(recovery=recovery)
    with counting("reading") as tell:
        looked = backups.check(folder, secret, last=last, tell=tell)
    emit(_looked(looked), lambda: _found(looked))
    return int(Exit.FAILED if looked.problems else Exit.OK)
