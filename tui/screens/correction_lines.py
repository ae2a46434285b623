"""A correction in the lines its screen shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.screens import amending_papers, owed
from tui.screens import amending_words as words
from tui.screens.correction_page import CorrectionPage
from tui.screens.dates import KINDS
from tui.widgets.dialogs import as_sentence
from vault.actions.correcting import steps
from vault.actions.corrections import CorrectionView
from vault.actions.dues import Owed
from vault.model import evidence
from vault.model.corrections import (
    CorrectionEvent,
    CorrectionState,
    ItemState,
    Recipient,
    RecipientState,
)
from vault.model.dues import DueKind
from vault.model.flags import Flag
from vault.model.letters import Letter
from vault.model.records import Record
from vault.model.reminders import Reminder
from vault.model.requests import Event, Urgency

UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)
Subject = Flag | Letter | Record | Recipient | Event | Reminder | CorrectionView | Owed
TOLD = {
    RecipientState.TO_TELL: "to be told",
    RecipientState.TOLD: "told",
    RecipientState.CHANGED: "told, and their copy is right",
    RecipientState.UNCHANGED: "told, and their copy still says the same",
    RecipientState.NOT_TOLD: "will not be told",
    RecipientState.GIVEN_UP: "told, and followed up no more",
}
_KEYS = {
    CorrectionState.DRAFT: "w makes the letter, k checks it, s notes that it was sent.",
    CorrectionState.READY: "When you have sent it, press s.",
    CorrectionState.SENT: "t when they answer, w for a letter.",
    CorrectionState.IN_REVIEW: "t when they answer, w for a letter.",
    CorrectionState.INFO_REQUESTED: "w makes the letter, l notes that you answered.",
    CorrectionState.EXTENDED: "t when they answer, w for a letter.",
    CorrectionState.ACCEPTED: "c orders the copy, r is for those to be told.",
    CorrectionState.PARTIAL: "c orders the copy, w makes a letter.",
    CorrectionState.DENIED: "w makes the letter, i asks whoever first wrote it.",
    CorrectionState.DISAGREEMENT_LOGGED: "t when they answer, w for a letter.",
    CorrectionState.VERIFYING: "c is for the copy, w makes a letter.",
}
_SHOWN = 200
_FIRST_DATES = (DueKind.ANSWER, DueKind.COMPLAINT)
"""Dates that stand at the top; all are in the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: what it says, what it is about, and all of it for the foot."""

    text: str
    about: Subject | None = None
    whole: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only names what is below it."""
        return self.about is None and not self.text.startswith((" ", "!"))


def head(page: CorrectionPage) -> str:
    """What to do next, by when and by which rule, and where the correction stands."""
    view = page.view
    lines = [
        f"Next: {_next(page)}",
        *(as_sentence(held.said) for held in page.dates if held.kind in _FIRST_DATES),
        _stands(view),
    ]
    return "\n".join(line for line in lines if line)


def _next(page: CorrectionPage) -> str:
    view = page.view
    step = as_sentence(steps.next_step(view))
    if view.standing.came:
        return f"{step} c compares it."
    if view.standing.open:
        return f"{step} {_KEYS.get(view.correction.state, '')}".strip()
    return f"{step} r." if steps.followed(view) else f"{step} l opens it again."


def _stands(view: CorrectionView) -> str:
    standing = view.standing
    state = words.STATES[view.correction.state]
    late = view.urgency is not Urgency.OK
    pressing = owed.pressing(view.due, view.urgency) if late else ""
    again = f"asked {standing.round} times" if standing.round > 1 else ""
    kind = "" if view.correction.formal else "a message, not a formal request"
    said = as_sentence(", ".join(part for part in (state, pressing, again, kind) if part))
    return f"{said} {words.TURNS[view.correction.waiting_on]}".strip()


def point(flag: Flag) -> str:
    """What an entry says and what it should say, in a line."""
    quote = flag.finding.quote
    should = f'should say "{flag.should_say}"'
    return f'"{quote}" {should}' if quote else f"Missing: {should}"


def _item(flag: Flag, page: CorrectionPage) -> Line:
    view = page.view
    state = view.standing.items.get(flag.id, ItemState.OPEN)
    unsent = view.correction.state in UNSENT and state is ItemState.OPEN
    said = "" if unsent else f"  [{words.ITEMS[state]}]"
    sign = "!" if state in words.MINE and view.standing.open else " "
    record = page.records.get(flag.finding.record)
    title = record.title if record else ""
    where = f"{title}, page {flag.finding.page}" if flag.finding.page else title
    why = f"Why: {flag.finding.reason}" if flag.finding.reason else ""
    shown = [f"Shown by: {evidence.words(one)}" for one in page.evidence.get(flag.id, ())]
    maker = page.originators.get(flag.id, "")
    made = f"First written by {maker}." if maker else ""
    lines = [f"{where}{said}", point(flag), why, made, *shown, "Enter opens the page."]
    whole = "\n".join(part for part in lines if part)
    # What became of it comes first: the end of a long line is cut off.
    text = point(flag) if unsent else f"{words.ITEMS[state]}: {point(flag)}"
    return Line(f"{sign} {text[:_SHOWN]}", flag, whole)


