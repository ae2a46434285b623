"""Making a request and changing it: what it needs first is asked for first."""

from __future__ import annotations

from tui import background
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.request_dialog import Known, RequestDialog
from tui.shell import Shell
from vault.actions import authorities, offices, people, providers, requests
from vault.actions.requests import RequestView
from vault.model.requests import Request

_NEEDED = "A request needs a provider to ask and a person it is about."


async def make(app: Shell, provider: str = "") -> RequestView | None:
    """Make a request, to a provider (an id) where one is named; None where none was made."""
    if not await background.run(providers.every, app.unlocked):
        await app.push_screen_wait(AddProviderDialog())
    if not await background.run(people.every, app.unlocked):
        await app.push_screen_wait(AddPersonDialog())
    known = await background.run(_known, app)
    if not known.providers or not known.people:
        app.notify(_NEEDED)
        return None
    return await app.push_screen_wait(RequestDialog(known, provider=provider))


async def change(app: Shell, request: Request) -> RequestView | None:
    """Change what a request asks for and how, before it is sent."""
    known = await background.run(_known, app, request.provider)
    return await app.push_screen_wait(RequestDialog(known, old=request))


def _known(app: Shell, provider: str = "") -> Known:
    s = app.unlocked
    held = providers.every(s)
    desks = [o for p in held if provider in ("", p.id) for o in offices.of(s, p.id)]
    today = app.today()
    acting = tuple(
        (v.authority.id, v.person.id, f"{v.authority.name}, for {v.person.name}")
        for v in authorities.every(s, today)
    )
    asked = requests.every(s, today)
    return Known(held, people.every(s), tuple(desks), asked, acting)
