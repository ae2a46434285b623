"""What a correction's letter is made of: flags, facts and excerpts gathered from the vault."""

from __future__ import annotations

import datetime as dt

from vault.actions import people as people_actions
from vault.actions import records as record_actions
from vault.actions import rulebook
from vault.actions.rulebook import Book
from vault.actions.session import Session
from vault.law.rules import Right, Rule, choose
from vault.model.corrections import Correction
from vault.model.facts import FactKind, StoredFact
from vault.model.flags import Flag
from vault.model.letters import CorrectionLetter, Excerpt, Point, RuleNote
from vault.model.providers import Provider
from vault.model.reading import View
from vault.model.records import Record
from vault.model.words import Box
from vault.store import facts, flags, pages, people, providers, records

_EXCERPT_WIDTH = 1500
_MARGIN_X = 0.06
_MARGIN_Y = 0.035


def excerpt_crop(box: Box) -> Box:
    """The strip of a page shown around an entry: its full width, some lines above and below."""
    top, bottom = box.top - _MARGIN_Y, box.bottom + _MARGIN_Y
    return Box.clamped(_MARGIN_X / 2, top, 1 - _MARGIN_X / 2, bottom)


def _excerpt(s: Session, flag: Flag, record: Record) -> Excerpt | None:
    finding = flag.finding
    if finding.box is None or finding.page is None:
        return None
    crop = excerpt_crop(finding.box)
    view = View(
        finding.page, _EXCERPT_WIDTH, _EXCERPT_WIDTH, crop=crop, marks=(finding.box,), colour=True
    )
    alt = (
        f"Part of page {finding.page} of {record.title}; the entry is framed. "
        f"It reads: {finding.quote}"
    )
    return Excerpt(record_actions.draw(s, record, view), alt)


def _first(stated: tuple[StoredFact, ...], kind: FactKind, page: int | None) -> str:
    """The fact of a kind that stands on the page, else the first of the record, as printed."""
    of_kind = [f.fact for f in stated if f.fact.kind is kind]
    here = [f for f in of_kind if f.page == page]
    return (here or of_kind)[0].quote if of_kind else ""


def _point(s: Session, flag: Flag) -> Point:
    db = s.vault.read()
    finding = flag.finding
    record = records.get(db, finding.record)
    stated = facts.of(db, record.id)
    reading = pages.shown(db, record.id, finding.page) if finding.page else None
    return Point(
        record=record.title,
        page=finding.page,
        quote=finding.quote,
        wrong=finding.kind.value.replace("_", " "),
        should_say=flag.should_say,
        why=finding.reason,
        entry_date=_first(stated, FactKind.SERVICE_DATE, finding.page),
        author=_first(stated, FactKind.AUTHOR, finding.page),
        excerpt=_excerpt(s, flag, record) if reading else None,
    )


def _rule(provider: Provider, book: Book) -> tuple[Rule, RuleNote]:
    rule = choose(provider.jurisdiction, provider.kind, Right.AMENDMENT, book)[0]
    days, unit = (rule.months, "month") if rule.months else (rule.days, "days")
    if rule.day_kind == "business":
        unit = "business days"
    note = RuleNote(
        days=days,
        unit=unit,
        cite=rule.cite,
        extension=rule.extension_notice,
        extension_days=rule.extension_days or None,
        extended=(rule.extended_months if rule.months else rule.extended_days) or None,
        id=rule.id,
        compared=rule.compared,
        soft=rule.soft,
        basis=rule.basis,
    )
    return rule, note


def compose(s: Session, correction: Correction, on: dt.date) -> CorrectionLetter:
    """Gather all that a correction's letter says, with excerpts drawn from the originals."""
    db = s.vault.read()
    person = people.get(db, correction.person)
    provider = providers.get(db, correction.provider)
    held = tuple(flags.get(db, item.flag) for item in correction.items)
    rule, note = _rule(provider, rulebook.book(db))
    points = tuple(_point(s, flag) for flag in held)
    to = (provider.name, provider.department or "Release of Information", *provider.address)
    sender = (person.name, *person.address, person.phone, person.email)
    copies = (
        "A copy of each page named above" if len(points) > 1 else "A copy of the page named above"
    )
    return CorrectionLetter(
        reference=correction.id,
        on=on,
        to=to,
        patient=person.name,
        born=person.born,
        former_names=person.former_names,
        mrn=people_actions.mrn_at(person, provider.id),
        sender=tuple(line for line in sender if line),
        points=points,
        tell=correction.tell,
        rule=note,
        hipaa=rule.hipaa,
        enclosures=(copies,),
        paper="us-letter" if provider.jurisdiction.startswith("us") else "a4",
    )
