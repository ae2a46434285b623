"""What forms look like as JSON, and their traps in plain words (docs/commands.md)."""

from __future__ import annotations

from vault.model.forms import Form

Json = dict[str, object]


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
