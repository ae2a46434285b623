"""Starts the app: python -P -m tui [--vault DIR] [--locked]."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("TEXTUAL")]:
    # Textual reads these when it is imported; some write what the screen shows to files.
    del os.environ[_name]

from tui import crash, given  # noqa: E402 - the environment comes first
from tui.app import ChartmendApp  # noqa: E402
from tui.locking import LOCK  # noqa: E402
from vault.actions import session as sessions  # noqa: E402
from vault.errors import Exit, UsageError, VaultError  # noqa: E402


def _arguments(argv: Sequence[str]) -> tuple[Path, bool]:
    """The vault folder, and whether only the keyboard may give the passphrase."""
    folder, locked = None, False
    words = iter(argv)
    for word in words:
        if word == "--locked":
            locked = True
        elif word == "--vault":
            folder = next(words, "")
        else:
            raise UsageError("the app takes --vault DIR and nothing else")
    folder = folder or os.environ.get("CHARTMEND_VAULT")
    return (Path(folder).expanduser() if folder else sessions.default_folder()).absolute(), locked


def _become_locked(folder: Path) -> None:
    """Replace this process, and with it all it held in memory, by a fresh locked app."""
    words = [sys.executable, "-P", "-m", "tui", "--vault", str(folder), "--locked"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, words)  # noqa: S606 - this very interpreter


def _say(sentence: str, hint: str) -> None:
    sys.stderr.write(f"chartmend: {sentence}\n")
    if hint:
        sys.stderr.write(f"  hint: {hint}\n")


def _run(argv: Sequence[str]) -> int:
    sessions.harden()
    folder, locked = _arguments(argv)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        # Textual draws on standard error: sent to a file, it would be records in the clear.
        raise UsageError("the app needs a terminal", "chartmend --help lists the commands")
    app = ChartmendApp(folder, passphrase="" if locked else given.passphrase())
    try:
        result = app.run()
    finally:
        if app.session is not None:
            app.session.close(kill=True)
    if result == LOCK:
        _become_locked(folder)
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
