"""chartmend keyring: let the system's keyring open the vault."""

from __future__ import annotations

from vault.actions import keys
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import emit

app = new_app()


@app.callback()
def _group() -> None:
    """Open the vault by the keyring of the system, or stop doing so."""


@app.command()
def on() -> None:
    """Keep a secret in the keyring of the system that opens the vault without a passphrase."""
    with opened(write=True) as session:
        keys.use_keyring(session, on=True)
    said = "Whoever is logged in to this account can open the vault now."
    emit({"ok": True}, lambda: [said, "Passphrase and recovery code open it as before."])


@app.command()
def off() -> None:
    """Take the secret out of the keyring; the passphrase opens the vault as before."""
    with opened(write=True) as session:
        keys.use_keyring(session, on=False)
    emit({"ok": True}, lambda: ["The keyring opens the vault no more."])
