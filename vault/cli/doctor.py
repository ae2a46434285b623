"""chartmend doctor: what this machine has and lacks."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import doctor as examining
from vault.cli.opening import folder
from vault.cli.options import new_app
from vault.cli.out import columns, emit
from vault.errors import Exit

app = new_app()


@app.command()
def doctor() -> int:
    """Look at engine, languages, swap, permissions and versions; nothing is changed."""
    checks = examining.examine(folder())

    def plain() -> Iterator[str]:
        rows = [("ok" if c.ok else "--", c.name, c.detail) for c in checks]
        for check, line in zip(checks, columns(rows), strict=True):
            yield line
            if check.hint:
                yield f"        {check.hint}"

    fields = [{"name": c.name, "ok": c.ok, "detail": c.detail, "hint": c.hint} for c in checks]
    emit({"checks": fields}, plain)
    return int(Exit.OK if all(c.ok for c in checks) else Exit.FAILED)
