"""chartmend due: what is owed, and when."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import dues
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit

app = new_app()


@app.command()
def due() -> None:
    """List every running deadline, the earliest first, with its rule and citation."""
    with opened() as session:
        owed = dues.every(session, settings.current().today)

    def plain() -> Iterator[str]:
        rows = [(o.on.isoformat(), o.urgency.value.replace("_", " "), o.what, o.said) for o in owed]
        yield from columns(rows)
        if not owed:
            yield "Nothing is owed."

    document = [
        {
            "id": o.id,
            "what": o.what,
            "on": o.on.isoformat(),
            "urgency": o.urgency.value,
            "rule": o.rule,
            "cite": o.cite,
        }
        for o in owed
    ]
    emit({"due": document}, plain)
