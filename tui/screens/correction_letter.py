"""A letter of a correction: looked at, checked, written out, noted as sent."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from tui.drawing import letter_shape
from tui.screens import amending_check, amending_letters
from tui.screens.address_dialog import AddressDialog
from tui.screens.amending_papers import KINDS, is_form, name_of
from tui.screens.correction_lines import UNSENT
from tui.screens.paper import Paper, PaperScreen
from tui.screens.writing import ask_target
from tui.shell import Place
from tui.widgets.dialogs import as_sentence
from vault.actions import corrections
from vault.actions import filling as forms_filled
from vault.actions.correcting import filling, letters
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.model.correction_letters import FIRST, CorrectionLetterKind
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Detail
from vault.safetext import safe_line

_CHANGED = "Something changed since this was made."
_BARE = "That copy is not encrypted. Whoever can open the file can read it."
_BEFORE = (CorrectionEvent.READY, CorrectionEvent.FORM_CHECKED)


class CorrectionLetterScreen(PaperScreen):
    """The letter `chosen` (an id) of a correction; a filled form is one, too."""

    PLACE = Place.CORRECTIONS
    HELP_PART = "A letter of a correction"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "addresses", "Address"),
        Binding("r", "anew", "Renew"),
        Binding("k", "check", "Check"),
        Binding("w", "write", "PDF"),
        Binding("s", "sent", "Sent"),
        Binding("y", "seen", "Right"),
        Binding("m", "larger", "Larger", show=False),
        Binding("z", "view", "View", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.view: CorrectionView | None = None
        self._went = False

    def make(self, *, anew: bool) -> Paper:
        """The letter as it was made; with `anew` another that asks the same, which is then shown.

        Runs in a thread. Raises Refused where it would have to make something up.
        """
        s, today = self.session, self.shell.today()
        letter = letters.get(s, self.chosen)
        if anew and not is_form(letter):
            kind = CorrectionLetterKind(letter.kind) if letter.kind in KINDS else None
            letter = letters.compose(s, letter.subject, kind, today)
            self.chosen = letter.id
        view = corrections.get(s, letter.subject, today)
        self.view, self._went = view, went(view, letter)
        text = without_rules(letter.words) or "\n".join(
            [
                "A filled form. Its words are on the page.",
                f"For {view.person.name}, to {view.provider.name}.",
            ]
        )
        title = f"{name_of(letter)} to {view.provider.name}"
        if letter.kind in (CorrectionLetterKind.COMPLAINT, CorrectionLetterKind.NOTIFY_HOLDER):
            title = name_of(letter)
        return Paper(letter, letter_shape(s, letter), title, text, self._lacking(letter, view))

    def _lacking(self, letter: Letter, view: CorrectionView) -> tuple[str, ...]:
        """What is to be known before it is sent; nothing of what was sent."""
        s, id_ = self.session, view.correction.id
        if self._went:
            return ()
        if is_form(letter):
            same = forms_filled.current(s, letter, filling.subject(s, id_))
            return () if same else (f"{_CHANGED} Fill it in again.",)
        current = letters.fresh(s, view, letter, self.shell.today())
        lacking = [] if current else [f"{_CHANGED} Press r to make it anew."]
        if view.correction.state in UNSENT:
            lacking += [as_sentence(said) for said in corrections.lacking(s, id_)]
        return tuple(lacking)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was sent stays as it is; what was not can be checked and made anew."""
        own = ("addresses", "anew", "check", "write", "sent", "seen")
        if action in own and (self.shown is None or self.view is None):
            return False
        if self.shown is None or self.view is None:
            return super().check_action(action, parameters)
        letter, unsent = self.shown.letter, self.view.correction.state in UNSENT
        asks = not is_form(letter) and (letter.kind in FIRST or letter.kind not in KINDS)
        offered = {
            "addresses": unsent and asks,
            "anew": unsent and asks,
            "check": unsent,
            "sent": not self._went,
            "seen": unsent and is_form(letter),
        }
        return offered.get(action, super().check_action(action, parameters))

    @work(exclusive=True, group="ask")
    async def action_addresses(self) -> None:
        """Ask for the addresses, and typeset the letter with them."""
        if self.view is None:
            return
        if await self.app.push_screen_wait(AddressDialog(self.view.person, self.view.provider)):
            self.load(anew=True)

    def action_anew(self) -> None:
        """Make the letter again, with what the vault says now."""
        self.load(anew=True)

    @work(exclusive=True, group="ask")
    async def action_check(self) -> None:
        """Look the correction over before it is sent."""
        if self.view is not None:
            await amending_check.check(self.shell, self.view.correction.id)
            self.load(anew=False)

    @work(exclusive=True, group="ask")
    async def action_seen(self) -> None:
        """Note that the pages of a filled form were looked at and are right."""
        if self.shown is None or self.view is None:
            return
        noted = await self.attempt(self._note_seen, self.shown.letter, self.view)
        if noted is not None:
            self.notify("Noted. Print it, sign it with a pen, then press k.")

    def _note_seen(self, letter: Letter, view: CorrectionView) -> CorrectionView:
        forms_filled.checked(self.session, letter.id)
        detail = Detail(letter=letter.id)
        told = Told(CorrectionEvent.FORM_CHECKED, self.shell.today(), detail=detail)
        return corrections.tell(self.session, view.correction.id, told)

    @work(exclusive=True, group="ask")
    async def action_write(self) -> None:
        """Write the PDF to a file outside the vault."""
        if self.shown is None:
            return
        letter = self.shown.letter
        suggested = Path.home() / f"{letter.kind}-{letter.subject}.pdf"
        target = await ask_target(self.app, "Write the letter where?", suggested, _BARE)
        if target is None:
            return
        written = await self.attempt(letters.write, self.session, letter, target)
        if written is not None:
            self.notify(f"Written: {safe_line(str(written))}", markup=False)

    @work(exclusive=True, group="ask")
    async def action_sent(self) -> None:
        """Note that it was sent, and go back."""
        if self.shown is None or self.view is None:
            return
        if await amending_letters.sent(self.shell, self.view, self.shown.letter):
            self.app.pop_screen()


def went(view: CorrectionView, letter: Letter) -> bool:
    """Whether something was noted of a letter that only happens when it goes out."""
    events = view.correction.events
    return any(e.detail.letter == letter.id and e.kind not in _BEFORE for e in events)


def without_rules(words: str) -> str:
    """The words of a letter without the lines that only underline a heading."""
    return "\n".join(line for line in words.splitlines() if not line or line.strip("=-"))
