"""Starts the app: python -P -m tui [--vault DIR] [--key-file FILE] [--locked]."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tui import echo

if "--locked" in sys.argv:
    # The process before this one has left the echo off: it is owed whatever fails from here on.
    echo.owe()

for _name in [name for name in os.environ if name.startswith("TEXTUAL")]:
    # Textual reads these when it is imported; some write what the screen shows to files.
    del os.environ[_name]

from tui import crash, given  # noqa: E402 - the environment comes first
from tui.app import ChartmendApp  # noqa: E402
from tui.locking import LOCK  # noqa: E402
from vault.actions import session as sessions  # noqa: E402
from vault.errors import Exit, UsageError, VaultError  # noqa: E402


def _arguments(argv: Sequence[str]) -> tuple[Path, str, bool]:
    """The vault folder, the key file, and whether only the keyboard may give the passphrase."""
    folder, locked = None, False
    key_file = os.environ.get("CHARTMEND_KEY_FILE", "")
    words = iter(argv)
    for word in words:
        if word == "--locked":
            locked = True
        elif word == "--vault":
            folder = next(words, "")
        elif word == "--key-file":
            key_file = next(words, "")
        else:
            raise UsageError("the app takes --vault DIR, --key-file FILE and nothing else")
    folder = folder or os.environ.get("CHARTMEND_VAULT")
    place = Path(folder).expanduser() if folder else sessions.default_folder()
    return place.absolute(), key_file, locked


def _become_locked(folder: Path, key_file: str) -> None:
    """Replace this process, and with it all it held in memory, by a fresh locked app.

    The terminal's echo stays off until that one ends.
    """
    words = [sys.executable, "-P", "-m", "tui", "--vault", str(folder), "--locked"]
    words += ["--key-file", key_file] if key_file else []
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, words)  # noqa: S606 - this very interpreter


def _say(sentence: str, hint: str) -> None:
    sys.stderr.write(f"chartmend: {sentence}\n")
    if hint:
        sys.stderr.write(f"  hint: {hint}\n")


def _run(argv: Sequence[str]) -> int:
    sessions.harden()
    folder, key_file, locked = _arguments(argv)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        # Textual draws on standard error: sent to a file, it would be records in the clear.
        raise UsageError("the app needs a terminal", "chartmend --help lists the commands")
    passphrase = "" if locked else given.passphrase()
    opening = given.Opening(key_file, keyring=not locked)
    app = ChartmendApp(folder, passphrase=passphrase, opening=opening)
    # Textual puts back what it found: with the echo off before, it stays off behind the app.
    echo.off()
    try:
        result = app.run()
    finally:
        if app.session is not None:
            app.session.close(kill=True)
    if result == LOCK:
        _become_locked(folder, app.key_file)
    return app.return_code or 0


def main(argv: Sequence[str]) -> int:
    """Run the app to its end and return the exit code."""
    try:
        return _run(argv)
    except VaultError as error:
        _say(error.sentence, error.hint)
        return int(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback reaches a person
        _say(crash.sentence(error), crash.HINT)
        return int(Exit.BUG)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
