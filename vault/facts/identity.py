"""Who a page says it is about: the patient's name, birth date and record number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vault.facts.belongs import Section
from vault.facts.labels import Label, is_kin, label_at
from vault.facts.page import Laid, Seen, after, below, wrapped
from vault.facts.tokens import Row
from vault.facts.values import Found, date_at, joined, name_at, number_at
from vault.model.facts import Fact, FactKind

_STRONG = (Label.BORN, Label.MRN, Label.PATIENT_NAME)
_COMPANY = 3  # a weak label is believed where a strong one stands within so many rows
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx"])
_AGED = re.compile(r"\d{1,3}(-|\b)")
_DONE = frozenset(["seen", "admitted", "discharged", "referred", "here", "evaluated", "examined"])
_DOES = frozenset(
    ["returns", "returned", "presents", "presented", "denies", "underwent", "tolerated"]
)


def _company(laid: Laid, row: int, reach: int = _COMPANY) -> bool:
    """Whether a birth date or record number of the patient is announced near a row."""
    return "*" in (t.text for t in laid.rows[row].tokens) or any(
        abs(s.row - row) <= reach and laid.sections[s.row] is not Section.KIN
        for s in laid.seen(*_STRONG)
    )


def _leads_on(row: Row, at: int) -> bool:
    """Whether a birth date or record number follows at once: `(MRN`, `DOB:`, `*1961-03-14`."""
    while at < len(row.tokens) and row.tokens[at].text in (",", "(", "|", "-"):
        at += 1
    if at >= len(row.tokens):
        return False
    if row.tokens[at].text == "*":
        return date_at(row, at + 1) is not None
    hit = label_at(row.tokens, at)
    return hit is not None and hit[0] in (Label.BORN, Label.MRN)


def _ours(laid: Laid, row: int, found: Found) -> bool:
    """Whether a name is neither kin's nor has a word such as `baby` in it."""
    tokens = laid.rows[row].tokens[found.start : found.stop]
    return not any(is_kin(t) for t in tokens)


def _believed(laid: Laid, seen: Seen, found: Found) -> bool:
    """Whether the label may announce the patient's name, seeing what stands around it."""
    row = laid.rows[seen.row]
    comma = "," in found.value
    leads = _leads_on(row, found.stop)
    if seen.label is Label.PATIENT_NAME:
        return True
    if seen.label is Label.PATIENT:
        alone = found.stop == len(row.tokens) and row.starts_cell(seen.start)
        return seen.colon or comma or leads or (alone and _company(laid, seen.row, 2))
    if not row.starts_cell(seen.start) or laid.sections[seen.row] is Section.STAFF:
        return False
    return seen.colon and (comma or leads or _company(laid, seen.row))


def _named_right(laid: Laid, seen: Seen) -> tuple[int, Found] | None:
    row = laid.rows[seen.row]
    found = name_at(row, after(row, seen.stop))
    return (seen.row, found) if found and _believed(laid, seen, found) else None


def _named_below(laid: Laid, seen: Seen) -> tuple[int, Found] | None:
    """The name under a label that is a whole cell, in a banner or a form."""
    row = laid.rows[seen.row]
    alone = seen.stop >= len(row.tokens) or row.tokens[seen.stop].cell > row.tokens[seen.start].cell
    if not (row.starts_cell(seen.start) and (alone or seen.colon)):
        return None
    if seen.label is Label.RE or laid.sections[seen.row] is Section.STAFF:
        return None
    if seen.label is not Label.PATIENT_NAME and not _company(laid, seen.row, 1):
        return None
    for number, at in below(laid, seen):
        found = name_at(laid.rows[number], at)
        if found:
            return number, found
        return None
    return None


def _elsewhere(laid: Laid, seen: Seen) -> bool:
    """Whether a name label is another's; one that says "patient" is so only within a phrase."""
    if seen.label is Label.PATIENT_NAME:
        return False
    if seen.label is Label.PATIENT:
        return not laid.rows[seen.row].starts_cell(seen.start) and not seen.colon
    return laid.of_kin(seen.row, seen.start)


def _labelled(laid: Laid) -> Iterator[Fact]:
    for seen in laid.seen(Label.PATIENT_NAME, Label.PATIENT, Label.NAME, Label.RE):
        if _elsewhere(laid, seen):
            continue
        place = _named_right(laid, seen) or _named_below(laid, seen)
        if place and _ours(laid, *place):
            yield laid.fact(FactKind.NAME, *place, laid.label_text(seen))


def _stacked(laid: Laid, number: int, found: Found) -> bool:
    """Whether `VOSS, MARIAN` stands alone right above a row that begins with DOB or MRN."""
    row = laid.rows[number]
    rest = row.tokens[found.stop : found.stop + 1]
    if "," not in found.value or (rest and rest[0].cell == row.tokens[found.start].cell):
        return False
    left = row.tokens[found.start].box.left
    return any(
        s.row == number + 1 and abs(laid.rows[s.row].tokens[s.start].box.left - left) < 0.02
        for s in laid.seen(Label.BORN, Label.MRN)
    )


def _unlabelled(laid: Laid) -> Iterator[Fact]:
    """Names in a banner without a label of their own; the fact's label is empty."""
    for number, row in enumerate(laid.rows):
        for at in range(len(row.tokens)):
            if not row.starts_cell(at) or row.tokens[at].text in "|*(":
                continue
            found = name_at(row, at)
            if found is None or not _ours(laid, number, found) or laid.of_kin(number, at):
                continue
            if _leads_on(row, found.stop) or _stacked(laid, number, found):
                yield laid.fact(FactKind.NAME, number, found, "")


