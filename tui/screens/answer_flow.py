"""They said something about a correction: what it was, what it means, what answers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens import amending_flow, amending_letters, copy_flow
from tui.screens import amending_words as words
from tui.screens.amending_dialog import (
    About,
    after_all,
    fitting,
    ground_fields,
    ground_given,
    holds_fields,
    holds_given,
    understood,
)
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.correction_lines import point
from tui.screens.form_dialog import Field, FormDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.shell import Shell
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import Tick, line
from vault import dates
from vault.actions.correcting import answering, denials, events, steps
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.errors import UsageError
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Detail

_E = CorrectionEvent
_PART = "part"
_AFTER_ALL = "They accept after all what they denied"
_REPLIES: tuple[tuple[str, CorrectionEvent, str], ...] = (
    ("They accept all of it", _E.ACCEPTED, ""),
    ("They accept a part and deny the rest", _E.ACCEPTED, _PART),
    ("They deny it", _E.DENIED, ""),
    ("They want to know more", _E.INFO_ASKED, ""),
    ("They need more time", _E.EXTENDED, ""),
    ("They have it, and say nothing more", _E.IN_REVIEW, ""),
    ("They answer my statement of disagreement", _E.REBUTTAL, ""),
    ("They confirm that my papers are with the entry", _E.ATTACHED, ""),
    ("They have told somebody of the correction", _E.NOTIFIED, ""),
    ("A fresh copy came", _E.COPY_RECEIVED, ""),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of telling an answer: whether it was noted, and the letter made then."""

    noted: bool
    letter: Letter | None = None


class PartlyDialog(FormDialog[CorrectionView]):
    """Say which items they accept; on what ground they deny the rest, and what they wrote."""

    QUESTION = "They accept a part"

    def __init__(self, about: About) -> None:
        super().__init__()
        self.FORM = f"correction part:{about.view.correction.id}"  # type: ignore[misc]
        self.about = about
        self._flags = fitting(about.view, _E.ACCEPTED)

    def compose_fields(self) -> ComposeResult:
        """The day, a tick for each item, then all of the denial."""
        yield Field("On", line("on", self.about.today.isoformat(), "YYYY-MM-DD"))
        yield Static(Content("Tick what they accept; they deny the rest."), classes="detail")
        for at, flag in enumerate(self._flags):
            yield Tick(f"item{at}", point(flag))
        yield from ground_fields(self.about.known)
        yield Field("Their reason", line("reason", hint="in their words"))
        yield from holds_fields(self.about.known)
        yield Field("In your words", line("note", hint="may be left empty"))

    async def save(self) -> CorrectionView:
        """Note both, or neither where one cannot be."""
        on = dates.parse(self.value("on"), "the day they answered")
        ticked = [
            flag.id
            for at, flag in enumerate(self._flags)
            if self.query_one(f"#item{at}", Checkbox).value is True
        ]
        rest = tuple(flag.id for flag in self._flags if flag.id not in ticked)
        if not ticked or not rest:
            raise UsageError("some are accepted and some are denied", "tick those they accept")
        note = self.value("note")
        denied = Detail(
            items=rest,
            ground=ground_given(self),
            reason=self.value("reason"),
            enclosures=holds_given(self, self.about.known),
        )
        denied = await understood(self, self.about.view, denied)
        return await background.run(
            answering.partly,
            self.session,
            self.about.view.correction.id,
            Told(_E.ACCEPTED, on, note, Detail(items=tuple(ticked))),
            Told(_E.DENIED, on, note, denied),
        )


def _offered(view: CorrectionView) -> list[Choice]:
    """What they can have said as the correction stands."""
    possible = events.possible(view.correction)
    found = []
    for at, (said, kind, how) in enumerate(_REPLIES):
        held = fitting(view, kind) if kind in amending_flow.OF_ITEMS else view.flags
        needed = 2 if how == _PART else 1
        late = after_all(view, kind)
        if kind in possible and len(held) >= needed and not (late and how == _PART):
            found.append(Choice(_AFTER_ALL if late else said, str(at)))
    return found


async def tell(app: Shell, view: CorrectionView) -> Answered:
    """Ask what they said and note it; say what it means, and offer the letter that answers it."""
    given = await app.push_screen_wait(ChooseDialog("What did they say?", _offered(view)))
    if given is None:
        return Answered(noted=False)
    _, kind, how = _REPLIES[int(given)]
    if kind is _E.COPY_RECEIVED:
        return Answered(await copy_flow.came(app, view))
    if how == _PART:
        about = replace(await amending_flow.about_of(app, view, _E.DENIED), view=view)
        made = await app.push_screen_wait(PartlyDialog(about))
    else:
        made = await amending_flow.noted(app, view, kind)
    if made is None:
        return Answered(noted=False)
    await _explain(app, made, kind, part=how == _PART)
    letter = await amending_letters.choose(app, made, later=True) if made.standing.open else None
    return Answered(noted=True, letter=letter)


async def _explain(app: Shell, view: CorrectionView, kind: CorrectionEvent, *, part: bool) -> None:
    """Say what was noted, what the law says to a denial, and what comes next."""
    if kind is _E.EXTENDED:
        return  # its verdict was told already
    lines: list[str] = []
    refused = kind is _E.DENIED or part
    if refused:
        event = next(e for e in reversed(view.correction.events) if e.kind == _E.DENIED)
        held = await background.run(denials.judge, app.unlocked, view, event)
        lines += [as_sentence(meant.text) for meant in held.sentences]
        lines += [as_sentence(f"You can {option.words}") for option in held.options]
    else:
        lines.append(as_sentence(steps.next_step(view)))
    said = "they accepted a part and denied the rest" if part else words.SAID[kind]
    told = "\n\n".join(one for one in lines if one)
    await app.push_screen_wait(NoticeDialog(f"Noted: {said}.", told))
