"""Providers in the app: the list, all that is known of one, and names found in records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, Select, TextArea

from tests.actions.made import put
from tests.actions.registry_files import TEST_NPIS, csv_file, organisation
from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital, patient
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.add_provider import AddProviderDialog
from tui.screens.named import NamedScreen
from tui.screens.process_dialogs import CallDialog, OfficeDialog, StatementDialog
from tui.screens.provider import ProviderScreen
from tui.screens.provider_dialogs import (
    ChooseProviderDialog,
    EditProviderDialog,
    MergeDialog,
    RegistryDialog,
)
from tui.screens.providers import ProvidersScreen
from tui.screens.requests import RequestsScreen
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, CarefulDialog, ConfirmDialog, ErrorDialog
from vault.actions import discovery, offices, process, providers, requests
from vault.actions.offices import Desk
from vault.actions.process import Said, Talk
from vault.actions.providers import Extra
from vault.actions.registry import run
from vault.actions.registry.run import Subset
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.model.providers import Provider
from vault.model.statements import StatementSource, Topic

SMALL, LARGE = (80, 24), (120, 40)
VISIT = "Elm Street Hospital\nDate of service: 03/04/2020\nLab: Quay Laboratories Inc."


async def _list(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> ProvidersScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    await pilot.press("7")
    await wait(pilot, lambda: isinstance(app.screen, ProvidersScreen))
    assert isinstance(app.screen, ProvidersScreen)
    return app.screen


async def _one(app: ChartmendApp, pilot: Pilot[str], wait: Wait, held: Provider) -> ProviderScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.PROVIDERS)
    await wait(pilot, lambda: isinstance(app.screen, ProvidersScreen))
    screen = ProviderScreen(held.id)
    app.push_screen(screen)
    await wait(pilot, lambda: app.screen is screen and "Year by year" in text_of(app))
    return screen


def _on(screen: ProviderScreen, words: str) -> None:
    """Put the cursor on the line that begins with words."""
    parts = screen.query_one("#parts", OptionList)
    prompts = [str(parts.get_option_at_index(i).prompt) for i in range(parts.option_count)]
    parts.highlighted = next(i for i, text in enumerate(prompts) if text[2:].startswith(words))


def _disagreeing(session: Session) -> Provider:
    held = hospital(session)
    day = dt.date(2026, 10, 2)
    process.say(session, held.id, Said(Topic.NOTARY, "required", StatementSource.FORM, "p. 2", day))
    process.say(session, held.id, Said(Topic.NOTARY, "not_required", on=day))
    process.say(session, held.id, Said(Topic.ID, "copy", StatementSource.FORM, on=day))
    return held


async def test_without_providers_the_next_step_is_said(app: ChartmendApp, wait: Wait) -> None:
    """An empty table would leave a person alone; n adds one, and it is under the cursor."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _list(app, pilot, wait)
        await wait(pilot, lambda: "Press n to add a hospital" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, AddProviderDialog))
        app.screen.query_one("#name", Input).value = "Elm Street Hospital"
        app.screen.query_one("#name", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: screen.current and screen.current.name == "Elm Street Hospital")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_list_says_what_came_and_finds_names_of_before(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Kind, notice, and how many years of records came; f finds by an earlier name."""
    elm = hospital(session)
    put(session, "a.pdf", [VISIT], patient(session), elm)
    extra = Extra(other_names=("Old Mill Infirmary",), closed_on=dt.date(2020, 1, 2))
    providers.add(session, "New Mill Clinic", extra=extra)
    async with app.run_test(size=size) as pilot:
        screen = await _list(app, pilot, wait)
        await wait(pilot, lambda: "1 of 1 year" in text_of(app))
        assert "closed" in text_of(app)
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = "old mill"
        await pilot.press("enter")
        await wait(pilot, lambda: screen.query_one(DataTable).row_count == 1)
        assert "Providers like: old mill" in text_of(app)
        assert "New Mill Clinic" in text_of(app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_does_not_fit_is_marked_and_explained(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Both have a sign; under the cursor stand the other one and the law; x withdraws."""
    held = _disagreeing(session)
    async with app.run_test(size=size) as pilot:
        screen = await _one(app, pilot, wait, held)
        marked = [line for line in lines_of(app) if line.startswith("!")]
        assert len(marked) == 2
        assert any("  id " in line for line in lines_of(app))
        _on(screen, "notary        required")
        await wait(pilot, lambda: "But the phone says: not required" in text_of(app))
        assert "45 CFR 164.524" in text_of(app)
        assert "check the current text" in text_of(app)
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: app.screen is screen and "withdrawn" in text_of(app))
        assert not [line for line in lines_of(app) if line.startswith("!")]


