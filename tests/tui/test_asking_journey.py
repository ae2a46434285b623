"""From the name of a provider to all the records, in the app alone, on a small terminal."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select, TextArea

from tests.ingest import forms_made
from tests.tui.conftest import Wait
from tests.tui.requesting import chosen
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.address_dialog import AddressDialog
from tui.screens.came import CameScreen
from tui.screens.came_dialog import AnswerDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.event_dialog import EventDialog
from tui.screens.importing import ImportScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.paper import LetterPage
from tui.screens.request import RequestScreen
from tui.screens.request_dialog import RequestDialog
from tui.screens.request_letter import RequestLetterScreen
from tui.screens.requests import RequestsScreen
from tui.screens.review_dialog import ReviewedDialog
from tui.screens.said_flow import SaidDialog
from tui.screens.sent_dialog import RequestSentDialog
from tui.widgets.dialogs import AskDialog
from vault import dates
from vault.actions import requests
from vault.actions.asking.replies import REPLIES
from vault.actions.session import Session
from vault.model.asking_letters import LetterKind
from vault.model.requests import Outcome, RequestEvent, RequestState


async def _made(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    """Who holds them, whose they are, and the request."""
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    await pilot.press("3")
    await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
    await pilot.press("n")
    await wait(pilot, lambda: isinstance(app.screen, AddProviderDialog))
    app.screen.query_one("#name", Input).value = "Elm Street Hospital"
    app.screen.query_one("#place", Input).value = "us-tx"
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, AddPersonDialog))
    app.screen.query_one("#name", Input).value = "Marian Voss"
    app.screen.query_one("#born", Input).value = "1961-03-14"
    app.screen.query_one("#phone", Input).value = "214 555 0100"
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, RequestDialog))
    app.screen.query_one("#format", Input).value = "PDF"
    app.screen.query_one("#limit", Input).value = "25.00"
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: "Not sent yet" in text_of(app))
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
    await wait(pilot, lambda: "25.00 USD" in text_of(app))


async def _sent(app: ChartmendApp, pilot: Pilot[str], wait: Wait, target: Path) -> None:
    """The letter: made, looked at, checked, signed, written out, sent."""
    await pilot.press("k")
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
    await _mended(app, pilot, wait)
    await pilot.press("w")
    await chosen(app, pilot, wait, LetterKind.ACCESS_REQUEST)
    await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
    await wait(pilot, lambda: app.screen.query_one(LetterPage).lines)
    await pilot.press("k")
    await chosen(app, pilot, wait, "ready#")
    await wait(pilot, lambda: isinstance(app.screen, AskDialog))
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
    await pilot.press("w")
    await wait(pilot, lambda: isinstance(app.screen, AskDialog))
    app.screen.query_one("#answer", Input).value = str(target)
    await pilot.press("enter")
    await wait(pilot, target.exists)
    await pilot.press("s")
    await wait(pilot, lambda: isinstance(app.screen, RequestSentDialog))
    app.screen.query_one("#arrived", Input).value = dates.today().isoformat()
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
    await wait(pilot, lambda: "Nothing to do now: it is theirs" in " ".join(text_of(app).split()))
    assert "check the current text" in " ".join(text_of(app).split())


async def _mended(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    """The check leads to the addresses, which are filled in."""
    dialog = app.screen
    assert isinstance(dialog, ChooseDialog)
    value = next(c.value for c in dialog.choices if "Where to send it" in c.text)
    await chosen(app, pilot, wait, value)
    await wait(pilot, lambda: isinstance(app.screen, AddressDialog))
    app.screen.query_one("#sender", TextArea).text = "12 Elm Row\nHill Town, TX 75001"
    app.screen.query_one("#to", TextArea).text = "1 Elm Street\nHill Town, TX 75001"
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
    await pilot.press("escape")
    await wait(pilot, lambda: isinstance(app.screen, RequestScreen))


async def _disputed(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    """They name a price: it is held against the law, disputed by letter, and that is noted."""
    await pilot.press("t")
    price = next(reply for reply in REPLIES if reply.event is RequestEvent.FEE_QUOTED)
    await chosen(app, pilot, wait, price.id)
    await wait(pilot, lambda: isinstance(app.screen, SaidDialog))
    at = {question.key: f"#q{i}" for i, question in enumerate(price.questions)}
    app.screen.query_one(at["amount"], Input).value = "90.00"
    app.screen.query_one(at["lines"], TextArea).text = "retrieval=60.00\ncopying=30.00/50"
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
    await chosen(app, pilot, wait, "later")
    await wait(pilot, lambda: "Press w for a letter" in " ".join(text_of(app).split()))
    await pilot.press("w")
    await chosen(app, pilot, wait, LetterKind.FEE_DISPUTE)
    await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
    await wait(pilot, lambda: app.screen.query_one(LetterPage).lines)
    await pilot.press("s")
    await wait(pilot, lambda: isinstance(app.screen, EventDialog))
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
    await wait(pilot, lambda: "still open USD 90.00" in _scrolled(app))


def _scrolled(app: ChartmendApp) -> str:
    """All lines of the request's screen, those below its edge too."""
    parts = app.screen.query_one("#parts", OptionList)
    return "\n".join(str(parts.get_option_at_index(at).prompt) for at in range(parts.option_count))


async def _came(app: ChartmendApp, pilot: Pilot[str], wait: Wait, pdf: Path) -> None:
    """What arrives: taken in, and said to be the answer."""
    await pilot.press("5")
    await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
    select = app.screen.query_one("#provider", Select)
    await wait(pilot, lambda: len(select._options) > 1)
    select.value = select._options[-1][1]
    path = app.screen.query_one("#path", Input)
    path.focus()
    path.value = str(pdf)
    await pilot.press("enter")
    await pilot.press("i")
    await wait(pilot, lambda: app.progress is not None and not app.progress.running)
    await pilot.press("1")
    await wait(pilot, lambda: "came that may answer" in " ".join(text_of(app).split()))
    await pilot.press("3")
    await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
    await wait(pilot, lambda: "press c" in text_of(app))
    await pilot.press("c")
    await wait(pilot, lambda: isinstance(app.screen, CameScreen))
    await wait(pilot, lambda: "it came from Elm Street" in " ".join(text_of(app).split()))
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
    await pilot.press("enter")
    await wait(pilot, lambda: isinstance(app.screen, AnswerDialog))
    await pilot.press("ctrl+s")
    await wait(pilot, lambda: "Nothing waits here" in text_of(app))


async def test_from_a_name_to_all_the_records(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """Every step is done by keys and forms, and each screen says what to do next."""
    app.today = dates.today
    pdf = tmp_path / "answer.pdf"
    pdf.write_bytes(forms_made.every_kind())
    async with app.run_test(size=(80, 24)) as pilot:
        await _made(app, pilot, wait)
        await _sent(app, pilot, wait, tmp_path / "letter.pdf")
        await _disputed(app, pilot, wait)
        await _came(app, pilot, wait, pdf)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
        await wait(pilot, lambda: "Records came" in " ".join(text_of(app).split()))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
        await wait(pilot, lambda: "Press v when you have" in " ".join(text_of(app).split()))
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, ReviewedDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Closed: all is here. Complete." in text_of(app))
    (view,) = requests.every(session, dates.today())
    assert view.request.state is RequestState.CLOSED
    assert view.request.outcome == Outcome.COMPLETE
