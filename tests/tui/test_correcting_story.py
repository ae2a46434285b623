"""A mistake's whole way in the app: from the flag to the end, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.conftest import Wait
from tests.tui.correcting import flat, on, reply
from tests.tui.made import hospital, patient, scan
from tests.tui.requesting import chosen
from tests.tui.screen import lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.amending_dialog import AmendingDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.compare import CompareScreen
from tui.screens.correction import CorrectionScreen
from tui.screens.corrections import CorrectionsScreen
from tui.screens.letter_preview import LetterPreviewScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.screens.tell_dialog import TellDialog
from tui.widgets.dialogs import AskDialog
from vault import dates
from vault.actions import corrections, flags, people, providers, records
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.reading import Picture, View

SMALL = (80, 24)
NOTE = """Office Visit of March
Complaint: pain in the left knee since the fall in May
Medication: Metformin 500 mg twice daily with meals
Plan: physical therapy, return in six weeks"""


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of records are grey here; letters are typeset and drawn for real."""

    def grey(_s: Session, _record: object, view: View) -> Picture:
        size = view.width * view.height * (3 if view.colour else 1)
        return Picture(view.width, view.height, b"\xa0" * size, colour=view.colour)

    monkeypatch.setattr(records, "draw", grey)


def _confirmed(session: Session, *quotes: tuple[str, str]) -> None:
    """A hospital's note with confirmed errors in it, all addresses known."""
    person, provider = patient(session), hospital(session)
    people.readdress(session, person.id, ("1 Elm Lane", "Town, TX 75001"))
    providers.readdress(session, provider.id, ("2 Oak Road", "Town, TX 75002"))
    held = scan(session, "visit.pdf", [NOTE], person=person, provider=provider)
    for quote, should in quotes:
        flags.add(session, held.id, 1, quote, Wrong(should, why="my own list says so"))


def _copy(session: Session, old: str, new: str) -> str:
    """The same note with something put right, as it came later."""
    (person,), (provider,) = people.every(session), providers.every(session)
    text = NOTE.replace(old, new)
    return scan(session, "amended.pdf", [text], person=person, provider=provider).id


async def _begun(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> CorrectionsScreen:
    """From home to the list of corrections, one made of all errors of the provider."""
    app.today = dates.today
    await wait(pilot, lambda: "not yet in a correction" in flat(app))
    await pilot.press("4")
    await wait(pilot, lambda: "[ ]" in text_of(app))
    await pilot.press("g")
    await wait(pilot, lambda: "[x]" in text_of(app) and "[ ]" not in text_of(app))
    await pilot.press("n")
    await wait(pilot, lambda: isinstance(app.screen, TellDialog) and "Ctrl+S" in text_of(app))
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, CorrectionsScreen) and app.screen.correction)
    await wait(pilot, lambda: "View letter" in lines_of(app)[-1])
    assert isinstance(app.screen, CorrectionsScreen)
    return app.screen


async def _sent(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> CorrectionScreen:
    """From the list to the correction's own screen, noted as sent."""
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, CorrectionScreen) and app.screen.held)
    screen = app.screen
    assert isinstance(screen, CorrectionScreen)
    assert "not sent yet" in flat(app).lower()
    await pilot.press("s")
    await wait(pilot, lambda: isinstance(app.screen, CorrectionSentDialog))
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: app.screen is screen and "It is their turn." in flat(app))
    assert "Next: Wait for their answer." in flat(app)
    return screen


async def _said(
    app: ChartmendApp, pilot: Pilot[str], wait: Wait, screen: CorrectionScreen, words: str
) -> str:
    """Note what they said; the words of the notice that tells what it means."""
    await pilot.press("t")
    await reply(app, pilot, wait, words)
    await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
    told = flat(app)
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog) or app.screen is screen)
    if isinstance(app.screen, ChooseDialog):  # a letter that answers it is offered
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
    return told


