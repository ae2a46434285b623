"""Letters of a request: choosing one that fits, noting it as sent, and sheaves of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui import background
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.event_dialog import About, EventDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.owed import day
from tui.screens.sent_dialog import RequestSentDialog
from tui.screens.writing import ask_target
from tui.shell import Shell
from tui.widgets.dialogs import ErrorDialog, as_sentence
from vault import dates
from vault.actions.asking import binder, letters, sheaves
from vault.actions.asking.sheaves import Sheaf
from vault.actions.requests import RequestView
from vault.errors import VaultError
from vault.model.asking_letters import FIRST, PURPOSE, LetterKind
from vault.model.letters import Letter
from vault.model.requests import RequestEvent, RequestState
from vault.safetext import safe_line

_K, _E = LetterKind, RequestEvent
_BARE = "That copy is not encrypted. Whoever can open the file can read it."
_SENT_AS = {
    _K.IDENTITY: _E.ANSWERED,
    _K.NO_REASON: _E.ANSWERED,
    _K.NO_NOTARY: _E.ANSWERED,
    _K.NO_VISIT: _E.ANSWERED,
    _K.NO_PORTAL: _E.ANSWERED,
    _K.OWN_FORM: _E.ANSWERED,
    _K.NOT_OURS: _E.ANSWERED,
    _K.FEE_DISPUTE: _E.FEE_DISPUTED,
    _K.REVIEW: _E.APPEALED,
    _K.COMPLAINT: _E.COMPLAINED,
    _K.WITHDRAWAL: _E.WITHDRAWN,
    _K.THANKS: _E.NOTE,
}
"""What sending a letter means for a request; the others remind, those that ask begin a clock."""
KINDS = frozenset(kind.value for kind in LetterKind)
_ASKS = (*FIRST, _K.SHORTFALL)


def unsent(view: RequestView) -> bool:
    """Whether a request has not been sent yet."""
    return view.request.state in (RequestState.DRAFT, RequestState.READY)


def name_of(letter: Letter) -> str:
    """What a letter is, in words."""
    if letter.kind in KINDS:
        said = letter.kind.replace("_", " ")
        return said[0].upper() + said[1:]
    return "Filled form"


def made(letter: Letter) -> str:
    """A letter as a line of a list."""
    return f"{name_of(letter)}, made on {day(dates.parse(letter.made_at[:10]))}"


async def choose(app: Shell, view: RequestView) -> Letter | None:
    """Ask which letter is to be made, the one that suits best first, and make it."""
    s, today = app.unlocked, app.today()
    try:
        fits = await background.run(letters.letter_kinds, s, view.request.id, today)
        if not fits:
            await app.push_screen_wait(
                NoticeDialog("No letter suits now.", "Note first what happened, with l.")
            )
            return None
        best = "That one suits best now." if len(fits) > 1 else ""
        choices = [
            Choice(as_sentence(f"{PURPOSE[fit.kind]}"), fit.kind.value, best if at == 0 else "")
            for at, fit in enumerate(fits)
        ]
        question = f"Which letter to {view.provider.name}?"
        given = await app.push_screen_wait(ChooseDialog(question, choices))
        if given is None:
            return None
        app.notify("The letter is being typeset.", timeout=2)
        return await background.run(letters.compose, s, view.request.id, LetterKind(given), today)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return None


async def sent(app: Shell, view: RequestView, letter: Letter) -> bool:
    """Note that a letter was sent, as the event that it is; False where nothing was noted."""
    kind = LetterKind(letter.kind) if letter.kind in KINDS else None
    if kind is None or kind in _ASKS or unsent(view):
        form = RequestSentDialog(view.request.id, view.provider.name, app.today(), letter=letter.id)
        noted = await app.push_screen_wait(form)
        return noted is True
    event = _SENT_AS.get(kind, RequestEvent.REMINDED)
    about = About(view, (), app.today(), letter=letter.id)
    return await app.push_screen_wait(EventDialog(about, event)) is not None


async def fax(app: Shell, view: RequestView) -> None:
    """Write a fax: cover sheet and letter."""
    await write_sheaf(
        app,
        "Write the fax where?",
        Path.home() / f"fax-{view.request.id}.pdf",
        lambda: sheaves.fax(app.unlocked, view.request.id, app.today()),
    )


async def pack(app: Shell, requests: Sequence[str]) -> None:
    """Write the letters of several requests (ids) as one PDF to print."""
    await write_sheaf(
        app,
        "Write the letters where?",
        Path.home() / "letters.pdf",
        lambda: sheaves.pack(app.unlocked, requests, app.today()),
    )


async def bind(app: Shell, view: RequestView, *, with_records: bool) -> None:
    """Write the evidence on a request."""
    await write_sheaf(
        app,
        "Write the evidence where?",
        Path.home() / f"binder-{view.request.id}.pdf",
        lambda: binder.bind(app.unlocked, view.request.id, app.today(), with_records=with_records),
    )


async def write_sheaf(
    app: Shell, question: str, suggested: Path, make: Callable[[], Sheaf]
) -> None:
    """Ask where a sheaf is to be written, make it and write it; then say what to put with it."""
    target = await ask_target(app, question, suggested, _BARE)
    if target is None:
        return
    try:
        app.notify("It is being typeset.", timeout=2)
        sheaf = await background.run(make)
        where = await background.run(sheaves.write, app.unlocked, sheaf, target)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return
    pages = "1 page" if sheaf.pages == 1 else f"{sheaf.pages} pages"
    put = "\n".join(f"Put with it: {title}" for _request, title in sheaf.enclose)
    said = safe_line(str(where))
    if put:
        await app.push_screen_wait(NoticeDialog(f"Written, {pages}: {said}", put))
    else:
        app.notify(f"Written, {pages}: {said}", markup=False)
