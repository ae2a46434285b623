"""chartmend init: make a vault."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import doctor
from vault.actions import session as sessions
from vault.cli import codes, secrets, settings
from vault.cli.opening import folder
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.errors import VaultExists

app = new_app()


@app.command()
def init() -> None:
    """Make a vault: chartmend asks for a passphrase and shows a recovery code once."""
    place = folder()
    if sessions.exists(place):
        raise VaultExists(str(place))
    sessions.harden()
    passphrase = secrets.new_passphrase(first=True)
    session, code = sessions.make_vault(place, passphrase)
    for notice in (*session.vault.notices, doctor.swap_warning()):
        if notice:
            talk(f"chartmend: {notice}")
    session.close()
    asked = secrets.on_terminal() and not settings.current().json
    if asked and not codes.typed_back(code):
        talk("The vault is made. Without a right copy of the code, make a new one: recovery new")

    def plain() -> Iterator[str]:
        if not asked:
            yield f"Recovery code:  {code}"
        yield f"Your vault is in {place}"
        yield 'Next: chartmend person add "NAME" --born YYYY-MM-DD'

    emit({"vault": str(place), "recovery_code": code}, plain)
