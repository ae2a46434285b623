"""The form that makes a correction: which entries it is about, and who else is to be told."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from tui import background
from tui.screens.form_dialog import FormDialog
from vault.actions import corrections
from vault.actions.corrections import Asking, CorrectionView


class TellDialog(FormDialog[CorrectionView]):
    """Make a correction of flags (ids) for a provider; the answer is the correction."""

    QUESTION = "New correction"
    SAVE = "Make the correction"

    def __init__(self, provider: str, flags: Sequence[str]) -> None:
        super().__init__()
        self.FORM = f"correction:{flags[0]}"  # type: ignore[misc]
        self.provider = provider
        self.flags = tuple(flags)

    def compose_fields(self) -> ComposeResult:
        """What will be asked of whom, and lines for those who are to be told."""
        entries = "one entry" if len(self.flags) == 1 else f"{len(self.flags)} entries"
        yield Static(Content(f"Asks {self.provider} to correct {entries}."), classes="where")
        ask = "Who else should be told of the correction? One on each line; may be left empty."
        yield Static(Content(ask), classes="detail")
        yield TextArea(id="tell", compact=True, tab_behavior="focus")

    async def save(self) -> CorrectionView:
        """Make the correction."""
        lines = self.query_one("#tell", TextArea).text.splitlines()
        asking = Asking(tell=tuple(lines))
        return await background.run(corrections.new, self.session, self.flags, asking)
