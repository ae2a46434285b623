"""chartmend init: make a vault."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import session as sessions
from vault.cli import secrets, settings
from vault.cli.opening import folder
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.errors import VaultError, VaultExists

app = new_app()

_TRIES = 3


def _typed_back(code: str) -> bool:
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
        talk("That is another code.")
    return False


@app.command()
def init() -> None:
    """Make a vault: chartmend asks for a passphrase and shows a recovery code once."""
    place = folder()
    if sessions.exists(place):
        raise VaultExists(str(place))
    sessions.harden()
    passphrase = secrets.new_passphrase(first=True)
    session, code = sessions.make_vault(place, passphrase)
    session.close()
    asked = secrets.on_terminal() and not settings.current().json
    if asked and not _typed_back(code):
        talk("The vault is made. Without a right copy of the code, make a new one: recovery new")

    def plain() -> Iterator[str]:
        if not asked:
            yield f"Recovery code:  {code}"
        yield f"Your vault is in {place}"
        yield 'Next: chartmend person add "NAME" --born YYYY-MM-DD'

    emit({"vault": str(place), "recovery_code": code}, plain)
