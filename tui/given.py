"""A passphrase that the environment gives, for an app that was not locked before."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from vault.errors import CannotRead, UsageError

_LIMIT = 64 * 1024


def passphrase() -> str:
    """The first line of CHARTMEND_PASSPHRASE_FILE or of what CHARTMEND_PASSPHRASE_COMMAND prints.

    Empty where neither is set. Raises CannotRead or UsageError where one fails.
    """
    if name := os.environ.get("CHARTMEND_PASSPHRASE_FILE"):
        try:
            with Path(name).expanduser().open("rb") as file:
                return _line(file.read(_LIMIT))
        except OSError as error:
            raise CannotRead(name, error.strerror or "no access") from None
    if command := os.environ.get("CHARTMEND_PASSPHRASE_COMMAND"):
        try:
            done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=True)
        except (OSError, ValueError, subprocess.CalledProcessError):
            hint = "run it by hand to see why"
            raise UsageError("CHARTMEND_PASSPHRASE_COMMAND failed", hint) from None
        return _line(done.stdout)
    return ""


def _line(raw: bytes) -> str:
    try:
        return raw.decode().split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise UsageError("a passphrase given by a file must be UTF-8 text") from None
