"""Locking: by key, when nobody has been there for a while, and when the system says stop."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

from textual import events, work

from tui import background, echo
from tui.clipboard import Clipboard
from tui.import_job import ImportJob
from tui.screens.cover import CoverScreen
from vault import dates
from vault.actions import drafts, preferences
from vault.errors import VaultError

IDLE_SECONDS = preferences.IDLE.usual * 60.0
"""How long nobody may be there before it locks, where the vault has no setting of its own."""
_LOOK_EVERY = 5.0
_ASLEEP_SECONDS = 60.0
"""Two looks this far apart mean that the machine was asleep between them."""
_STOP_SECONDS = 10.0
"""How long leaving waits for an import to keep what it has read."""
_END_SECONDS = 5.0
"""How long the rest of leaving may take after a signal."""

LOCK = "lock"
_ACTIVITY = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
)


@runtime_checkable
class HasDraft(Protocol):
    """A screen with a form whose words should outlive a lock."""

    def draft(self) -> tuple[str, str] | None:
        """The form's name and what was typed, or None where nothing is worth keeping."""
        ...


def awake_clock() -> float:
    """Seconds that go on counting while the machine sleeps, where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.time()


def _end_now(code: int) -> None:
    echo.give_back()
    os._exit(code)


class Locking(Clipboard):
    """The part of the app that leaves: it keeps drafts, stops an import, and exits."""

    def __init__(self, folder: Path, today: Callable[[], dt.date] = dates.today) -> None:
        super().__init__(folder, today)
        self.clock: Callable[[], float] = awake_clock
        self.idle_seconds = IDLE_SECONDS
        self.job: ImportJob | None = None
        self._active_at = self.clock()
        self._looked_at = self.clock()
        self._leaving = False

    def start_watching(self) -> None:
        """Begin to look for idleness, and for the system's signals where there is a terminal."""
        self._active_at = self._looked_at = self.clock()
        self.set_interval(_LOOK_EVERY, self.look_for_idleness)
        if not self.is_headless:
            self._catch_signals()

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.leave, "", 128 + number)
            # Beside the loop's: this one runs even while the loop waits for a terminal that has
            # gone away and takes no more output.
            signal.signal(number, self._end_soon)
        loop.add_signal_handler(signal.SIGTSTP, self.action_lock)

    def _end_soon(self, number: int, _frame: object) -> None:
        """End in any case after a while: an open vault must not outlive its terminal."""
        seconds = _END_SECONDS + (_STOP_SECONDS if self.job is not None else 0)
        last = threading.Timer(seconds, _end_now, (128 + number,))
        last.daemon = True
        last.start()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, then go on as usual."""
        if isinstance(event, _ACTIVITY):
            self._active_at = self.clock()
        await super().on_event(event)

    def look_for_idleness(self) -> None:
        """Lock when nobody has been there for `idle_seconds`, or the machine has slept."""
        now, last = self.clock(), self._looked_at
        self._looked_at = now
        slept = now - last >= _ASLEEP_SECONDS
        if self.session is None or not (slept or now - self._active_at >= self.idle_seconds):
            return
        if self.job is None:
            self.action_lock()
        elif not isinstance(self.screen, CoverScreen):
            self.push_screen(CoverScreen())

    def action_lock(self) -> None:
        """Close the vault; a fresh program takes this one's place and asks for the passphrase."""
        if self.session is not None:
            self.leave(LOCK)

    def leave(self, result: str = "", code: int = 0) -> None:
        """End the app, keeping drafts and what an import has read."""
        if not self._leaving:
            self._leaving = True
            self._leave(result, code)

    @work(group="leave")
    async def _leave(self, result: str, code: int) -> None:
        try:
            await self._keep_drafts()
            if self.job is not None:
                if not isinstance(self.screen, CoverScreen):
                    self.push_screen(CoverScreen(leaving=True))
                self.stop_import()
                await self._import_ended()
        finally:
            self.exit(result, return_code=code)

    async def _import_ended(self) -> None:
        ended = asyncio.Event()

        def look(_progress: object) -> None:
            if self.job is None:
                ended.set()

        self.watch(self, "progress", look)
        try:
            await asyncio.wait_for(ended.wait(), _STOP_SECONDS)
        except TimeoutError:
            return

    async def _keep_drafts(self) -> None:
        if self.session is None:
            return
        for screen in self.screen_stack:
            held = screen.draft() if isinstance(screen, HasDraft) else None
            if held is not None:
                try:
                    await background.run(drafts.keep, self.session, *held)
                except VaultError:
                    # Locking comes first: a full disk must not keep the vault open.
                    continue
