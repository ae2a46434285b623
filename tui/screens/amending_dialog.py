"""The form that notes one thing that happened to a correction, or puts an earlier one right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Static

from tui import background
from tui.screens import amending_words as words
from tui.screens.correction_lines import point
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import Tick, choice, day, line
from vault import dates
from vault.actions import corrections
from vault.actions.correcting import grounds
from vault.actions.correcting.answering import Known
from vault.actions.correcting.events import Told
from vault.actions.correcting.grounds import NO_PART
from vault.actions.corrections import CorrectionView
from vault.errors import UsageError
from vault.model import amending
from vault.model.corrections import NO_GROUND, CorrectionEvent, ItemState
from vault.model.flags import Flag
from vault.model.records import Record
from vault.model.requests import Detail, Event

_E = CorrectionEvent
_OTHER = "other"
_LABELS = {
    "number": ("Their number", "reference or confirmation"),
    "who": ("With whom", "a name, or the desk"),
    "reason": ("Their reason", "in their words"),
}
_OUTCOMES = (
    (ItemState.FIXED, "it says what it should"),
    (ItemState.APPENDED, "the old words stand, and the correction was added"),
    (ItemState.UNCHANGED, "it still says the same"),
    (ItemState.DISAGREEMENT_ON_FILE, "my disagreement is with the entry"),
)


_NOTHING = Known()
_REFUSED = frozenset({ItemState.DENIED, ItemState.DISPUTED})


@dataclass(frozen=True, slots=True)
class About:
    """The correction something happened to; `records` are the person's, for a copy that came.

    `old` is the event that is put right; None where a new one is noted. `letter` is what was sent.
    """

    view: CorrectionView
    today: dt.date
    records: tuple[Record, ...] = ()
    old: Event | None = None
    letter: str = ""
    known: Known = _NOTHING
    items: tuple[str, ...] = ()


def fitting(view: CorrectionView, kind: CorrectionEvent) -> tuple[Flag, ...]:
    """The flags of the items that an event of a kind can be about as the correction stands."""
    items = view.standing.items
    if kind is _E.COMPARED:
        states = frozenset(state for held in amending.COMPARED.values() for state in held)
    elif kind is _E.WITHDRAWN:
        states = frozenset(ItemState) - {ItemState.WITHDRAWN}
    else:
        states = amending.MEANT.get(kind, frozenset(ItemState))
        if after_all(view, kind):
            states = _REFUSED
    return tuple(flag for flag in view.flags if items.get(flag.id) in states)


def after_all(view: CorrectionView, kind: CorrectionEvent) -> bool:
    """Whether an acceptance can only be of what was denied before: nothing else is unanswered."""
    return kind is _E.ACCEPTED and not view.standing.of(ItemState.OPEN)


class AmendingDialog(FormDialog[CorrectionView]):
    """Note an event of a kind; only the fields that kind needs are asked for."""

    def __init__(self, about: About, kind: CorrectionEvent) -> None:
        super().__init__()
        old = about.old
        id_ = about.view.correction.id
        self.FORM = f"correction {kind.value}:{id_}:{old.seq if old else ''}"  # type: ignore[misc]
        self.QUESTION = words.kind_words(kind)  # type: ignore[misc]
        self.about, self.kind = about, kind
        self._was = old.detail if old else Detail(letter=about.letter, items=about.items)
        self._names = words.FIELDS.get(kind, ())
        self._flags = about.view.flags if old else fitting(about.view, kind)

    def compose_fields(self) -> ComposeResult:
        """The day, what this kind needs, and words of one's own."""
        old = self.about.old
        right = f", in the place of number {old.seq}" if old else ""
        told = f"The correction to {self.about.view.provider.name}{right}"
        yield Static(Content(told), classes="where")
        on = old.on if old else self.about.today
        yield Field("On", line("on", on.isoformat(), "YYYY-MM-DD"))
        for name in self._names:
            yield from self._field(name)
        note = old.note if old else ""
        yield Field("In your words", line("note", note, "may be left empty"))

    def _field(self, name: str) -> Iterable[Widget]:
        special: dict[str, Callable[[], Iterable[Widget]]] = {
            "until": self._until,
            "items": self._items,
            "ground": self._ground,
            "holds": self._holds,
            "record": self._record,
            "outcome": self._outcome,
        }
        if name in special:
            return special[name]()
        label, hint = _LABELS[name]
        return (Field(label, line(name, str(getattr(self._was, name)), hint)),)

    def _until(self) -> Iterable[Widget]:
        was = self._was.until
        yield Field(
            "New day they gave", line("until", was.isoformat() if was else "", "YYYY-MM-DD")
        )

    def _items(self) -> Iterable[Widget]:
        if len(self.about.view.flags) < 2:
            return
        yield Static(Content("Which of them? None marked: all that it can be."), classes="detail")
        for at, flag in enumerate(self._flags):
            yield Tick(f"item{at}", point(flag), on=flag.id in self._was.items)

    def _ground(self) -> Iterable[Widget]:
        yield from ground_fields(self.about.known, self._was.ground)

    def _holds(self) -> Iterable[Widget]:
        yield from holds_fields(self.about.known, self._was.enclosures)

    def _record(self) -> Iterable[Widget]:
        options = [("none of them", ""), *((r.title, r.id) for r in self.about.records)]
        ids = {value for _, value in options}
        was = self._was.record if self._was.record in ids else ""
        yield Field("The copy", choice("record", options, was))

    def _outcome(self) -> Iterable[Widget]:
        options = [(said, state.value) for state, said in _OUTCOMES]
        was = self._was.outcome or ItemState.FIXED.value
        yield Field("The copy shows", choice("outcome", options, was))

    def _text(self, name: str) -> str:
        return self.value(name) if self.query(f"#{name}") else ""

    def _chosen_items(self) -> tuple[str, ...]:
        return tuple(
            flag.id
            for at, flag in enumerate(self._flags)
            if self.query(f"#item{at}") and self.query_one(f"#item{at}", Checkbox).value is True
        )

    def _detail(self) -> Detail:
        names = self._names
        typed = {name: self._text(name) for name in _LABELS if name in names}
        detail = replace(self._was, **typed)  # type: ignore[arg-type]  # texts alone
        if "until" in names:
            detail = replace(detail, until=day(self._text("until"), "the day they gave"))
        if "items" in names and len(self.about.view.flags) > 1:
            detail = replace(detail, items=self._chosen_items())
        if self.about.old is None and after_all(self.about.view, self.kind) and not detail.items:
            # An acceptance that names no item is of those not answered yet alone.
            detail = replace(detail, items=tuple(flag.id for flag in self._flags))
        if "ground" in names:
            detail = replace(detail, ground=ground_given(self))
        if "holds" in names:
            detail = replace(detail, enclosures=holds_given(self, self.about.known))
        if "record" in names:
            detail = replace(detail, record=self.chosen("record") or "")
        if "outcome" in names:
            detail = replace(detail, outcome=self.chosen("outcome") or "")
        return detail

    async def save(self) -> CorrectionView:
        """Note it; what cannot have happened is refused with a sentence."""
        old, detail = self.about.old, self._detail()
        if "ground" in self._names:
            detail = await understood(self, self.about.view, detail)
        told = Told(
            self.kind,
            dates.parse(self.value("on"), "the day it happened"),
            self.value("note"),
            detail,
            replaces=old.seq if old else None,
        )
        id_ = self.about.view.correction.id
        return await background.run(corrections.tell, self.session, id_, told)


