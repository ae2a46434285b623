"""Telling what happened to a correction: which event, then its fields, then what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui import background
from tui.screens import amending_words as words
from tui.screens.amending_dialog import About, AmendingDialog, fitting, kinds
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.sent_dialog import CorrectionSentDialog, SentAgain
from tui.shell import Shell
from vault.actions import records
from vault.actions.correcting import answering, events
from vault.actions.corrections import CorrectionView
from vault.model import amending
from vault.model.corrections import CorrectionEvent
from vault.model.flags import Flag
from vault.model.letters import Letter
from vault.model.requests import Event

_E = CorrectionEvent
_FIRST = _E.NOTE.value
OF_ITEMS = frozenset({*amending.MEANT, _E.COMPARED})
"""Events about items: they can be told of where an item is in the state for them."""
_END = (_E.WITHDRAWN, _E.CLOSED)
_ENDING = {
    _E.CLOSED: "What was denied is let be; what they promised is given up.",
    _E.WITHDRAWN: "You ask for it no more. The errors stay confirmed: they can be asked anew.",
}


async def tell(app: Shell, view: CorrectionView) -> CorrectionView | None:
    """Ask what happened and note it; None where nothing was noted."""
    possible = tuple(
        kind
        for kind in events.possible(view.correction)
        if kind not in OF_ITEMS or fitting(view, kind)
    )
    kind = await _kind(app, possible, "What happened?", _FIRST)
    return None if kind is None else await noted(app, view, kind)


async def end(app: Shell, view: CorrectionView) -> CorrectionView | None:
    """Ask whether it is taken back or closed, and note it."""
    choices = [Choice(words.kind_words(kind), kind.value, _ENDING[kind]) for kind in _END]
    question = "Do you want to end it?"
    given = await app.push_screen_wait(ChooseDialog(question, choices))
    return None if given is None else await noted(app, view, CorrectionEvent(given))


async def put_right(app: Shell, view: CorrectionView, old: Event) -> bool:
    """Put an earlier event right; what happened later stays. False where nothing was noted."""
    if old.kind == _E.SENT:
        again = SentAgain.of(old)
        name = view.provider.name
        form = CorrectionSentDialog(view.correction.id, name, app.today(), again=again)
        return await app.push_screen_wait(form) is True
    possible = tuple(CorrectionEvent)
    question = f"What was it really? (number {old.seq})"
    kind = await _kind(app, possible, question, old.kind)
    return kind is not None and await noted(app, view, kind, old) is not None


async def _kind(
    app: Shell, possible: tuple[CorrectionEvent, ...], question: str, first: str
) -> CorrectionEvent | None:
    choices: list[Choice] = []
    for title, group in kinds(possible):
        choices.append(Choice(title))
        choices += [Choice(words.kind_words(kind), kind.value) for kind in group]
    given = await app.push_screen_wait(ChooseDialog(question, choices, first=first))
    return CorrectionEvent(given) if given else None


async def about_of(app: Shell, view: CorrectionView, kind: CorrectionEvent) -> About:
    """What the form for a kind of event has to know."""
    about = About(view, app.today())
    names = words.FIELDS.get(kind, ())
    if "record" in names:
        held = await background.run(records.every, app.unlocked)
        mine = (v for v in held if v.record.person in (view.person.id, None))
        newest = sorted(mine, key=lambda v: v.record.imported_at, reverse=True)
        about = replace(about, records=tuple(v.record for v in newest))
    if "ground" in names:
        about = replace(about, known=await background.run(answering.known, app.unlocked, view))
    return about


async def noted(
    app: Shell,
    view: CorrectionView,
    kind: CorrectionEvent,
    old: Event | None = None,
    letter: Letter | None = None,
) -> CorrectionView | None:
    """Ask for what an event of a kind needs and note it; then say what it means.

    With a `letter` that was sent, the items it names are marked to begin with.
    """
    about = replace(await about_of(app, view, kind), old=old)
    if letter is not None:
        about = replace(about, letter=letter.id, items=named(letter, fitting(view, kind)))
    made = await app.push_screen_wait(AmendingDialog(about, kind))
    if made is not None and kind is _E.EXTENDED and made.extension is not None:
        head = "They may take longer." if made.extension.lawful else "They may not take longer."
        await app.push_screen_wait(NoticeDialog(head, made.extension.why))
    return made


def named(letter: Letter, flags: Sequence[Flag]) -> tuple[str, ...]:
    """The flags whose entries a letter quotes; none where it quotes all of them, or none."""
    words = " ".join(letter.words.split())
    found = tuple(f.id for f in flags if " ".join(f.finding.quote.split()) in words)
    return found if len(found) < len(flags) else ()
