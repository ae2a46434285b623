"""The form that notes when and how something was sent."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, line, states
from vault import dates
from vault.actions import corrections, requests
from vault.actions.requests import Sending
from vault.model.requests import ASSUMED, Channel, Event


@dataclass(frozen=True, slots=True)
class SentAgain:
    """A sending that was noted, as it would be typed again; `seq` is its number."""

    seq: int
    on: dt.date
    channel: str
    arrived: dt.date | None
    number: str
    letter: str

    @classmethod
    def of(cls, event: Event) -> SentAgain:
        """What an event says of a sending; an assumed day of arrival is none."""
        arrived = None if event.note == ASSUMED else event.arrived
        detail = event.detail
        return cls(event.seq, event.on, event.channel, arrived, detail.number, detail.letter)


class SentDialog(FormDialog[bool]):
    """Note that something was sent to `to`; the answer is True once it is noted.

    With `again`, a sending noted before is put right.
    """

    KIND = ""
    QUESTION = "When and how was it sent?"

    def __init__(
        self, id_: str, to: str, today: dt.date, again: SentAgain | None = None, letter: str = ""
    ) -> None:
        super().__init__()
        right = f":{again.seq}" if again else ""
        self.FORM = f"{self.KIND} sent:{id_}{right}"  # type: ignore[misc]
        self.again, self.letter = again, letter
        self.sent_id = id_
        self.to = to
        self.today = today

    def compose_fields(self) -> ComposeResult:
        """To whom, the day, the way, and the day it arrived."""
        yield Static(Content(f"To {self.to}"), classes="where")
        was = self.again
        on = was.on if was else self.today
        channel = was.channel if was and was.channel else Channel.MAIL.value
        arrived = was.arrived.isoformat() if was and was.arrived else ""
        yield Field("Sent on", line("on", on.isoformat(), "YYYY-MM-DD"))
        yield Field("Sent by", choice("channel", states(Channel), channel))
        yield Field("Arrived on", line("arrived", arrived, "YYYY-MM-DD; empty: not known"))
        number = was.number if was else ""
        yield Field("Proof", line("number", number, "a tracking or fax number, where there is one"))
        note = "The time they have to answer runs from the day it arrived."
        yield Static(Content(note), classes="detail")

    async def save(self) -> bool:
        """Note it; a day ahead of today or an arrival before the sending is refused."""
        await self.note(
            Sending(
                on=dates.parse(self.value("on"), "the day it was sent"),
                channel=Channel(self.chosen("channel") or Channel.MAIL),
                arrived=day(self.value("arrived"), "the day it arrived"),
                letter=self.again.letter if self.again else self.letter,
                number=self.value("number"),
                replaces=self.again.seq if self.again else None,
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
