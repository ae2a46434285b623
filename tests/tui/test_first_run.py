"""The first start, from nothing to an open vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button, Input

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.first_run import FirstRunScreen
from tui.screens.home import HomeScreen
from vault.actions import people
from vault.actions import session as sessions
from vault.store.kdf import CHEAPEST

WORDS = "plum kettle orbit sandal"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vaults are made with the cheapest key derivation here."""
    cheap = partial(sessions.make_vault, profile=CHEAPEST)
    monkeypatch.setattr(sessions, "make_vault", cheap)


def _type(app: ChartmendApp, id_: str, text: str) -> None:
    app.screen.query_one(f"#{id_}", Input).value = text


def _first(app: ChartmendApp) -> FirstRunScreen:
    screen = app.screen
    assert isinstance(screen, FirstRunScreen)
    return screen


async def test_from_nothing_to_home(folder: Path, wait: Wait) -> None:
    """Passphrase twice, the code shown once and asked back, a patient: then home."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        _type(app, "first", WORDS)
        _type(app, "second", WORDS)
        await wait(pilot, lambda: "Strong." in text_of(app))
        await pilot.click("#make")
        await wait(pilot, lambda: _first(app).code)
        code = _first(app).code
        await wait(pilot, lambda: code in text_of(app))
        assert app.screen.query_one("#first", Input).value == ""
        await pilot.click("#written")
        await wait(pilot, lambda: "from your paper" in text_of(app))
        assert code not in text_of(app)
        _type(app, "typed", code.lower().replace("-", " "))
        await pilot.press("enter")
        await wait(pilot, lambda: app.focused is app.screen.query_one("#name"))
        _type(app, "name", "Ida Example")
        _type(app, "born", "1961-07-03")
        await pilot.click("#save")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.session is not None
        assert [p.name for p in people.every(app.session)] == ["Ida Example"]
    if app.session is not None:
        app.session.close()


async def test_keys_that_come_all_at_once_reach_the_field_they_are_meant_for(
    folder: Path, wait: Wait
) -> None:
    """Text, Tab and text in one burst; a field that is come back to is typed anew."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen) and app.focused)
        for key in ("a", "b", "tab", "c", "shift+tab", "d", "enter", "f"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait(pilot, lambda: app.screen.query_one("#second", Input).value == "f")
        assert app.screen.query_one("#first", Input).value == "d"
        assert not sessions.exists(folder)


async def test_enter_leads_from_field_to_field_and_two_that_differ_begin_anew(
    folder: Path, wait: Wait
) -> None:
    """Enter alone is enough for both steps; a slip empties both fields."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen) and app.focused)
        await pilot.press(*"plum", "enter", *"pear", "enter")
        await wait(pilot, lambda: "The two differ" in text_of(app))
        first, second = (app.screen.query_one(f"#{i}", Input) for i in ("first", "second"))
        assert (first.value, second.value) == ("", "")
        assert app.focused is first
        await pilot.press(*"plum", "enter", *"plum", "enter")
        await wait(pilot, lambda: _first(app).code)
        await wait(pilot, lambda: "shown only now" in text_of(app))
        await pilot.click("#written")
        await wait(pilot, lambda: "Show the code again" in text_of(app))
        _type(app, "typed", _first(app).code)
        await pilot.press("enter")
        await wait(pilot, lambda: app.focused is app.screen.query_one("#name"))
        assert "letter needs your address" in " ".join(text_of(app).split()).replace("│ │ ", "")
        await pilot.press(*"Ida", "enter", *"1961-07-03", "enter", *"1 Elm, Town", "enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.session is not None
        assert people.every(app.session)[0].address == ("1 Elm", "Town")
    if app.session is not None:
        app.session.close()


@pytest.mark.parametrize(("first", "second"), [("", ""), (WORDS, "other"), (WORDS, "")])
async def test_no_vault_of_a_passphrase_that_is_not_repeated(
    folder: Path, wait: Wait, first: str, second: str
) -> None:
    """An empty passphrase, or two that differ, make no vault."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        _type(app, "first", first)
        _type(app, "second", second)
        await pilot.click("#make")
        await wait(pilot, lambda: str(app.screen.query_one(".problem").render()))
        assert not sessions.exists(folder)


async def test_a_wrong_code_does_not_pass_and_can_be_seen_again(folder: Path, wait: Wait) -> None:
    """A slip of the pen is noticed while the code can still be shown."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        _type(app, "first", WORDS)
        _type(app, "second", WORDS)
        await pilot.click("#make")
        await wait(pilot, lambda: _first(app).code)
        await pilot.click("#written")
        await pilot.pause()
        _type(app, "typed", "ABCD-EFGH")
        await pilot.click("#compare")
        await wait(pilot, lambda: "not the code" in text_of(app))
        await pilot.click("#again")
        await wait(pilot, lambda: _first(app).code in text_of(app))
        assert app.session is None


async def test_the_patient_can_wait_and_a_bad_date_is_said(folder: Path, wait: Wait) -> None:
    """A date that is none is refused in words; "Later" goes home without a patient."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        _type(app, "first", WORDS)
        _type(app, "second", WORDS)
        await pilot.click("#make")
        await wait(pilot, lambda: _first(app).code)
        await pilot.click("#written")
        await pilot.pause()
        _type(app, "typed", _first(app).code)
        await pilot.click("#compare")
        await wait(pilot, lambda: app.focused is app.screen.query_one("#name"))
        _type(app, "name", "Ida Example")
        _type(app, "born", "03/07/1961")
        await pilot.click("#save")
        await wait(pilot, lambda: "not a date" in text_of(app))
        await pilot.click("#later")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.session is not None
        assert not people.every(app.session)
        assert not isinstance(app.focused, Button)
    if app.session is not None:
        app.session.close()


async def test_who_had_a_vault_is_told_how_to_get_it_back(folder: Path, wait: Wait) -> None:
    """Beside the way to a new vault, on a small terminal; F1 shows the help, escape goes back."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        await wait(pilot, lambda: "chartmend restore DIR" in text_of(app))
        assert "Make the vault" in text_of(app)
        assert "F1 Help" in text_of(app).splitlines()[-1]
        _type(app, "first", WORDS)
        await pilot.press("f1")
        await wait(pilot, lambda: "Keys that work everywhere" in text_of(app))
        assert "1 Home" not in text_of(app)
        await pilot.press("1", "ctrl+l", "escape")
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        assert app.screen.query_one("#first", Input).value == WORDS
