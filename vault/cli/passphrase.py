"""chartmend passphrase: change it."""

from __future__ import annotations

from vault.cli import secrets
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import emit

app = new_app()


@app.callback()
def _group() -> None:
    """Change the passphrase."""


@app.command()
def change() -> None:
    """Give the vault a new passphrase; what is stored is not touched."""
    with opened(write=True) as session:
        session.vault.change_passphrase(secrets.new_passphrase())
    emit({"ok": True}, lambda: ["The passphrase is changed. Older backups keep the old one."])
