"""The papers of a request in the app: letters, the check before sending, forms, sheaves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdf
import pytest
from textual.widgets import Footer, Input, OptionList

from tests.ingest import forms_made
from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital
from tests.tui.requesting import chosen, on, opened
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.address_dialog import AddressDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.event_dialog import EventDialog
from tui.screens.filled import FilledScreen
from tui.screens.form import FormScreen
from tui.screens.form_flow import AddFormDialog
from tui.screens.paper import LetterPage
from tui.screens.place_dialog import PlaceDialog
from tui.screens.request import RequestScreen
from tui.screens.request_letter import RequestLetterScreen
from tui.screens.sent_dialog import RequestSentDialog
from tui.widgets.dialogs import AskDialog, ConfirmDialog, ErrorDialog
from tui.widgets.strip import FoldedStrip
from vault import dates
from vault.actions import filling, forms, people, requests
from vault.actions.asking import letters
from vault.actions.people import Contact
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.asking_letters import LetterKind
from vault.model.requests import Channel, RequestEvent, RequestState

SMALL, LARGE = (80, 24), (120, 40)
HOME = Contact(("12 Elm Row", "Hill Town, TX 75001"), "214 555 0100", "", "marian@example.org")


@pytest.fixture
def asked(session: Session) -> RequestView:
    """A request that lacks nothing but the provider's address, a letter and the signature."""
    person = people.add(session, "Marian Voss", dt.date(1961, 3, 14), contact=HOME)
    wanted = Wanted(format="PDF")
    return requests.new(session, hospital(session).id, person.id, wanted)


def _flat(app: ChartmendApp) -> str:
    return " ".join(text_of(app).split())


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_letter_is_made_checked_signed_and_sent(  # noqa: PLR0915 - one way, whole
    app: ChartmendApp,
    wait: Wait,
    session: Session,
    asked: RequestView,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    """From a draft to sent: what is missing is said, and each line leads to its mending."""
    target = tmp_path / "letter.pdf"
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, wait, asked.request.id)
        await pilot.press("w")
        await chosen(app, pilot, wait, LetterKind.ACCESS_REQUEST)
        await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
        paper = app.screen
        assert isinstance(paper, RequestLetterScreen)
        await wait(pilot, lambda: paper.query_one(LetterPage).lines)
        assert "Marian Voss" in text_of(app) or size == SMALL
        assert paper.query_one(Footer).max_scroll_x == 0
        await pilot.press("k")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "! Where to send it" in text_of(app)
        assert "chartmend request" not in text_of(app)
        await chosen(app, pilot, wait, _line(app, "Where to send it"))
        await wait(pilot, lambda: isinstance(app.screen, AddressDialog))
        app.screen.query_one("#to").text = "1 Elm Street\nHill Town, TX 75001"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "letter says what is so now" in _flat(app))
        assert "! Where to send it" not in text_of(app)
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is paper and "Something changed" in text_of(app))
        await pilot.press("r")
        await wait(pilot, lambda: "Something changed" not in text_of(app))
        await pilot.press("k")
        await chosen(app, pilot, wait, "ready#")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = dates.today().isoformat()
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is paper)
        assert _state(session, asked) is RequestState.READY
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, RequestSentDialog))
        app.screen.query_one("#on", Input).value = dates.today().isoformat()
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Access request, made" in text_of(app))
    held = requests.get(session, asked.request.id, dates.today())
    assert held.request.state is RequestState.SENT
    assert held.request.events[-1].detail.letter == letters.made(session, asked.request.id)[-1].id
    assert pypdf.PdfReader(target).pages[0].extract_text()


def _line(app: ChartmendApp, words: str) -> str:
    dialog = app.screen
    assert isinstance(dialog, ChooseDialog)
    return next(c.value for c in dialog.choices if words in c.text)


def _state(session: Session, view: RequestView) -> RequestState:
    return requests.get(session, view.request.id, dates.today()).request.state


