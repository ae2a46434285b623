"""What is given to open the vault with: by the environment, by the call, or typed."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vault.actions import keys
from vault.actions.session import Secret
from vault.errors import CannotRead, UsageError

_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """What may help to open it: where the key file is, and the keyring where it may be asked."""

    key_file: str = ""
    keyring: bool = False


def secret(folder: Path, passphrase: str, key_file: str) -> Secret:
    """What was typed, with the content of the key file where the vault takes one.

    Raises CannotRead or BadKeyFile.
    """
    content = b""
    if key_file and keys.wants(folder).takes_key_file:
        content = keys.read_key_file(Path(key_file).expanduser())
    return Secret(passphrase=passphrase, key_file=content)


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
