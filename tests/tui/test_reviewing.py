"""Going through a record: pages accepted, notes, facts, and another copy beside it."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.changes import ChangesScreen
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.facts import FactsScreen
from tui.screens.review import ReviewScreen
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, ConfirmDialog
from vault.actions import accepting, checking, fact_list, flags, records, remarks
from vault.actions.session import Session
from vault.model.facts import FactKind
from vault.model.reading import Picture, View
from vault.store import pages

SIZES = [(80, 24), (120, 40)]
NOTE = "Office Visit\nPatient: Marian Voss DOB: 03/14/1961\nMetformin 500 mg twice daily"


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def grey(_s: Session, _record: object, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)


async def _review(app: ChartmendApp, pilot: Pilot[str], wait: Wait, record: str) -> None:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.open_record(record)
    await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)


def _state(session: Session, record: str) -> None:
    """The facts of a record, as an import states them."""
    with session.vault.write("test") as db:
        for page in pages.of(db, record):
            shown = pages.shown(db, record, page.number)
            if shown is not None:
                checking.state_facts(db, record, page.number, shown.reading.words)


async def test_a_page_is_accepted_and_noted_on(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """The key y accepts it and takes it back; a writes a note, and deletes it after asking."""
    held = scan(session, "visit.pdf", [NOTE, "Plan"], person=patient(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await _review(app, pilot, wait, held.id)
        await pilot.press("y")
        await wait(pilot, lambda: "· accepted on" in text_of(app))
        assert accepting.of(session, held.id).words == "1 of 2 pages accepted"
        await pilot.press("y")
        await wait(pilot, lambda: "· accepted on" not in text_of(app))
        assert accepting.of(session, held.id).accepted == ()
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one(Input).value = "[bold]ask the nurse"
        await pilot.press("enter")
        await wait(pilot, lambda: "1 note (a)" in text_of(app))
        (note,) = remarks.of(session, held.id)
        assert (note.page, note.text) == (1, "[bold]ask the nurse")
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "[bold]ask the nurse" in text_of(app)
        await pilot.press("down", "enter")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: remarks.of(session, held.id) == ())


@pytest.mark.parametrize("size", SIZES)
async def test_facts_are_struck_and_lead_to_their_page(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """The key s lists them; x strikes, u takes it back, y confirms, Enter shows the page."""
    held = scan(session, "visit.pdf", [NOTE], person=patient(session))
    _state(session, held.id)
    many = len(fact_list.of(session, held.id))
    async with app.run_test(size=size) as pilot:
        await _review(app, pilot, wait, held.id)
        await pilot.press("s")
        await wait(pilot, lambda: f"Facts of visit.pdf: {many}" in text_of(app))
        screen = app.screen
        assert isinstance(screen, FactsScreen)
        assert screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("x")
        await wait(pilot, lambda: "1 struck" in text_of(app))
        assert fact_list.of(session, held.id)[0].said == "struck"
        await pilot.press("u")
        await wait(pilot, lambda: "1 struck" not in text_of(app))
        await pilot.press("y")
        await wait(pilot, lambda: "[x] page 1" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, FactsScreen))


async def test_what_rested_on_a_struck_fact_is_gone_from_the_page(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """Back from the facts the page shows what is suspected now."""
    wrong = NOTE.replace("1961", "1916")
    held = scan(session, "visit.pdf", [wrong], person=patient(session))
    _state(session, held.id)
    with session.vault.write("test") as db:
        checking.check(db, held.id)
    assert len(flags.every(session, held.id)) == 1
    born = next(f for f in fact_list.of(session, held.id) if f.stored.fact.kind is FactKind.BORN)
    async with app.run_test(size=(80, 24)) as pilot:
        await _review(app, pilot, wait, held.id)
        assert "suspected" in text_of(app)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, FactsScreen) and app.screen.held)
        fact_list.strike(session, held.id, born.stored.id)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await wait(pilot, lambda: "suspected" not in text_of(app))


@pytest.mark.parametrize("size", SIZES)
async def test_another_copy_is_held_against_the_record(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """The key w asks which; the figure that differs is shown on both sides."""
    who, where = patient(session), hospital(session)
    old = scan(session, "old.pdf", [NOTE], person=who, provider=where)
    new = scan(session, "new.pdf", [NOTE.replace("500", "850")], person=who, provider=where)
    scan(session, "tobias.pdf", [NOTE], person=patient(session, "Tobias Voss"))
    async with app.run_test(size=size) as pilot:
        await _review(app, pilot, wait, new.id)
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "old.pdf" in text_of(app)
        assert "tobias.pdf" not in text_of(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ChangesScreen))
        await wait(pilot, lambda: '"500" became "850"' in text_of(app))
        await wait(pilot, lambda: "Earlier copy: old.pdf, page 1" in text_of(app))
        assert "Later copy: new.pdf, page 1" in text_of(app)
        assert "Metformin 850 mg twice daily" in text_of(app)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        assert_tame(app)
        await pilot.press("b")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.sheet is not None
        assert app.screen.sheet.record.id == old.id


async def test_what_seems_to_be_an_earlier_copy_is_asked_about(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """From the list of records: it is named with its reason, and linked by the person's yes."""
    note = f"{NOTE}\n" + "\n".join(f"Finding {n} of the examination is as before" for n in range(9))
    who, where = patient(session), hospital(session)
    texts = [note.replace("Visit", "Visit\nDate of visit: 03/02/2024", 1)]
    held = [scan(session, f"{n}.pdf", texts, person=who, provider=where) for n in "ab"]
    for record in held:
        _state(session, record.id)
    older, newer = sorted(held, key=lambda r: (r.imported_at, r.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.RECORDS, newer.id)
        await wait(pilot, lambda: newer.title in text_of(app))
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        await wait(pilot, lambda: "It seems to be:" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: "No entry differs" in text_of(app))
        assert records.find(session, newer.id).older == older.id


async def test_copies_that_differ_in_nothing_say_so(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """And words of a record that look like markup are only text."""
    texts = ["\n".join(HOSTILE)]
    old, new = scan(session, "old.pdf", texts), scan(session, "new.pdf", texts)
    third = scan(session, "third.pdf", ["\n".join(reversed(HOSTILE)) + "\n[/]more 5 mg[/red]"])
    async with app.run_test(size=(120, 40)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.push_screen(ChangesScreen(old.id, new.id))
        await wait(pilot, lambda: "No entry differs" in text_of(app))
        app.push_screen(ChangesScreen(old.id, third.id))
        await wait(pilot, lambda: "[/]more" in text_of(app))
        assert_tame(app)