async def test_a_complaint_that_is_sent_is_noted_as_one(
    app: ChartmendApp, wait: Wait, session: Session, asked: RequestView
) -> None:
    """The best letter is first, each says what it is for, and sending it moves the request."""
    before = dates.today() - dt.timedelta(days=90)
    requests.sent(session, asked.request.id, Sending(before, Channel.FAX, arrived=before))
    app.today = dates.today
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, asked.request.id)
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "That one suits best now" in text_of(app)
        await chosen(app, pilot, wait, LetterKind.COMPLAINT)
        await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
        await wait(pilot, lambda: app.screen.query_one(LetterPage).lines)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "complained" in text_of(app))
    assert _state(session, asked) is RequestState.ESCALATED


async def test_a_form_is_taken_in_mapped_filled_and_looked_at(  # noqa: PLR0915 - likewise
    app: ChartmendApp, wait: Wait, session: Session, asked: RequestView, tmp_path: Path
) -> None:
    """Class and warnings, one field changed, filled in, each line drawn, and noted as right."""
    pdf = tmp_path / "release.pdf"
    pdf.write_bytes(forms_made.every_kind())
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, asked.request.id)
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, AddFormDialog))
        app.screen.query_one("#file", Input).value = str(pdf)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.form)
        screen = app.screen
        assert isinstance(screen, FormScreen)
        assert "only suggested" in _flat(app)
        assert screen.query_one(Footer).max_scroll_x == 0
        at = next(i for i, line in enumerate(screen._lines) if line.target == "Phone")
        screen.query_one("#parts", OptionList).highlighted = at
        await pilot.press("enter")
        await chosen(app, pilot, wait, "own")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = "at work"
        await pilot.press("enter")
        await wait(pilot, lambda: '"at work"' in text_of(app))
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, FilledScreen))
        filled = app.screen
        assert isinstance(filled, FilledScreen)
        await wait(pilot, lambda: filled.query_one(LetterPage).lines)
        await wait(pilot, lambda: filled.query_one("#strip", FoldedStrip).lines)
        assert filled.query_one(Footer).max_scroll_x == 0
        await pilot.press("y")
        await wait(pilot, lambda: filling.is_checked(session, filled.chosen))
        await wait(
            pilot,
            lambda: any(
                e.kind == RequestEvent.FORM_CHECKED
                for e in requests.get(session, asked.request.id, TODAY).request.events
            ),
        )
    (held,) = forms.every(session)
    assert held.mapping.fields["Phone"] == "=at work"
    assert held.mapping.confirmed


async def test_text_is_put_on_a_page_without_fields(
    app: ChartmendApp, wait: Wait, session: Session, asked: RequestView, tmp_path: Path
) -> None:
    """In percent of the page; a place outside is refused in the dialog; Enter takes it away."""
    pdf = tmp_path / "release.pdf"
    pdf.write_bytes(forms_made.every_kind())
    form = forms.add(session, pdf, provider=asked.provider.id)
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        screen = FormScreen(form.id, asked.request.id)
        app.push_screen(screen)
        await wait(pilot, lambda: screen.form)
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, PlaceDialog))
        app.screen.query_one("#own", Input).value = "copy to me"
        app.screen.query_one("#x", Input).value = "150"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "a number from 0 to 100" in _flat(app))
        app.screen.query_one("#x", Input).value = "15"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and screen._lines[-1].placed)
        screen.query_one("#parts", OptionList).highlighted = len(screen._lines) - 1
        await pilot.press("enter")
        await chosen(app, pilot, wait, "none")
        await wait(pilot, lambda: not forms.get(session, form.id).mapping.placed)


async def test_evidence_and_fax_are_written_out(
    app: ChartmendApp, wait: Wait, session: Session, asked: RequestView, tmp_path: Path
) -> None:
    """The binder is written; a fax without a number is refused with a sentence."""
    target = tmp_path / "binder.pdf"
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, asked.request.id)
        await pilot.press("b")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await wait(pilot, lambda: app.screen is screen)
        await pilot.press("h")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(tmp_path / "fax.pdf")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "No fax number" in text_of(app)
    assert len(pypdf.PdfReader(target).pages) >= 1


async def test_the_menu_names_every_key_that_works_now(
    app: ChartmendApp, wait: Wait, asked: RequestView
) -> None:
    """Space lists what can be done; choosing a line does it."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, asked.request.id)
        on(screen, "all records")
        await pilot.press("space")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "v  You have looked" not in text_of(app)
        await chosen(app, pilot, wait, "provider")
        await wait(pilot, lambda: "Year by year" in text_of(app))
        assert isinstance(screen, RequestScreen)
