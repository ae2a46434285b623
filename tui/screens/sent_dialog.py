"""The form that notes when and how something was sent."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, line, states
from vault import dates
from vault.actions import corrections, requests
from vault.actions.requests import Sending
from vault.model.requests import Channel


class SentDialog(FormDialog[bool]):
    """Note that something was sent to `to`; the answer is True once it is noted."""

    KIND = ""
    QUESTION = "When and how was it sent?"

    def __init__(self, id_: str, to: str, today: dt.date) -> None:
        super().__init__()
        self.FORM = f"{self.KIND} sent:{id_}"  # type: ignore[misc]
        self.sent_id = id_
        self.to = to
        self.today = today

    def compose_fields(self) -> ComposeResult:
        """To whom, the day, the way, and the day it arrived."""
        yield Static(Content(f"To {self.to}"), classes="where")
        yield Field("Sent on", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        yield Field("Sent by", choice("channel", states(Channel), Channel.MAIL.value))
        yield Field("Arrived on", line("arrived", hint="YYYY-MM-DD; empty: not known"))
        note = "The time they have to answer runs from the day it arrived."
        yield Static(Content(note), classes="detail")

    async def save(self) -> bool:
        """Note it; a day ahead of today or an arrival before the sending is refused."""
        await self.note(
            Sending(
                on=dates.parse(self.value("on"), "the day it was sent"),
                channel=Channel(self.chosen("channel") or Channel.MAIL),
                arrived=day(self.value("arrived"), "the day it arrived"),
            )
        )
        return True

    @abstractmethod
    async def note(self, sending: Sending) -> None:
        """Keep what was typed."""


class RequestSentDialog(SentDialog):
    """Note that an access request was sent."""

    KIND = "request"

    async def note(self, sending: Sending) -> None:
        """Keep it with the request."""
        await background.run(requests.sent, self.session, self.sent_id, sending)


class CorrectionSentDialog(SentDialog):
    """Note that a correction request was sent."""

    KIND = "correction"

    async def note(self, sending: Sending) -> None:
        """Keep it with the correction."""
        await background.run(corrections.sent, self.session, self.sent_id, sending)
