"""What tests of corrections in the app share."""

from __future__ import annotations

import datetime as dt

from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.requesting import chosen
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.correction import CorrectionScreen
from vault import dates
from vault.actions import corrections, flags
from vault.actions.corrections import CorrectionView
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.requests import Channel

WRONG = (("1916", "1961"), ("left knee", "right knee"))
"""What the made record says, and what it should say."""


def flat(app: ChartmendApp) -> str:
    """The screen's words without their lines."""
    return " ".join(text_of(app).split())


def drafted(session: Session, points: int = 2, data: bytes = b"") -> CorrectionView:
    """A correction of a hospital's record, of one item or two, not sent.

    The record's pages can be drawn only where `data`, a real PDF, is given.
    """
    person, provider = patient(session), hospital(session)
    text = "born 1916\npain in the left knee\nwell"
    held = scan(session, "visit.pdf", [text], person=person, provider=provider, data=data)
    found = [
        flags.add(session, held.id, 1, quote, Wrong(should, why="my passport says so"))
        for quote, should in WRONG[:points]
    ]
    return corrections.new(session, [flag.id for flag in found])


def sent(session: Session, points: int = 2, days: int = 20) -> CorrectionView:
    """As `drafted`, and sent so many days ago."""
    made = drafted(session, points)
    on = dates.today() - dt.timedelta(days=days)
    return corrections.sent(session, made.correction.id, Sending(on, Channel.FAX, arrived=on))


def now(session: Session, view: CorrectionView) -> CorrectionView:
    """A correction as it stands now."""
    return corrections.get(session, view.correction.id, dates.today())


async def opened(
    app: ChartmendApp, pilot: Pilot[str], wait: Wait, correction: str
) -> CorrectionScreen:
    """The screen of a correction."""
    app.today = dates.today
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    screen = CorrectionScreen(correction)
    app.push_screen(screen)
    await wait(pilot, lambda: app.screen is screen and "What is to be put right" in text_of(app))
    return screen


def on(screen: CorrectionScreen, words: str) -> None:
    """Put the cursor on the first line that holds words."""
    parts = screen.query_one("#parts", OptionList)
    prompts = [str(parts.get_option_at_index(i).prompt) for i in range(parts.option_count)]
    parts.highlighted = next(i for i, text in enumerate(prompts) if words in text)


async def reply(app: ChartmendApp, pilot: Pilot[str], wait: Wait, words: str) -> None:
    """Wait for a list to choose from, and take the line that holds words."""
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog) and app.screen.is_attached)
    dialog = app.screen
    assert isinstance(dialog, ChooseDialog)
    value = next((c.value for c in dialog.choices if words in c.text and c.value), "")
    assert value, [c.text for c in dialog.choices]
    await chosen(app, pilot, wait, value)
