"""When and by whom an entry was made: dates of service, other dates, and authors."""

from __future__ import annotations

from collections.abc import Iterator

from vault.facts.labels import Label
from vault.facts.page import Laid, Seen, after, below
from vault.facts.values import Found, author_at, date_at
from vault.model.facts import Fact, FactKind


def service_dates(laid: Laid) -> Iterator[Fact]:
    """The dates of service a page prints behind or below their labels."""
    for seen in laid.seen(Label.SERVICE_DATE):
        found = _date_of(laid, seen)
        if found:
            yield laid.fact(FactKind.SERVICE_DATE, *found, laid.label_text(seen))


def other_dates(laid: Laid) -> Iterator[Fact]:
    """When a record was received, reported, dictated, signed or printed; the label tells which."""
    for seen in laid.seen(Label.OTHER_DATE):
        found = _date_of(laid, seen)
        if found:
            yield laid.fact(FactKind.OTHER_DATE, *found, laid.label_text(seen))


def _date_of(laid: Laid, seen: Seen) -> tuple[int, Found] | None:
    """The date behind or below a label, with its row."""
    row = laid.rows[seen.row]
    found = date_at(row, after(row, seen.stop))
    if found is not None:
        return seen.row, found
    for number, at in below(laid, seen) if row.starts_cell(seen.start) else ():
        found = date_at(laid.rows[number], at)
        return (number, found) if found else None
    return None


def authors(laid: Laid) -> Iterator[Fact]:
    """Who signed or wrote an entry, as its labels say; signatures come before other mentions."""
    found: list[tuple[bool, Fact]] = []
    for seen in laid.seen(Label.AUTHOR):
        row = laid.rows[seen.row]
        name, number = author_at(row, after(row, seen.stop)), seen.row
        if name is None and row.starts_cell(seen.start) and not seen.colon:
            for below_row, at in below(laid, seen):
                name, number = author_at(laid.rows[below_row], at), below_row
                break
        if name:
            label = laid.label_text(seen)
            signed = "sign" in label.casefold()
            found.append((not signed, laid.fact(FactKind.AUTHOR, number, name, label)))
    yield from (fact for _, fact in sorted(found, key=lambda f: f[0]))
