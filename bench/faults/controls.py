"""The program broken on purpose, one promise at a time: each bench must notice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

Control = Callable[[], contextlib.AbstractContextManager[object]]
KILL: dict[str, Control] = {}
ERRORS: dict[str, Control] = {}
