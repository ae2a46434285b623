"""chartmend repair: put right what can be, without losing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from vault.actions import repair as repairing
from vault.actions.repair import Problem, Repaired
from vault.actions.session import Secret
from vault.cli import secrets, settings
from vault.cli.opening import opened, typed_secret
from vault.cli.options import new_app
from vault.cli.out import emit, many, talk
from vault.errors import Exit, Refused

app = new_app()

_WORD = "accept"


def _rows(found: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"file": p.file, "what": p.what} for p in found]


def _ask(secret: Secret) -> None:
    """Say what is missing from the vault, and have it accepted; raises Refused."""
    with opened(anyway=True, secret=secret) as session:
        wrong = session.vault.notices
    if not wrong:
        return
    talk("Taking the vault as it is now means that what is missing stays missing.")
    talk("A backup may still have it: look there first.")
    if secrets.on_terminal() and not settings.current().json:
        typed = secrets.ask_plain(f"Type {_WORD} to go on")
        if typed.strip().lower() != _WORD:
            raise Refused("nothing was changed", "restore a backup, or run it again")


def _plain(found: Repaired) -> Iterator[str]:
    yield from (f"{p.file}: {p.what}" for p in found.done)
    if not found.done:
        yield "There was nothing to mend."
    if found.problems:
        yield "Still wrong:"
        yield from (f"  {p.file}: {p.what}" for p in found.problems)
        yield f"{many(len(found.problems), 'problem')} left: a backup can help."
    else:
        yield "The vault is whole."


@app.command()
def repair(
    accept: Annotated[
        bool, typer.Option("--accept", help="take a changed or rolled-back vault as it is")
    ] = False,
) -> int:
    """Mend what can be mended without losing anything; damaged files are put aside, not deleted."""
    secret = typed_secret()
    if accept:
        _ask(secret)
    with opened(write=True, anyway=accept, secret=secret) as session:
        found = repairing.repair_vault(session)
    document = {
        "ok": not found.problems,
        "done": _rows(found.done),
        "problems": _rows(found.problems),
    }
    emit(document, lambda: _plain(found))
    return int(Exit.FAILED if found.problems else Exit.OK)
