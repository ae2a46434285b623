"""The table of records: opening, exporting, and saying where one belongs."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, Select

from tests.tui.conftest import MakeRecord, Wait
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.base import VaultScreen
from tui.screens.records import RecordsScreen
from tui.shell import Place
from vault.actions import people, providers, records
from vault.actions.session import Session
from vault.dates import parse
from vault.safetext import safe_line


async def _open(app: ChartmendApp, pilot: object, wait: Wait) -> None:
    await wait(pilot, lambda: isinstance(app.screen, VaultScreen))  # type: ignore[arg-type]
    app.go(Place.RECORDS)
    await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))  # type: ignore[arg-type]


async def test_an_empty_table_says_what_to_do(app: ChartmendApp, wait: Wait) -> None:
    """Without records there is a sentence, no empty table."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "Press 5 to import" in text_of(app))
        assert not app.screen.query_one(DataTable).display


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_rows_fit_the_width(
    app: ChartmendApp, make_record: MakeRecord, wait: Wait, size: tuple[int, int]
) -> None:
    """Both widths show all columns without a scroll bar for them."""
    make_record("visit.pdf", ["one", "two"])
    async with app.run_test(size=size) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        table = app.screen.query_one(DataTable)
        assert table.virtual_size.width <= size[0]
        assert ("Whose" in text_of(app)) == (size[0] > 100)
        assert "who it came from and whose it is" in text_of(app)


async def test_the_original_is_written_out(
    app: ChartmendApp, make_record: MakeRecord, wait: Wait, tmp_path: Path
) -> None:
    """X asks for a place and writes the bytes that were sealed, for their owner alone."""
    make_record("visit.pdf", ["one"])
    target = tmp_path / "out.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        await pilot.press("x")
        await wait(pilot, lambda: app.screen.query("#answer"))
        assert "not encrypted" in text_of(app)
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        assert target.read_bytes() == b"%PDF-visit.pdf"
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_a_place_inside_the_vault_is_refused_in_words(
    app: ChartmendApp, make_record: MakeRecord, wait: Wait
) -> None:
    """The action's refusal is shown in a dialog; the app goes on."""
    make_record("visit.pdf", ["one"])
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        await pilot.press("x")
        await wait(pilot, lambda: app.screen.query("#answer"))
        app.screen.query_one("#answer", Input).value = str(app.folder / "out.pdf")
        await pilot.press("enter")
        await wait(pilot, lambda: "inside the vault" in " ".join(text_of(app).split()))
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))


async def test_a_record_is_said_to_belong_somewhere(
    app: ChartmendApp, session: Session, make_record: MakeRecord, wait: Wait
) -> None:
    """A notes provider and person, and the table shows it."""
    record = make_record("visit.pdf", ["one"])
    came = providers.add(session, "Elm Clinic")
    whose = people.add(session, "Ida Example", parse("1961-07-03"))
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#received"))
        app.screen.query_one("#provider", Select).value = came.id
        app.screen.query_one("#person", Select).value = whose.id
        await pilot.click("#save")
        await wait(pilot, lambda: "Elm Clinic" in text_of(app))
        view = records.detail(session, record.id).view
        assert view.provider == came
        assert view.person == whose


async def test_a_provider_can_be_added_on_the_way(
    app: ChartmendApp, session: Session, make_record: MakeRecord, wait: Wait
) -> None:
    """Choosing to add one opens the form, and the new one is chosen after it."""
    record = make_record("visit.pdf", ["one"])
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#received"))
        app.screen.query_one("#provider", Select).value = "+"
        await wait(pilot, lambda: app.screen.query("#department"))
        app.screen.query_one("#name", Input).value = "Elm Clinic"
        await pilot.click("#save")
        await wait(pilot, lambda: app.screen.query("#received"))
        await wait(pilot, lambda: "Elm Clinic" in text_of(app))
        await pilot.click("#save")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        found = records.detail(session, record.id).view.provider
        assert found is not None
        assert found.name == "Elm Clinic"


async def test_foreign_text_is_only_text(
    app: ChartmendApp, session: Session, make_record: MakeRecord, wait: Wait
) -> None:
    """Titles and names full of markup are shown as they are, in the table and in the forms."""
    for text in HOSTILE:
        make_record(safe_line(text), ["one"])
        providers.add(session, text)
    make_record(safe_line(" ".join(HOSTILE)), ["one"])
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "[@click=app.quit]" in text_of(app))
        assert_tame(app)
        await pilot.press("a")
        await wait(pilot, lambda: app.screen.query("#received"))
        app.screen.query_one("#provider", Select).expanded = True
        await wait(pilot, lambda: "[/bold]" in text_of(app))
        assert_tame(app)
        app.screen.query_one("#provider", Select).expanded = False
        await pilot.click("#cancel")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await pilot.press("x")
        await wait(pilot, lambda: app.screen.query("#answer"))
        assert_tame(app)
        assert app.is_running
