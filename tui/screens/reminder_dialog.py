"""The form for a reminder of one's own."""

from __future__ import annotations

import datetime as dt

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import line
from vault import dates
from vault.actions.asking import reminders
from vault.model.reminders import Reminder

_DAYS = 14
"""How far ahead a reminder is set where nothing else is said."""


class ReminderDialog(FormDialog[Reminder]):
    """Set a reminder, about a request or correction (an id) or about neither."""

    QUESTION = "Remind me"
    SAVE = "Set it"

    def __init__(self, today: dt.date, about: str = "", name: str = "") -> None:
        super().__init__()
        self.FORM = f"reminder:{about}"  # type: ignore[misc]
        self.today, self.about, self.name_of = today, about, name

    def compose_fields(self) -> ComposeResult:
        """When, and of what."""
        if self.name_of:
            what = "correction" if self.about.startswith("cor_") else "request"
            yield Static(Content(f"About the {what} to {self.name_of}"), classes="where")
        ahead = self.today + dt.timedelta(days=_DAYS)
        yield Field("On", line("on", ahead.isoformat(), "YYYY-MM-DD"))
        yield Field("Of what", line("text", hint="for example: call the records office"))

    async def on_mount(self) -> None:
        """Begin with the words."""
        self.query_one("#text").focus()

    async def save(self) -> Reminder:
        """Keep it; raises UsageError without words, BadDate."""
        on = dates.parse(self.value("on"), "the day")
        return await background.run(reminders.add, self.session, self.value("text"), on, self.about)
