"""Review: pages beside text, and a person's word on what is wrong, by keys alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan, suspicion
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.flag_dialog import FlagDialog
from tui.screens.review import ReviewScreen
from tui.widgets.dialogs import AskDialog, ErrorDialog
from tui.widgets.page_lines import PageLines
from tui.widgets.page_map import PageMap
from tui.widgets.strip import FoldedStrip
from vault.actions import flags, records
from vault.actions.imports.run import import_paths
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.model.flags import FlagState, Kind
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.model.words import Span

SMALL, LARGE = (80, 24), (120, 40)
_PAGES = ("Patient Marian Voss\nborn 3/14/1916\ntakes 50~ mg daily", "Second page\nall well~ here")


def _grey(_s: Session, _record: Record, view: View) -> Picture:
    return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Pages are grey here, so that no worker has to start; the test of real pages says so."""
    if "real" not in request.node.name:
        monkeypatch.setattr(records, "draw", _grey)


@pytest.fixture
def record(session: Session) -> Record:
    """Two scanned pages of Marian Voss."""
    return scan(session, "visit.pdf", _PAGES, person=patient(session), provider=hospital(session))


async def _open(app: ChartmendApp, pilot: Pilot[str], wait: Wait, record: Record) -> ReviewScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.open_record(record.id)
    await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def _dialog(app: ChartmendApp, kind: type) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, kind)


async def _answer(app: ChartmendApp, pilot: Pilot[str], field: str, text: str) -> None:
    app.screen.query_one(field, Input).value = text
    app.screen.query_one(field, Input).focus()
    await pilot.press("enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_page_is_shown_beside_its_text(
    app: ChartmendApp, wait: Wait, record: Record, size: tuple[int, int]
) -> None:
    """Text, picture of the line, and from 100 columns on the map of the page."""
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait, record)
        await wait(pilot, lambda: screen.query_one(FoldedStrip).lines)
        shown = text_of(app)
        assert "visit.pdf, page 1 of 2" in shown
        assert "born 3/14/1916" in shown
        assert "? takes 50 mg daily" in shown
        assert "Read from a scan, 88 of 100 sure." in shown
        assert screen.query_one(PageMap).display is (size == LARGE)


async def test_keys_turn_pages_and_stop_at_the_ends(
    app: ChartmendApp, wait: Wait, record: Record
) -> None:
    """The next page after the last is the last."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("p")
        assert screen.number == 1
        await pilot.press("n")
        await wait(pilot, lambda: "page 2 of 2" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: "Second page" in text_of(app))
        assert screen.number == 2


async def test_lines_and_words_are_chosen_by_keys(
    app: ChartmendApp, wait: Wait, record: Record
) -> None:
    """A chosen word stands in brackets; shift takes one more."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("j", "right", "shift+right")
        await wait(pilot, lambda: "[born 3/14/1916]" in text_of(app))
        await pilot.press("k")
        await wait(pilot, lambda: screen.picked is None)
        await pilot.press("left")
        await wait(pilot, lambda: "Patient Marian [Voss]" in text_of(app))


async def test_u_goes_to_unsure_words_over_the_pages(
    app: ChartmendApp, wait: Wait, record: Record
) -> None:
    """One on each page, then word that there are no more."""
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("u")
        await wait(pilot, lambda: "takes [50] mg daily" in text_of(app))
        assert "Chosen in brackets: 40 of 100 sure." in text_of(app)
        await pilot.press("u")
        await wait(pilot, lambda: screen.number == 2 and "all [well] here" in text_of(app))
        await pilot.press("u")
        await wait(pilot, lambda: "No more unsure" in text_of(app))


