"""What comes by a pipe: taken into memory, never to a file."""

from __future__ import annotations

import sys

from vault.actions.imports.gather import Candidate, given
from vault.cli import secrets
from vault.errors import CannotRead, Refused, UsageError

LARGEST = 512 * 1024**2
"""The most bytes taken by a pipe; it is all held in memory until it is sealed."""

_PIECE = 1024**2


def _read() -> bytes:
    held = bytearray()
    while piece := sys.stdin.buffer.read(_PIECE):
        held += piece
        if len(held) > LARGEST:
            raise Refused(
                f"more than {LARGEST // 1024**2} MiB came by the pipe",
                "save it in a file and import that",
            )
    return bytes(held)


def check(password_file: str | None) -> None:
    """See that standard input holds a file and nothing else; raises UsageError.

    A passphrase that has to be typed is then asked for on the terminal itself.
    """
    if "-" in (secrets.passphrase_place(), password_file):
        raise UsageError(
            "standard input cannot hold a secret and a file too",
            "give the secret in a file of its own",
        )
    if sys.stdin.isatty():
        raise UsageError("nothing comes by a pipe", "chartmend import - < scan.pdf")
    secrets.ask_beside_a_pipe()


def piped(name: str) -> Candidate:
    """All that standard input holds, as a file to take in under a name.

    Raises Refused where it is too much, CannotRead where it breaks off.
    """
    try:
        return given(name or "from a pipe", _read())
    except OSError as error:
        raise CannotRead("standard input", error.strerror or "it broke off") from None
