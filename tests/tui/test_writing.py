"""Files written outside the vault: one that is there already is replaced only after a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.conftest import MakeRecord, Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.records import RecordsScreen
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, CarefulDialog
from vault.actions import corrections, flags, records
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.model.reading import Picture, View
from vault.model.records import Record

MINE = b"a file of mine"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that was there before."""
    path = tmp_path / "mine.pdf"
    path.write_bytes(MINE)
    return path


async def test_an_original_replaces_no_file_without_a_yes(
    app: ChartmendApp, make_record: MakeRecord, target: Path, wait: Wait
) -> None:
    """Enter keeps the file and asks for another place; y replaces it."""
    make_record("visit.pdf", ["one"])
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.RECORDS)
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await wait(pilot, lambda: "visit.pdf" in text_of(app))
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await wait(pilot, lambda: "Replace it?" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        assert app.screen.query_one("#answer", Input).value == str(target)
        assert target.read_bytes() == MINE
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("y")
        await wait(pilot, lambda: target.read_bytes() == b"%PDF-visit.pdf")


async def test_a_letter_replaces_no_file_without_a_yes(
    app: ChartmendApp,
    session: Session,
    target: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Escape keeps the file; so does leaving the question for the place."""

    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, 40, b"\xa0" * (view.width * 40 * 3), colour=True)

    monkeypatch.setattr(records, "draw", grey)
    held = scan(
        session, "visit.pdf", ["born 1916"], person=patient(session), provider=hospital(session)
    )
    flag = flags.add(session, held.id, 1, "1916", Wrong("1961"))
    made = corrections.new(session, [flag.id])
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.CORRECTIONS, made.correction.id)
        await wait(pilot, lambda: "Write PDF" in text_of(app))
        screen = app.screen
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
    assert target.read_bytes() == MINE
