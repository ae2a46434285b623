"""What a person says of a record while going through it: words on facts, notes, acceptance."""

from __future__ import annotations

from dataclasses import dataclass

from vault.model.facts import FactKind, StoredFact

HIDDEN = frozenset({FactKind.PRINT, FactKind.PASSAGE})
"""Facts for the program's own use, which say nothing a person could confirm."""


@dataclass(frozen=True, slots=True)
class FactWord:
    """A person's word on a fact, known by its page, kind and value: confirmed, or struck."""

    page: int
    kind: FactKind
    value: str
    struck: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact of a record and the person's word on it; None where nothing was said."""

    stored: StoredFact
    word: FactWord | None

    @property
    def said(self) -> str:
        """`confirmed`, `struck`, or empty."""
        if self.word is None:
            return ""
        return "struck" if self.word.struck else "confirmed"


@dataclass(frozen=True, slots=True)
class Remark:
    """A person's own note on a record, or on a page of it."""

    id: str
    record: str
    page: int | None
    text: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A page that was reviewed and accepted as right, and what came to it since."""

    page: int
    made_at: str
    read_since: bool = False
    flagged_since: bool = False

    @property
    def words(self) -> str:
        """That it was accepted and when, and what came later, in a few words."""
        said = f"accepted on {self.made_at[:10]}"
        since = [
            text
            for text, is_so in (
                ("it was read again", self.read_since),
                ("something was flagged on it", self.flagged_since),
            )
            if is_so
        ]
        return f"{said}, before {' and '.join(since)}" if since else said


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a record has come: its pages, and those accepted."""

    pages: int
    accepted: tuple[Accepted, ...]

    @property
    def words(self) -> str:
        """`3 of 7 pages accepted`."""
        noun = "page" if self.pages == 1 else "pages"
        return f"{len(self.accepted)} of {self.pages} {noun} accepted"
