"""chartmend rotate: a new key, and the whole vault written anew under it."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import keys
from vault.actions import rotate as rotating
from vault.actions import session as sessions
from vault.cli import codes, secrets, settings
from vault.cli.opening import folder, typed_secret
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.cli.progress import counting

app = new_app()


@app.command()
def rotate() -> None:
    """Give the vault a new key and recovery code; run it again to go on after a stop."""
    secret = typed_secret()
    sessions.harden()
    had_keyring = keys.wants(folder()).keyring
    with counting("writing anew") as tell:
        code = rotating.rotate(folder(), secret, tell=tell)
    asked = secrets.on_terminal() and not settings.current().json
    if asked and not codes.typed_back(code):
        talk("The key is changed. Without a right copy of the code, make a new one: recovery new")

    def plain() -> Iterator[str]:
        if not asked:
            yield f"Recovery code:  {code}"
        yield "The vault has a new key; the passphrase is the same, the old recovery code is void."
        if had_keyring:
            yield "The system's keyring opens it no more. Let it again with: keyring on"
        yield "Backups made before still open with the old recovery code and the passphrase then."

    emit({"ok": True, "recovery_code": code}, plain)
