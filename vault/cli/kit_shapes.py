"""What authorities and documents look like as JSON (docs/commands.md)."""

from __future__ import annotations

from vault.actions.authorities import AuthorityView
from vault.actions.documents import Copied, DocumentView
from vault.model.authority_law import Rule
from vault.model.documents import Use, mask_text

Json = dict[str, object]


def _law(held: Rule) -> Json:
    return {"says": held.says, "cite": held.cite, "confidence": held.confidence}


def authority(view: AuthorityView) -> Json:
    """Who may act for whom, and how that stands."""
    held, standing = view.authority, view.standing
    return {
        "id": held.id,
        "person": held.person,
        "name": held.name,
        "basis": held.basis.value,
        "relationship": held.relationship or None,
        "scope": held.scope or "all",
        "from": held.from_date.isoformat() if held.from_date else None,
        "to": held.to_date.isoformat() if held.to_date else None,
        "ended_on": held.ended_on.isoformat() if held.ended_on else None,
        "limits": [limit.value for limit in held.limits],
        "proof": held.proof or None,
        "address": list(held.address),
        "phone": held.phone,
        "email": held.email,
        "valid": standing.valid,
        "blocked": standing.blocked or None,
        "rule": _law(standing.rule) if standing.rule else None,
        "lacking": list(standing.lacking),
        "limited_by": [_law(rule) for rule in standing.limits],
        "notes": [_law(rule) for rule in standing.notes],
        "capacity": standing.capacity,
        "proof_line": standing.proof or None,
    }


def _use(held: Use) -> Json:
    return {
        "document": held.document,
        "recipient": held.recipient,
        "request": held.request or None,
        "on": held.on.isoformat(),
        "masked": held.masked,
    }


def document(view: DocumentView) -> Json:
    """A document of the ID kit, and the copies made of it."""
    held = view.document
    return {
        "id": held.id,
        "person": held.person,
        "kind": held.kind.value,
        "title": held.title,
        "media": held.media,
        "bytes": held.size,
        "expires_on": held.expires_on.isoformat() if held.expires_on else None,
        "validity": view.validity.value,
        "expiry": view.expiry or None,
        "masks": [mask_text(mask) for mask in held.masks],
        "deleted": held.deleted,
        "proves": list(view.proves),
        "uses": [_use(use) for use in view.uses],
    }


def copied(made: Copied) -> Json:
    """Copies that were written."""
    return {
        "file": str(made.file),
        "pages": made.pages,
        "stamp": made.stamp,
        "uses": [_use(use) for use in made.uses],
    }
