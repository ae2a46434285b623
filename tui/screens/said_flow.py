"""They said something: which it was, what has to be asked back, what it means, what answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Static, TextArea

from tui import background
from tui.screens import event_words
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.form_dialog import Field, FormDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.owed import day
from tui.shell import Shell
from tui.widgets.dialogs import ErrorDialog, as_sentence
from tui.widgets.fields import Tick, choice, line
from vault import dates
from vault.actions import providers
from vault.actions.asking import ledger, letters, said
from vault.actions.asking.said import Answered, Heard
from vault.actions.requests import RequestView
from vault.errors import VaultError
from vault.model.asking_letters import PURPOSE, LetterKind
from vault.model.letters import Letter
from vault.model.providers import Provider
from vault.model.replies import Answers, Question, Reply
from vault.model.requests import RequestEvent

_SUGGESTED = ""
_LATER = "later"


class SaidDialog(FormDialog[Answered]):
    """What has to be known of a reply; the answer is what came of it."""

    def __init__(
        self, view: RequestView, reply: Reply, known: tuple[Provider, ...], today: dt.date
    ) -> None:
        super().__init__()
        self.FORM = f"said {reply.id}:{view.request.id}"  # type: ignore[misc]
        self.QUESTION = as_sentence(reply.words)  # type: ignore[misc]
        self.view, self.reply, self.known, self.today = view, reply, known, today

    def compose_fields(self) -> ComposeResult:
        """The day, the questions of the reply, one's own words, and another label for it."""
        yield Field("On", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        for at, question in enumerate(self.reply.questions):
            yield from self._asked(f"q{at}", question)
        yield Field("Who said it", line("who"))
        yield Field("In your words", line("note", hint="may be left empty"))
        own = self.reply.event
        usual = event_words.SAID[own] if own else "nothing is noted"
        labels = [(f"as usual: {usual}", _SUGGESTED), ("nothing is noted", "nothing")]
        labels += [
            (event_words.SAID[kind], kind.value)
            for _, group in event_words.GROUPS
            for kind in group
        ]
        yield Field("Note it as", choice("log", labels, _SUGGESTED))

    def _asked(self, id_: str, question: Question) -> Iterable[Widget]:
        needed = "" if not question.needed else " (needed)"
        words = question.words[:1].upper() + question.words[1:]
        yield Static(Content(words + needed), classes="detail")
        match question.takes:
            case Answers.CHOICE:
                options = [(c.words, c.id) for c in question.choices]
                yield Field("", choice(id_, options, question.choices[0].id))
            case Answers.CHOICES:
                for at, part in enumerate(question.choices):
                    yield Tick(f"{id_}_{at}", part.words)
            case Answers.ITEMS:
                for at, item in enumerate(self.view.request.items):
                    yield Tick(f"{id_}_{at}", ledger.words(item))
            case Answers.PROVIDER:
                others = [p for p in self.known if p.id != self.view.provider.id]
                options = [("none of mine", ""), *((p.name, p.id) for p in others)]
                yield Field("", choice(id_, options, ""))
            case Answers.LINES:
                yield Static(Content("One on each line: copying=12.50/25"), classes="where")
                yield Field("", TextArea("", id=id_, compact=True, tab_behavior="focus"))
            case _:
                yield Field("", line(id_, hint=_hint(question.takes)))

    def _answer(self, id_: str, question: Question) -> str:
        match question.takes:
            case Answers.CHOICE | Answers.PROVIDER:
                return self.chosen(id_) or ""
            case Answers.CHOICES:
                names = [c.id for c in question.choices]
            case Answers.ITEMS:
                names = [item.id for item in self.view.request.items]
            case Answers.LINES:
                return ",".join(part for part in self.value(id_).splitlines() if part.strip())
            case _:
                return self.value(id_)
        marked = [
            name
            for at, name in enumerate(names)
            if self.query_one(f"#{id_}_{at}", Checkbox).value is True
        ]
        return ",".join(marked)

    async def save(self) -> Answered:
        """Note it; what cannot be is refused with a sentence, and nothing is noted."""
        asked = enumerate(self.reply.questions)
        answers = {q.key: self._answer(f"q{at}", q) for at, q in asked}
        answers |= {"who": self.value("who"), "note": self.value("note")}
        answers["log"] = self.chosen("log") or _SUGGESTED
        told = {key: value for key, value in answers.items() if value}
        on = dates.parse(self.value("on"), "the day they said it")
        heard = Heard(self.reply.id, on, told)
        return await background.run(
            said.answer, self.session, self.view.request.id, heard, self.today
        )


def _hint(takes: Answers) -> str:
    return {Answers.DAY: "YYYY-MM-DD", Answers.AMOUNT: "25.00", Answers.NUMBER: "25"}.get(takes, "")


async def tell(app: Shell, view: RequestView) -> tuple[bool, Letter | None]:
    """Ask what they said and note it; whether it was, and the letter that was then made."""
    s, today = app.unlocked, app.today()
    view, fitting = await background.run(said.fitting, s, view.request.id, today)
    choices = [Choice(as_sentence(reply.words), reply.id) for reply in fitting]
    given = await app.push_screen_wait(ChooseDialog("What did they say?", choices))
    if given is None:
        return False, None
    reply = next(r for r in fitting if r.id == given)
    known = await background.run(providers.every, s)
    answered = await app.push_screen_wait(SaidDialog(view, reply, known, today))
    if answered is None:
        return False, None
    await app.push_screen_wait(NoticeDialog(*_meaning(answered)))
    return True, await _letter(app, answered)


def _meaning(held: Answered) -> tuple[str, str]:
    """What came of telling a reply: in a sentence, and what the law says to it."""
    event = held.event
    noted = event_words.SAID[RequestEvent(event.kind)] if event else "nothing"
    lines = [meant.text for meant in held.means]
    if held.by is not None:
        lines.append(f"Act, or wait, until {day(held.by)}.")
    return f"Noted: {noted}.", "\n\n".join(lines)


async def _letter(app: Shell, held: Answered) -> Letter | None:
    """Offer the letters that answer it, and make the one that is chosen."""
    choices = [Choice(as_sentence(PURPOSE[kind]), kind.value) for kind in held.letters]
    if not choices:
        return None
    choices.append(Choice("No letter now", _LATER))
    given = await app.push_screen_wait(ChooseDialog("Which letter answers it?", choices))
    if given in (None, _LATER):
        return None
    try:
        return await background.run(
            letters.compose,
            app.unlocked,
            held.view.request.id,
            LetterKind(given),
            app.today(),
        )
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return None
