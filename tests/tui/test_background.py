"""Actions run beside the event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tui import background
from vault.errors import UsageError


async def test_gives_the_result_of_a_function_from_another_thread() -> None:
    """What the function returns comes back, and it did not run here."""
    assert await background.run(threading.get_ident) != threading.get_ident()
    assert await background.run(int, "ff", base=16) == 255


async def test_raises_what_the_function_raises() -> None:
    """An error of an action reaches whoever asked for it."""

    def fail() -> None:
        raise UsageError("no")

    with pytest.raises(UsageError):
        await background.run(fail)


async def test_the_loop_goes_on_while_actions_wait() -> None:
    """Neither a long job nor a short one that waits keeps other work from being done."""
    gate = threading.Event()
    waiting = [
        asyncio.create_task(background.run_long(gate.wait, 20)),
        asyncio.create_task(background.run(gate.wait, 20)),
    ]
    assert await background.run(str, 7) == "7"
    assert not any(task.done() for task in waiting)
    gate.set()
    assert await asyncio.gather(*waiting) == [True, True]
