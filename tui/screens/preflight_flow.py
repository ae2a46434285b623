"""The check before a request is sent: what is missing, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from tui import background
from tui.screens import letter_flow, request_flow
from tui.screens.address_dialog import AddressDialog
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.people import PeopleScreen
from tui.shell import Shell
from tui.widgets.dialogs import AskDialog, ErrorDialog, as_sentence
from vault import dates
from vault.actions import requests
from vault.actions.asking import preflight
from vault.actions.asking.preflight import Finding
from vault.actions.requests import RequestView
from vault.errors import VaultError

_READY = "ready"
_WAYS = (
    ("your postal address", "address", "Enter asks for the addresses."),
    ("where to send it", "address", "Enter asks for the addresses."),
    ("their address is confirmed", "provider", "Enter shows the provider; there y confirms it."),
    ("your telephone number", "people", "Enter shows the people; there Enter changes one."),
    ("the record number", "people", "Enter shows the people; there Enter changes one."),
    ("the days asked for", "edit", "Enter changes the request."),
    ("somebody may ask", "edit", "Enter changes the request: say who asks."),
    ("you may ask for them", "people", "Enter shows the people and who acts for them."),
    ("the proof that you may ask", "people", "Enter shows the people; name a paper as the proof."),
    ("a copy of that proof", "people", "Enter shows the people; there c makes a copy."),
    ("the copy for somebody else", "letter", "Enter makes an authorization."),
    ("the format", "edit", "Enter changes the request."),
    ("a limit for the fee", "edit", "Enter changes the request."),
    ("proof of identity", "people", "Enter shows the people; there c makes a copy."),
    ("a letter or a filled form", "letter", "Enter makes the letter."),
    ("the letter says what is so", "letter", "Enter makes the letter anew."),
    ("the filled form was looked at", "stay", "Open the form, look at its page, and press y."),
    ("it is signed", _READY, "Print it and sign it; Enter then calls the request ready."),
    ("the signature is", _READY, "Sign it anew; Enter then calls the request ready."),
)
"""What is looked at (how it begins), where it is mended in the app, and how."""


def _way(finding: Finding) -> tuple[str, str]:
    return next(
        ((to, said) for start, to, said in _WAYS if finding.what.startswith(start)), ("stay", "")
    )


def _sign(finding: Finding) -> str:
    return "  " if finding.ok else "! " if finding.blocks else "- "


def choices(found: Sequence[Finding]) -> list[Choice]:
    """What is missing first, with the way to mend it; then what is there."""
    wrong = [f for f in found if not f.ok]
    lines = []
    if wrong:
        lines.append(Choice("Missing (! has to be mended first)"))
        lines += [
            Choice(f"{_sign(f)}{as_sentence(f.what)}", f"{_way(f)[0]}#{at}", _way(f)[1])
            for at, f in enumerate(wrong)
        ]
    unsigned = all(f.what.startswith(("it is signed", "the signature")) for f in wrong if f.blocks)
    if unsigned:
        lines.append(Choice("Then"))
        lines.append(
            Choice("I have signed it: it is ready to be sent", f"{_READY}#", "Asks for the day.")
        )
    right = [f for f in found if f.ok]
    if right:
        lines.append(Choice(f"All right: {', '.join(f.what for f in right)}"))
    return lines


async def check(app: Shell, request: str) -> None:
    """Show what is missing until nothing more is to be mended, or the person leaves."""
    while True:
        try:
            found = await background.run(preflight.check, app.unlocked, request, app.today())
        except VaultError as error:
            app.push_screen(ErrorDialog.of(error))
            return
        given = await app.push_screen_wait(ChooseDialog("Before it is sent", choices(found)))
        if given is None:
            return
        view = await background.run(requests.get, app.unlocked, request, app.today())
        if not await _mend(app, view, given.partition("#")[0]):
            return


async def _mend(app: Shell, view: RequestView, way: str) -> bool:
    """Go where something is mended; False where the check is over."""
    match way:
        case "address":
            await app.push_screen_wait(AddressDialog(view.person, view.provider))
        case "edit":
            await request_flow.change(app, view.request)
        case "letter":
            await letter_flow.choose(app, view)
        case "provider":
            app.open_provider(view.provider.id)
            return False
        case "people":
            app.push_screen(PeopleScreen(view.person.id))
            return False
        case _ if way == _READY:
            return not await _ready(app, view)
    return True


async def _ready(app: Shell, view: RequestView) -> bool:
    asked = AskDialog("On which day was it signed?", value=app.today().isoformat())
    given = await app.push_screen_wait(asked)
    if given is None:
        return False
    try:
        on = dates.parse(given, "the day it was signed")
        await background.run(preflight.ready, app.unlocked, view.request.id, on)
    except VaultError as error:
        await app.push_screen_wait(ErrorDialog.of(error))
        return False
    app.notify("It is ready. When you have sent it, press s.")
    return True
