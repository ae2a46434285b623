"""Where a passphrase comes from: the terminal, a file, or a command; never the command line."""

from __future__ import annotations

import getpass
import os
import shlex
import subprocess
import sys
from pathlib import Path

from vault.actions import session as sessions
from vault.cli import settings
from vault.cli.out import talk
from vault.errors import BadRecoveryCode, CannotRead, NoKeyFile, NoPassphrase, UsageError
from vault.model.strength import Strength, grade

_LIMIT = 64 * 1024


def on_terminal() -> bool:
    """Whether a person can be asked: there is a terminal to talk to."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def from_file(name: str) -> str:
    """The first line of a file, or of standard input for `-`; raises CannotRead."""
    if name == "-":
        return _line(sys.stdin.buffer.read(_LIMIT))
    try:
        with Path(name).expanduser().open("rb") as file:
            return _line(file.read(_LIMIT))
    except OSError as error:
        raise CannotRead(name, error.strerror or "no access") from None


def _line(raw: bytes) -> str:
    try:
        return raw.decode().split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise UsageError("a secret given by a file must be UTF-8 text") from None


def _from_command(command: str) -> str:
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        raise UsageError(
            "CHARTMEND_PASSPHRASE_COMMAND failed", "run it by hand to see why"
        ) from None
    return _line(done.stdout)


_beside_a_pipe = [False]


def ask_beside_a_pipe() -> None:
    """From now on ask on the terminal itself: standard input is a file, and no person."""
    _beside_a_pipe[0] = True


def _has_tty() -> bool:
    """Whether this process has a terminal, whatever its input and output are."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _ask(prompt: str) -> str:
    if not on_terminal() and not (_beside_a_pipe[0] and _has_tty()):
        raise NoPassphrase
    return getpass.getpass(prompt + ": ")


def ask_plain(prompt: str) -> str:
    """Ask for a line that may be seen while it is typed."""
    sys.stderr.write(prompt + ": ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()


def passphrase_place() -> str:
    """The file that gives the passphrase, as it was named, or an empty text."""
    return settings.current().passphrase_file or os.environ.get("CHARTMEND_PASSPHRASE_FILE", "")


def passphrase_given() -> bool:
    """Whether a file or a command gives the passphrase, so that nobody is asked."""
    return bool(passphrase_place() or os.environ.get("CHARTMEND_PASSPHRASE_COMMAND"))


def key_file(*, needed: bool) -> Path | None:
    """Where the key file is, as given; asked for where it is `needed`. Raises NoKeyFile."""
    name = settings.current().key_file or os.environ.get("CHARTMEND_KEY_FILE", "")
    if not name and needed:
        if not on_terminal():
            raise NoKeyFile
        name = ask_plain("Key file")
    return Path(name).expanduser() if name else None


def passphrase() -> str:
    """The passphrase of the vault, from wherever it is given, else asked for."""
    given = passphrase_place()
    if given:
        return from_file(given)
    command = os.environ.get("CHARTMEND_PASSPHRASE_COMMAND")
    return _from_command(command) if command else _ask("Passphrase")


def new_passphrase(*, first: bool = False) -> str:
    """A new passphrase; asked for twice where no file gives it. A weak one is taken, and said.

    For a vault's `first` passphrase the file of the passphrase does as well.
    """
    chosen = _new_passphrase(first=first)
    if chosen and grade(chosen) is Strength.WEAK:
        talk(f"chartmend: the new passphrase is taken. {Strength.WEAK.value}")
    return chosen


def _new_passphrase(*, first: bool) -> str:
    given = settings.current().new_passphrase_file or (passphrase_place() if first else "")
    if given:
        return from_file(given)
    if first and os.environ.get("CHARTMEND_PASSPHRASE_COMMAND"):
        return passphrase()
    while True:
        chosen = _ask("New passphrase (several words are best)")
        if not chosen:
            talk("An empty passphrase protects nothing.")
        elif _ask("The same again") == chosen:
            return chosen
        else:
            talk("They differ. Once more, please.")


def file_password(files: int) -> str:
    """The password of locked files, asked for; an empty text leaves them locked."""
    what = "1 file is" if files == 1 else f"{files} files are"
    talk(f"{what} locked. One password is tried on all; Enter alone leaves them locked.")
    return _ask("Password of the locked files")


def recovery_code() -> str:
    """The recovery code, from a file or asked for."""
    given = settings.current().recovery_code_file
    if given:
        return from_file(given)
    while True:
        code = _ask("Recovery code (8 groups of 4)")
        try:
            sessions.check_code(code)
        except BadRecoveryCode as error:  # a slip of the pen: said before anything else is asked
            talk(f"{error.sentence}.")
            continue
        return code
