"""What a person's review of a record, and the comparison of copies, look like as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.actions.correcting.verifying import Compared as Shown
from vault.actions.versions import Compared, Copy
from vault.cli import shapes
from vault.cli.shapes import Json
from vault.model.reviewing import Listed, Progress, Remark
from vault.model.versions import Change, ChangeSort, Comparison, Place
from vault.model.words import Box


def box(held: Box | None) -> list[float] | None:
    """A box as fractions of the page: left, top, right, bottom."""
    return [held.left, held.top, held.right, held.bottom] if held else None


def place(held: Place | None) -> Json | None:
    """Where words stand in a copy."""
    if held is None:
        return None
    return {"page": held.page, "quote": held.quote, "box": box(held.box), "line": held.line}


def change(held: Change) -> Json:
    """One difference between two copies."""
    return {
        "kind": held.kind.value,
        "sort": held.sort.value,
        "old": place(held.old),
        "new": place(held.new),
    }


def compared(held: Compared) -> Json:
    """What changed between two copies."""
    found = held.comparison
    return {
        "old": held.old.id,
        "new": held.new.id,
        "changes": [change(c) for c in found.changes],
        "pairs": [list(pair) for pair in found.pairs],
        "unclear": {"old": list(found.old_unclear), "new": list(found.new_unclear)},
    }


def _where(held: Place | None) -> str:
    return f"page {held.page}" if held else ""


def change_lines(found: Comparison) -> Iterator[str]:
    """The differences as lines: entries first, then what comes from the printing."""
    for one in found.changes:
        aside = " (from the printing)" if one.sort is ChangeSort.PRINTING else ""
        where = ", ".join(
            f"{name} {_where(held)}" for name, held in (("old", one.old), ("new", one.new)) if held
        )
        yield f"{one.kind.value.replace('_', ' ')}{aside}, {where}"
        if one.old:
            yield f"  - {one.old.quote}"
        if one.new:
            yield f"  + {one.new.quote}"
    if not found.content:
        yield "No entry differs."
    for name, pages in (("old", found.old_unclear), ("new", found.new_unclear)):
        if pages:
            said = ", ".join(map(str, pages))
            yield f"Page {said} of the {name} copy was read badly or not at all: look yourself."


def listed(held: Listed) -> Json:
    """A fact and the person's word on it."""
    return {**shapes.fact(held.stored), "said": held.said or None}


def remark(held: Remark) -> Json:
    """A person's note."""
    return {
        "id": held.id,
        "record": held.record,
        "page": held.page,
        "text": held.text,
        "made_at": held.made_at,
    }


def progress(held: Progress) -> Json:
    """How far the review of a record has come."""
    return {
        "page_count": held.pages,
        "accepted": [
            {
                "page": one.page,
                "on": one.made_at[:10],
                "read_since": one.read_since,
                "flagged_since": one.flagged_since,
            }
            for one in held.accepted
        ],
    }


def copies(found: Sequence[Copy]) -> list[Json]:
    """Records that seem to be earlier copies."""
    return [{"record": one.record.id, "title": one.record.title, "why": one.why} for one in found]


def shown(held: Shown) -> Json:
    """What a copy seems to show of one item."""
    return {
        "flag": held.flag,
        "suggestion": held.outcome.value if held.outcome else None,
        "why": held.why,
        "record": held.record,
        "page": held.page,
        "quote": held.quote or None,
        "box": box(held.box),
        "old": place(held.old),
    }