async def test_the_bottom_line_fits(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """With everything to do, all keys and the way out are in sight on eighty columns."""
    held = _disagreeing(session)
    with session.vault.write("test.confirm") as db:
        db.execute("UPDATE provider SET to_confirm = 'a file'")
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        _on(screen, "id")
        await wait(pilot, lambda: "x Remove y Confirm" in lines_of(app)[-1])
        assert "q Quit" in lines_of(app)[-1]
        await pilot.press("y")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: app.screen is screen and "y Confirm" not in lines_of(app)[-1])
    assert providers.find(session, held.id).to_confirm == ""


async def test_a_desk_is_added_changed_and_taken_out(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A vendor without a name is refused inside the form; Enter changes; x takes out."""
    held = hospital(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        await pilot.press("o")
        await wait(pilot, lambda: isinstance(app.screen, OfficeDialog))
        app.screen.query_one("#role", Select).value = "vendor"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "vendor needs a name" in text_of(app))
        app.screen.query_one("#name", Input).value = "CopyFast"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "vendor: CopyFast" in text_of(app))
        _on(screen, "vendor")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, OfficeDialog))
        app.screen.query_one("#fax", Input).value = "555-0101"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "fax 555-0101" in text_of(app))
        _on(screen, "vendor")
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("y")
        await wait(pilot, lambda: app.screen is screen and "CopyFast" not in text_of(app))
    assert offices.of(session, held.id) == ()


async def test_a_statement_is_noted(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """The form names the words of a topic; another word is refused with all of them."""
    held = hospital(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, StatementDialog))
        app.screen.query_one("#topic", Select).value = "notary"
        await wait(pilot, lambda: "One of: required, not required" in text_of(app))
        app.screen.query_one("#value", Input).value = "maybe"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "cannot be" in text_of(app))
        app.screen.query_one("#value", Input).value = "not required"
        app.screen.query_one("#source", Select).value = "website"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "website, 23 Nov 2026" in text_of(app))
    (said,) = process.of(session, held.id).statements
    assert (said.topic, said.value, said.on) == (Topic.NOTARY, "not_required", TODAY)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_call_is_noted_with_what_it_told(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Words of several lines, a number, the request it was about, and one statement."""
    held, person = hospital(session), patient(session)
    asked = requests.new(session, held.id, person.id, Wanted()).request
    async with app.run_test(size=size) as pilot:
        screen = await _one(app, pilot, wait, held)
        await pilot.press("c")
        await wait(pilot, lambda: isinstance(app.screen, CallDialog))
        app.screen.query_one("#told", TextArea).text = "It is with the vendor.\nRing on Monday."
        app.screen.query_one("#who", Input).value = "Ann Roe"
        app.screen.query_one("#number", Input).value = "C-77"
        app.screen.query_one("#request", Select).value = asked.id
        app.screen.query_one("#topic1", Select).value = "fee"
        app.screen.query_one("#value1", Input).value = "6.50 flat"
        assert "Save (Ctrl+S)" in text_of(app)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "number C-77" in text_of(app))
        assert "6.50 flat" in text_of(app)
    (call,) = process.of(session, held.id).calls
    assert (call.request, call.said.count("\n")) == (asked.id, 1)


async def test_enter_on_a_request_goes_there(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The request is under the cursor in its own place."""
    held, person = hospital(session), patient(session)
    asked = requests.new(session, held.id, person.id, Wanted()).request
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        _on(screen, "draft")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
        await wait(pilot, lambda: f"{asked.id}: Elm Street Hospital" in text_of(app))


async def test_a_provider_is_changed_as_a_whole(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Other names, closing and successor are told; a wrong NPI is said in the form."""
    held, keeper = hospital(session), hospital(session, "Custodian")
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, EditProviderDialog))
        assert "Save (Ctrl+S)" in text_of(app)  # the form fits on a small terminal
        app.screen.query_one("#npi", Input).value = "1555000012"
        app.screen.query_one("#closed", Input).value = "2020-01-02"
        app.screen.query_one("#names", TextArea).text = "Elm Infirmary\nElm House"
        app.screen.query_one("#successor", Select).value = keeper.id
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "check digit" in text_of(app))
        app.screen.query_one("#npi", Input).value = TEST_NPIS[0]
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Closed on 2 Jan 2020" in text_of(app))
        assert "records are with Custodian" in text_of(app)
        assert "Elm Infirmary; Elm House" in text_of(app)