def ground_fields(known: Known, was: str = "") -> Iterable[Widget]:
    """Fields for the ground of a denial: those the law knows, or another in words."""
    ids = [id_ for id_, _ in known.grounds]
    ids += [NO_GROUND] if ids else []
    own = was if was not in ids else ""
    if ids:
        options = [("I do not know", ""), ("they named none", NO_GROUND)]
        options += [(said, id_) for id_, said in known.grounds]
        options.append(("another one: type it below", _OTHER))
        yield Field("On what ground", choice("ground", options, _OTHER if own else was))
    yield Field("In their words" if ids else "On what ground", line("own_ground", own))


def ground_given(form: FormDialog[CorrectionView]) -> str:
    """The ground that is chosen, else the one that is typed; raises UsageError where it lacks."""
    chosen = (form.chosen("ground") if form.query("#ground") else _OTHER) or ""
    typed = form.value("own_ground")
    if chosen == _OTHER or (not chosen and typed):
        if not typed and form.query("#ground"):
            raise UsageError("another ground is chosen, and none is typed", "type what they named")
        return typed
    return chosen


async def understood(
    form: FormDialog[CorrectionView], view: CorrectionView, detail: Detail
) -> Detail:
    """What was told of a denial, a typed ground understood; raises UsageError."""
    ground, parts = await background.run(
        grounds.told, form.session, view, detail.ground, detail.enclosures
    )
    return replace(detail, ground=ground, enclosures=parts)


def holds_fields(known: Known, was: Sequence[str] = ()) -> Iterable[Widget]:
    """Ticks for what the denial they wrote says of what it has to say."""
    if known.parts:
        yield Static(Content("Have you their letter? Tick what it says:"), classes="detail")
    for at, (id_, said) in enumerate(known.parts):
        yield Tick(f"part{at}", said, on=id_ in was)
    if known.parts:
        yield Tick("no_part", "none of this", on=NO_PART in was)


def holds_given(form: FormDialog[CorrectionView], known: Known) -> tuple[str, ...]:
    """The ids of the parts that are ticked; NO_PART where it says none of them."""
    found = tuple(
        id_
        for at, (id_, _) in enumerate(known.parts)
        if form.query_one(f"#part{at}", Checkbox).value is True
    )
    none = known.parts and form.query_one("#no_part", Checkbox).value is True
    return (*found, NO_PART) if none else found


def kinds(
    possible: Sequence[CorrectionEvent],
) -> tuple[tuple[str, tuple[CorrectionEvent, ...]], ...]:
    """The groups of events that can be told of now; those without any are left out."""
    found = [(title, tuple(k for k in group if k in possible)) for title, group in words.GROUPS]
    return tuple((title, group) for title, group in found if group)
