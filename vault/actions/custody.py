"""What a person says of a record's custody, made fit to be kept and shown."""

from __future__ import annotations

from dataclasses import replace

from vault.model.custody import Custody
from vault.safetext import safe_line

_NAME_CHARS = 120
_SHELF_CHARS = 60


def tidy(custody: Custody) -> Custody:
    """The custody with its texts on one line, safe to show, and no longer than a label is."""
    return replace(
        custody,
        scanned_by=safe_line(custody.scanned_by, _NAME_CHARS).strip(),
        shelf=safe_line(custody.shelf, _SHELF_CHARS).strip(),
    )


def words(custody: Custody) -> tuple[str, ...]:
    """What is known of it, each as a short phrase: `on paper`, `scanned by …`, `shelf …`."""
    said = []
    if custody.medium:
        said.append(f"came by {custody.medium.value}")
    if custody.scanned_by:
        said.append(f"scanned by {custody.scanned_by}")
    if custody.shelf:
        said.append(f"shelf {custody.shelf}")
    return tuple(said)
