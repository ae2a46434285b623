"""The terminal's echo: off from before the app runs until this process ends for good.

Between two runs of the app, when locking replaces the process, nothing else keeps what is typed
from being shown in clear. It imports the standard library only, to stand before all else can fail.
"""

from __future__ import annotations

import atexit
import sys
import termios
from contextlib import suppress

_LFLAG = 3
"""Where the local modes stand in what `tcgetattr` gives."""
_SHOWN = termios.ECHO | termios.ECHONL


class _Owed:
    """The modes that have to be on again in the end."""

    modes = 0


def _terminal() -> int:
    return sys.__stdin__.fileno() if sys.__stdin__ is not None else 0


def owe() -> None:
    """Promise the shell its echo in the end: a process that took this one's place finds it off."""
    _Owed.modes |= termios.ECHO


def off() -> None:
    """Show nothing of what is typed; `give_back` undoes it, at the latest when the process ends."""
    with suppress(termios.error, OSError, ValueError):
        modes = termios.tcgetattr(_terminal())
        _Owed.modes |= modes[_LFLAG] & _SHOWN
        modes[_LFLAG] &= ~_SHOWN
        termios.tcsetattr(_terminal(), termios.TCSANOW, modes)


def give_back() -> None:
    """Let the terminal show again what is typed, where it did before."""
    with suppress(termios.error, OSError, ValueError):
        modes = termios.tcgetattr(_terminal())
        modes[_LFLAG] |= _Owed.modes
        termios.tcsetattr(_terminal(), termios.TCSANOW, modes)
    _Owed.modes = 0


# Also where an import fails or the app crashes.
atexit.register(give_back)
