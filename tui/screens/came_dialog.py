"""What came: which request a record answers, and which items of it, in full or in part."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.dialogs import ErrorDialog
from tui.widgets.fields import Tick, choice, plain
from vault.actions import requests
from vault.actions.asking import ledger, matching
from vault.actions.asking.matching import Arrival
from vault.actions.requests import RequestView
from vault.errors import VaultError
from vault.model.lifecycle import ASKED
from vault.model.requests import Request

_NONE = "-"
_LOOK = "look"


class AnswerDialog(FormDialog[Request]):
    """Say which items of a request a record answers."""

    SAVE = "That is it"

    def __init__(self, arrival: Arrival, view: RequestView) -> None:
        super().__init__()
        self.FORM = f"answer:{arrival.record.id}:{view.request.id}"  # type: ignore[misc]
        self.QUESTION = "What does it answer?"  # type: ignore[misc]
        self.arrival, self.view = arrival, view

    def compose_fields(self) -> ComposeResult:
        """The record and the request, the items, and whether it is all of it."""
        view = self.view
        match = next((m for m in self.arrival.matches if m.request == view.request.id), None)
        yield Static(Content(f"{self.arrival.record.title}\n{view.provider.name}"), classes="where")
        items = view.request.items
        meant = match.items if match else view.standing.owed
        if len(items) > 1:
            yield Static(Content("Mark what it answers:"), classes="detail")
            for at, item in enumerate(items):
                label = f"{ledger.words(item)} ({plain(view.standing.answers[item.id])})"
                marked = item.id in meant and len(meant) == 1
                yield Tick(f"item{at}", label, on=marked)
        yield Field("It is", choice("part", [("all of it", ""), ("only a part", "part")], ""))

    async def save(self) -> Request:
        """Take it as the answer; raises UsageError where nothing is marked."""
        items = self.view.request.items
        chosen: Sequence[str] = [items[0].id]
        if len(items) > 1:
            boxes = [(i, self.query_one(f"#item{at}", Checkbox)) for at, i in enumerate(items)]
            chosen = [item.id for item, box in boxes if box.value is True]
        if not chosen:
            chosen = self.view.standing.owed
        return await background.run(
            matching.answer,
            self.session,
            self.view.request.id,
            self.arrival.record.id,
            tuple(chosen),
            partial=bool(self.chosen("part")),
        )


def _choices(arrival: Arrival, views: Sequence[RequestView]) -> list[Choice]:
    """The requests something may answer, the likely ones first with the reason."""
    why = {m.request: "; ".join(m.why) for m in arrival.matches}
    if arrival.request and arrival.request not in why:
        why = {arrival.request: "it was kept with this request", **why}
    order = list(why)
    asked = sorted(
        views, key=lambda v: order.index(v.request.id) if v.request.id in why else len(order)
    )
    found = [
        Choice(
            f"{v.provider.name}, {v.person.name} ({plain(v.request.state)})",
            v.request.id,
            why.get(v.request.id, "Nothing tells that it belongs there; you may know."),
        )
        for v in asked
    ]
    return [
        *found,
        Choice("It answers none of them", _NONE, "It is not suggested any more."),
        Choice("Let me look at it first", _LOOK, "The page beside its text."),
    ]


async def decide(app: Shell, arrival: Arrival, request: str = "") -> bool:
    """Ask what a record answers and keep it; False where nothing was decided."""
    s = app.unlocked
    views = await background.run(requests.every, s, app.today())
    open_ = [v for v in views if v.request.state in ASKED]
    detail = arrival.record.title
    first = request or arrival.request
    choices = _choices(arrival, open_)
    given = await app.push_screen_wait(
        ChooseDialog("Which request does it answer?", choices, first=first, detail=detail)
    )
    if given is None:
        return False
    if given == _LOOK:
        app.open_record(arrival.record.id)
        return False
    if given == _NONE:
        try:
            await background.run(matching.set_aside, s, arrival.record.id)
        except VaultError as error:
            app.push_screen(ErrorDialog.of(error))
            return False
        return True
    view = next(v for v in open_ if v.request.id == given)
    return await app.push_screen_wait(AnswerDialog(arrival, view)) is not None
