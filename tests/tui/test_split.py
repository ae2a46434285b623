"""Splitting a scan in the app: suggested, changed by a person, undone; custody in the dialog."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.page_browser import PageBrowser
from tui.screens.records import RecordsScreen
from tui.screens.split_dialog import SplitDialog
from tui.shell import Place
from tui.widgets.lists import OpenTable
from vault.actions import parts, records, requests
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.model.custody import Custody, Medium
from vault.model.reading import Picture, View
from vault.model.records import Record

TEXTS = ("Elm Street Hospital\nfirst", "second", "Harbor View Clinic\nthird", "fourth")


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)


async def _open(app: ChartmendApp, pilot: Pilot[str], wait: Wait, title: str) -> None:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.RECORDS)
    await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
    await wait(pilot, lambda: title in text_of(app))


async def test_split_where_suggested_and_joined(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """S shows the reason, the person changes the pages, and S on the scan undoes it."""
    whole = scan(session, "batch.pdf", TEXTS)
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait, "batch.pdf")
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, SplitDialog))
        await wait(pilot, lambda: "Page 3: another letterhead: Harbor View" in text_of(app))
        assert app.screen.query_one("#at", Input).value == "3"
        app.screen.query_one("#at", Input).value = "9"
        await pilot.click("#save")
        await wait(pilot, lambda: "no new document can begin at page 9" in text_of(app).lower())
        app.screen.query_one("#at", Input).value = "3, 4"
        app.screen.query_one("#at", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: "batch.pdf (pages 1 to 2)" in text_of(app))
        assert len(records.every(session)) == 4
        assert isinstance(app.screen, RecordsScreen)
        order = [view.record.first_page for view in records.every(session)]
        assert order == [0, 1, 3, 4]
        app.screen.query_one(OpenTable).focus()
        app.screen.query_one(OpenTable).move_cursor(row=0)
        await wait(pilot, lambda: f"{whole.id}, pdf" in text_of(app))
        await pilot.press("s")
        await wait(pilot, lambda: "Make one record of this scan again?" in text_of(app))
        await pilot.press("y")
        await wait(pilot, lambda: len(records.every(session)) == 1)
        assert records.find(session, whole.id).pages == 4


async def test_the_pages_of_a_part(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """A part opens at its first page, and one cannot leave it by its ends."""
    whole = scan(session, "batch.pdf", TEXTS)
    _, part = parts.split(session, whole.id, (3,))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.open_record(part.id)
        await wait(pilot, lambda: isinstance(app.screen, PageBrowser) and app.screen.sheet)
        screen = app.screen
        assert isinstance(screen, PageBrowser)
        assert screen.number == 3
        await pilot.press("p")
        await pilot.press("n")
        await wait(pilot, lambda: screen.number == 4)
        await wait(pilot, lambda: "fourth" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: "page 4" in text_of(app))
        assert screen.number == 4


async def test_a_foreign_letterhead_is_only_text(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """What a page says is shown in the dialog as it is, and does nothing."""
    heads = [f"{text[:30]} Clinic".replace("\n", " ") for text in HOSTILE]
    scan(session, "batch.pdf", ["Elm Street Hospital", *heads])
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait, "batch.pdf")
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, SplitDialog))
        assert_tame(app)
        assert app.is_running


async def test_custody_in_the_dialog(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """What is said of a record's way here is kept, and shown below the table."""
    record = scan(session, "visit.pdf", ["one"])
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait, "visit.pdf")
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#shelf"))
        app.screen.query_one("#medium", Select).value = Medium.PAPER.value
        app.screen.query_one("#scanned_by", Input).value = "Ida"
        app.screen.query_one("#shelf", Input).value = "Box 3"
        await pilot.click("#save")
        said = "came by paper, scanned by Ida, shelf Box 3"
        await wait(pilot, lambda: said in " ".join(text_of(app).split()))
        held = records.find(session, record.id).custody
        assert held == Custody(Medium.PAPER, "Ida", "Box 3")


async def test_which_request_it_answers(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """Choosing a request says whose it is and who it came from; what is cleared is gone."""
    person, provider = patient(session), hospital(session)
    asked = requests.new(session, provider.id, person.id, Wanted())
    record = scan(session, "visit.pdf", ["one"])
    before = Custody(Medium.FAX, "Ida", "Box 3")
    records.assign(session, record.id, records.Belongings(custody=before))
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait, "visit.pdf")
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#shelf"))
        app.screen.query_one("#request", Select).value = asked.request.id
        await wait(pilot, lambda: app.screen.query_one("#person", Select).value == person.id)
        app.screen.query_one("#shelf", Input).value = ""
        for shown in ("Answers", "Elm Street Hospital, not sent yet", "Shelf", "Save (Ctrl+S)"):
            assert shown in text_of(app)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
    held = records.find(session, record.id)
    assert (held.request, held.provider, held.person) == (asked.request.id, provider.id, person.id)
    assert held.custody == Custody(Medium.FAX, "Ida", "")


async def test_a_request_stays_when_another_thing_is_said(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """The form begins with what is known, and saving it as it is changes nothing."""
    person, provider = patient(session), hospital(session)
    asked = requests.new(session, provider.id, person.id, Wanted())
    other = hospital(session, "Harbor View Clinic")
    record = scan(session, "visit.pdf", ["one"])
    said = records.Belongings(request=asked.request.id, provider=other.id)
    records.assign(session, record.id, said)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait, "visit.pdf")
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#shelf"))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
    held = records.find(session, record.id)
    assert (held.request, held.provider) == (asked.request.id, other.id)
