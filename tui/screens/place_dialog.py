"""The form that puts text on a page of a provider's form that has no field there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens import form_words as words
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, line
from vault.actions import forms
from vault.errors import UsageError
from vault.model.forms import Form, Placed
from vault.model.formwords import FIXED, TEXTS, TICKS

_OWN = "own"


def _share(text: str, what: str) -> float:
    """A place typed in percent of the page, as a share of it."""
    try:
        found = float(text.strip().rstrip("%"))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100:
        raise UsageError(f"{what} is a number from 0 to 100", "in percent of the upright page")
    return found / 100


class PlaceDialog(FormDialog[Form]):
    """Put text on a page; places are in percent of the upright page."""

    QUESTION = "Put text on the page"

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.FORM = f"place:{form.id}"  # type: ignore[misc]
        self.form = form

    def compose_fields(self) -> ComposeResult:
        """What, and where."""
        options = [("words of your own", _OWN)]
        options += [(words.said(value), value) for value in sorted(TEXTS | TICKS)]
        yield Field("What", choice("what", options, _OWN))
        yield Field("Your words", line("own"))
        yield Field("Page", line("page", "1", f"1 to {len(self.form.shape.pages)}"))
        yield Field("From the left", line("x", "10", "percent: 0 left, 100 right"))
        yield Field("From the top", line("y", "50", "percent, of the line it stands on"))
        yield Field("Room", line("width", "40", "percent of the page's width"))
        told = "Fill it in, look at the page, and change it until it stands right."
        yield Static(Content(told), classes="detail")

    async def save(self) -> Form:
        """Keep it; raises UsageError for a place outside the form."""
        what = self.chosen("what") or _OWN
        value = f"{FIXED}{self.value('own')}" if what == _OWN else what
        if value == FIXED:
            raise UsageError("there are no words to put there", "type them, or choose what")
        page = self.value("page")
        if not (page.isascii() and page.isdigit() and len(page) < 5):
            raise UsageError("the page is a number", "the first page is 1")
        placed = Placed(
            int(page),
            _share(self.value("x"), "from the left"),
            _share(self.value("y"), "from the top"),
            value,
            _share(self.value("width"), "the room"),
        )
        return await background.run(forms.place_text, self.session, self.form.id, placed)
