"""Letters of a correction: choosing one that fits, typing what it needs, noting it as sent."""

from __future__ import annotations

from collections.abc import Sequence

from tui import background
from tui.screens import amending_flow, own_words
from tui.screens.amending_papers import event_of
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.own_words import OwnWordsDialog
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.shell import Shell
from tui.widgets.dialogs import AskDialog, ErrorDialog, as_sentence
from vault import dates
from vault.actions.correcting import letters, recipients
from vault.actions.correcting.letters import Fit
from vault.actions.corrections import CorrectionView
from vault.errors import VaultError
from vault.model.correction_letters import FIRST, PURPOSE, CorrectionLetterKind
from vault.model.corrections import OUTSTANDING, CorrectionEvent, Recipient
from vault.model.letters import Letter

COPY = "copy_order"
_NOT = "-"
_BEST = "That one suits best now."


def choices(fits: Sequence[Fit]) -> list[Choice]:
    """The letters that fit, the best first, then the others, each with why it does not."""
    can = [
        Choice(as_sentence(PURPOSE[fit.kind]), fit.kind.value, _why(fit))
        for fit in fits
        if fit.fits
    ]
    cannot = [
        Choice(
            as_sentence(PURPOSE[fit.kind]), f"{_NOT}{fit.kind.value}", as_sentence(f"No: {fit.why}")
        )
        for fit in fits
        if not fit.fits
    ]
    heading = [Choice("Not now:" if can else "None suits now:")] if cannot else []
    return [*can, *heading, *cannot]


def _why(fit: Fit) -> str:
    """What is to be known of a letter that fits, beside what it is for."""
    more = fit.why.removeprefix(f"to {PURPOSE[fit.kind]}").lstrip(": ")
    own = "It asks for your own words." if fit.words else ""
    return " ".join(part for part in (_BEST if fit.best else "", as_sentence(more), own) if part)


async def choose(app: Shell, view: CorrectionView, *, later: bool = False) -> Letter | None:
    """Ask which letter is to be made, the one that suits best first, and make it.

    With `later` it is only offered: nothing is said where none suits.
    """
    try:
        fits = await background.run(letters.kinds_of, app.unlocked, view, app.today())
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return None
    if later and not any(fit.fits for fit in fits):
        return None
    question = f"Which letter to {view.provider.name}?"
    if later:
        question = f"Answer {view.provider.name} with a letter now?"
    first = ""
    while True:
        given = await app.push_screen_wait(ChooseDialog(question, choices(fits), first=first))
        if given is None:
            return None
        if not given.startswith(_NOT):
            return await make(app, view, given)
        first = given
        why = next(fit.why for fit in fits if fit.kind.value == given.removeprefix(_NOT))
        await app.push_screen_wait(NoticeDialog("That letter does not suit now.", as_sentence(why)))


async def make(app: Shell, view: CorrectionView, kind: str) -> Letter | None:
    """Make a letter of a kind; what it needs is asked for."""
    of, today = CorrectionLetterKind(kind), app.today()
    try:
        need = await own_words.needed(app, view, of)
        if need.anything:
            return await app.push_screen_wait(OwnWordsDialog(view, need, today))
        app.notify("The letter is being typeset.", timeout=2)
        return await background.run(letters.compose, app.unlocked, view.correction.id, of, today)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return None


async def anew(app: Shell, view: CorrectionView) -> Letter | None:
    """Make the letter that asks again, of the kind it had, with what the vault says now."""
    held = await background.run(letters.made, app.unlocked, view.correction.id)
    kinds = [letter.kind for letter in held if letter.kind in FIRST]
    if not kinds:
        return await choose(app, view)
    return await make(app, view, kinds[-1])


async def sent(app: Shell, view: CorrectionView, letter: Letter) -> bool:
    """Note that a letter was sent, as the event that it is; False where nothing was noted."""
    event = event_of(letter)
    if event is CorrectionEvent.SENT:
        name = view.provider.name
        form = CorrectionSentDialog(view.correction.id, name, app.today(), letter=letter.id)
        return await app.push_screen_wait(form) is True
    if letter.kind == CorrectionLetterKind.NOTIFY_HOLDER:
        told = _told(view, letter)
        if told is not None:
            return await _tell(app, told, letter)
    return await amending_flow.noted(app, view, event, letter=letter) is not None


def _told(view: CorrectionView, letter: Letter) -> Recipient | None:
    """Who a letter that tells of the amendment goes to, by its address; None where unsure."""
    held = [r for r in view.correction.recipients if r.state in OUTSTANDING and r.name]
    found = [r for r in held if r.name in letter.words.splitlines()[:12]]
    return found[0] if len(found) == 1 else None


async def _tell(app: Shell, told: Recipient, letter: Letter) -> bool:
    """Ask for the day, and note that you told them yourself by a letter."""
    asked = AskDialog(f"When was it sent to {told.name}?", value=app.today().isoformat())
    given = await app.push_screen_wait(asked)
    if given is None:
        return False
    try:
        on = dates.parse(given, "the day it was sent")
        s = app.unlocked
        await background.run(recipients.told, s, told.id, on, by_us=True, letter=letter.id)
    except VaultError as error:
        await app.push_screen_wait(ErrorDialog.of(error))
        return False
    return True
