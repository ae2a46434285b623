"""Flags as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from vault.errors import UnknownId
from vault.model.flags import (
    Check,
    Finding,
    Flag,
    FlagState,
    Kind,
    OmissionKind,
    Related,
    Severity,
    Subject,
)
from vault.model.words import Box
from vault.store.database import Db, Row

_SELECT = """
SELECT id, state, record, page, check_name, kind, subject, severity, quote, reason, key, box,
       confidence, related, should_say, why_dismissed, made_at, originator, request,
       omission
FROM flag
"""
_INSERT = """
INSERT OR IGNORE INTO flag
    (id, state, record, page, check_name, kind, subject, severity, quote, reason, key, box,
     confidence, related, should_say, why_dismissed, made_at, originator, request, omission,
     fingerprint)
VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
"""
# What nobody has decided on, and no evidence was added to, can be taken back.
_LOOSE = "state = 'suspected' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.flag = flag.id)"
# Suspicions first, then what a person found; the gravest of each first.
_ORDER = """
ORDER BY CASE state WHEN 'suspected' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'in_correction' THEN 2
                    WHEN 'resolved' THEN 3 ELSE 4 END,
         CASE severity WHEN 'harm_now' THEN 0 WHEN 'care' THEN 1 WHEN 'coverage' THEN 2
                       WHEN 'minor' THEN 3 ELSE 4 END,
         confidence DESC, made_at, rowid
