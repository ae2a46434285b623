"""A provider's form that is filled in for a correction."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui.screens.filled import FilledCorrectionScreen
from tui.screens.form import FormScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.shell import Place
from vault.actions import filling as forms_filled
from vault.actions.correcting import filling
from vault.actions.correcting.filling import Made
from vault.model.forms import Form

_MOST = 12


class CorrectionFormScreen(FormScreen):
    """The form `chosen` (an id), to be filled in for the correction `request` (an id)."""

    PLACE = Place.CORRECTIONS
    BINDINGS: ClassVar[list[BindingType]] = []

    @work(exclusive=True, group="ask")
    async def action_fill(self) -> None:
        """Fill it in for the correction, and look at what came of it."""
        form = self.form
        if form is None:
            return
        self.query_one("#part", Static).update(Content("It is being filled in."))
        made = await self.attempt(filling.fill, self.session, self.request, form.id)
        self._show()
        if made is not None:
            told = told_of(made, form)
            if told:
                notice = NoticeDialog("Filled in. Before you sign it:", told)
                await self.app.push_screen_wait(notice)
            self.app.push_screen(FilledCorrectionScreen(made.letter.id, form))


def told_of(made: Made, form: Form) -> str:
    """What stands on a sheet behind the form, and what was left empty; empty where nothing."""
    empty = forms_filled.left_empty(form)
    lines = []
    if made.moved:
        fields = _listed(made.moved)
        lines.append(f"Too long for its field, so it is in full on the sheet behind: {fields}.")
    if made.lacking:
        said = ", ".join(made.lacking)
        lines.append(f"It has no field for: {said}. That is on the sheet behind it.")
    if empty:
        lines.append(f"Left empty: {_listed(empty)}.")
    return "\n".join(lines)


def _listed(names: tuple[str, ...]) -> str:
    more = " ..." if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"