def _of_a_patient(words: list[str]) -> bool:
    """Whether a sentence goes on as notes speak of their patient: `is a 48`, `returns`."""
    first, second, third = [*words, "", "", ""][:3]
    if first in ("is", "was"):
        return second in _DONE or (second in ("a", "an") and bool(_AGED.match(third)))
    return first in _DOES


def _in_prose(laid: Laid) -> Iterator[Fact]:
    """`Ms. Voss is a 48 y.o. ...`: the surname a note calls its patient by."""
    for number, row in enumerate(laid.rows):
        tokens = row.tokens
        for at in range(len(tokens) - 2):
            if tokens[at].text.rstrip(".").casefold() not in _TITLES or laid.of_kin(number, at):
                continue
            name = tokens[at + 1]
            capital = name.text[:1].isupper() and len(name.key) > 1
            if capital and _of_a_patient([t.text for t in tokens[at + 2 : at + 5]]):
                found = Found(name.text, at + 1, at + 2)
                yield laid.fact(FactKind.NAME, number, found, tokens[at].text)


def names(laid: Laid) -> Iterator[Fact]:
    """The names a page gives its patient, each place once."""
    taken: set[tuple[int, int]] = set()
    for fact in (*_labelled(laid), *_unlabelled(laid), *_in_prose(laid)):
        place = (fact.span.start, fact.span.stop)
        if place not in taken:
            taken.add(place)
            yield fact


def _told(laid: Laid, seen: Seen) -> bool:
    """Whether `born` in a sentence is left alone: it may speak of anybody (`was born on`)."""
    row = laid.rows[seen.row]
    if seen.start == 0 or row.starts_cell(seen.start) or seen.colon:
        return False
    return row.tokens[seen.start - 1].text.casefold() in ("was", "is", "were", "been", "baby", "be")


def births(laid: Laid) -> Iterator[Fact]:
    """The birth dates a page gives its patient."""
    for seen in laid.seen(Label.BORN):
        if laid.of_kin(seen.row, seen.start) or _told(laid, seen):
            continue
        row = laid.rows[seen.row]
        found, number = date_at(row, after(row, seen.stop)), seen.row
        for below_row, at in below(laid, seen) if found is None else ():
            found, number = date_at(laid.rows[below_row], at), below_row
            if found:
                break
        if found:
            yield laid.fact(FactKind.BORN, number, found, laid.label_text(seen))
    yield from _starred(laid)


def _starred(laid: Laid) -> Iterator[Fact]:
    """Birth dates marked with a star behind a name: `Voss, Marian *1961-03-14`."""
    for number, row in enumerate(laid.rows):
        for at, token in enumerate(row.tokens):
            if token.text != "*" or at == 0 or laid.of_kin(number, at):
                continue
            found = date_at(row, at + 1)
            if found and any(name_at(row, i) for i in range(at)):
                yield laid.fact(FactKind.BORN, number, found, "*")


def _alone(laid: Laid, seen: Seen) -> Iterator[tuple[int, int]]:
    """Where a banner too long for its line goes on with one word that ends a cell."""
    for number, at in wrapped(laid, seen):
        tokens = laid.rows[number].tokens
        stop = next((i for i, t in enumerate(tokens) if t.word != tokens[at].word), len(tokens))
        if stop == len(tokens) or laid.rows[number].starts_cell(stop) or tokens[stop].text == "|":
            yield number, at


def _broken(laid: Laid) -> Iterator[Fact]:
    """Numbers whose label goes on in the next line: `Medical Record` above `No. E0326521`."""
    for number, (row, below_row) in enumerate(pairwise(laid.rows)):
        ends = [t.text.casefold() for t in row.tokens[-2:]]
        first = below_row.tokens[0].text.casefold().strip(".")
        if ends != ["medical", "record"] or first not in _NUMBER_WORDS:
            continue
        found = number_at(below_row, after(below_row, 1))
        if found and not laid.of_kin(number, len(row.tokens) - 1):
            yield laid.fact(FactKind.MRN, number + 1, found, "Medical Record No.")


def record_numbers(laid: Laid) -> Iterator[Fact]:
    """The medical record numbers a page gives its patient."""
    yield from _broken(laid)
    for seen in laid.seen(Label.MRN, Label.ID):
        if laid.of_kin(seen.row, seen.start):
            continue
        row = laid.rows[seen.row]
        if seen.label is Label.ID and not _company(laid, seen.row, 0):
            continue
        found, number = number_at(row, after(row, seen.stop)), seen.row
        if found is None and laid.heads(seen):
            for below_row, at in (*below(laid, seen), *_alone(laid, seen)):
                found, number = number_at(laid.rows[below_row], at), below_row
                break
        if found:
            yield laid.fact(FactKind.MRN, number, found, laid.label_text(seen))


_NUMBER_WORDS = frozenset(["no", "nr", "number", "#"])
_PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}|\b\d{3}-\d{4}\b")
_PHONE_WORDS = frozenset(["phone", "telephone", "tel", "cell", "mobile"])
_PHONE_BEFORE = frozenset(["home", "patient", "cell", "mobile", "patients", "pt", "primary"])


def phones(laid: Laid) -> Iterator[Fact]:
    """The patient's telephone numbers, where a label says that they are the patient's."""
    for number, row in enumerate(laid.rows):
        for at, token in enumerate(row.tokens):
            before = row.tokens[at - 1].text.casefold() if at else ""
            named = before in _PHONE_BEFORE or token.text.casefold() in ("cell", "mobile")
            if token.text.casefold() not in _PHONE_WORDS or not named or laid.of_kin(number, at):
                continue
            start = after(row, at + 1)
            for stop in range(min(start + 6, len(row.tokens)), start, -1):
                text = joined(row.tokens[start:stop])
                if _PHONE.fullmatch(text):
                    yield laid.fact(FactKind.PHONE, number, Found(text, start, stop), token.text)
                    break
