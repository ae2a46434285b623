"""The form for what a letter of a correction needs: own words, the items meant, who it is to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Static, TextArea

from tui import background
from tui.screens.amending_papers import ITEMS, SAYS
from tui.screens.correction_lines import point
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import Tick, choice
from vault.actions.correcting import answering, letters
from vault.actions.corrections import CorrectionView
from vault.errors import UsageError
from vault.model.correction_letters import OWN_WORDS, PURPOSE, CorrectionLetterKind
from vault.model.corrections import OUTSTANDING, Recipient
from vault.model.flags import Flag
from vault.model.letters import Letter

_K = CorrectionLetterKind


@dataclass(frozen=True, slots=True)
class Needed:
    """What is asked for before a letter of a kind is made.

    `flags` are the items it can be about, none where there is nothing to choose; `told` those it
    can go to. `limit` is the most words an item may have (0: no number is set), `rule` says so.
    """

    kind: CorrectionLetterKind
    flags: tuple[Flag, ...] = ()
    told: tuple[Recipient, ...] = ()
    limit: int = 0
    rule: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is something to ask for at all."""
        return self.kind in SAYS or len(self.flags) > 1 or bool(self.told)


async def needed(app: Shell, view: CorrectionView, kind: CorrectionLetterKind) -> Needed:
    """What a letter of a kind needs for a correction as it stands."""
    items, states = view.standing.items, ITEMS.get(kind, frozenset())
    flags = tuple(flag for flag in view.flags if items.get(flag.id) in states)
    if kind is _K.NOTIFY_HOLDER:
        told = tuple(r for r in view.correction.recipients if r.state in OUTSTANDING)
        return Needed(kind, told=told)
    if kind is not _K.DISAGREEMENT:
        return Needed(kind, flags)
    known = await background.run(answering.known, app.unlocked, view)
    return Needed(kind, flags, limit=known.words, rule=known.statement)


class OwnWordsDialog(FormDialog[Letter]):
    """Type and tick what a letter needs; the answer is the letter, once it is typeset."""

    SAVE = "Make the letter"

    def __init__(self, view: CorrectionView, need: Needed, today: dt.date) -> None:
        super().__init__()
        self.FORM = f"correction letter {need.kind.value}:{view.correction.id}"  # type: ignore[misc]
        self.QUESTION = as_sentence(PURPOSE[need.kind])  # type: ignore[misc]
        self.view, self.need, self.today = view, need, today

    def compose_fields(self) -> ComposeResult:
        """Who it is to, the items it is about, and one's own words with their number."""
        need = self.need
        if need.told:
            options = [(held.name, held.id) for held in need.told]
            yield Field("To", choice("to", options, need.told[0].id))
        if len(need.flags) > 1:
            yield Static(Content("About which of them? None marked: all of these."))
            for at, flag in enumerate(need.flags):
                yield Tick(f"item{at}", point(flag))
        if need.kind in SAYS:
            yield from self._own()

    def _own(self) -> Iterable[Widget]:
        must = self.need.kind in OWN_WORDS
        said = "In your own words" if must else "In your own words (may be left empty)"
        yield Static(Content(said))
        yield TextArea("", id="text", compact=True, tab_behavior="focus")
        yield Static(Content(self._count("")), id="count")
        if self.need.rule:
            yield Static(Content(as_sentence(self.need.rule)), classes="detail")

    async def on_mount(self) -> None:
        """Begin with the words, where some are asked for."""
        for area in self.query("#text"):
            area.focus()

    @on(TextArea.Changed)
    @on(Checkbox.Changed)
    def _counted(self) -> None:
        for line in self.query("#count").results(Static):
            line.update(Content(self._count(self.value("text"))))

    def _count(self, text: str) -> str:
        """How many words are typed, and how many may be, as the law counts them."""
        words, each = len(text.split()), self.need.limit
        typed = "1 word" if words == 1 else f"{words} words"
        if not each:
            return f"{typed}."
        items = len(self._items()) or len(self.need.flags) or 1
        most = each * items
        most_said = f"at most {most}" + (f", {each} for each item" if items > 1 else "")
        if words > most:
            return f"! {typed}: {words - most} too many ({most_said})."
        return f"{typed} ({most_said})."

    def _items(self) -> tuple[str, ...]:
        """The flags that are ticked."""
        if not self.is_mounted:
            return ()
        return tuple(
            flag.id
            for at, flag in enumerate(self.need.flags)
            for box in self.query(f"#item{at}").results(Checkbox)
            if box.value is True
        )

    async def save(self) -> Letter:
        """Have it typeset; raises UsageError without the words it needs, Refused as `compose`."""
        kind = self.need.kind
        text = self.value("text") if kind in SAYS else ""
        if kind in OWN_WORDS and not text:
            raise UsageError("your own words are missing", "type them above")
        to = (self.chosen("to") or "") if self.need.told else ""
        return await background.run(
            letters.compose,
            self.session,
            self.view.correction.id,
            kind,
            self.today,
            text,
            self._items(),
            to=to,
        )
