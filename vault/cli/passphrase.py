"""chartmend passphrase: change it."""

from __future__ import annotations

from vault.actions import keys
from vault.cli import secrets
from vault.cli.opening import opened, typed_secret
from vault.cli.options import new_app
from vault.cli.out import emit, talk

app = new_app()


@app.callback()
def _group() -> None:
    """Change the passphrase."""


@app.command()
def change() -> None:
    """Give the vault a new passphrase; what is stored is not touched."""
    secret = typed_secret()
    with opened(write=True, secret=secret) as session:
        told = set(session.vault.notices)
        keys.change_passphrase(session, secrets.new_passphrase(), secret.key_file)
        for notice in session.vault.notices:
            if notice not in told:
                talk(f"chartmend: {notice}")
    emit({"ok": True}, lambda: ["The passphrase is changed. Older backups keep the old one."])
