"""Actions run in threads, so that the app never waits for a disk, a key or a worker process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_SHORT = ThreadPoolExecutor(max_workers=4, thread_name_prefix="chartmend")
# An import has a thread of its own: it must not take one that a key press waits for.
_LONG = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chartmend-import")


async def run(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a thread and give its result (or raise its error) on the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_SHORT, partial(fn, *args, **kwargs))


async def run_long(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `run`, for work of minutes or hours; one such job runs at a time."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_LONG, partial(fn, *args, **kwargs))
