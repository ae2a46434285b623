"""What is missing is asked for from the list of confirmed flags, and the request is shown."""

from __future__ import annotations

import pytest

from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.corrections import CorrectionsScreen
from tui.screens.request import RequestScreen
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from vault.actions import flags, requests
from vault.actions.asking.events import Told
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.model.flags import Flag, OmissionKind
from vault.model.requests import RequestEvent


def _missing(session: Session, kind: OmissionKind) -> Flag:
    person, provider = patient(session), hospital(session)
    held = scan(session, "visit.pdf", ["Page 1 of 3"], person=person, provider=provider)
    return flags.omit(session, held.id, 1, "page 2 of 3", Wrong("page 2", omission=kind))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_r_asks_for_it_and_shows_the_request(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """Asked first, then begun and shown; shown again, and asked anew once it is closed."""
    flag = _missing(session, OmissionKind.COPYING_DEFECT)
    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.CORRECTIONS)
        await wait(pilot, lambda: "r asks for it by a request" in text_of(app))
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "Ask Elm Street Hospital for it?" in text_of(app)
        await pilot.press("y")
        await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
        (view,) = requests.every(session, TODAY)
        assert flags.get(session, flag.id).request == view.request.id
        await pilot.press("escape")
        await wait(pilot, lambda: "A request was made for it" in text_of(app))
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
        withdrawn = Told(RequestEvent.WITHDRAWN, TODAY)
        requests.log(session, view.request.id, withdrawn)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionsScreen))
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        assert len(requests.every(session, TODAY)) == 1


async def test_what_nobody_wrote_down_has_no_such_key(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """A correction asks to add it; the key does nothing, and is not spoken of."""
    _missing(session, OmissionKind.NEVER_CHARTED)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.CORRECTIONS)
        await wait(pilot, lambda: "page 2" in text_of(app))
        assert "asks for it" not in text_of(app)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, CorrectionsScreen)
        assert requests.every(session, TODAY) == ()
