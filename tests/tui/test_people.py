"""People, who acts for them, and their documents: all of it without a command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input, OptionList, Select, TextArea

from tests.actions.test_documents import card
from tests.ingest.papers import saved
from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital, patient
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.add_person import AddPersonDialog
from tui.screens.authority_dialog import AuthorityDialog
from tui.screens.document_dialogs import ChooseFileDialog, CopyDialog, DocumentDialog
from tui.screens.home import HomeScreen
from tui.screens.masks import MaskScreen
from tui.screens.people import PeopleScreen
from tui.widgets.dialogs import AskDialog, CarefulDialog, ErrorDialog
from tui.widgets.fields import Tick
from vault.actions import authorities, documents, people, requests
from vault.actions.authorities import Terms
from vault.actions.documents import Fresh
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.model.authority_law import Basis, Limit
from vault.model.documents import DocumentKind, read_mask
from vault.model.people import Relation

SMALL, LARGE = (80, 24), (120, 40)


async def _open(app: ChartmendApp, pilot: Pilot[str], wait: Wait, at: str = "") -> PeopleScreen:
    """The screen with the cursor on the line that holds some words."""
    await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    await pilot.press("w")
    await wait(pilot, lambda: isinstance(app.screen, PeopleScreen) and app.screen.lines)
    screen = app.screen
    assert isinstance(screen, PeopleScreen)
    row = next(i for i, line in enumerate(screen.lines) if at in line.text)
    screen.query_one("#people", OptionList).highlighted = row
    await wait(pilot, lambda: screen.current is screen.lines[row])
    return screen


@pytest.fixture
def passport(session: Session, tmp_path: Path) -> str:
    """A passport of Marian Voss that expires in 27 days, with a mask."""
    patient(session)
    path = tmp_path / "passport.png"
    path.write_bytes(saved(card(), "PNG"))
    fresh = Fresh(DocumentKind.PASSPORT, "Passport", TODAY + dt.timedelta(27))
    return documents.add(session, None, path, fresh, [read_mask("1:10,50,80,20")]).document.id


async def test_the_first_person_is_added_at_once(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """In a vault without anybody, w asks who it is; the relation and a death can be said."""
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AddPersonDialog))
        app.screen.query_one("#name", Input).value = "Edda Voss"
        app.screen.query_one("#born", Input).value = "1940-05-01"
        app.screen.query_one("#relation", Select).value = "parent"
        app.screen.query_one("#died", Input).value = "2024-02-03"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    (made,) = people.every(session)
    assert (made.relation, made.died_on) == (Relation.PARENT, dt.date(2024, 2, 3))


async def test_a_person_is_changed(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """Enter opens the form with what is known; what was wrong is put right."""
    people.add(session, "Edda Voss", dt.date(1940, 5, 1), died_on=dt.date(2024, 2, 3))
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, "Edda")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, AddPersonDialog))
        assert app.screen.query_one("#died", Input).value == "2024-02-03"
        app.screen.query_one("#died", Input).value = ""
        app.screen.query_one("#address", TextArea).text = "4 Larch Lane\nAustin"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "4 Larch Lane, Austin" in text_of(app))
    (held,) = people.every(session)
    assert (held.died_on, held.address) == (None, ("4 Larch Lane", "Austin"))


async def test_who_acts_is_said_and_judged(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """A parent of somebody of age is told so, with the law, as soon as it is typed."""
    patient(session)
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, "Marian")
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, AuthorityDialog))
        await wait(pilot, lambda: "Save (Ctrl+S)" in text_of(app))
        app.screen.query_one("#name", Input).value = "Noa Voss"
        app.screen.query_one("#to", Input).value = "1.2.2027"
        app.screen.query_one("#limit-substance_use", Tick).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "is not a date" in text_of(app))
        app.screen.query_one("#to", Input).value = "2027-02-01"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Noa Voss, parent: may not ask" in text_of(app))
        await wait(pilot, lambda: "164.502(g)(3)" in text_of(app))
        assert "of age (18) since 1979-03-14" in text_of(app)
    (view,) = authorities.every(session, TODAY)
    assert view.authority.limits == (Limit.SUBSTANCE_USE,)


async def test_an_authority_is_changed_and_ended(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Enter changes it; e asks for the day it ended, and a wrong day changes nothing."""
    patient(session)
    terms = Terms(name="Noa Voss", basis=Basis.GUARDIAN, limits=(Limit.OTHER,))
    held = authorities.add(session, None, terms).authority.id
    async with app.run_test(size=LARGE) as pilot:
        await _open(app, pilot, wait, "Noa")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, AuthorityDialog))
        assert app.screen.query_one("#limit-other", Tick).value
        app.screen.query_one("#limit-other", Tick).value = False
        app.screen.query_one("#relationship", Input).value = "aunt"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Noa Voss (aunt), guardian: may ask" in text_of(app))
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = "soon"
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, PeopleScreen))
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await wait(pilot, lambda: "guardian: may not ask" in text_of(app))
    view = authorities.get(session, held, TODAY)
    assert view.authority.ended_on == TODAY
    assert view.authority.limits == ()


