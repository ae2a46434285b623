"""What forms look like as JSON, and their traps in plain words (docs/commands.md)."""

from __future__ import annotations

from vault.model.forms import Form, FormKind, Trap

Json = dict[str, object]

SAID = {
    Trap.SSN: "it asks for a social security number; leave it empty",
    Trap.WITNESS: "it asks for a witness",
    Trap.NOTARY: "it asks for a notary",
    Trap.WAIVER: "it has you give up claims or release somebody from liability",
    Trap.EXPIRY: "it ends by itself, or asks when it shall end",
    Trap.PURPOSE: "it asks for a purpose; nobody has to say one for their own records",
    Trap.NO_ADDRESS: "it does not say where to send it",
    Trap.FEE: "it speaks of fees",
    Trap.OTHER_STATE: "it names the law of another state",
    Trap.PHOTO_ID: "it asks for photo identification",
    Trap.REVOCATION: "it says how it can be taken back",
}

SAID_OF_KIND = {
    FormKind.THIRD_PARTY: "it is made for giving records to others; for a copy of your own a "
    "request for access is enough",
    FormKind.INBOUND: "it has records sent to this clinic; it does not ask this clinic for yours",
    FormKind.AMENDMENT: "it asks to correct a record, not for copies",
}
"""What a person should know of kinds of forms that are not for their own access."""


def form(held: Form) -> Json:
    """A form as lists show it."""
    return {
        "id": held.id,
        "provider": held.provider,
        "title": held.title,
        "kind": held.kind.value,
        "pages": len(held.shape.pages),
        "fields": len(held.shape.fields),
        "confirmed": held.mapping.confirmed,
        "warnings": [
            {"trap": w.trap.value, "page": w.page or None, "quote": w.words or None}
            for w in held.warnings
        ],
    }


def form_detail(held: Form) -> Json:
    """A form with its fields, what goes into each, and the text put on its pages."""
    mapped = held.mapping.fields
    fields = [
        {
            "name": field.name,
            "kind": field.kind.value,
            "label": field.label or None,
            "page": field.spots[0].page if field.spots else None,
            "fillable": field.fillable,
            "options": list(field.options) or [s.label or s.state for s in field.spots if s.state],
            "most": field.most or None,
            "value": mapped.get(field.name),
            "choices": {
                f"{field.name}#{at}": mapped[f"{field.name}#{at}"]
                for at in range(1, len(field.spots) + 1)
                if f"{field.name}#{at}" in mapped
            },
        }
        for field in held.shape.fields
    ]
    placed = [
        {"page": p.page, "x": p.x, "y": p.y, "width": p.width, "value": p.value}
        for p in held.mapping.placed
    ]
    return {**form(held), "fields": fields, "placed": placed, "notes": list(held.shape.notes)}
