"""The check before a correction is sent: what is missing, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from tui import background
from tui.screens import amending_letters, terms_dialog
from tui.screens.address_dialog import AddressDialog
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.correction_lines import point
from tui.screens.evidence import EvidenceScreen
from tui.screens.people import PeopleScreen
from tui.shell import Shell
from tui.widgets.dialogs import AskDialog, ErrorDialog, as_sentence
from vault import dates
from vault.actions import corrections
from vault.actions.asking.preflight import Finding
from vault.actions.correcting import preflight
from vault.actions.corrections import CorrectionView
from vault.errors import VaultError
from vault.model.flags import Flag

_READY = "ready"
_SHORT = 44
_WAYS = (
    ("your postal address", "address", "Enter asks for the addresses."),
    ("where to send it", "address", "Enter asks for the addresses."),
    ("your telephone number", "people", "Enter shows the people; there Enter changes one."),
    ("their address is confirmed", "provider", "Enter shows the provider; there y confirms it."),
    ("the provider still exists", "provider", "Ask who keeps its records now. Enter shows it."),
    ("the record number", "people", "Enter shows the people; there Enter changes one."),
    ("you may ask for this", "edit", "Enter changes how you ask: say who asks."),
    ("it is about", "edit", "Its record is another person's now. Enter takes the item out."),
    ("whoever first made", "edit", "Somebody else wrote it first. Enter takes the item out."),
    ("the provider it came from", "record", "See that the right one is asked. Enter shows it."),
    ("the page and the words", "item", "Enter asks for them."),
    ("the words stand", "record", "They were not found there. Enter shows the page."),
    ("what it should say", "item", "Enter asks for it."),
    ("why it is wrong", "item", "They may want a reason. Enter asks for it."),
    ("what shows it is still", "evidence", "Its record was deleted. Enter shows what proves it."),
    ("something that shows", "evidence", "A record, a picture or your word: Enter adds it."),
    ("a letter or a filled form", "letter", "Enter makes the letter."),
    ("the letter says what is so", "anew", "Something changed. Enter makes the letter anew."),
    ("the filled form says", "stay", "Something changed. Fill the form in again, with f."),
    ("the filled form was looked at", "stay", "Open the form, look at its pages, and press y."),
    ("it is signed", _READY, "Print it and sign it; Enter then calls it ready."),
    ("what was signed is", _READY, "Sign it as it is now; Enter then calls it ready."),
    ("the signature is", _READY, "Sign it anew; Enter then calls it ready."),
)
"""What is looked at (how it begins), where it is mended in the app, and how."""
_ELSE = ("people", "Enter shows the people and who acts for them.")
"""Where what an authority still lacks is mended; its sentences are its own."""
_SIGNING = tuple(start for start, to, _ in _WAYS if to == _READY)


def _parted(view: CorrectionView, finding: Finding) -> tuple[Flag | None, str]:
    """The flag a finding is about, if it is about one item, and what it says."""
    id_, colon, what = finding.what.partition(": ")
    flag = next((f for f in view.flags if colon and f.id == id_), None)
    return (flag, what) if flag is not None else (None, finding.what)


def _way(what: str) -> tuple[str, str]:
    return next(((to, said) for start, to, said in _WAYS if what.startswith(start)), _ELSE)


def _said(view: CorrectionView, finding: Finding) -> str:
    """A finding as a line; the item it is about is named by its words."""
    flag, what = _parted(view, finding)
    if flag is None:
        return as_sentence(what)
    named = flag.finding.quote or point(flag)
    short = named if len(named) <= _SHORT else f"{named[:_SHORT]}..."
    return f'{as_sentence(what)[:-1]}: "{short}"'


def choices(view: CorrectionView, found: Sequence[Finding]) -> list[Choice]:
    """What is missing first, with the way to mend it; then what is there."""
    wrong = [(at, f) for at, f in enumerate(found) if not f.ok]
    lines = []
    if wrong:
        lines.append(Choice("Missing (! has to be mended first)"))
    for at, finding in wrong:
        to, said = _way(_parted(view, finding)[1])
        sign = "! " if finding.blocks else "- "
        lines.append(Choice(f"{sign}{_said(view, finding)}", f"{to}#{at}", said))
    if all(f.what.startswith(_SIGNING) for _, f in wrong if f.blocks):
        lines.append(Choice("Then"))
        formal = view.correction.formal
        said = "I have signed it: it is ready to be sent" if formal else "It is ready to be sent"
        why = "Asks for the day." if formal else "A message needs no signature."
        lines.append(Choice(said, f"{_READY}#", why))
    right = [f.what for f in found if f.ok]
    if right:
        lines.append(Choice(f"All right: {', '.join(right)}"))
    return lines


async def check(app: Shell, correction: str) -> None:
    """Show what is missing until nothing more is to be mended, or the person leaves."""
    while True:
        s, today = app.unlocked, app.today()
        try:
            view = await background.run(corrections.get, s, correction, today)
            found = await background.run(preflight.check, s, correction, today)
        except VaultError as error:
            app.push_screen(ErrorDialog.of(error))
            return
        lines = choices(view, found)
        given = await app.push_screen_wait(ChooseDialog("Before it is sent", lines))
        if given is None:
            return
        way, _, at = given.partition("#")
        flag = _parted(view, found[int(at)])[0] if at else None
        if not await _mend(app, view, way, flag):
            return


async def _mend(app: Shell, view: CorrectionView, way: str, flag: Flag | None) -> bool:
    """Go where something is mended; False where the check is over."""
    match way:
        case "address":
            await app.push_screen_wait(AddressDialog(view.person, view.provider))
        case "edit":
            await terms_dialog.change(app, view)
        case "item" if flag is not None:
            await terms_dialog.say(app, view, flag)
        case "letter":
            await amending_letters.choose(app, view)
        case "anew":
            await amending_letters.anew(app, view)
        case _ if way == _READY:
            return not await _ready(app, view)
        case "stay":
            pass
        case _:
            _show(app, view, way, flag)
            return False
    return True


def _show(app: Shell, view: CorrectionView, way: str, flag: Flag | None) -> None:
    """Show the screen on which something is mended."""
    if way == "provider":
        app.open_provider(view.provider.id)
    elif way == "record" and flag is not None:
        app.open_record(flag.finding.record, flag.finding.page, flag.id)
    elif way == "evidence" and flag is not None:
        app.push_screen(EvidenceScreen(flag.id))
    else:
        app.push_screen(PeopleScreen(view.person.id))


async def _ready(app: Shell, view: CorrectionView) -> bool:
    """Ask for the day it was signed, where it has to be, and call it ready."""
    try:
        signed = None
        if view.correction.formal:
            asked = AskDialog("On which day was it signed?", value=app.today().isoformat())
            given = await app.push_screen_wait(asked)
            if given is None:
                return False
            signed = dates.parse(given, "the day it was signed")
        await background.run(preflight.ready, app.unlocked, view.correction.id, signed)
    except VaultError as error:
        await app.push_screen_wait(ErrorDialog.of(error))
        return False
    app.notify("It is ready. When you have sent it, press s.")
    return True
