"""The bottom line of every screen on a terminal of eighty columns."""

from __future__ import annotations

import pytest
from textual.widgets import Footer

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import lines_of
from tui.app import ChartmendApp
from tui.screens.base import VaultScreen
from tui.shell import Place
from vault.actions import flags, requests
from vault.actions.flags import Wrong
from vault.actions.requests import Wanted
from vault.actions.session import Session


@pytest.mark.parametrize("place", Place)
async def test_nothing_is_cut_off_and_the_way_out_is_named(
    app: ChartmendApp, wait: Wait, session: Session, place: Place
) -> None:
    """With things to act on, all keys fit; help and a way out are always among them."""
    person, provider = patient(session), hospital(session)
    held = scan(session, "visit.pdf", ["born 1916"], person=person, provider=provider)
    flags.add(session, held.id, 1, "1916", Wrong("1961"))
    requests.new(session, provider.id, person.id, Wanted())

    def shown() -> bool:
        bottom = lines_of(app)[-1]
        return "Help" in bottom and ("Esc Back" in bottom or "q Quit" in bottom)

    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(place)
        await wait(pilot, lambda: isinstance(app.screen, VaultScreen) and app.screen.PLACE is place)
        await wait(pilot, shown)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        assert ("Esc Back" in lines_of(app)[-1]) == (place is not Place.HOME)
