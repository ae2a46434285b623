"""What corrections look like as JSON (docs/commands.md)."""

from __future__ import annotations

from vault.actions.correcting import steps
from vault.actions.corrections import CorrectionView
from vault.cli.shapes import Json, due, event, extension
from vault.model import hl7
from vault.model.corrections import Recipient


def recipient(held: Recipient) -> Json:
    """Somebody who is to be told of an amendment."""
    return {
        "id": held.id,
        "name": held.name,
        "address": list(held.address),
        "provider": held.provider or None,
        "state": held.state.value,
        "on": held.on.isoformat() if held.on else None,
        "record": held.record or None,
        "note": held.note or None,
    }


def correction(view: CorrectionView) -> Json:
    """A correction with its items, those to be told, and what happened to it."""
    held = view.correction
    return {
        "id": held.id,
        "provider": held.provider,
        "person": held.person,
        "state": held.state.value,
        "hl7_code": hl7.code(view.standing),
        "waiting_on": held.waiting_on.value,
        "urgency": view.urgency.value,
        **due(view.due),
        "extension": extension(view.extension),
        "next": steps.next_step(view),
        "formal": held.formal,
        "round": view.standing.round,
        "parent": held.parent or None,
        "authority": held.authority or None,
        "office": held.office or None,
        "tell": list(held.tell),
        "recipients": [recipient(r) for r in held.recipients],
        "copies": list(view.standing.copies),
        "items": [{"flag": item.flag, "state": item.state.value} for item in held.items],
        "events": [event(e) for e in held.events],
    }
