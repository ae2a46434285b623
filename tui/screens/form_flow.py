"""Providers' forms: choosing one that was taken in, or taking in another."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui import background
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.fields import line, plain
from vault.actions import forms
from vault.errors import UsageError
from vault.model.forms import Form
from vault.model.providers import Provider

_NEW = "+"


class AddFormDialog(FormDialog[Form]):
    """Take in a provider's own form from a PDF file."""

    FORM = "form.add"
    SAVE = "Take it in"

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self.QUESTION = f"A form of {provider.name}"  # type: ignore[misc]
        self.provider = provider

    def compose_fields(self) -> ComposeResult:
        """The file, what to call it, and its password."""
        yield Field("File", line("file", hint="~/Downloads/release.pdf"))
        yield Field("Title", line("title", hint="empty: the name of the file"))
        yield Field("Password", Input(id="password", password=True, compact=True))
        told = "Its pages are read, so that most of what goes where can be suggested."
        yield Static(Content(told), classes="detail")

    async def save(self) -> Form:
        """Keep it; raises UnusableForm with the reason, CannotRead."""
        if not self.value("file"):
            raise UsageError("name a file", "for example ~/Downloads/release.pdf")
        return await background.run(
            forms.add,
            self.session,
            Path(self.value("file")).expanduser(),
            provider=self.provider.id,
            title=self.value("title"),
            password=self.query_one("#password", Input).value,
        )


async def choose(app: Shell, provider: Provider) -> Form | None:
    """Ask for a form of a provider, or take one in."""
    held = await background.run(forms.every, app.unlocked)
    own = [f for f in held if f.provider in (provider.id, None)]
    if not own:
        return await app.push_screen_wait(AddFormDialog(provider))
    choices = [
        *(Choice(f"{f.title} ({plain(f.kind)})", f.id) for f in own),
        Choice("Take in another ...", _NEW),
    ]
    given = await app.push_screen_wait(ChooseDialog(f"Which form of {provider.name}?", choices))
    if given == _NEW:
        return await app.push_screen_wait(AddFormDialog(provider))
    return next((f for f in own if f.id == given), None)
