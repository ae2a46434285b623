"""What tests of the papers of a correction in the app share."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Footer

from tests.tui.conftest import Wait
from tests.tui.correcting import flat, now, sent
from tui.app import ChartmendApp
from tui.screens.correction_letter import CorrectionLetterScreen
from tui.screens.paper import LetterPage
from vault import dates
from vault.actions import corrections, people, providers
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.requests import Detail

SMALL = (80, 24)
HERE, THERE = ("12 Elm Row", "Hill Town, TX 75001"), ("1 Elm Street", "Hill Town, TX 75001")


def addressed(session: Session, view: CorrectionView) -> None:
    """Give both sides of a correction an address."""
    people.readdress(session, view.person.id, HERE)
    providers.readdress(session, view.provider.id, THERE)


def denied(session: Session, points: int = 1) -> CorrectionView:
    """A correction that was sent and denied, with addresses."""
    made = sent(session, points)
    addressed(session, made)
    told = Told(CorrectionEvent.DENIED, dates.today(), detail=Detail(ground="accurate"))
    corrections.tell(session, made.correction.id, told)
    return now(session, made)


def tame(app: ChartmendApp) -> None:
    """Nothing on the screen is for a command line."""
    said = flat(app)
    assert "chartmend " not in said
    assert " --" not in said


async def paper(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> CorrectionLetterScreen:
    """The screen of a letter, once its page is drawn."""
    await wait(pilot, lambda: isinstance(app.screen, CorrectionLetterScreen))
    await wait(pilot, lambda: app.screen.query_one(LetterPage).lines)
    assert isinstance(app.screen, CorrectionLetterScreen)
    assert app.screen.query_one(Footer).max_scroll_x == 0
    return app.screen
