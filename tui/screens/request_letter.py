"""A letter of a request before it is sent: looked at, checked, written out, sent."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from tui.drawing import letter_shape
from tui.screens import letter_flow, preflight_flow
from tui.screens.paper import Paper, PaperScreen
from tui.screens.writing import ask_target
from tui.shell import Place
from vault import dates
from vault.actions import filling, requests
from vault.actions.asking import letters
from vault.actions.asking.events import Told
from vault.actions.requests import RequestView
from vault.model.asking_letters import LetterKind
from vault.model.letters import Letter
from vault.model.requests import RequestEvent
from vault.safetext import safe_line


class RequestLetterScreen(PaperScreen):
    """The letter `chosen` (an id) of a request; a filled form is one, too."""

    PLACE = Place.REQUESTS
    HELP_PART = "A letter of a request"
    MEND = "Press r to make it anew."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "anew", "Renew"),
        Binding("k", "check", "Check"),
        Binding("w", "write", "Write PDF"),
        Binding("s", "sent", "Sent"),
        Binding("y", "seen", "Right"),
        Binding("m", "larger", "Larger", show=False),
        Binding("z", "view", "View", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.view: RequestView | None = None

    def make(self, *, anew: bool) -> Paper:
        """The letter as it was made; with `anew` another of its kind, which is then shown."""
        s, today = self.session, self.shell.today()
        letter = letters.get(s, self.chosen)
        if anew and letter.kind in letter_flow.KINDS:
            letter = letters.compose(s, letter.subject, LetterKind(letter.kind), today)
            self.chosen = letter.id
        self.view = requests.get(s, letter.subject, today)
        sent = any(e.detail.letter == letter.id for e in self.view.request.events)
        lacking: tuple[str, ...] = ()
        if not sent and not letters.fresh(s, self.view, letter, today):
            lacking = ("Something changed since this letter was made.",)
        text = _without_rules(letter.words) or "\n".join(
            ["A filled form. Its words are on the page.", *self._left(letter.subject)]
        )
        title = f"{letter_flow.name_of(letter)} to {self.view.provider.name}"
        return Paper(letter, letter_shape(s, letter), title, text, lacking)

    def _left(self, request: str) -> list[str]:
        about = filling.subject(self.session, request)
        return [f"For {about.person.name}, to {about.provider.name}."]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was sent stays as it is; what was not can be checked."""
        if action in ("anew", "check", "write", "sent") and self.shown is None:
            return False
        if action == "anew" and self.shown is not None:
            return self.shown.letter.kind in letter_flow.KINDS
        if action == "seen":
            return self.shown is not None and self.shown.letter.kind not in letter_flow.KINDS
        if action == "check":
            return self.view is not None and letter_flow.unsent(self.view)
        return super().check_action(action, parameters)

    def action_anew(self) -> None:
        """Make the letter again, with what the vault says now."""
        self.load(anew=True)

    @work(exclusive=True, group="ask")
    async def action_check(self) -> None:
        """Look the request over before it is sent."""
        if self.view is not None:
            await preflight_flow.check(self.shell, self.view.request.id)
            self.load(anew=False)

    @work(exclusive=True, group="ask")
    async def action_seen(self) -> None:
        """Note that the page of a filled form was looked at and is right."""
        if self.shown is None or self.view is None:
            return
        await self.attempt(self._note_seen, self.shown.letter, self.view)
        self.notify("Noted. Print it, sign it with a pen, then press k.")

    def _note_seen(self, letter: Letter, view: RequestView) -> None:
        filling.checked(self.session, letter.id)
        if letter_flow.unsent(view):
            told = Told(RequestEvent.FORM_CHECKED, dates.today())
            requests.log(self.session, view.request.id, told)

    @work(exclusive=True, group="ask")
    async def action_write(self) -> None:
        """Write the PDF to a file outside the vault."""
        if self.shown is None or self.view is None:
            return
        letter = self.shown.letter
        suggested = Path.home() / f"{letter.kind}-{letter.subject}.pdf"
        detail = "That copy is not encrypted. Whoever can open the file can read it."
        target = await ask_target(self.app, "Write the letter where?", suggested, detail)
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
        if await letter_flow.sent(self.shell, self.view, self.shown.letter):
            self.app.pop_screen()


def _without_rules(words: str) -> str:
    """The words of a letter without the lines that only underline a heading."""
    return "\n".join(line for line in words.splitlines() if not line or line.strip("=-"))
