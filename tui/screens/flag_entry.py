"""The entry a flag is about, as the form for an error begins with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault.actions import evidence, originators, providers, records
from vault.actions.session import Session
from vault.model.flags import Flag, Kind, OmissionKind, Severity, Subject


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry a form is about: its record and page, `where` in words, and its own words.

    `suspicion` is the flag it confirms, where a check raised one; its words then stand fast.
    `reason` is why it is thought wrong, as far as that is known. `originator` (an id) first made
    it, `others` are the providers (name and id) it can have come from, and `named` says whom of
    them the page names. `shown` is how many pieces of evidence there are.
    """

    record: str
    page: int
    where: str
    quote: str = ""
    kind: Kind = Kind.WRONG_VALUE
    subject: Subject = Subject.VISIT
    severity: Severity = Severity.CARE
    suspicion: str = ""
    reason: str = ""
    omission: OmissionKind | None = None
    originator: str = ""
    others: tuple[tuple[str, str], ...] = ()
    named: str = ""
    shown: int = 0

    @classmethod
    def of(cls, flag: Flag, page: int, where: str) -> Entry:
        """The entry of a flag, seen on `page`."""
        f = flag.finding
        return cls(
            f.record,
            page,
            where,
            f.quote,
            f.kind,
            f.subject,
            f.severity,
            flag.id,
            f.reason,
            flag.missing,
            flag.originator,
        )


def filled(s: Session, entry: Entry) -> Entry:
    """The entry with who it can have come from, and how much evidence there is."""
    own = records.find(s, entry.record).provider
    others = [(p.name, p.id) for p in providers.every(s) if p.id != own]
    found = originators.on_page(s, entry.record, entry.page) if others else None
    if found is not None:  # whom the page names comes first
        others.sort(key=lambda other: other[1] != found.provider.id)
    shown = len(evidence.of(s, entry.suspicion)) if entry.suspicion else 0
    return replace(entry, others=tuple(others), named=found.name if found else "", shown=shown)