async def test_f_flags_the_chosen_words_with_what_they_should_say(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """The flag has the exact words, their page and place, and is confirmed at once."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("u", "f")
        await wait(pilot, _dialog(app, FlagDialog))
        assert app.screen.query_one("#quote", Input).value == "50"
        await _answer(app, pilot, "#should", "5")
        await wait(pilot, lambda: app.screen is screen and screen.flags)
        assert 'confirmed wrong value: "50" should say "5"' in text_of(app)
        assert "!  takes 50 mg daily" in text_of(app).replace("!?", "! ")
    (flag,) = flags.every(session)
    assert (flag.state, flag.finding.page, flag.finding.quote) == (FlagState.CONFIRMED, 1, "50")
    assert flag.finding.box is not None


async def test_a_flag_needs_what_it_should_say(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """The form stays open and says what is missing; nothing is kept."""
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, record)
        await pilot.press("f")
        await wait(pilot, _dialog(app, FlagDialog))
        await _answer(app, pilot, "#should", " ")
        await wait(pilot, lambda: "Say what the record should say" in text_of(app))
        assert isinstance(app.screen, FlagDialog)
    assert flags.every(session) == ()


async def test_o_is_for_what_is_missing(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """The kind is missing, the line says where it should stand."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("o")
        await wait(pilot, _dialog(app, FlagDialog))
        assert "What is missing" in text_of(app)
        await _answer(app, pilot, "#should", "the penicillin allergy")
        await wait(pilot, lambda: app.screen is screen and screen.flags)
    assert flags.every(session)[0].finding.kind is Kind.MISSING


async def test_c_confirms_a_suspicion_and_d_dismisses_one(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """A person decides on each; the words of a dismissed one are no longer marked."""
    wrong = suspicion(session, record, 1, "3/14/1916")
    fine = suspicion(session, record, 2, "Second")
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("g")
        await wait(pilot, lambda: "born [3/14/1916]" in text_of(app))
        await pilot.press("c")
        await wait(pilot, _dialog(app, FlagDialog))
        await _answer(app, pilot, "#should", "3/14/1961")
        await wait(pilot, lambda: app.screen is screen and "confirmed" in text_of(app))
        await pilot.press("g", "g")
        await wait(pilot, lambda: screen.number == 2 and "suspected" in text_of(app))
        await pilot.press("d")
        await wait(pilot, _dialog(app, AskDialog))
        await _answer(app, pilot, "#answer", "it is right")
        await wait(pilot, lambda: app.screen is screen and "dismissed" in text_of(app))
        assert screen.sheet is not None
        assert screen.sheet.flagged == ()
    assert flags.get(session, wrong.id).should_say == "3/14/1961"
    assert flags.get(session, fine.id).why_dismissed == "it is right"


async def test_the_pane_with_the_focus_has_a_bar(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """It shows without colour: Tab moves it from the lines to the flags and back."""
    suspicion(session, record, 1, "3/14/1916")

    def barred(row: str) -> bool:
        return any(line.startswith("▌") and row in line for line in lines_of(app))

    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, record)
        await wait(pilot, lambda: barred("born 3/14/1916") and not barred("suspected"))
        await pilot.press("tab")
        await wait(pilot, lambda: barred("suspected") and not barred("born 3/14/1916"))
        await pilot.press("shift+tab")
        await wait(pilot, lambda: barred("born 3/14/1916") and not barred("suspected"))


async def test_confirm_and_dismiss_are_offered_only_with_a_flag(
    app: ChartmendApp, wait: Wait, record: Record
) -> None:
    """Without a flag the keys do nothing and the footer does not name them."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await wait(pilot, lambda: "Wrong" in text_of(app))
        assert "Confirm" not in text_of(app)
        await pilot.press("c", "d")
        assert app.screen is screen


async def test_e_puts_the_reading_right_and_leaves_the_record(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """The words change, are sure from then on, and no flag is made."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("u", "e")
        await wait(pilot, _dialog(app, AskDialog))
        assert app.screen.query_one("#answer", Input).value == "50"
        await _answer(app, pilot, "#answer", "5.0")
        await wait(pilot, lambda: app.screen is screen and "takes 5.0 mg" in text_of(app))
        assert screen.sheet is not None
        assert screen.sheet.next_unsure(-1) is None
    reading = records.reading(session, record.id, 1)
    assert reading is not None
    assert "5.0" in [word.text for word in reading.words]


async def test_a_page_without_words_can_be_looked_through_and_flagged(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """It is drawn band by band; the flag is about the page as a whole."""
    blank = scan(session, "faint.pdf", [""])
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, blank)
        await wait(pilot, lambda: screen.query_one(FoldedStrip).lines)
        assert "(nothing read here, part 1 of 32)" in text_of(app)
        assert "! Could not be read. No words were found." in text_of(app)
        await pilot.press("e")
        assert app.screen is screen
        await pilot.press("f")
        await wait(pilot, _dialog(app, FlagDialog))
        await _answer(app, pilot, "#should", "a page that can be read")
        await wait(pilot, lambda: app.screen is screen and screen.flags)
    assert flags.every(session)[0].finding.quote == ""


async def test_a_record_without_pages_is_told_in_words(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """An error a person can act on, and the app goes on."""
    empty = scan(session, "broken.pdf", [])
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.open_record(empty.id)
        await wait(pilot, _dialog(app, ErrorDialog))
        assert "has no pages to show" in text_of(app)


async def test_z_shows_the_picture_alone_the_text_alone_and_both(
    app: ChartmendApp, wait: Wait, record: Record
) -> None:
    """At 80 by 24 the picture alone has room for four folds."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        strip, lines = screen.query_one(FoldedStrip), screen.query_one(PageLines)
        await pilot.press("z")
        await wait(pilot, lambda: strip.size.height >= 15 and not lines.size.height)
        await pilot.press("z")
        await wait(pilot, lambda: lines.size.height >= 15 and not strip.size.height)
        await pilot.press("z")
        await wait(pilot, lambda: lines.size.height and strip.size.height)


async def test_the_footer_fits_into_eighty_columns(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """With every key on offer, none is cut off."""
    suspicion(session, record, 1, "3/14/1916")
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, record)
        await wait(pilot, lambda: "Dismiss" in text_of(app))
        assert app.screen.query_one(Footer).max_scroll_x == 0
        for word in ("Page", "Unsure", "Flag", "Wrong", "Confirm", "Misread", "Help", "Back"):
            assert word in text_of(app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Markup, escapes and direction marks in a record are shown, never run or passed on."""
    record = scan(session, HOSTILE[0], ["\n".join(HOSTILE)])
    suspicion(session, record, 1, HOSTILE[0])
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait, record)
        shown = text_of(app)
        assert shown.count("[@click=app.quit]click[/]") >= 3  # title, line, flag
        assert_tame(app)
        for key in ("g", "j", "right", "u"):
            await pilot.press(key)
        await pilot.click(PageLines, offset=(6, 0))
        await pilot.click("#flags", offset=(30, 0))
        await pilot.press("f")
        await wait(pilot, _dialog(app, FlagDialog))
        assert_tame(app)
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
        assert app.is_running


async def test_a_drawing_that_takes_long_holds_up_nothing(
    app: ChartmendApp, wait: Wait, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a page is being drawn, lines move and pages turn."""
    begun, gate = threading.Event(), threading.Event()

    def slow(s: Session, held: Record, view: View) -> Picture:
        begun.set()
        gate.wait()
        return _grey(s, held, view)

    monkeypatch.setattr(records, "draw", slow)
    async with app.run_test(size=SMALL) as pilot:
        try:
            screen = await _open(app, pilot, wait, record)
            await wait(pilot, begun.is_set)
            await pilot.press("j")
            await wait(pilot, lambda: screen.query_one(PageLines).highlighted == 1)
            await pilot.press("n")
            await wait(pilot, lambda: "Second page" in text_of(app))
        finally:
            gate.set()


async def test_a_real_page_is_drawn_by_a_worker(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """From a file on disk over its sealed original to black and white cells on the screen."""
    made = tmp_path / "visit.pdf"
    page = b"#set text(11pt)\nPatient: Marian Voss takes 50 mg daily"
    made.write_bytes(typst.compile(page))
    (done,) = import_paths(session, [made], Origin())
    assert done.status == "stored"
    async with app.run_test(size=LARGE) as pilot:
        screen = await _open(app, pilot, wait, records.find(session, done.id))
        strip = screen.query_one(FoldedStrip)
        await wait(pilot, lambda: strip.lines and screen.query_one(PageMap).lines)
        glyphs = set("".join(line.text for line in strip.lines))
        assert len(glyphs & set("▘▝▀▖▌▞▛▗▚▐▜▄▙▟")) > 8
        screen.pick(Span(2, 3))
        await wait(pilot, lambda: "Patient: Marian [Voss]" in text_of(app))
