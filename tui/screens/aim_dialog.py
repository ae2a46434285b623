"""Asking whoever first wrote an entry instead of the one who was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens.add_provider import AddProviderDialog
from tui.screens.correction_lines import point
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.dialogs import ErrorDialog
from tui.widgets.fields import Tick, choice
from vault.actions import providers
from vault.actions.correcting import redirecting
from vault.actions.corrections import CorrectionView
from vault.errors import UsageError, VaultError
from vault.model.corrections import ItemState
from vault.model.flags import Flag
from vault.model.providers import Provider

_NEW = "new"
_CAN_BE = (ItemState.OPEN, ItemState.DENIED, ItemState.DISPUTED)


def aimable(view: CorrectionView) -> tuple[Flag, ...]:
    """The flags of the items that somebody else can be asked about."""
    items = view.standing.items
    return tuple(flag for flag in view.flags if items.get(flag.id) in _CAN_BE)


class AimDialog(FormDialog[CorrectionView | str]):
    """Choose the items and who wrote them; the answer is the new correction.

    It is the word "new" where a provider is to be added first.
    """

    QUESTION = "Ask whoever first wrote it"
    SAVE = "Make the correction"

    def __init__(self, view: CorrectionView, others: Sequence[Provider], today: dt.date) -> None:
        super().__init__()
        self.FORM = f"correction aim:{view.correction.id}"  # type: ignore[misc]
        self.view, self.others, self.today = view, tuple(others), today
        self.flags = aimable(view)

    def compose_fields(self) -> ComposeResult:
        """A tick for each item, the provider, and what becomes of it."""
        denied = [
            flag.id
            for flag in self.flags
            if self.view.standing.items[flag.id] is not ItemState.OPEN
        ]
        yield Static(Content("Which entries did they first write?"))
        for at, flag in enumerate(self.flags):
            yield Tick(f"item{at}", point(flag), on=not denied or flag.id in denied)
        known = {p.id for p in self.others}
        first = next((f.originator for f in self.flags if f.originator in known), "")
        options = [*((p.name, p.id) for p in self.others), ("somebody not listed ...", _NEW)]
        yield Field("Written by", choice("to", options, first or options[0][1]))
        told = "A correction of its own is made for them. Here these entries are then at an end."
        yield Static(Content(told), classes="detail")

    async def save(self) -> CorrectionView | str:
        """Make it; raises UsageError where nothing is marked."""
        if self.chosen("to") == _NEW:
            return _NEW
        ticked = [
            flag.id
            for at, flag in enumerate(self.flags)
            if self.query_one(f"#item{at}", Checkbox).value is True
        ]
        if not ticked:
            raise UsageError("no entry is marked", "mark those they first wrote")
        return await background.run(
            redirecting.aim,
            self.session,
            self.view.correction.id,
            ticked,
            self.chosen("to") or "",
            self.today,
        )


async def aim(app: Shell, view: CorrectionView) -> CorrectionView | None:
    """Ask for the items and who wrote them, and make a correction to them; None where none was."""
    try:
        while True:
            held = await background.run(providers.every, app.unlocked)
            others = [p for p in held if p.id != view.provider.id]
            if not others and await app.push_screen_wait(AddProviderDialog()) is None:
                return None
            if not others:
                continue
            made = await app.push_screen_wait(AimDialog(view, others, app.today()))
            if isinstance(made, str):
                await app.push_screen_wait(AddProviderDialog())
                continue
            return made
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return None
