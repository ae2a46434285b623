"""Showing a new recovery code once, and having it typed back."""

from __future__ import annotations

from vault.actions import session as sessions
from vault.cli import secrets
from vault.cli.out import talk
from vault.errors import VaultError

_TRIES = 3


def typed_back(code: str) -> bool:
    """Show a recovery code and ask for it; whether it came back right within three tries."""
    talk("")
    talk(f"Recovery code:  {code}")
    talk("Write it on paper now. It opens the vault when the passphrase is forgotten,")
    talk("and it is shown only this once.")
    for _ in range(_TRIES):
        try:
            if sessions.same_code(code, secrets.ask_plain("Type it back")):
                return True
        except VaultError as error:
            talk(f"{error.sentence}.")
            continue
        except KeyboardInterrupt:
            talk("")
            return False
        talk("That is another code.")
    return False
