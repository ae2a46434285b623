"""The evidence on a correction as one PDF, for a regulator or a lawyer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from vault import dates
from vault.actions import corrections as correction_actions
from vault.actions import deadlines, rulebook
from vault.actions import records as record_actions
from vault.actions.asking.binder import held_file, shown
from vault.actions.asking.sheaves import Sheaf
from vault.actions.correcting import binder_items, clocks, denials, whose
from vault.actions.correcting.denials import Denial
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import Refused
from vault.law import complaint, denial, extension, rules
from vault.law.clock import Due
from vault.law.complaint import Cause, Window
from vault.law.rules import Right, Rule
from vault.letters.asking.sheaf import Part
from vault.letters.compose import written_out
from vault.letters.correcting import binder
from vault.letters.correcting.binder import Answer, Denied, Evidence
from vault.model import hl7, rounds
from vault.model.corrections import RecipientState
from vault.model.letters import Letter
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.model.requests import Event
from vault.model.rounds import Round
from vault.store import authorities, letters, records
from vault.store.database import Db
from vault.store.forms import LETTER_KIND

_PAGES = 40
"""Pages of records that can be bound: each is a picture, and all cross a pipe in one piece."""
_PIXELS = 1100
_TOLD = {
    RecipientState.TO_TELL: "not told yet",
    RecipientState.TOLD: "told",
    RecipientState.CHANGED: "told, and their copy is put right",
    RecipientState.UNCHANGED: "told, and their copy says the same as before",
    RecipientState.NOT_TOLD: "not told",
}


def _flags(view: CorrectionView) -> list[str]:
    return [item.flag for item in view.correction.items]


def _rules(view: CorrectionView, book: rulebook.Book) -> tuple[Rule, ...]:
    """The rules on amendments that count for the holder; none for a plain message."""
    provider = view.provider
    if not view.correction.formal or not rules.knows(provider.jurisdiction, book):
        return ()
    return tuple(rules.choose(provider.jurisdiction, provider.kind, Right.AMENDMENT, book))


def _verdicts(first: Due, notices: tuple[Event, ...]) -> tuple[str, ...]:
    """What becomes of each notice of delay, under the rule that gives the date."""
    granted, holds, said = 0, None, []
    for notice in notices:
        d = notice.detail
        judged = extension.verdict(
            first.rule, first.start, notice.on, d.until, d.reason, granted + 1, holds=holds
        )
        granted += judged.lawful
        holds = judged.until if judged.lawful else holds
        said.append(judged.why)
    return tuple(said)


def _answer(view: CorrectionView, asked: Round, book: rulebook.Book) -> Answer:
    """The clock of one asking, whether it is over or runs."""
    found = clocks.since(view.provider, asked.start, book) if view.correction.formal else ()
    if not found:
        return Answer(asked)
    owed, _verdict = deadlines.judged(found, asked.notices)
    first = next(due for due in found if due.rule == owed.rule)
    return Answer(asked, first, owed, _verdicts(first, asked.notices))


def _denied(s: Session, view: CorrectionView, event: Event) -> Denied:
    judged = denials.judge(s, view, event)
    named = judged.known.words if judged.known else event.detail.ground
    numbers = {flag: n for n, flag in enumerate(_flags(view), 1)}
    return Denied(
        event.on,
        tuple(sorted(numbers[flag] for flag in judged.items if flag in numbers)),
        named,
        event.detail.reason,
        (*_on_ground(judged), *_on_notice(judged)) if view.correction.formal else (),
    )


def _on_ground(judged: Denial) -> Iterator[str]:
    """What the law of the place says to the ground; one that ends with a colon opens a list."""
    if judged.known is not None:
        yield denial.ground_line(judged.known)
        yield "The law knows this ground; whether it holds for the entry is in dispute."
        return
    if not judged.grounds:
        yield "No grounds for a denial are recorded for this holder."
        return
    if judged.ground == denials.NO_GROUND:
        said = "They named no ground"
    elif judged.ground:
        said = "The ground they named is none of those recorded for this holder"
    else:
        said = "On what ground they denied it was not noted"
    yield f"{said}. The law knows these:"
    yield from (denial.ground_line(ground) for ground in judged.grounds)


def _on_notice(judged: Denial) -> Iterator[str]:
    """What a written denial has to hold: what this one lacks, and what nobody noted of it."""
    held = [owed.part for owed in judged.owed if owed.held]
    unsure = [owed.part for owed in judged.owed if owed.held is None and not owed.part.only_if]
    for said, parts in (
        ("The denial lacks what it has to say:", judged.missing),
        ("The denial says what it has to say of this:", tuple(held)),
        ("Whether the denial says this was not noted:", tuple(unsure)),
    ):
        if parts:
            yield said
            yield from (denial.part_line(part) for part in parts)


def _windows(
    view: CorrectionView, answers: tuple[Answer, ...], on: dt.date, book: rulebook.Book
) -> tuple[Window, ...]:
    """Until when one can complain of the last denial, or of a date that was missed."""
    place, kind = view.provider.jurisdiction, view.provider.kind
    if not _rules(view, book):
        return ()
    if view.standing.denials:
        day = view.standing.denials[-1].on
        return complaint.windows(place, kind, day, Cause.DENIED, book)
    for answer in answers[-1:]:
        if answer.owed is not None and (answer.asked.answered or on) > answer.owed.rolled:
            return complaint.windows(place, kind, answer.owed.rolled, Cause.MISSED, book)
    return ()


def _asker(db: Db, view: CorrectionView) -> str:
    if not view.correction.authority:
        return view.person.name
    held = authorities.get(db, view.correction.authority)
    return f"{held.name}, {held.relationship}" if held.relationship else held.name


def _cover(db: Db, view: CorrectionView, on: dt.date) -> tuple[tuple[str, str], ...]:
    held, standing = view.correction, view.standing
    numbers = [e.detail.number for e in standing.events if e.detail.number]
    others = [e.detail.other for e in standing.events if e.detail.other]
    return (
        ("Patient", f"{view.person.name}, born {written_out(view.person.born)}"),
        ("Asked by", _asker(db, view)),
        ("Asked of", ", ".join([view.provider.name, *view.provider.address])),
        ("Asked as", "a request under the law" if held.formal else "a plain message"),
        ("My reference", held.id),
        ("Their references", ", ".join(dict.fromkeys(numbers))),
        ("Follows from", held.parent),
        ("Followed by", ", ".join(dict.fromkeys(others))),
        ("State", standing.state.value.replace("_", " ")),
        ("HL7 status", hl7.code(standing)),
        ("Waiting on", standing.waiting_on.value.replace("_", " ")),
        ("As of", written_out(on)),
    )


def _told(view: CorrectionView) -> tuple[tuple[str, str], ...]:
    found = []
    for held in view.correction.recipients:
        day = f" on {written_out(held.on)}" if held.on else ""
        note = f"; {held.note}" if held.note else ""
        found.append((held.name, f"{_TOLD[held.state]}{day}{note}"))
    return tuple(found)


def _part(letter: Letter, paper: str, number: int) -> Part:
    form = letter.kind == LETTER_KIND
    kind = "filled form" if form else letter.kind.replace("_", " ")
    title = f"{number}. {kind.capitalize()}, made on {letter.made_at[:10]}"
    return Part(title, letter.pdf, letter.pages, paper)


def _pages(
    s: Session, found: tuple[tuple[Record, int], ...]
) -> tuple[tuple[str, tuple[Picture, ...]], ...]:
    """The pages the items rest on, drawn, by record."""
    if len(found) > _PAGES:
        raise Refused(
            f"the items stand on {len(found)} pages, and {_PAGES} can be bound",
            "leave --with-records away, and put copies with it: chartmend record export REC "
            "-o FILE",
        )
    drawn = []
    for title, group in groupby(found, key=lambda place: place[0].title):
        views = [(record, View(page, _PIXELS, _PIXELS)) for record, page in group]
        drawn.append(
            (f"Pages of {title}", tuple(record_actions.draw(s, r, view) for r, view in views))
        )
    return tuple(drawn)


def _cited(db: Db, view: CorrectionView) -> tuple[Record, ...]:
    ids = dict.fromkeys(flag.finding.record for flag in view.flags)
    return tuple(records.get(db, id_) for id_ in ids)


def _came(db: Db, view: CorrectionView) -> tuple[Record, ...]:
    """The copies that came and are still kept."""
    compared = [e.detail.record for e in view.standing.events if e.kind == "compared"]
    named = dict.fromkeys(filter(None, (*view.standing.copies, *compared)))
    return tuple(r for r in (binder_items.kept(db, id_) for id_ in named) if r is not None)


def gather(s: Session, given: str, on: dt.date, *, with_records: bool = False) -> Evidence:
    """All that goes into the binder of a correction, as it stands on a day.

    Raises Refused where the pages of the records are too many, or no item is left.
    """
    view = correction_actions.get(s, given, on)
    if not view.flags:
        raise Refused(
            "the records of all its items were deleted, so nothing is left to show",
            "for thirty days: chartmend record trash, and then record restore REC",
        )
    db = s.vault.read()
    whose.check(db, view.flags, view.person.id)
    book, held = rulebook.book(db), view.correction
    asked = rounds.rounds(_flags(view), held.events)
    answers = tuple(_answer(view, one, book) for one in asked)
    paper = "us-letter" if view.provider.jurisdiction.startswith("us") else "a4"
    kept = shown(view.standing.events, letters.of(db, held.id))
    return Evidence(
        reference=held.id,
        on=on,
        paper=paper,
        patient=view.person.name,
        signed=_asker(db, view).partition(",")[0],
        cover=_cover(db, view, on),
        items=tuple(binder_items.item(s, view, flag) for flag in view.flags),
        events=view.standing.events,
        answers=answers,
        denials=tuple(_denied(s, view, event) for event in view.standing.denials),
        told=_told(view),
        cited=tuple(held_file(s, record) for record in _cited(db, view)),
        came=tuple(held_file(s, record) for record in _came(db, view)),
        letters=tuple(_part(letter, paper, n) for n, letter in enumerate(kept, 1)),
        formal=held.formal,
        rules=_rules(view, book),
        windows=_windows(view, answers, on, book),
        pictures=_pages(s, binder_items.cited(s, view)) if with_records else (),
    )


def bind(s: Session, given: str, on: dt.date | None = None, *, with_records: bool = False) -> Sheaf:
    """The evidence on a correction: what is wrong, what came of asking, the rules, the papers.

    The pages that the items stand on are in it only with `with_records`.
    """
    evidence = gather(s, given, on or dates.today(), with_records=with_records)
    made = binder.render_binder(evidence, s.pool)
    return Sheaf(made.pdf, made.pages, (evidence.reference,))