def recipient(held: Recipient) -> str:
    """Somebody who is to be told, in a line."""
    on = f", {owed.day(held.on)}" if held.on else ""
    note = f" ({held.note})" if held.note else ""
    return f"{held.name}: {TOLD[held.state]}{on}{note}"


def _recipient(held: Recipient) -> Line:
    sign = "!" if held.state is RecipientState.UNCHANGED else " "
    address = "; ".join(held.address)
    text = recipient(held)
    whole = "\n".join(part for part in (text, address, "Enter says what became of it.") if part)
    return Line(f"{sign} {text}", held, whole)


def _copy(record: Record, view: CorrectionView) -> Line:
    came = f", came {owed.day(record.received_on)}" if record.received_on else ""
    again = " c compares it with the old words." if view.standing.came else ""
    whole = f"{record.title}{came}. Enter opens it.{again}"
    return Line(f"  {record.title}{came}", record, whole)


def _letter(held: Letter, view: CorrectionView) -> Line:
    events = (e for e in view.correction.events if e.detail.letter == held.id)
    skipped = (CorrectionEvent.READY, CorrectionEvent.FORM_CHECKED)
    sent = next((f", sent {owed.day(e.on)}" for e in events if e.kind not in skipped), "")
    text = f"{amending_papers.made(held)}{sent}"
    return Line(f"  {text}", held, f"{text}. Enter shows it.")


def _date(held: Owed) -> Line:
    sign = "!" if held.urgency in (Urgency.OVERDUE, Urgency.VERY_OVERDUE) else " "
    return Line(f"{sign} {owed.day(held.on)}: {KINDS[held.kind]}", held, as_sentence(held.said))


def _terms(page: CorrectionPage) -> Iterator[Line]:
    told = [
        ("Records of", page.view.person.name),
        ("Asked by", page.asker),
        ("To the desk", page.office),
    ]
    yield from (Line(f"  {name + ':':<14} {value}") for name, value in told if value)
    if page.parent is not None:
        name = page.parent.provider.name
        yield Line(f"  Follows from the one to {name}", page.parent, "Enter shows it.")
    for child in page.children:
        state = words.STATES[child.correction.state]
        text = f"  Followed by one to {child.provider.name} ({state})"
        yield Line(text, child, "Enter shows it.")


def timeline(view: CorrectionView) -> list[Line]:
    """What happened, in the order of the days; what was put right stands where it did."""
    events = view.correction.events
    replaced = {e.replaces: e.seq for e in events if e.replaces is not None}
    shown = []
    for event in sorted(events, key=lambda e: (e.kind != CorrectionEvent.DRAFTED, e.on, e.seq)):
        by = replaced.get(event.seq)
        right = f"  [put right by {by}]" if by else ""
        mend = "" if event.kind == CorrectionEvent.DRAFTED or by else "e puts it right."
        d = event.detail
        meant = event.detail.items or ((event.item,) if event.item else ())
        about = [f for f in view.flags if f.id in meant and len(view.flags) > 1]
        lines = [
            f"{words.line(event).strip()}{right}",
            *(f"  {point(flag)}" for flag in about),
            " ".join(
                f"{name}: {said}."
                for name, said in (("Ground", d.ground), ("Reason", d.reason))
                if said
            ),
            f"{words.leads(event)} {mend}".strip(),
        ]
        whole = "\n".join(part for part in lines if part)
        shown.append(Line(f"{words.line(event)}{right}", event, whole))
    return shown


def reminder(held: Reminder) -> str:
    """A reminder as a line."""
    return f"{owed.day(held.on)}: {held.text}"


def _part(title: str, found: Sequence[Line]) -> Iterator[Line]:
    if found:
        yield Line(title)
        yield from found


def lines(page: CorrectionPage) -> tuple[Line, ...]:
    """All that belongs to a correction, part by part."""
    view = page.view
    copies = [page.records[r] for r in view.standing.copies if r in page.records]
    told = view.correction.recipients
    return (
        *_part("What is to be put right", [_item(flag, page) for flag in view.flags]),
        *_part("Who is to be told", [_recipient(one) for one in told]),
        *_part("Fresh copies", [_copy(record, view) for record in copies]),
        *_part("What happened", timeline(view)),
        *_part("Letters", [_letter(held, view) for held in page.letters]),
        *_part("Dates", [_date(held) for held in page.dates]),
        *_part("How", list(_terms(page))),
        *_part(
            "Reminders", [Line(f"  {reminder(r)}", r, "d: it is done.") for r in page.reminders]
        ),
    )
