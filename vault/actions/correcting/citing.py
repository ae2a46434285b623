"""The items of a correction before it is sent: whether each is cited, reasoned and provable."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vault.actions import rulebook
from vault.actions.asking.preflight import Finding
from vault.actions.correcting import entries, whose
from vault.actions.corrections import CorrectionView
from vault.law.tariffs import hipaa_binds
from vault.model.evidence import EvidenceKind, words
from vault.model.flags import Flag
from vault.model.reading import Source
from vault.model.words import find_quote
from vault.store import evidence, pages, providers, records
from vault.store.database import Db

_REASON = "45 CFR 164.526(b)(1)"


def found(what: str, ok: bool, hint: str, *, blocks: bool = False) -> Finding:
    """A finding that says how to mend it only where that is needed."""
    return Finding(what, ok, "" if ok else hint, blocks and not ok)


def enclosed(db: Db, flag: Flag) -> tuple[str, ...]:
    """What goes with a correction to show that the entry of a flag is wrong, a line each."""
    return tuple(words(held) for held in evidence.of(db, flag.id) if held.there)


def _edit(view: CorrectionView, flag: Flag) -> str:
    return f"chartmend correction edit {view.correction.id} --item {flag.id}"


def _whose(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """The record may have been given to somebody else since it was flagged."""
    if records.get(db, flag.finding.record).person == view.correction.person:
        return None
    drop = f"chartmend correction edit {view.correction.id} --drop {flag.id}"
    hint = f"its record is another person's now, or nobody's: {drop}"
    return Finding(f"{flag.id}: it is about {view.person.name}", False, hint, blocks=True)


def _theirs(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """What shows it may stand in a record that was given to somebody else since."""
    held = whose.strange(db, flag, view.correction.person)
    if held is None:
        return None
    what = f"{flag.id}: what shows it is about {view.person.name}"
    hint = f"{held.record} is another person's now, or nobody's: {whose.hint(held)}"
    return Finding(what, False, hint, blocks=True)


def _asked(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """Whoever made the entry is who can amend it; a holder may turn away what others made."""
    held = view.correction
    if flag.originator and flag.originator != held.provider:
        first = providers.get(db, flag.originator)
        hint = f"{first.name} first made the entry: chartmend correction edit {held.id} --to"
        return Finding(
            f"{flag.id}: whoever first made the entry is asked", False, f"{hint} {first.id}"
        )
    source = records.get(db, flag.finding.record).provider
    if flag.originator or source == held.provider or held.parent:
        return None
    hint = "its record came from somebody else; see that the right one is asked"
    return Finding(f"{flag.id}: the provider it came from is asked", False, hint)


def _cited(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """Nothing is asked for without the page and the words, unless it is missing."""
    finding = flag.finding
    if entries.missing(flag):
        return None
    paged = finding.page is not None or not pages.of(db, finding.record)
    if finding.quote and paged:
        return None
    return Finding(
        f"{flag.id}: the page and the words of the entry",
        False,
        f"{_edit(view, flag)} --page N --quote TEXT",
        blocks=True,
    )


def _stands(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """The words are looked for on the page as it is read now.

    Where a person corrected its reading, what was quoted was perhaps misread; else the words may
    stand there all the same and were read otherwise.
    """
    finding = flag.finding
    if not finding.quote or finding.page is None:
        return None
    shown = pages.shown(db, finding.record, finding.page)
    if shown is None:
        said, mended = "the page has not been read, so the words were not looked for", False
    elif find_quote(shown.reading.words, finding.quote):
        return None
    else:
        mended = shown.reading.source is Source.CORRECTED
        said = "the words were not found on the page as it is read now"
    hint = f"{said}: look at it, then {_edit(view, flag)} --quote TEXT"
    return Finding(f"{flag.id}: the words stand on the page", False, hint, blocks=mended)


def _said(_db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    if flag.should_say:
        return None
    hint = f"{_edit(view, flag)} --should TEXT"
    return Finding(f"{flag.id}: what it should say", False, hint, blocks=True)


def _reason(db: Db, view: CorrectionView, flag: Flag) -> Finding | None:
    """A holder under HIPAA may want a reason if it said so before (45 CFR 164.526(b)(1))."""
    if flag.finding.reason:
        return None
    hint = f"{_edit(view, flag)} --why TEXT"
    provider = view.provider
    if view.correction.formal and hipaa_binds(
        provider.jurisdiction, provider.kind, rulebook.book(db)
    ):
        hint = f"they may want a reason, if they said so before ({_REASON}): {hint}"
    return Finding(f"{flag.id}: why it is wrong", False, hint)


def _evidence(db: Db, _view: CorrectionView, flag: Flag) -> Finding | None:
    held = evidence.of(db, flag.id)
    gone = [e for e in held if e.kind is EvidenceKind.PLACE and not e.there]
    if gone:
        hint = f"its record was deleted: chartmend flag evidence drop {gone[0].id}"
        return Finding(f"{flag.id}: what shows it is still here", False, hint, blocks=True)
    if held or entries.missing(flag):
        return None
    hint = f"another record, a picture or your own word: chartmend flag evidence add {flag.id}"
    return Finding(f"{flag.id}: something that shows it is wrong", False, hint)


_Look = Callable[[Db, CorrectionView, Flag], Finding | None]
_LOOKS: tuple[tuple[str, _Look], ...] = (
    ("whose records they are", _whose),
    ("whose records show it", _theirs),
    ("who made the entries is asked", _asked),
    ("each item names its page and words", _cited),
    ("the words stand on the pages", _stands),
    ("what each entry should say", _said),
    ("why each is wrong", _reason),
    ("something that shows each is wrong", _evidence),
)


def check(db: Db, view: CorrectionView) -> Iterator[Finding]:
    """What is looked at of all items: one finding where all is right, else one an item."""
    for what, look in _LOOKS:
        wrong = [f for f in (look(db, view, flag) for flag in view.flags) if f is not None]
        yield from wrong or [Finding(what, True)]
