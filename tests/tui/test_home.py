"""Home: what needs attention, and what to do where nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from tests.tui.conftest import MakeRecord, Wait
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from vault.actions import backups, flags, people, providers
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.safetext import safe_line

REMINDER = 1
"""Records without a backup are a matter, too."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_empty_vault_says_the_next_step(
    app: ChartmendApp, wait: Wait, size: tuple[int, int]
) -> None:
    """A person who sees it for the first time is told what to press."""
    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: "Import: take in" in text_of(app))
        assert "Press ? for help" in text_of(app)
        assert "6 Search" in text_of(app).splitlines()[0]


async def test_a_confirmed_flag_is_a_matter(
    app: ChartmendApp, session: Session, make_record: MakeRecord, wait: Wait
) -> None:
    """What was confirmed and is in no correction yet stands on the list."""
    record = make_record("visit.pdf", ["Patient takes Warfarin 5 mg"])
    flags.add(session, record.id, 1, "Warfarin 5 mg", Wrong("no warfarin"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "not yet in a correction" in text_of(app))
        assert app.screen.query_one("#matters", OptionList).option_count == 1 + REMINDER


async def test_a_provider_is_added_by_key(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """P opens the form; name and Enter are enough."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("p")
        await wait(pilot, lambda: app.screen.query("#department"))
        await pilot.press(*"Elm", "enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert [p.name for p in providers.every(session)] == ["Elm"]


async def test_a_person_with_a_bad_date_is_not_added(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """The problem is said in the form, and what was typed is still there."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: app.screen.query("#born"))
        app.screen.query_one("#name", Input).value = "Ida Example"
        app.screen.query_one("#born", Input).value = "1961-13-40"
        await pilot.click("#save")
        await wait(pilot, lambda: "not a date" in text_of(app))
        assert "Ida Example" in text_of(app)
        assert not people.every(session)


async def test_foreign_text_is_only_text(
    app: ChartmendApp, session: Session, make_record: MakeRecord, wait: Wait
) -> None:
    """Titles and quotes full of markup are shown as they are; clicking them runs nothing."""
    for text in HOSTILE:
        record = make_record(safe_line(text), [safe_line(text)])
        flags.add(session, record.id, 1, safe_line(text), Wrong("other"))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait(pilot, lambda: "[@click=app.quit]" in text_of(app))
        assert app.screen.query_one("#matters", OptionList).option_count == len(HOSTILE) + REMINDER
        assert_tame(app)
        assert app.is_running


async def test_a_backup_is_made(
    app: ChartmendApp, make_record: MakeRecord, wait: Wait, tmp_path: Path
) -> None:
    """The reminder leads to the form; what is wrong is said there, and a backup ends it."""
    make_record("visit.pdf", ["Plan: rest"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait(pilot, lambda: "There is no backup of your records yet" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen.query("#folder"))
        folder = app.screen.query_one("#folder", Input)
        await pilot.press("enter")
        await wait(pilot, lambda: "no whole path" in text_of(app))
        folder.value = str(tmp_path / "not there" / "copies")
        await pilot.press("enter")
        await wait(pilot, lambda: "cannot write" in text_of(app).lower())
        folder.value = str(tmp_path / "copies")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await wait(pilot, lambda: "Nothing needs your attention" in text_of(app))
    assert backups.check(tmp_path / "copies").problems == ()


async def test_the_next_backup_goes_where_the_last_one_went(
    app: ChartmendApp, session: Session, wait: Wait, tmp_path: Path
) -> None:
    """B opens the form with that folder filled in."""
    backups.back_up(session, tmp_path / "copies")
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("b")
        await wait(pilot, lambda: app.screen.query("#folder"))
        assert app.screen.query_one("#folder", Input).value == str(tmp_path / "copies")
