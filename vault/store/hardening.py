"""What the process asks of the system so that nothing of a record leaks by accident."""

from __future__ import annotations

import ctypes
import resource
import sys

from vault.store import files

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core dumps, no looking into this process by others of the same user, private files.

    Children inherit the first and the last; the second ends with `exec` and each sets its own.
    """
    files.private_umask()
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
