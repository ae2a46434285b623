"""The chain of custody of a record: on what it came, who scanned it, where the thing itself is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """On what, or by what way, a record reached the person."""

    PAPER = "paper"
    FAX = "fax"
    CD = "cd"
    USB = "usb"
    PORTAL = "portal"
    EMAIL = "email"
    MAIL = "mail"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Custody:
    """How a record came; None or an empty text where nobody has said.

    `shelf` is the number on the folder, box or disc that the record came from.
    """

    medium: Medium | None = None
    scanned_by: str = ""
    shelf: str = ""

    def over(self, before: Custody) -> Custody:
        """What is said here, and what was said before where nothing is."""
        return Custody(
            self.medium or before.medium,
            self.scanned_by or before.scanned_by,
            self.shelf or before.shelf,
        )


UNSAID = Custody()
"""Nothing is known of how it came."""
