"""People, who may act for them and their documents as lines of a list, and in words below it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tui.screens.owed import day
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import plain
from vault.actions import authorities, documents, people
from vault.actions.authorities import AuthorityView
from vault.actions.documents import DocumentView
from vault.actions.session import Session
from vault.model.documents import Validity, mask_text
from vault.model.people import Person, Relation

_USES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a person, or an authority over or a document of `person`."""

    person: Person
    authority: AuthorityView | None = None
    document: DocumentView | None = None

    @property
    def id(self) -> str:
        """The id of what the line shows."""
        if self.authority is not None:
            return self.authority.authority.id
        return self.document.document.id if self.document is not None else self.person.id

    @property
    def look(self) -> bool:
        """Whether something about it wants attention."""
        if self.authority is not None:
            return not self.authority.standing.valid
        return self.document is not None and self.document.validity is not Validity.OK

    @property
    def text(self) -> str:
        """The line, without its sign."""
        if self.authority is not None:
            return f"  {_acts(self.authority)}"
        if self.document is not None:
            held = self.document.document
            until = f", {self.document.expiry}" if self.document.expiry else ""
            masked = ", masked" if held.masks else ""
            return f"  {held.kind.words}: {held.title}{until}{masked}"
        return _whose(self.person)

    @property
    def about(self) -> str:
        """All that is known of it, a sentence or two a line."""
        if self.authority is not None:
            return "\n".join(_standing(self.authority))
        if self.document is not None:
            return "\n".join(_document(self.document))
        return "\n".join(_person(self.person))


def _whose(person: Person) -> str:
    parts = [f"{person.name}, born {day(person.born)}"]
    if person.relation is not Relation.SELF:
        parts.append(plain(person.relation))
    if person.died_on:
        parts.append(f"died {day(person.died_on)}")
    return ", ".join(parts)


def _acts(view: AuthorityView) -> str:
    held = view.authority
    who = f" ({held.relationship})" if held.relationship else ""
    said = "may ask" if view.standing.valid else "may not ask"
    return f"{held.name}{who}, {held.basis.words}: {said}"


def _person(person: Person) -> list[str]:
    former = f"Formerly {', '.join(person.former_names)}." if person.former_names else ""
    reach = ", ".join(part for part in (*person.address, person.phone, person.email) if part)
    lines = [former, reach or "No address is known; letters need one."]
    return [line for line in lines if line]


def _standing(view: AuthorityView) -> list[str]:
    held, standing = view.authority, view.standing
    first = f"from {day(held.from_date)}" if held.from_date else ""
    last = f"to {day(held.to_date)}" if held.to_date else ""
    span = f" {first} {last}".rstrip().replace("  ", " ")
    letter = f"{standing.capacity}{f'; {standing.proof}' if standing.proof else ''}"
    lines = []
    if standing.blocked:
        lines.append(f"Does not hold: {standing.blocked}.")
    if standing.rule:
        lines.append(as_sentence(standing.rule.sentence))
    lines.append(f"In a letter: {letter}. Covers {held.scope or 'all'}{span}.")
    lines += standing.lacking
    lines += [as_sentence(rule.sentence) for rule in (*standing.limits, *standing.notes)]
    return lines


def _document(view: DocumentView) -> list[str]:
    held = view.document
    lines = [f"{held.title}, {held.media.upper()}, {max(1, held.size // 1024)} KB."]
    if held.masks:
        lines.append(f"Black on copies: {'  '.join(map(mask_text, held.masks))}")
    lines += [
        f"Copied {day(use.on)} for {use.recipient}"
        f"{f', {use.request}' if use.request else ''}{'' if use.masked else ', not masked'}."
        for use in reversed(view.uses[-_USES:])
    ]
    more = len(view.uses) - _USES
    lines += [f"and {more} earlier copies"] if more > 0 else []
    return lines if view.uses else [*lines, "No copy was made of it."]


def load(s: Session, today: dt.date) -> tuple[Line, ...]:
    """All people with who acts for them and their documents, as they stand on `today`."""
    acting, kit = authorities.every(s, today), documents.every(s, today)
    lines: list[Line] = []
    for person in people.every(s):
        lines.append(Line(person))
        lines += [Line(person, authority=v) for v in acting if v.person.id == person.id]
        lines += [Line(person, document=v) for v in kit if v.document.person == person.id]
    return tuple(lines)
