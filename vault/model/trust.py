"""How far to trust what was read of a page, in words a person can act on."""

from __future__ import annotations

from enum import StrEnum

from vault.model.reading import PageKind, Source
from vault.model.records import Page, PageState


class Verdict(StrEnum):
    """What a person is told of a page."""

    GOOD = "good"
    LOOK = "look at this page"
    UNREAD = "could not be read"
    PENDING = "not read yet"


KINDS = {
    PageKind.COVER: "a fax cover sheet",
    PageKind.SEPARATOR: "a sheet between documents",
    PageKind.BLANK: "a blank page",
}
"""What a page is there for, where it is not there for what it says."""


def verdict(page: Page) -> Verdict:
    """How far to trust a page; one that should have words and has none could not be read."""
    wordless = page.source is Source.NONE and page.kind is PageKind.CONTENT
    if page.state is PageState.PENDING and page.source is Source.NONE:
        return Verdict.PENDING
    if page.state is PageState.UNREAD or wordless:
        return Verdict.UNREAD
    return Verdict.LOOK if page.look else Verdict.GOOD


def _sentence(clause: str) -> str:
    return clause[0].upper() + clause[1:] + ("" if clause[-1] in ".!?" else ".")


def reasons(page: Page) -> tuple[str, ...]:
    """Every reason that is known for it, a sentence each, the chief one first; empty for none."""
    clauses = [clause.strip() for clause in page.why.split(";")]
    found = [_sentence(clause) for clause in clauses if clause]
    if page.kind is PageKind.BLANK and verdict(page) is Verdict.GOOD:
        found.append("It is blank: there is nothing on it to read.")
    if not found and page.look:
        found.append(f"It was read with a trust of {page.trust} of 100 only.")
    return tuple(found)
