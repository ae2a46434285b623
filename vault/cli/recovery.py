"""chartmend recovery: open the vault with the recovery code, or make a new code."""

from __future__ import annotations

from vault.actions import keys
from vault.actions import session as sessions
from vault.cli import codes, secrets, settings
from vault.cli.opening import folder, opened
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.errors import NoVault

app = new_app()


@app.callback()
def _group() -> None:
    """Use the recovery code, or make a new one."""


@app.command()
def use() -> None:
    """Open the vault with the recovery code and give it a new passphrase."""
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    sessions.harden()
    had_key_file = keys.wants(folder()).key_file
    notices = sessions.recover(folder(), secrets.recovery_code(), secrets.new_passphrase())
    for notice in notices:
        talk(f"chartmend: {notice}")
    said = ["The new passphrase opens the vault now."]
    if had_key_file:
        said.append("The key file is no longer needed. Ask for one again with: keyfile add")
    emit({"ok": True}, lambda: said)


@app.command()
def new() -> None:
    """Make a new recovery code; the old one opens the vault no more."""
    with opened(write=True) as session:
        code = session.vault.change_recovery_code()
    asked = secrets.on_terminal() and not settings.current().json
    if asked and not codes.typed_back(code):
        talk("The code is changed. Without a right copy of it, make another: recovery new")
    said = [
        "The new code opens the vault now; the old one does not.",
        "Back up once more: backups made before this open with the older code only.",
    ]
    emit(
        {"ok": True, "recovery_code": code},
        lambda: said if asked else [f"Recovery code:  {code}", *said],
    )