async def test_two_that_are_one_are_merged(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """The one that stays is shown, with what came to it."""
    held, kept = _disagreeing(session), hospital(session, "Oak Hospital")
    async with app.run_test(size=SMALL) as pilot:
        screen = await _one(app, pilot, wait, held)
        await pilot.press("m")
        await wait(pilot, lambda: isinstance(app.screen, MergeDialog))
        assert app.screen.query_one("#into", Select).value == kept.id
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Oak Hospital" in text_of(app))
        await wait(pilot, lambda: "Also: Elm Street Hospital" in text_of(app))
    assert [p.id for p in providers.every(session)] == [kept.id]
    assert len(process.of(session, kept.id).statements) == 3


async def test_one_that_is_named_is_not_deleted_and_one_that_is_not_is(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A dialog says by what it is named; the other goes, and the list is there."""
    held, other = hospital(session), hospital(session, "Oak Hospital")
    asked = requests.new(session, held.id, patient(session).id, Wanted()).request
    async with app.run_test(size=SMALL) as pilot:
        await _one(app, pilot, wait, held)
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("y")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert asked.id in text_of(app)
        await pilot.press("escape", "escape")
        await _one(app, pilot, wait, other)
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, CarefulDialog))
        await pilot.press("y")
        await wait(pilot, lambda: isinstance(app.screen, ProvidersScreen))
    assert [p.id for p in providers.every(session)] == [held.id]


async def test_the_registry_is_taken_in(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """A file that is not there is said in the form; a part of the right one is taken in."""
    file = tmp_path / "npidata.csv"
    rows = [organisation(TEST_NPIS[0], "ELM HOSPITAL"), organisation(TEST_NPIS[1], "OAK LAB")]
    file.write_bytes(csv_file(rows))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        screen = await _list(app, pilot, wait)
        await pilot.press("i")
        await wait(pilot, lambda: isinstance(app.screen, RegistryDialog))
        app.screen.query_one("#file", Input).value = str(tmp_path / "missing")
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "annot read missing" in text_of(app))
        app.screen.query_one("#file", Input).value = str(file)
        app.screen.query_one("#words", Input).value = "elm"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "ELM HOSPITAL" in text_of(app))
        await wait(pilot, lambda: "to confirm" in text_of(app))
        assert "1 added" in text_of(app)
    assert len(providers.every(session)) == 1


async def _named(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> NamedScreen:
    await _list(app, pilot, wait)
    await pilot.press("h")
    await wait(pilot, lambda: isinstance(app.screen, NamedScreen))
    assert isinstance(app.screen, NamedScreen)
    return app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_name_in_records_is_said_to_be_a_provider(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """The key s asks which one it is; the name becomes one of its other names."""
    put(session, "a.pdf", [VISIT], patient(session))
    oak = hospital(session, "Oak Health")
    async with app.run_test(size=size) as pilot:
        screen = await _named(app, pilot, wait)
        await wait(pilot, lambda: "2 never asked, 2 in all" in text_of(app))
        await wait(pilot, lambda: screen.current and screen.current.key == "elm street hospital")
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, ChooseProviderDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "never asked: Oak Health" in text_of(app))
    assert providers.find(session, oak.id).other_names == ("Elm Street Hospital",)


async def test_a_name_is_left_out_taken_back_and_added(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The keys i, u and a, each decided by the person alone."""
    put(session, "a.pdf", ["Lab: Quay Laboratories Inc."], patient(session))
    async with app.run_test(size=SMALL) as pilot:
        screen = await _named(app, pilot, wait)
        await wait(pilot, lambda: screen.current and "i Nobody" in lines_of(app)[-1])
        await pilot.press("i")
        await wait(pilot, lambda: "nobody to ask" in text_of(app))
        await pilot.press("u")
        await wait(pilot, lambda: "a Add" in lines_of(app)[-1])
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = "us-tx"
        await pilot.press("enter")
        await wait(pilot, lambda: "u Take back" in lines_of(app)[-1])
    (lab,) = providers.every(session)
    assert (lab.name, lab.jurisdiction) == ("Quay Laboratories Inc", "us-tx")
    assert all(named.decided for named in discovery.every(session))


async def test_without_names_the_next_step_is_said(app: ChartmendApp, wait: Wait) -> None:
    """Nothing held yet: what would be listed, and no keys that do nothing."""
    async with app.run_test(size=SMALL) as pilot:
        await _list(app, pilot, wait)
        await pilot.press("h")
        await wait(pilot, lambda: "No record you hold names anybody" in text_of(app))
        assert "Nobody to ask" not in lines_of(app)[-1]


async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """In the list, in all parts of a provider and among names they are shown as they are."""
    text = "\n".join(f"Lab: {name} Labs" for name in HOSTILE)
    put(session, "a.pdf", [text], patient(session))
    rows = [organisation(TEST_NPIS[0], HOSTILE[0]), organisation(TEST_NPIS[1], HOSTILE[5])]
    (tmp_path / "n.csv").write_bytes(csv_file(rows))
    run.take(session, tmp_path / "n.csv", Subset())
    first = providers.every(session)[0]
    for name in HOSTILE:
        offices.add(session, first.id, Desk(name=name, note=name))
        process.call(session, first.id, Talk(name, name), [(Topic.FEE, name)])
    async with app.run_test(size=LARGE) as pilot:
        screen = await _one(app, pilot, wait, first)
        assert_tame(app)
        parts = screen.query_one("#parts", OptionList)
        for at in range(parts.option_count):
            parts.highlighted = at
            await pilot.pause()
            assert_tame(app)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, ProvidersScreen))
        assert_tame(app)
        await pilot.press("h")
        await wait(pilot, lambda: "never asked" in text_of(app))
        assert_tame(app)
