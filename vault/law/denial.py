"""Denials: the grounds the law knows, those it does not, and what a written denial has to hold."""

from __future__ import annotations

from collections.abc import Collection

from vault.law import rules, say
from vault.law.book import Book, builtin
from vault.law.rows import Ground, NeverValid, NoticePart, Review, StatementLimit
from vault.law.tariffs import hipaa_binds
from vault.law.terms import Right
from vault.model.providers import ProviderKind


def grounds(
    place: str, kind: ProviderKind, right: Right, book: Book | None = None
) -> tuple[Ground, ...]:
    """The grounds on which a kind of holder may deny; () where none are recorded for it.

    To look at a record is denied on the grounds of a copy.
    """
    book = book or builtin()
    if not hipaa_binds(place, kind, book):
        return ()
    asked = Right.ACCESS if right is Right.INSPECT else right
    return tuple(ground for ground in book.grounds if ground.right is asked)


def ground(id_: str, book: Book | None = None) -> Ground | None:
    """The ground of that id, or None."""
    return next((g for g in (book or builtin()).grounds if g.id == id_), None)


def never_valid(place: str, kind: ProviderKind, book: Book | None = None) -> tuple[NeverValid, ...]:
    """What a holder under HIPAA may say and may not deny a copy for; () for other holders."""
    book = book or builtin()
    return book.never_valid if hipaa_binds(place, kind, book) else ()


def owed(
    place: str, kind: ProviderKind, right: Right, book: Book | None = None
) -> tuple[NoticePart, ...]:
    """What a written denial has to hold; () where nothing is recorded for the holder."""
    book = book or builtin()
    if not hipaa_binds(place, kind, book):
        return ()
    asked = Right.ACCESS if right is Right.INSPECT else right
    return tuple(part for part in book.notice_parts if part.right is asked)


def missing(parts: Collection[NoticePart], found: Collection[str]) -> tuple[NoticePart, ...]:
    """What a denial lacks of what it always has to hold, by the ids of what it does hold."""
    return tuple(part for part in parts if part.id not in found and not part.only_if)


def review(place: str, kind: ProviderKind, book: Book | None = None) -> Review | None:
    """Who reviews a denial on a ground that can be reviewed; None where nothing is recorded."""
    book = book or builtin()
    for row in rules.places(place, kind, book):
        for link in book.chain(row):
            if link.review is not None:
                return link.review
    return None


def statement(place: str, kind: ProviderKind, book: Book | None = None) -> StatementLimit | None:
    """How long a statement of disagreement may be; a number of words before a remark."""
    book = book or builtin()
    found = [
        link.statement
        for row in rules.places(place, kind, book)
        for link in book.chain(row)
        if link.statement is not None
    ]
    return max(found, key=lambda limit: limit.words > 0) if found else None


def ground_line(held: Ground) -> str:
    """A ground in one line: what it means, whether it can be reviewed, and who says so."""
    can = "you can have it reviewed" if held.reviewable else "it cannot be reviewed"
    tail = can if held.right is Right.ACCESS else "you can file a statement of disagreement"
    return f"They may deny it where {held.words}; {tail} {say.source(held.source)}"


def never_line(held: NeverValid) -> str:
    """Something that is no ground, in one line with its source."""
    return f"{held.words[:1].upper()}{held.words[1:]}: this is no ground {say.source(held.source)}"


def part_line(held: NoticePart) -> str:
    """Something a denial has to hold, in one line with its source."""
    when = f" where {held.only_if}" if held.only_if else ""
    return f"It has to say{when}: {held.words} {say.source(held.source)}"


def too_long(limit: StatementLimit, text: str, items: int = 1) -> int:
    """By how many words a statement on so many items is over the limit; 0 where it is not."""
    return max(0, len(text.split()) - limit.words * items) if limit.words else 0


def statement_line(limit: StatementLimit) -> str:
    """The limit on a statement of disagreement in one line, with its source."""
    said = f"at most {limit.words} words an item" if limit.words else limit.length
    must = f"; it has to say {limit.must_state}" if limit.must_state else ""
    return f"a statement of disagreement: {said or 'allowed'}{must} {say.source(limit.source)}"
