"""Evidence: what shows that an entry of a record is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 10 * 1024**2
"""A picture is kept up to this size."""


class EvidenceKind(StrEnum):
    """What sort of evidence something is: a place in another record, a picture, the own word."""

    PLACE = "place"
    PICTURE = "picture"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows that the entry of a flag (an id) is wrong.

    A place is a `record` (an id), a `page` (None for all of it) and its words, `quote`; `title`
    and `holder` are the record's title and the name of the provider it came from, both empty
    where the record was deleted since. A picture has a `media` and a `size` in bytes. `note` is
    what the person says of it, or all there is.
    """

    id: str
    flag: str
    made_at: str
    record: str = ""
    page: int | None = None
    quote: str = ""
    media: str = ""
    size: int = 0
    note: str = ""
    title: str = ""
    holder: str = ""

    @property
    def kind(self) -> EvidenceKind:
        """What sort of evidence it is."""
        if self.record:
            return EvidenceKind.PLACE
        return EvidenceKind.PICTURE if self.media else EvidenceKind.NOTE

    @property
    def there(self) -> bool:
        """Whether it can be looked at: a place in a record that was not deleted, or a picture."""
        return bool(self.title) if self.record else bool(self.media)


def words(evidence: Evidence) -> str:
    """Evidence in one line, for a letter or a list: where it stands, or what the person says."""
    if evidence.kind is EvidenceKind.PLACE:
        return _place(evidence)
    if evidence.kind is EvidenceKind.PICTURE:
        return f"a picture: {evidence.note}" if evidence.note else "a picture"
    return evidence.note


def _place(evidence: Evidence) -> str:
    """Whose record it is, the page, and the words that stand there."""
    name = f'"{evidence.title}"' if evidence.title else "a record that is no longer kept"
    parts = [f"{name} from {evidence.holder}" if evidence.holder else name]
    if evidence.page is not None:
        parts.append(f"page {evidence.page}")
    said = ", ".join(parts)
    if evidence.quote:
        said = f'{said}: "{evidence.quote}"'
    return f"{said} ({evidence.note})" if evidence.note else said
