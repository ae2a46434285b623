"""Those who are to be told of a correction: naming them, telling them, looking at their copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from tui import background
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.correction_lines import recipient as line_of
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.dialogs import AskDialog, ConfirmDialog, ErrorDialog
from tui.widgets.fields import choice, line
from vault import dates
from vault.actions import providers, records
from vault.actions.correcting import recipients, spreading
from vault.actions.corrections import CorrectionView
from vault.errors import VaultError
from vault.model.corrections import Recipient, RecipientState
from vault.model.providers import Provider
from vault.model.records import Record

T = TypeVar("T")
_R = RecipientState
_NEW, _LIKELY = "+", "?"
_THEY, _WE, _RIGHT, _SAME, _UP, _EDIT, _DROP = (
    "they", "we", "right", "same", "up", "edit", "drop",
)  # fmt: skip
_ENDED = frozenset(_R) - {_R.TO_TELL, _R.TOLD, _R.UNCHANGED}


class RecipientDialog(FormDialog[Recipient]):
    """Name somebody who is to be told, or change `old`; a provider of the vault brings its name."""

    def __init__(
        self, view: CorrectionView, known: tuple[Provider, ...], old: Recipient | None = None
    ) -> None:
        super().__init__()
        self.FORM = f"recipient:{view.correction.id}:{old.id if old else ''}"  # type: ignore[misc]
        self.QUESTION = "Change it" if old else "Who is to be told?"  # type: ignore[misc]
        self.view, self.known, self.old = view, known, old

    def compose_fields(self) -> ComposeResult:
        """One of the providers, or a name and an address."""
        old = self.old
        yield Static(Content(f"Of the correction to {self.view.provider.name}"), classes="where")
        others = [p for p in self.known if p.id != self.view.provider.id]
        if others:
            options = [("none of these", ""), *((p.name, p.id) for p in others)]
            ids = {p.id for p in others}
            was = old.provider if old and old.provider in ids else ""
            yield Field("Provider", choice("provider", options, was))
        yield Field("Name", line("name", old.name if old else "", "empty: the provider's"))
        address = "\n".join(old.address) if old else ""
        area = TextArea(address, id="address", compact=True, tab_behavior="focus")
        yield Field("Address", area)

    async def save(self) -> Recipient:
        """Keep it; raises UsageError without a name, or for somebody named already."""
        provider = (self.chosen("provider") or "") if self.query("#provider") else ""
        name, text = self.value("name"), self.value("address")
        lines = tuple(part.strip() for part in text.splitlines() if part.strip())
        if self.old is None:
            id_ = self.view.correction.id
            return await background.run(
                recipients.add, self.session, id_, name, lines, provider=provider
            )
        told: dict[str, object] = {"name": name, "address": lines, "provider": provider}
        return await background.run(recipients.edit, self.session, self.old.id, told)


async def _try(app: Shell, act: Callable[[], T]) -> T | None:
    try:
        return await background.run(act)
    except VaultError as error:
        await app.push_screen_wait(ErrorDialog.of(error))
        return None


async def every(app: Shell, view: CorrectionView) -> bool:
    """Show those who are to be told, and those who may have to be; whether one was changed."""
    s = app.unlocked
    likely = await background.run(spreading.suggest, s, view.correction.id)
    held = view.correction.recipients
    choices = [Choice(line_of(one), one.id, "Enter says what became of it.") for one in held]
    if likely:
        choices.append(Choice("They may hold the same"))
        choices += [
            Choice(one.provider.name, f"{_LIKELY}{one.provider.id}", one.why) for one in likely
        ]
        choices.append(Choice("Or"))
    choices.append(Choice("Name somebody else", _NEW, "A doctor, an insurer, a person."))
    question = "Who is to be told of the correction?"
    given = await app.push_screen_wait(ChooseDialog(question, choices))
    if given is None:
        return False
    if given == _NEW:
        known = await background.run(providers.every, s)
        return await app.push_screen_wait(RecipientDialog(view, known)) is not None
    if given.startswith(_LIKELY):
        provider = given.removeprefix(_LIKELY)
        added = await _try(app, lambda: recipients.add(s, view.correction.id, provider=provider))
        return added is not None
    return await follow(app, view, next(one for one in held if one.id == given))


def _offered(view: CorrectionView, held: Recipient) -> list[Choice]:
    found = []
    if view.standing.start is not None:
        found += [
            Choice("The provider has told them", _THEY),
            Choice("I have told them", _WE, "w makes a letter to them."),
            Choice("Their copy is right now", _RIGHT),
            Choice("Their copy still says the same", _SAME),
        ]
    if held.state not in _ENDED:
        found.append(Choice("Follow it up no more", _UP))
    found.append(Choice("Change name or address", _EDIT))
    if held.state is _R.TO_TELL:
        found.append(Choice("Take it off the list", _DROP))
    return found


async def follow(app: Shell, view: CorrectionView, held: Recipient) -> bool:
    """Say what became of somebody who is to be told; whether anything was changed."""
    s = app.unlocked
    given = await app.push_screen_wait(
        ChooseDialog(held.name, _offered(view, held), detail=line_of(held))
    )
    match given:
        case None:
            return False
        case "edit":
            return await change(app, view, held)
        case "drop":
            if not await app.push_screen_wait(ConfirmDialog(f"Take it off the list?\n{held.name}")):
                return False
            return await _try(app, lambda: recipients.drop(s, held.id)) is not None
        case _ if given in (_RIGHT, _SAME):
            return await app.push_screen_wait(await _seen(app, view, held, given)) is not None
        case _:
            return await _noted(app, held, given)


async def change(app: Shell, view: CorrectionView, held: Recipient) -> bool:
    """Change the name or address of somebody who is to be told; whether it was."""
    known = await background.run(providers.every, app.unlocked)
    return await app.push_screen_wait(RecipientDialog(view, known, held)) is not None


async def _noted(app: Shell, held: Recipient, what: str) -> bool:
    """Note that somebody was told, or is followed up no more."""
    s, today = app.unlocked, app.today()
    if what == _UP:
        why = await app.push_screen_wait(AskDialog("Why?", detail=held.name))
        if why is None:
            return False
        return await _try(app, lambda: recipients.give_up(s, held.id, today, why)) is not None
    asked = AskDialog("On which day?", value=today.isoformat(), detail=held.name)
    day = await app.push_screen_wait(asked)
    if day is None:
        return False

    def note() -> Recipient:
        on = dates.parse(day, "the day they were told")
        return recipients.told(s, held.id, on, by_us=what == _WE)

    return await _try(app, note) is not None


class CopySeenDialog(FormDialog[Recipient]):
    """Note what somebody's own copy says now, and in which record that is seen."""

    def __init__(
        self, held: Recipient, copies: tuple[Record, ...], today: str, *, changed: bool
    ) -> None:
        super().__init__()
        said = "Their copy is right now" if changed else "Their copy still says the same"
        self.QUESTION = said  # type: ignore[misc]
        self.FORM = f"recipient copy:{held.id}:{changed}"  # type: ignore[misc]
        self.of, self.copies, self.today, self.changed = held, copies, today, changed

    def compose_fields(self) -> ComposeResult:
        """The day, and the record."""
        yield Static(Content(self.of.name), classes="where")
        yield Field("Seen on", line("on", self.today, "YYYY-MM-DD"))
        options = [("in none of my records", ""), *((r.title, r.id) for r in self.copies)]
        yield Field("Seen in", choice("record", options, ""))

    async def save(self) -> Recipient:
        """Note it; raises BadDate, UsageError for a record of somebody else."""
        on = dates.parse(self.value("on"), "the day it was seen")
        record = self.chosen("record") or ""
        return await background.run(
            recipients.copy_seen, self.session, self.of.id, on, changed=self.changed, record=record
        )


async def _seen(app: Shell, view: CorrectionView, held: Recipient, what: str) -> CopySeenDialog:
    every_ = await background.run(records.every, app.unlocked)
    mine = tuple(v.record for v in every_ if v.record.person in (view.person.id, None))
    today = app.today().isoformat()
    return CopySeenDialog(held, mine, today, changed=what == _RIGHT)