async def test_a_document_is_kept(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """A file is chosen, then named; one that is none is said in the form, which stays."""
    patient(session)
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "card.png").write_bytes(saved(card(), "PNG"))
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        for name in ("broken.png", "card.png"):
            await pilot.press("d")
            await wait(pilot, lambda: isinstance(app.screen, ChooseFileDialog))
            line = app.screen.query_one("#path", Input)
            line.value = str(folder / name)
            line.focus()
            await pilot.press("enter")
            await wait(pilot, lambda: isinstance(app.screen, DocumentDialog))
            await pilot.press("ctrl+s")
            if name == "broken.png":
                await wait(pilot, lambda: "cannot be kept as a document" in text_of(app))
                await pilot.press("escape")
        await wait(pilot, lambda: "passport: card.png" in text_of(app))
        await wait(pilot, lambda: "No copy was made of it." in text_of(app))
    (view,) = documents.every(session, TODAY)
    assert view.document.title == "card.png"


async def test_a_file_is_chosen_from_the_list(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """A folder typed is shown; Enter on a file in it goes on with that."""
    patient(session)
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "card.png").write_bytes(b"x")
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, ChooseFileDialog))
        line = app.screen.query_one("#path", Input)
        line.value = str(folder)
        line.focus()
        await pilot.press("enter")
        await wait(pilot, lambda: "card.png" in text_of(app))
        await pilot.press("tab", "down", "enter")
        await wait(pilot, lambda: isinstance(app.screen, DocumentDialog))
        assert app.screen.query_one("#title", Input).value == "card.png"


async def test_masks_are_set_on_the_picture(
    app: ChartmendApp, wait: Wait, session: Session, passport: str
) -> None:
    """Keys move and size the box; what is blacked out is kept at once, and undone."""
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, "Passport")
        await pilot.press("m")
        await wait(pilot, lambda: isinstance(app.screen, MaskScreen))
        await wait(pilot, lambda: "1 mask on this page" in text_of(app))
        screen = app.screen
        assert isinstance(screen, MaskScreen)
        await wait(pilot, lambda: any("▐" in row or "▌" in row for row in lines_of(app)))
        await pilot.press("right", "down", "shift+right", "greater_than_sign", "plus", "z")
        await wait(pilot, lambda: "Box 1:32,42,44,12" in text_of(app))
        await pilot.press("b")
        await wait(pilot, lambda: "2 masks on this page" in text_of(app))
        masks = documents.find(session, passport).masks
        assert masks == (read_mask("1:10,50,80,20"), read_mask("1:32,42,44,12"))
        await pilot.press("u")
        await wait(pilot, lambda: "1 mask on this page" in text_of(app))
        for _ in range(40):
            await pilot.press("left", "up", "less_than_sign", "minus")
        await wait(pilot, lambda: "Box 1:0,0,2,2" in text_of(app))
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, PeopleScreen))
    assert documents.find(session, passport).masks == (read_mask("1:10,50,80,20"),)


async def test_a_copy_for_a_request(
    app: ChartmendApp, wait: Wait, session: Session, passport: str, tmp_path: Path
) -> None:
    """The request's provider gets it; file and log are there."""
    request = requests.new(session, hospital(session).id, None, Wanted()).request.id
    target = tmp_path / "copy.pdf"
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, "Passport")
        await pilot.press("c")
        await wait(pilot, lambda: isinstance(app.screen, CopyDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Who gets the copy is missing" in text_of(app))
        app.screen.query_one("#request", Select).value = request
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, lambda: "for Elm Street Hospital" in text_of(app))
    assert target.read_bytes().startswith(b"%PDF-")
    (use,) = documents.get(session, passport, TODAY).uses
    assert (use.request, use.on, use.masked) == (request, TODAY, True)


async def test_deleting_asks_first(
    app: ChartmendApp, wait: Wait, session: Session, passport: str
) -> None:
    """Enter keeps it; only a clear yes deletes."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, "Passport")
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen)
        assert len(documents.every(session, TODAY)) == 1
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("y")
        await wait(pilot, lambda: len(screen.lines) == 1)
    assert documents.every(session, TODAY) == ()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_all_keys_fit_and_what_expires_has_a_sign(
    app: ChartmendApp,
    wait: Wait,
    session: Session,
    passport: str,
    size: tuple[int, int],
) -> None:
    """The way out is named on every line; a warning is seen without colour."""
    authorities.add(session, None, Terms(name="Noa Voss", basis=Basis.PARENT, proof=passport))
    async with app.run_test(size=size) as pilot:
        await _open(app, pilot, wait, "Marian")
        for key in ("up", "down", "down"):
            await pilot.press(key)
            await wait(pilot, lambda: "q Quit" in lines_of(app)[-1])
            assert app.screen.query_one(Footer).max_scroll_x == 0
            assert "Esc Back" in lines_of(app)[-1]
        assert any(row.startswith("!   passport: Passport, expires") for row in lines_of(app))


async def test_foreign_words_are_shown_as_they_are(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """Names and titles that look like markup or codes act on nothing."""
    text = " ".join(HOSTILE)
    patient(session, f"Marian {text}")
    path = tmp_path / "a.png"
    path.write_bytes(saved(card(), "PNG"))
    documents.add(session, None, path, Fresh(DocumentKind.OTHER, f"Paper {text}"))
    terms = Terms(name=f"Noa {text}", basis=Basis.OTHER, relationship=text, scope=text)
    authorities.add(session, None, terms)
    async with app.run_test(size=SMALL) as pilot:
        for at in ("Marian", "Noa", "Paper"):
            await _open(app, pilot, wait, at)
            await pilot.press("enter")
            await wait(pilot, lambda: not isinstance(app.screen, PeopleScreen))
            assert_tame(app)
            await pilot.press("escape")
            await wait(pilot, lambda: isinstance(app.screen, PeopleScreen))
            await pilot.press("escape")
