"""The form that notes what happened to a request."""

from __future__ import annotations

import datetime as dt

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, line, plain
from vault import dates
from vault.actions import requests
from vault.actions.asking.events import Told
from vault.actions.requests import RequestView
from vault.model.requests import RequestEvent

_WORDS = {
    RequestEvent.NOTE: "my own note",
    RequestEvent.RECEIVED: "records came",
    RequestEvent.WITHDRAWN: "I take the request back",
}
_OTHERWISE = (
    RequestEvent.DRAFTED,
    RequestEvent.READY,
    RequestEvent.SENT,
    RequestEvent.REVIEWED,
)
"""Noted by forms of their own."""


class LogDialog(FormDialog[RequestView]):
    """Note what happened to the request with this id, asked of `provider`."""

    QUESTION = "What happened?"

    def __init__(self, id_: str, provider: str, today: dt.date) -> None:
        super().__init__()
        self.FORM = f"request log:{id_}"  # type: ignore[misc]
        self.request_id = id_
        self.provider = provider
        self.today = today

    def compose_fields(self) -> ComposeResult:
        """What it was, the day, and words of one's own."""
        kinds = sorted(
            (kind for kind in RequestEvent if kind not in _OTHERWISE),
            key=lambda kind: kind is not RequestEvent.NOTE,
        )
        yield Static(Content(f"The request to {self.provider}"), classes="where")
        options = [(_WORDS.get(kind, plain(kind)), kind.value) for kind in kinds]
        yield Field("What", choice("kind", options, RequestEvent.NOTE.value))
        yield Field("On", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        yield Field("In your words", line("note", hint="for example: all is there"))

    async def on_mount(self) -> None:
        """Begin with one's own words."""
        self.query_one("#note").focus()

    async def save(self) -> RequestView:
        """Note it; raises BadDate for a day that is none, Refused for a closed request."""
        return await background.run(
            requests.log,
            self.session,
            self.request_id,
            Told(
                RequestEvent(self.chosen("kind") or RequestEvent.NOTE),
                dates.parse(self.value("on"), "the day it happened"),
                self.value("note"),
            ),
        )
