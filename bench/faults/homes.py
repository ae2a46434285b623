"""The home folder a scene plays in: a vault, the folder of its second anchor, and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from bench.faults.papers import VISIT, ReadyPool, promised, put
from bench.faults.promises import Tell
from vault.actions import people, providers
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import Exit, VaultError
from vault.store.kdf import CHEAPEST
from vault.store.vault import Secret, create, open_vault

PASSPHRASE = "plum kettle orbit sandal"
PERSON = "Marian Voss"
HOSPITAL = "Elm Street Hospital"
CLINIC = "Harbor View Family Practice"
FIRST = "first.pdf"


class NotTaken(VaultError):
    """A file that an import did not take in, with the reason it gave."""

    exit_code = Exit.BAD_INPUT


def folder(home: Path) -> Path:
    """The vault of a home."""
    return home / "vault"


def state(home: Path) -> Path:
    """Where the second anchor is."""
    return home / "state"


def opened(home: Path, secret: Secret | None = None, *, write: bool = True) -> Session:
    """Open the vault of a home, with workers that have read everything already."""
    return at(folder(home), state(home), secret or Secret(PASSPHRASE), write=write)


def at(place: Path, anchors: Path, secret: Secret, *, write: bool = True) -> Session:
    """Open the vault at a place, with the folder its second anchor is in."""
    return Session(open_vault(place, secret, write=write, state=anchors), ReadyPool())


def imported(s: Session, path: Path) -> None:
    """Import a path; as the command does, end with an error where a file was not taken in."""
    for row in imports.import_paths(s, [path], Origin()):
        if row.status in ("refused", "unreadable"):
            raise NotTaken(row.reason)


def take(s: Session, tell: Tell, name: str, pages: Sequence[str], extra: int = 0) -> None:
    """Import one of the papers and acknowledge it."""
    path = s.vault.folder.parent / "papers" / name
    with tell.promise(s, promised(name, pages, extra)):
        imported(s, path)


def settle(home: Path, tell: Tell) -> None:
    """Make a vault with a person, two providers and one record."""
    put(home, FIRST, VISIT)
    vault, code = create(folder(home), PASSPHRASE, profile=CHEAPEST, state=state(home))
    tell.done("secret:passphrase", PASSPHRASE)
    tell.done("secret:code", code)
    with Session(vault, ReadyPool()) as s:
        with tell.promise(s, {f"person:{PERSON}": "1961-03-14"}):
            people.add(s, PERSON, dt.date(1961, 3, 14))
        for name in (HOSPITAL, CLINIC):
            with tell.promise(s, {f"provider:{name}": "us-tx"}):
                providers.add(s, name, jurisdiction="us-tx")
        take(s, tell, FIRST, VISIT)
