"""The form that says what came was looked through, and what is missing of it."""

from __future__ import annotations

import datetime as dt

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import Tick, line
from vault import dates
from vault.actions import requests
from vault.actions.asking import ledger
from vault.actions.asking.events import Told
from vault.actions.asking.ledger import Ledger
from vault.actions.requests import RequestView
from vault.errors import UsageError
from vault.model.requests import Detail, Event, RequestEvent


class ReviewedDialog(FormDialog[RequestView]):
    """Mark the items of which something is missing; with none marked the request is closed.

    `held` tells what the ledger finds missing; with `old` that looking through is put right.
    """

    QUESTION = "You have looked through what came. What is missing?"

    def __init__(
        self,
        view: RequestView,
        today: dt.date,
        old: Event | None = None,
        held: Ledger | None = None,
    ) -> None:
        super().__init__()
        self.FORM = f"reviewed:{view.request.id}:{old.seq if old else ''}"  # type: ignore[misc]
        self.view, self.today, self.old, self.held = view, today, old, held

    def compose_fields(self) -> ComposeResult:
        """An item a line, what lacks behind it, and whether the gaps are accepted."""
        found = self.held.gaps if self.held else ()
        marked = self.old.detail.gaps if self.old else found
        missing = {h.item.id: "; ".join(h.missing) for h in self.held.lines} if self.held else {}
        yield Static(Content("Mark each of which something is missing:"), classes="where")
        for at, item in enumerate(self.view.request.items):
            lacks = f": {missing[item.id]}" if missing.get(item.id) else ""
            yield Tick(f"gap{at}", f"{ledger.words(item)}{lacks}", on=item.id in marked)
        accepted = bool(self.old and self.old.detail.accepted)
        yield Static(Content("With nothing marked, the request is closed."), classes="detail")
        yield Tick("accept", "Close it all the same: I leave it at what came", on=accepted)
        on = self.old.on if self.old else self.today
        yield Field("On", line("on", on.isoformat(), "YYYY-MM-DD"))

    async def save(self) -> RequestView:
        """Keep it; raises UsageError where gaps are accepted and none is marked."""
        items = self.view.request.items
        gaps = tuple(
            item.id
            for at, item in enumerate(items)
            if self.query_one(f"#gap{at}", Checkbox).value is True
        )
        accept = self.query_one("#accept", Checkbox).value is True
        if accept and not gaps:
            raise UsageError("nothing is marked as missing", "mark it, or leave the last line out")
        on = dates.parse(self.value("on"), "the day you looked through it")
        return await background.run(self._keep, gaps, on, accept=accept)

    def _keep(self, gaps: tuple[str, ...], on: dt.date, *, accept: bool) -> RequestView:
        id_ = self.view.request.id
        if self.old is not None:
            detail = Detail(gaps=gaps, accepted=True if accept else None)
            told = Told(RequestEvent.REVIEWED, on, detail=detail, replaces=self.old.seq)
            return requests.log(self.session, id_, told)
        ledger.review(self.session, id_, on, gaps, accept=accept)
        return requests.get(self.session, id_, self.today)
