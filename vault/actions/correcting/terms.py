"""How a correction is asked, of whom and about what: changed before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault import dates
from vault.actions import corrections as correction_actions
from vault.actions import flags as flag_actions
from vault.actions.asking.events import following
from vault.actions.asking.terms import office_of, resolved
from vault.actions.correcting import marks
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionItem,
    CorrectionState,
    ItemState,
)
from vault.model.flags import Flag
from vault.model.records import Record
from vault.safetext import safe_line
from vault.store import corrections, flags, lookup, pages
from vault.store.database import Db

_UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)
_CHANGED = "changed after it was called ready"
_QUOTE, _LONG = 1000, 2000


@dataclass(frozen=True, slots=True)
class Words:
    """What is said anew of one item (a flag's id); what is empty stays as it was.

    With a `quote` or a `page` the entry is looked for anew.
    """

    flag: str
    quote: str = ""
    page: int | None = None
    should_say: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What of a correction is to be otherwise; what is None (or empty) stays as it is.

    `to` is the provider who is asked. An `office` or an `authority` of "" takes it away. `add`
    and `drop` are flags, all of them ids or their beginnings.
    """

    formal: bool | None = None
    to: str = ""
    office: str | None = None
    authority: str | None = None
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    words: Words | None = None


def edit(s: Session, given: str, change: Change) -> CorrectionView:
    """Change a correction that was not sent yet; one that was called ready is a draft again.

    Raises Refused for one that was sent and where no item would be left, UsageError for flags of
    another person or provider, for an office of another provider, and for an item it lacks.
    """
    with s.vault.write("correction.changed") as db:
        held = corrections.get(db, lookup.resolve(db, "correction", given))
        if held.state not in _UNSENT:
            raise Refused(
                "this correction has been sent: what it asks for stays as it was",
                f"ask for more with a correction of its own; chartmend correction show {held.id}",
            )
        dropped = _dropped(db, held, change)
        changed = _aimed(db, _with_items(db, held, change, dropped), change)
        if change.words is not None:
            _say(db, changed, change.words)
        corrections.change(db, changed)
        if changed.state is CorrectionState.READY:
            changed = _undone(db, changed)
        marks.settle(db, *(item.flag for item in changed.items), *dropped)
    return correction_actions.get(s, held.id, dates.today())


def _undone(db: Db, held: Correction) -> Correction:
    """Have a correction be a draft again: what was called ready is not what it says now."""
    for event in [e for e in held.events if e.kind == CorrectionEvent.READY]:
        note = following(held.events, CorrectionEvent.NOTE, event.on)
        held = corrections.append(db, held, replace(note, note=_CHANGED, replaces=event.seq))
    return held


def _dropped(db: Db, held: Correction, change: Change) -> tuple[str, ...]:
    """The flags that are to be items no more; raises where it has none such, or none is left."""
    found = tuple(dict.fromkeys(lookup.resolve(db, "flag", g) for g in change.drop))
    mine = {item.flag for item in held.items}
    for flag in found:
        if flag not in mine:
            raise UsageError(
                f"the correction has no item {flag!r}",
                f"chartmend correction show {held.id} lists its items",
            )
    if mine <= set(found) and not change.add:
        raise Refused(
            "a correction without any item asks for nothing",
            f"give it up instead: chartmend correction log {held.id} withdrawn",
        )
    return found


def _with_items(db: Db, held: Correction, change: Change, dropped: tuple[str, ...]) -> Correction:
    kept = [item for item in held.items if item.flag not in dropped]
    for given in change.add:
        flag, record = correction_actions.usable(db, given)
        _check_side(held, flag, record, told=bool(change.to))
        if flag.id not in {item.flag for item in kept}:
            kept.append(CorrectionItem(flag.id, ItemState.OPEN))
    return replace(held, items=tuple(kept))


def _check_side(held: Correction, flag: Flag, record: Record, *, told: bool) -> None:
    """Raise UsageError for a flag of another person, or of a provider nobody said is asked."""
    if record.person != held.person:
        raise UsageError("these flags are about several people", "make one correction for each")
    if not told and (flag.originator or record.provider) != held.provider:
        raise UsageError(
            f"{flag.id} belongs to another provider than the one who is asked",
            f"make a correction of its own, or say who is asked about it: --to {held.provider}",
        )


def _aimed(db: Db, held: Correction, change: Change) -> Correction:
    """Who is asked, at which desk, on what authority, and in what form."""
    provider = resolved(db, "provider", change.to) or held.provider
    office = held.office if provider == held.provider else ""
    if change.office is not None:
        office = office_of(db, change.office, provider)
    authority = held.authority
    if change.authority is not None:
        authority = resolved(db, "authority", change.authority)
    formal = held.formal if change.formal is None else change.formal
    return replace(held, provider=provider, office=office, authority=authority, formal=formal)


def _say(db: Db, held: Correction, words: Words) -> None:
    """Put what is said of one item, and where its entry stands, in the place of what was."""
    flag = flags.get(db, lookup.resolve(db, "flag", words.flag))
    if flag.id not in {item.flag for item in held.items}:
        raise UsageError(
            f"the correction has no item {flag.id!r}",
            f"chartmend correction show {held.id} lists its items",
        )
    finding = flag.finding
    if words.quote or words.page is not None:
        if words.page is not None:
            pages.get(db, finding.record, words.page)
        quote = safe_line(words.quote, _QUOTE) or finding.quote
        asked = words.page or finding.page
        page, quote, box = flag_actions.place(db, finding.record, asked, quote)
        finding = replace(finding, page=page, quote=quote, box=box)
    finding = replace(finding, reason=safe_line(words.why, _LONG) or finding.reason)
    should = safe_line(words.should_say, _LONG) or flag.should_say
    changed = replace(flag, finding=finding, should_say=should)
    flags.place(db, changed)
    flags.decide(db, changed, dates.now())
