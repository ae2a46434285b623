"""A fresh copy after an amendment: asking for one, taking one that came, and comparing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tui import background
from tui.screens import amending_flow, amending_letters, correction_ties, request_flow
from tui.screens.amending_dialog import fitting
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.shell import Place, Shell
from tui.widgets.dialogs import ErrorDialog
from vault.actions import corrections, records
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.records import RecordView
from vault.errors import VaultError
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Detail

_E = CorrectionEvent
_LETTER, _REQUEST, _DONE, _CAME, _AGAIN = "letter", "request", "done", "came", "again"
_IMPORT = "+"
_WHY = {
    _LETTER: "A short letter, for the amended pages alone.",
    _REQUEST: "A request for copies, with its own dates.",
    _DONE: "By telephone, in the portal, or by a letter of your own.",
    _CAME: "It is in the vault already, or you take it in now.",
    _AGAIN: "The old words beside the new ones.",
}


def possible(view: CorrectionView) -> bool:
    """Whether a fresh copy could show anything now."""
    return bool(fitting(view, _E.COPY_ORDERED)) or view.standing.came


async def follow(app: Shell, view: CorrectionView) -> Letter | bool:
    """Ask what is to be done about a fresh copy and do it; a letter, or whether it was noted."""
    choices = []
    if view.standing.came:
        choices.append(Choice("Compare the copy that came", _AGAIN, _WHY[_AGAIN]))
    if fitting(view, _E.COPY_RECEIVED):
        choices.append(Choice("A fresh copy came", _CAME, _WHY[_CAME]))
        choices.append(Choice("Write for one", _LETTER, _WHY[_LETTER]))
        choices.append(Choice("Make a request for one", _REQUEST, _WHY[_REQUEST]))
        choices.append(Choice("I have asked for one", _DONE, _WHY[_DONE]))
    first = _CAME if view.standing.ordered else ""
    given = await app.push_screen_wait(ChooseDialog("A fresh copy", choices, first=first))
    match given:
        case "letter":
            return await amending_letters.make(app, view, amending_letters.COPY) or False
        case "request":
            return await _order(app, view)
        case "done":
            return await amending_flow.noted(app, view, _E.COPY_ORDERED) is not None
        case "came":
            return await came(app, view)
        case "again":
            return await _compare(app, view)
        case _:
            return False


async def _order(app: Shell, view: CorrectionView) -> bool:
    """Make a request for copies, and note that a copy was asked for by it."""
    made = await request_flow.make(app, view.provider.id)
    if made is None:
        return False
    told = Told(_E.COPY_ORDERED, app.today(), detail=Detail(other=made.request.id))
    try:
        await background.run(corrections.tell, app.unlocked, view.correction.id, told)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return False
    app.open_request(made.request.id)
    return True


def _likely(view: CorrectionView, held: Sequence[RecordView]) -> list[RecordView]:
    """Records that may be the copy: the person's, those of the provider and the newest first."""
    old = {flag.finding.record for flag in view.flags}
    mine = [v for v in held if v.record.person in (view.person.id, None) and v.record.id not in old]
    newest = sorted(mine, key=lambda v: v.record.imported_at, reverse=True)
    return sorted(newest, key=lambda v: v.record.provider != view.provider.id)


async def came(app: Shell, view: CorrectionView) -> bool:
    """Ask which record is the copy, note that it came, and compare it."""
    held = await background.run(records.every, app.unlocked)
    choices = [
        Choice(v.record.title, v.record.id, v.provider.name if v.provider else "")
        for v in _likely(view, held)
    ]
    choices.append(Choice("None of these: take it in first", _IMPORT, "Import, then press c here."))
    given = await app.push_screen_wait(ChooseDialog("Which record is the fresh copy?", choices))
    if given == _IMPORT:
        app.go(Place.IMPORT)
    if given in (None, _IMPORT):
        return False
    record = next(v.record for v in held if v.record.id == given)
    on = _day(record.received_on, view, app.today())
    try:
        await background.run(correction_ties.came, app.unlocked, view.correction.id, given, on)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return False
    correction_ties.compare(app, view.correction.id, given)
    return True


def _day(received: dt.date | None, view: CorrectionView, today: dt.date) -> dt.date:
    """The day it came: as the record has it, unless something happened later than that."""
    last = view.standing.last
    if received is None or received > today or (last is not None and received < last):
        return today
    return received


async def _compare(app: Shell, view: CorrectionView) -> bool:
    copies = view.standing.copies
    given: str | None = copies[-1]
    if len(copies) > 1:
        held = await background.run(records.every, app.unlocked)
        titles = {v.record.id: v.record.title for v in held}
        choices = [Choice(titles.get(c, c), c) for c in reversed(copies)]
        given = await app.push_screen_wait(ChooseDialog("Which copy?", choices))
    if given is None:
        return False
    correction_ties.compare(app, view.correction.id, given)
    return True