"""


def _from_row(row: Row) -> Flag:
    finding = Finding(
        check=Check(row[4]),
        kind=Kind(row[5]),
        subject=Subject(row[6]),
        severity=Severity(row[7]),
        record=row[2],
        page=row[3],
        quote=row[8],
        reason=row[9],
        key=row[10],
        box=Box(*json.loads(row[11])) if row[11] else None,
        confidence=row[12],
        related=tuple(Related(record, page) for record, page in json.loads(row[13])),
    )
    return Flag(
        id=row[0],
        state=FlagState(row[1]),
        finding=finding,
        should_say=row[14],
        why_dismissed=row[15],
        made_on=row[16],
        originator=row[17] or "",
        request=row[18] or "",
        omission=OmissionKind(row[19]) if row[19] else None,
    )


def add(db: Db, flag: Flag) -> bool:
    """Add a flag; False where the same suspicion is already there, in whatever state."""
    f = flag.finding
    box = json.dumps([f.box.left, f.box.top, f.box.right, f.box.bottom]) if f.box else None
    values = (
        flag.id,
        flag.state.value,
        f.record,
        f.page,
        f.check.value,
        f.kind.value,
        f.subject.value,
        f.severity.value,
        f.quote,
        f.reason,
        f.key,
        box,
        f.confidence,
        json.dumps([[r.record, r.page] for r in f.related]),
        flag.should_say,
        flag.why_dismissed,
        flag.made_on,
        flag.originator or None,
        flag.request or None,
        flag.omission or "",
        f.fingerprint,
    )
    return bool(db.execute(_INSERT, values).rowcount)


def withdraw_suspicions(db: Db, record: str) -> None:
    """Take back every suspicion about a record that no person has decided on, or added to."""
    db.execute(f"DELETE FROM flag WHERE record = ? AND {_LOOSE}", (record,))


def renew(db: Db, old: Iterable[Flag], found: Iterable[Flag]) -> None:
    """Put what the checks find now in place of `old` suspicions; what is found again stays as is.

    What a person has decided on is never touched: a flag of the same fingerprint is not added.
    Neither is a suspicion with evidence of a person's: it waits for their word.
    """
    new = {flag.finding.fingerprint: flag for flag in found}
    for flag in old:
        held = new.get(flag.finding.fingerprint)
        if held is None or held.finding != flag.finding:
            db.execute(f"DELETE FROM flag WHERE id = ? AND {_LOOSE}", (flag.id,))
    for flag in new.values():
        _retire(db, flag)
        add(db, flag)


def _retire(db: Db, flag: Flag) -> None:
    """Take back a suspicion that a new one of the same meaning says with other places or words."""
    query = f"{_SELECT} WHERE fingerprint = ? AND state = 'suspected'"
    row = db.execute(query, (flag.finding.fingerprint,)).fetchone()
    if row is not None and _from_row(row).finding != flag.finding:
        db.execute(f"DELETE FROM flag WHERE id = ? AND {_LOOSE}", (row[0],))


def suspicions_about(db: Db, record: str) -> tuple[Flag, ...]:
    """Suspicions on a record, and those on others that name it as the other side."""
    query = f"""{_SELECT} WHERE state = 'suspected' AND (record = ? OR related LIKE ?)"""
    return tuple(_from_row(row) for row in db.execute(query, (record, f'%"{record}"%')))


def awaited(db: Db, person: str, checks: Iterable[Check]) -> tuple[tuple[str, Check, str], ...]:
    """The record, check and key of each suspicion of some checks on the records of a person."""
    named = [check.value for check in checks]
    query = f"""SELECT f.record, f.check_name, f.key FROM flag f JOIN record r ON r.id = f.record
        WHERE f.state = 'suspected' AND f.check_name IN ({_marks(named)}) AND r.person = ?"""
    rows = db.execute(query, (*named, person))
    return tuple((record, Check(check), key) for record, check, key in rows)


def suspicions_on(db: Db, records: Iterable[str], checks: Iterable[Check]) -> tuple[Flag, ...]:
    """Suspicions that some checks have raised on some records."""
    named, wanted = [check.value for check in checks], tuple(records)
    query = f"""{_SELECT} WHERE state = 'suspected' AND check_name IN ({_marks(named)})
        AND record = ?"""
    return tuple(_from_row(row) for r in wanted for row in db.execute(query, (*named, r)))


def suspicions_keyed(db: Db, checks: Iterable[Check], prefix: str) -> tuple[Flag, ...]:
    """Suspicions of some checks whose key begins with `prefix`, on whosever records they lie."""
    named = [check.value for check in checks]
    query = f"""{_SELECT} WHERE state = 'suspected' AND check_name IN ({_marks(named)})
        AND substr(key, 1, length(?)) = ?"""
    return tuple(_from_row(row) for row in db.execute(query, (*named, prefix, prefix)))


def suspicions_alike(db: Db, check: Check, key: str) -> tuple[Flag, ...]:
    """Suspicions of a check with exactly this key, on whatever record."""
    query = f"{_SELECT} WHERE state = 'suspected' AND check_name = ? AND key = ?"
    return tuple(_from_row(row) for row in db.execute(query, (check.value, key)))


def dismissed(db: Db, check: Check, key: str) -> tuple[tuple[str, int | None], ...]:
    """The record and page of each suspicion of a check and key that a person dismissed."""
    return tuple(
        db.execute(
            """SELECT record, page FROM flag
               WHERE state = 'dismissed' AND check_name = ? AND key = ?""",
            (check.value, key),
        )
    )


def _marks(held: Sequence[object]) -> str:
    return ", ".join("?" * len(held))


def every(db: Db, record: str | None = None) -> tuple[Flag, ...]:
    """All flags, or those of one record: suspicions first, the gravest first."""
    if record is None:
        return tuple(_from_row(row) for row in db.execute(f"{_SELECT} {_ORDER}"))
    rows = db.execute(f"{_SELECT} WHERE record = ? {_ORDER}", (record,))
    return tuple(_from_row(row) for row in rows)


def of_request(db: Db, request: str) -> tuple[Flag, ...]:
    """The flags whose missing parts a request asks for."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} WHERE request = ?", (request,)))


def get(db: Db, id_: str) -> Flag:
    """The flag with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("flag", id_)
    return _from_row(row)


def decide(db: Db, flag: Flag, at: str) -> None:
    """Write a flag's state and what a person said of it."""
    f = flag.finding
    db.execute(
        """UPDATE flag SET state = ?, kind = ?, subject = ?, severity = ?, reason = ?,
           should_say = ?, why_dismissed = ?, originator = ?, request = ?, omission = ?,
           decided_at = ? WHERE id = ?""",
        (
            flag.state.value,
            f.kind.value,
            f.subject.value,
            f.severity.value,
            f.reason,
            flag.should_say,
            flag.why_dismissed,
            flag.originator or None,
            flag.request or None,
            flag.omission or "",
            at,
            flag.id,
        ),
    )


def place(db: Db, flag: Flag) -> None:
    """Write where a flag's entry stands: its page, its exact words and their box."""
    f = flag.finding
    box = json.dumps([f.box.left, f.box.top, f.box.right, f.box.bottom]) if f.box else None
    db.execute(
        "UPDATE flag SET page = ?, quote = ?, box = ? WHERE id = ?", (f.page, f.quote, box, flag.id)
    )
