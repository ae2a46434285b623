"""Changing a correction before it is sent: how it asks, about what, and what it says of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens.correction_lines import point
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from tui.widgets.dialogs import ErrorDialog
from tui.widgets.fields import Tick, choice, line, plain
from vault.actions import authorities, flags, offices, records
from vault.actions.correcting import terms
from vault.actions.correcting.terms import Change, Words
from vault.actions.corrections import CorrectionView
from vault.errors import UsageError, VaultError
from vault.model.flags import Flag, FlagState
from vault.model.offices import Office

_NONE = ""
_FORMAL, _INFORMAL = "formal", "informal"
_HOW = (
    ("a request under the law, to be signed", _FORMAL),
    ("a friendly message first", _INFORMAL),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a correction can be changed to: desks, who may act (id, words), and further items."""

    offices: tuple[Office, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    more: tuple[Flag, ...] = ()


def _known(app: Shell, view: CorrectionView) -> Known:
    """What is known beside a correction; further items are of its person and its provider."""
    s, held = app.unlocked, view.correction
    mine = {v.record.id: v.record for v in records.every(s) if v.record.person == held.person}
    more = [
        flag
        for flag in flags.every(s)
        if flag.state is FlagState.CONFIRMED
        and flag.finding.record in mine
        and (flag.originator or mine[flag.finding.record].provider) == held.provider
    ]
    acting = authorities.every(s, app.today(), held.person)
    return Known(
        offices.of(s, held.provider),
        tuple((v.authority.id, v.authority.name) for v in acting),
        tuple(more),
    )


class TermsDialog(FormDialog[CorrectionView]):
    """Change how a correction asks, at which desk, for whom, and about which items."""

    QUESTION = "Change the correction"

    def __init__(self, view: CorrectionView, known: Known) -> None:
        super().__init__()
        self.FORM = f"correction terms:{view.correction.id}"  # type: ignore[misc]
        self.view, self.known = view, known
        self.flags = (*view.flags, *known.more)

    def compose_fields(self) -> ComposeResult:
        """The way it asks, the desk, who asks, and a tick for each item."""
        held = self.view.correction
        yield Static(Content(f"To {self.view.provider.name}"), classes="where")
        yield Field("Ask by", choice("how", _HOW, _FORMAL if held.formal else _INFORMAL))
        if self.known.offices:
            yield Field("Desk", choice("office", _desks(self.known.offices), held.office))
        if self.known.authorities:
            acting = [("myself", _NONE), *((name, id_) for id_, name in self.known.authorities)]
            ids = {id_ for _, id_ in acting}
            chosen = held.authority if held.authority in ids else _NONE
            yield Field("Asked by", choice("authority", acting, chosen))
        yield Static(Content("It asks about those that are marked:"), classes="detail")
        for at, flag in enumerate(self.flags):
            yield Tick(f"item{at}", point(flag), on=at < len(self.view.flags))

    def _change(self) -> Change:
        """What is otherwise than it was; what was left as it was is not touched."""
        held, mine = self.view.correction, {flag.id for flag in self.view.flags}
        ticked = {
            flag.id
            for at, flag in enumerate(self.flags)
            if self.query_one(f"#item{at}", Checkbox).value is True
        }
        if not ticked:
            raise UsageError("no item is marked: it would ask for nothing", "mark at least one")
        formal = self.chosen("how") == _FORMAL
        office = self.chosen("office") if self.query("#office") else None
        authority = self.chosen("authority") if self.query("#authority") else None
        return Change(
            formal=formal if formal != held.formal else None,
            office=office if office != held.office else None,
            authority=authority if authority != held.authority else None,
            add=tuple(f.id for f in self.flags if f.id in ticked - mine),
            drop=tuple(f.id for f in self.flags if f.id in mine - ticked),
        )

    async def save(self) -> CorrectionView:
        """Keep it; raises UsageError where no item is left."""
        return await background.run(
            terms.edit, self.session, self.view.correction.id, self._change()
        )


def _desks(held: Sequence[Office]) -> list[tuple[str, str]]:
    """The desks to choose from, the provider itself first."""
    named = [(", ".join(p for p in (plain(o.role), o.name) if p), o.id) for o in held]
    return [("the provider itself", _NONE), *named]


class SayDialog(FormDialog[CorrectionView]):
    """Say of an item where it stands, what it should say, and why."""

    QUESTION = "What is wrong, and what is right"

    def __init__(self, view: CorrectionView, flag: Flag) -> None:
        super().__init__()
        self.FORM = f"correction item:{view.correction.id}:{flag.id}"  # type: ignore[misc]
        self.view, self.flag = view, flag

    def compose_fields(self) -> ComposeResult:
        """The page and the words that stand there, what they should be, and the reason."""
        finding = self.flag.finding
        page = str(finding.page) if finding.page else ""
        yield Field("Page", line("page", page, "a number"))
        yield Field("It says", line("quote", finding.quote, "the words as they stand there"))
        yield Field("Should say", line("should", self.flag.should_say))
        yield Field("Why", line("why", finding.reason, "how you know it"))
        yield Static(Content("What is left empty stays as it was."), classes="detail")

    async def save(self) -> CorrectionView:
        """Keep it; words are looked for on the page; raises UsageError for what is no page."""
        typed, finding = self.value("page"), self.flag.finding
        if typed and not (typed.isascii() and typed.isdigit() and int(typed) > 0):
            raise UsageError("that is no page", "type its number, for example: 2")
        quote, page = self.value("quote"), int(typed) if typed else None
        moved = (quote, page) != (finding.quote, finding.page)
        words = Words(
            self.flag.id,
            quote if moved else "",
            page if moved else None,
            self.value("should"),
            self.value("why"),
        )
        return await background.run(
            terms.edit, self.session, self.view.correction.id, Change(words=words)
        )


async def change(app: Shell, view: CorrectionView) -> bool:
    """Change how a correction asks, before it is sent; False where nothing was changed."""
    try:
        known = await background.run(_known, app, view)
    except VaultError as error:
        app.push_screen(ErrorDialog.of(error))
        return False
    return await app.push_screen_wait(TermsDialog(view, known)) is not None


async def say(app: Shell, view: CorrectionView, flag: Flag) -> bool:
    """Say what is wrong with an item, before it is sent; False where nothing was changed."""
    return await app.push_screen_wait(SayDialog(view, flag)) is not None
