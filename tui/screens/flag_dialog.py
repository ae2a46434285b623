"""The form for an error in a record: what it says, what it should say, and why."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from tui import background
from tui.screens.flag_entry import Entry
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, line, states
from vault.actions import flags
from vault.actions.flags import NOBODY, Wrong
from vault.errors import UsageError
from vault.model.flags import Flag, Kind, OmissionKind, Severity, Subject

_HARM = {
    Severity.HARM_NOW: "could harm me now",
    Severity.CARE: "could mislead my care",
    Severity.COVERAGE: "touches insurance or work",
    Severity.MINOR: "minor",
    Severity.TYPO: "a slip of the pen",
}


_OMISSIONS = {
    OmissionKind.NEVER_CHARTED: "nobody wrote it down",
    OmissionKind.INCOMPLETE_RECORD: "the record points at it, it is not there",
    OmissionKind.NOT_SENT: "I asked for it, it did not come",
    OmissionKind.COPYING_DEFECT: "pages are missing or cannot be read",
}
"""In what way something is missing, in a person's words."""


class FlagDialog(FormDialog[Flag]):
    """Say what is wrong with an entry; the answer is the flag, confirmed."""

    QUESTION = "What is wrong or missing here?"

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        # What was typed about one entry must not turn up in the form of another.
        place = entry.suspicion or f"{entry.record}:{entry.page}"
        self.FORM = f"flag:{place}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """Place and words of the entry, what it should say, why, and what sort of error it is."""
        entry = self.entry
        missing = entry.kind is Kind.MISSING
        yield Static(Content(entry.where), classes="where")
        if entry.suspicion:
            yield Field("It says", Static(Content(entry.quote or "(the page as a whole)")))
        else:
            yield Field(
                "Near" if missing else "It says",
                line("quote", entry.quote, "empty: the page as a whole"),
            )
        yield Field("What is missing" if missing else "Should say", line("should"))
        hint = "how you know" if entry.reason else "how you know; may be left out"
        words = TextArea(
            entry.reason, id="why", compact=True, tab_behavior="focus", placeholder=hint
        )
        # The letter gives this reason: it is seen here, and can be put into other words.
        yield Field("Why (in the letter)", words)
        yield Field("What is wrong", choice("kind", states(Kind), entry.kind.value))
        yield Field("It is about", choice("subject", states(Subject), entry.subject.value))
        harm = [(text, severity.value) for severity, text in _HARM.items()]
        yield Field("How bad", choice("severity", harm, entry.severity.value))
        yield from self._more()

    def _more(self) -> ComposeResult:
        """In what way it is missing, who first made the entry, and what shows that it is wrong."""
        entry = self.entry
        if entry.kind is Kind.MISSING:
            ways = [(text, kind.value) for kind, text in _OMISSIONS.items()]
            way = entry.omission or OmissionKind.NEVER_CHARTED
            yield Field("In what way", choice("omission", ways, way.value))
        if entry.others:
            own = ("whoever the record came from", "")
            yield Field(
                "Entry first made by", choice("originator", [own, *entry.others], entry.originator)
            )
        if entry.named:
            yield Static(Content(f'The page names "{entry.named}".'), classes="where beside")
        shown = f"{entry.shown} so far. " if entry.shown else ""
        said = f"{shown}After saving, b adds a picture, a record or a note."
        yield Field("Evidence", Static(Content(said), classes="where"))

    async def on_mount(self) -> None:
        """Begin where something has to be typed."""
        self.query_one("#should").focus()

    async def save(self) -> Flag:
        """Keep the flag; the words that should be there are needed."""
        if not self.value("should"):
            raise UsageError("say what the record should say", "for example: remove this entry")
        why = " ".join(self.value("why").split())
        if self.entry.reason and not why:
            raise UsageError("say how you know", "for example: my passport says so")
        kind = Kind(self.chosen("kind") or Kind.WRONG_VALUE)
        entry = self.entry
        missing = entry.kind is Kind.MISSING and kind is Kind.MISSING
        wrong = Wrong(
            should_say=self.value("should"),
            why=why,
            kind=kind,
            subject=Subject(self.chosen("subject") or Subject.VISIT),
            severity=Severity(self.chosen("severity") or Severity.CARE),
            originator=(self.chosen("originator") or NOBODY) if entry.others else "",
            omission=OmissionKind(self.chosen("omission") or "") if missing else None,
        )
        if entry.suspicion:
            return await background.run(flags.confirm, self.session, entry.suspicion, wrong)
        quote = self.value("quote")
        return await background.run(flags.add, self.session, entry.record, entry.page, quote, wrong)
