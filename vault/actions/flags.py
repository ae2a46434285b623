"""Flags: listing suspicions, and a person's word on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.flags import (
    Check,
    Finding,
    Flag,
    FlagState,
    Kind,
    OmissionKind,
    Severity,
    Subject,
)
from vault.model.words import Box, box_of, find_quote, quote_of
from vault.safetext import safe_line
from vault.store import flags, lookup, pages, records
from vault.store.database import Db

NOBODY = "none"
"""Said instead of an originator where the entry was first made by whom the record came from."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a person says of a wrong entry.

    `originator` is the provider (an id) who first made it, where it came from elsewhere; NOBODY
    takes back what was said before. `omission` is in what way something is missing.
    """

    should_say: str
    why: str = ""
    kind: Kind | None = None
    subject: Subject | None = None
    severity: Severity | None = None
    originator: str = ""
    omission: OmissionKind | None = None


def every(s: Session, record: str | None = None) -> tuple[Flag, ...]:
    """All flags, or those of one record, suspicions and the gravest first."""
    db = s.vault.read()
    return flags.every(db, lookup.resolve(db, "record", record) if record else None)


def get(s: Session, given: str) -> Flag:
    """The flag an id begins."""
    db = s.vault.read()
    return flags.get(db, lookup.resolve(db, "flag", given))


def _needed(text: str, what: str, hint: str) -> str:
    text = safe_line(text, 2000)
    if not text:
        raise UsageError(f"{what} is needed", hint)
    return text


def place(db: Db, record: str, page: int | None, quote: str) -> tuple[int | None, str, Box | None]:
    """The page, exact words and box of a quote; as typed where the words were read otherwise.

    Without a page it is looked for on all pages of the record (an id).
    """
    numbers = (page,) if page else tuple(p.number for p in pages.of(db, record))
    for number in numbers if quote else ():
        shown = pages.shown(db, record, number)
        span = find_quote(shown.reading.words, quote) if shown else None
        if shown and span:
            words = shown.reading.words
            return number, quote_of(words, span), box_of(words, span)
    return page, quote, None


def _originator(db: Db, record: str, given: str, before: str = "") -> str:
    """Who first made an entry of a record (an id), as said now, else as said before.

    Raises UsageError for the provider the record came from, for nobody else made it then.
    """
    if given in ("", NOBODY):
        return before if not given else ""
    found = lookup.resolve(db, "provider", given)
    if found == records.get(db, record).provider:
        raise UsageError(
            "that is who the record came from", "name whoever made the entry before them"
        )
    return found


def add(s: Session, record: str, page: int | None, quote: str, wrong: Wrong) -> Flag:
    """Flag an entry by hand; a person made it, so it is confirmed at once.

    The quote is looked for on the page (or on all pages); where the words were read otherwise,
    it is kept as typed.
    """
    should = _needed(wrong.should_say, "what it should say", "--should TEXT")
    now = dates.now()
    with s.vault.write("flag.added") as db:
        held = records.get(db, lookup.resolve(db, "record", record))
        if page is not None:
            pages.get(db, held.id, page)
        number, words, box = place(db, held.id, page, safe_line(quote, 1000))
        id_ = ids.new("flag")
        finding = Finding(
            check=Check.PERSON,
            kind=wrong.kind or Kind.WRONG_VALUE,
            subject=wrong.subject or Subject.VISIT,
            severity=wrong.severity or Severity.CARE,
            record=held.id,
            page=number,
            quote=words,
            reason=safe_line(wrong.why, 2000),
            key=id_,
            box=box,
        )
        first = _originator(db, held.id, wrong.originator)
        flag = Flag(id_, FlagState.CONFIRMED, finding, should, made_on=now, originator=first)
        flag = replace(flag, omission=wrong.omission)
        flags.add(db, flag)
    return flag


def omit(s: Session, record: str, page: int | None, what: str, wrong: Wrong) -> Flag:
    """Flag that something was left out; `what` is named in the reason, before the person's own.

    `page` is where it should stand, None for nowhere in particular. Where nothing else is said,
    nobody ever wrote it down.
    """
    left_out = f"Left out: {_needed(what, 'what was left out', '--what TEXT')}"
    ended = left_out if left_out[-1] in ".!?" else f"{left_out}."
    wrong = replace(
        wrong,
        why=f"{ended} {wrong.why}".strip(),
        kind=Kind.MISSING,
        omission=wrong.omission or OmissionKind.NEVER_CHARTED,
    )
    return add(s, record, page, "", wrong)


def confirm(s: Session, given: str, wrong: Wrong) -> Flag:
    """Confirm a suspicion: the person looked, the record is wrong, and this is what it should say.

    Raises Refused for a flag that is already part of a correction.
    """
    should = _needed(wrong.should_say, "what it should say", "--should TEXT")
    with s.vault.write("flag.confirmed") as db:
        flag = flags.get(db, lookup.resolve(db, "flag", given))
        if flag.state not in (FlagState.SUSPECTED, FlagState.CONFIRMED, FlagState.DISMISSED):
            raise Refused(f"{flag.id} is already part of a correction", "chartmend correction list")
        finding = replace(
            flag.finding,
            kind=wrong.kind or flag.finding.kind,
            subject=wrong.subject or flag.finding.subject,
            severity=wrong.severity or flag.finding.severity,
            reason=safe_line(wrong.why, 2000) or flag.finding.reason,
        )
        flag = replace(
            flag,
            state=FlagState.CONFIRMED,
            finding=finding,
            should_say=should,
            why_dismissed="",
            originator=_originator(db, finding.record, wrong.originator, flag.originator),
            omission=wrong.omission or flag.omission,
        )
        flags.decide(db, flag, dates.now())
    return flag


def dismiss(s: Session, given: str, why: str) -> Flag:
    """Dismiss a flag: it is no error; the same suspicion is never raised again."""
    reason = _needed(why, "why it is no error", "--why TEXT")
    with s.vault.write("flag.dismissed") as db:
        flag = flags.get(db, lookup.resolve(db, "flag", given))
        if flag.state not in (FlagState.SUSPECTED, FlagState.CONFIRMED, FlagState.DISMISSED):
            raise Refused(f"{flag.id} is already part of a correction", "chartmend correction list")
        flag = replace(flag, state=FlagState.DISMISSED, why_dismissed=reason)
        flags.decide(db, flag, dates.now())
    return flag
