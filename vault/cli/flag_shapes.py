"""What a flag's evidence and repeats look like as JSON (docs/commands.md)."""

from __future__ import annotations

from vault.actions.flag_views import FlagView
from vault.actions.repeats import Repeat
from vault.cli import shapes
from vault.cli.shapes import Json
from vault.model.evidence import Evidence


def evidence(held: Evidence) -> Json:
    """Evidence, without the bytes of a picture."""
    return {
        "id": held.id,
        "flag": held.flag,
        "kind": held.kind.value,
        "record": held.record or None,
        "page": held.page,
        "quote": held.quote or None,
        "media": held.media or None,
        "size": held.size,
        "note": held.note or None,
        "made_at": held.made_at,
    }


def repeat(held: Repeat) -> Json:
    """A place that says the same."""
    return {
        "record": held.record,
        "page": held.page,
        "quote": held.quote,
        "box": shapes.box(held.box),
        "provider": held.provider or None,
        "same_words": held.same,
        "flag": held.flag or None,
        "state": held.state.value if held.state else None,
    }


def whole(view: FlagView) -> Json:
    """A flag with all that belongs to it."""
    found = view.suggested
    suggested: Json | None = None
    if found is not None:
        suggested = {"provider": found.provider.id, "name": found.name}
    return {
        **shapes.flag(view.flag),
        "evidence": [evidence(e) for e in view.evidence],
        "suggested_originator": suggested,
        "repeats": len(view.repeats),
        "corrections": list(view.corrections),
    }