async def _compared(
    app: ChartmendApp, pilot: Pilot[str], wait: Wait, screen: CorrectionScreen
) -> None:
    """The copy is taken as such, looked at twice, and found to be right."""
    await pilot.press("c")
    await reply(app, pilot, wait, "A fresh copy came")
    await reply(app, pilot, wait, "amended.pdf")
    await wait(pilot, lambda: isinstance(app.screen, CompareScreen))
    await wait(pilot, lambda: "It seems to be fixed" in flat(app))
    await wait(pilot, lambda: "In the fresh copy: amended.pdf, page 1" in flat(app))
    assert "As it was: visit.pdf, page 1" in flat(app)
    await pilot.press("escape")
    await wait(pilot, lambda: app.screen is screen and "fresh copy is here" in flat(app))
    await pilot.press("c")
    await reply(app, pilot, wait, "Compare the copy that came")
    await wait(pilot, lambda: "It seems to be fixed" in flat(app))
    await pilot.press("f")
    await wait(pilot, lambda: "Fixed. " in flat(app))
    await pilot.press("escape")
    await wait(pilot, lambda: app.screen is screen and "Next: Closed" in flat(app))


async def test_six_keys_lead_from_confirmed_errors_to_the_letter(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """From home, two errors of one provider: five keys to the typeset letter, without a gap."""
    _confirmed(session, ("500 mg", "850 mg"), ("left knee", "right knee"))
    keys = 4  # 4, g, n, Ctrl+S
    async with app.run_test(size=SMALL) as pilot:
        await _begun(app, pilot, wait)
        await pilot.press("v")
        keys += 1
        await wait(pilot, lambda: isinstance(app.screen, LetterPreviewScreen))
        await wait(pilot, lambda: "It should say: 850 mg" in flat(app))
        assert "It should say: right knee" in flat(app)
        assert "missing" not in text_of(app)
    assert keys <= 6


async def test_six_keys_lead_from_confirmed_errors_to_the_pdf(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """From home, with the place that is offered: the file to sign is written."""
    _confirmed(session, ("500 mg", "850 mg"), ("left knee", "right knee"))
    keys = 4  # 4, g, n, Ctrl+S
    async with app.run_test(size=SMALL) as pilot:
        await _begun(app, pilot, wait)
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        keys += 2
        await wait(pilot, lambda: list(Path.home().glob("*.pdf")))
    (written,) = Path.home().glob("*.pdf")
    assert written.read_bytes().startswith(b"%PDF-")
    assert keys <= 6


async def test_what_they_accepted_is_over_when_a_fresh_copy_shows_it(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Sent, accepted, the copy taken in, compared, fixed: each screen says what comes next."""
    _confirmed(session, ("Metformin 500 mg", "Metformin 850 mg"))
    async with app.run_test(size=SMALL) as pilot:
        await _begun(app, pilot, wait)
        screen = await _sent(app, pilot, wait)
        told = await _said(app, pilot, wait, screen, "accept all")
        assert "Noted: they accepted." in told
        await wait(pilot, lambda: "order a fresh copy that shows it" in flat(app))
        assert ' accepted: "Metformin 500 mg"' in text_of(app)
        copy = _copy(session, "500", "850")
        await _compared(app, pilot, wait, screen)
        assert 'put right: "Metformin 500 mg"' in flat(app)
        on(screen, "you compared the copy")
    (view,) = corrections.every(session, dates.today())
    assert view.correction.state is CorrectionState.CLOSED
    assert list(view.standing.items.values()) == [ItemState.FIXED]
    assert view.standing.copies == (copy,)


async def test_what_they_denied_ends_with_the_disagreement_in_the_record(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Denied, a statement filed, and they confirm that it is with the entry."""
    _confirmed(session, ("left knee", "right knee"))
    async with app.run_test(size=SMALL) as pilot:
        await _begun(app, pilot, wait)
        screen = await _sent(app, pilot, wait)
        told = await _said(app, pilot, wait, screen, "They deny it")
        assert "Noted: they denied." in told
        assert "On what ground they refused was not noted" in told
        await wait(pilot, lambda: '! denied: "left knee"' in text_of(app))
        await pilot.press("l")
        await chosen(app, pilot, wait, CorrectionEvent.DISAGREEMENT)
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "disagreement is filed" in flat(app))
        assert "have them confirm that it is with the entry" in flat(app)
        await _said(app, pilot, wait, screen, "my papers are with the entry")
        await wait(pilot, lambda: "Next: Closed" in flat(app))
        parts = screen.query_one("#parts", OptionList)
        assert parts.option_count
        on(screen, "it is with the entry now")
    (view,) = corrections.every(session, dates.today())
    assert view.correction.state is CorrectionState.CLOSED
    assert list(view.standing.items.values()) == [ItemState.DISAGREEMENT_ON_FILE]
