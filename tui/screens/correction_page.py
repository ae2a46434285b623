"""All that belongs to one correction, gathered for its screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.screens import correction_ties
from vault.actions import (
    authorities,
    corrections,
    dues,
    evidence,
    offices,
    providers,
    records,
)
from vault.actions.asking import reminders
from vault.actions.corrections import CorrectionView
from vault.actions.dues import Owed
from vault.actions.session import Session
from vault.model.evidence import Evidence
from vault.model.letters import Letter
from vault.model.records import Record
from vault.model.reminders import Reminder


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A correction with the records it is about, its letters, copies and reminders.

    `records` are those its items and copies stand in, by id; `evidence` and `originators` (the
    name of whoever first made the entry, where said) are by flag. `parent` and `children` are the
    corrections it follows from and that follow from it, `asker` is who asks for the person,
    `office` the desk it goes to, in words.
    """

    view: CorrectionView
    records: Mapping[str, Record]
    letters: tuple[Letter, ...]
    reminders: tuple[Reminder, ...]
    dates: tuple[Owed, ...] = ()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    originators: Mapping[str, str] = field(default_factory=dict)
    asker: str = ""
    office: str = ""
    parent: CorrectionView | None = None
    children: tuple[CorrectionView, ...] = ()


def _asker(s: Session, view: CorrectionView, today: dt.date) -> str:
    if not view.correction.authority:
        return ""
    held = authorities.get(s, view.correction.authority, today)
    valid = "" if held.standing.valid else " (this does not hold now)"
    return f"{held.authority.name}, {held.authority.basis.value.replace('_', ' ')}{valid}"


def _office(s: Session, view: CorrectionView) -> str:
    desks = offices.of(s, view.provider.id) if view.correction.office else ()
    found = next((o for o in desks if o.id == view.correction.office), None)
    parts = (found.role.value.replace("_", " "), found.name) if found else ()
    return ", ".join(part for part in parts if part)


def _originators(s: Session, view: CorrectionView) -> dict[str, str]:
    names = {p.id: p.name for p in providers.every(s)}
    return {f.id: names[f.originator] for f in view.flags if f.originator in names}


def load(s: Session, given: str, today: dt.date) -> CorrectionPage:
    """The page of the correction that `given` names; raises UnknownId."""
    view = corrections.get(s, given, today)
    id_ = view.correction.id
    held = {flag.finding.record for flag in view.flags} | set(view.standing.copies)
    known = {one.record.id: one.record for one in records.every(s)}
    every = corrections.every(s, today)
    return CorrectionPage(
        view=view,
        records={record: known[record] for record in held if record in known},
        letters=correction_ties.letters_of(s, id_),
        reminders=tuple(r for r in reminders.every(s) if r.subject == id_),
        dates=tuple(o for o in dues.every(s, today) if o.id == id_),
        evidence={flag.id: evidence.of(s, flag.id) for flag in view.flags},
        originators=_originators(s, view),
        asker=_asker(s, view, today),
        office=_office(s, view),
        parent=next((v for v in every if v.correction.id == view.correction.parent), None),
        children=tuple(v for v in every if v.correction.parent == id_),
    )
