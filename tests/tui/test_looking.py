"""The list of pages to look at, over all records, and reading a page again."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Select

from tests.tui.conftest import Wait
from tests.tui.made import scan
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.reread_job import told
from tui.screens.looking import LookScreen
from tui.screens.records import RecordsScreen
from tui.screens.reread_dialog import RereadDialog
from tui.screens.review import ReviewScreen
from tui.shell import Place
from vault.actions import languages, looking, records
from vault.actions.imports import run as importing
from vault.actions.imports.carry import Correction
from vault.actions.imports.reading import Watch
from vault.actions.imports.run import Again, Reread
from vault.actions.session import Session
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.model.words import Box

SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)
    monkeypatch.setattr(languages, "installed", lambda: ("eng", "fra", "spa"))


async def _home(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    await wait(pilot, lambda: len(app.screen_stack) > 1)


@pytest.mark.parametrize("size", SIZES)
async def test_from_home_to_the_page_and_off_the_list(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """L lists every page with its reason, Enter opens it, l takes it off, u puts it back."""
    first = scan(session, "visit.pdf", ["one", ""])
    scan(session, "labs.pdf", [""])
    async with app.run_test(size=size) as pilot:
        await _home(app, pilot, wait)
        await pilot.press("l")
        await wait(pilot, lambda: "Pages to look at: 2" in text_of(app))
        assert "visit.pdf, page 2: could not be read" in text_of(app)
        assert "No words were found." in text_of(app)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        assert "l I have looked" in lines_of(app)[-1]
        await pilot.press("down", "enter")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
        assert "visit.pdf, page 2 of 2" in text_of(app)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, LookScreen))
        await wait(pilot, lambda: "labs.pdf" in text_of(app))
        await pilot.press("l")
        await wait(pilot, lambda: "Pages to look at: 1" in text_of(app))
        assert looking.looked_on(session, first.id, 2) is not None
        await pilot.press("l")
        await wait(pilot, lambda: "No page waits for you" in text_of(app))
        await pilot.press("u")
        await wait(pilot, lambda: "labs.pdf, page 1" in text_of(app))


async def test_foreign_titles_are_only_text(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """Titles full of markup are shown as they are."""
    for text in HOSTILE:
        scan(session, text, [""])
    async with app.run_test(size=(120, 40)) as pilot:
        await _home(app, pilot, wait)
        await pilot.press("l")
        await wait(pilot, lambda: "[@click=app.quit]" in text_of(app))
        assert_tame(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_page_is_read_again(
    app: ChartmendApp,
    session: Session,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    """R asks how the page lies and in which language it is; all of it fits and reaches the job."""
    record = scan(session, "visit.pdf", ["one", "two"])
    asked: list[tuple[str, Again]] = []

    def reread(s: Session, given: str, how: Again, _watch: Watch) -> Reread:
        asked.append((given, how))
        return Reread(records.find(s, given), kept=1)

    monkeypatch.setattr(importing, "reread", reread)
    async with app.run_test(size=size, notifications=True) as pilot:
        await _home(app, pilot, wait)
        app.open_record(record.id, 2)
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, RereadDialog))
        for shown in ("page 2 alone", "found out by the reader", "English", "Read (Ctrl+S)"):
            assert shown in text_of(app)
        app.screen.query_one("#turn", Select).value = "90"
        app.screen.query_one("#language", Select).value = "eng+spa"
        await wait(pilot, lambda: "English and Spanish" in text_of(app))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: asked)
        assert asked == [(record.id, Again(2, "eng+spa", rotate=90))]
        said = "1 correction of yours kept"
        await wait(pilot, lambda: any(said in n.message for n in app._notifications))
        assert isinstance(app.screen, ReviewScreen)


async def test_all_pages_from_the_records(
    app: ChartmendApp, session: Session, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R on a record is about all its pages; Escape leaves without doing anything."""
    record = scan(session, "visit.pdf", ["one", "two"])
    asked: list[Again] = []

    def reread(s: Session, given: str, how: Again, _watch: Watch) -> Reread:
        asked.append(how)
        return Reread(records.find(s, given))

    monkeypatch.setattr(importing, "reread", reread)
    async with app.run_test(size=(80, 24)) as pilot:
        await _home(app, pilot, wait)
        app.go(Place.RECORDS)
        await wait(pilot, lambda: record.title in text_of(app))
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, RereadDialog))
        assert "page" not in [widget.id for widget in app.screen.query(Select)]
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        assert not asked
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, RereadDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: asked)
        assert asked == [Again(language="eng")]


def test_what_is_told_of_it(session: Session) -> None:
    """Corrections kept and dropped are counted, in words without those of the record."""
    record = scan(session, "visit.pdf", ["one"])
    old = Correction("on", "one", Box(0, 0, 1, 1), 0)
    said = told(Reread(record, 2, ((1, old),)), 1)
    assert said == (
        "Read again: page 1 of visit.pdf; 2 corrections of yours kept; "
        "1 correction of yours fit no words now"
    )
