"""What shows a mistake, and where else it stands, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Footer, Input, Select

from tests.ingest.papers import saved
from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.cite_dialog import CiteDialog
from tui.screens.document_dialogs import ChooseFileDialog
from tui.screens.evidence import EvidenceScreen
from tui.screens.evidence_picture import EvidencePictureScreen
from tui.screens.flag_dialog import FlagDialog
from tui.screens.repeats import RepeatsScreen
from tui.screens.review import ReviewScreen
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, ConfirmDialog, ErrorDialog
from tui.widgets.page_map import PageMap
from vault.actions import evidence, flags, records
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.model.flags import Flag, OmissionKind
from vault.model.reading import Picture, View
from vault.model.records import Record

SMALL, LARGE = (80, 24), (120, 40)
SAID = "She missed two visits and was not polite to the staff."


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are grey here, so that no worker has to start for them."""

    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)


@pytest.fixture
def flag(session: Session) -> Flag:
    """A statement of Elm Street Hospital that Quay Clinic and an unknown holder repeat."""
    person = patient(session)
    elm, quay = hospital(session), hospital(session, "Quay Clinic")
    text = f"Elm Street Hospital\nReferring provider: Quay Clinic\n{SAID}"
    held = scan(session, "visit.pdf", [text], person=person, provider=elm)
    scan(session, "later.pdf", ["Nothing", f"Again: {SAID}"], person=person, provider=quay)
    scan(session, "loose.pdf", [SAID], person=person)
    return flags.add(session, held.id, 1, SAID, Wrong("remove this"))


def _on(app: ChartmendApp, screen: type[Screen[Any]]) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, screen)


async def _review(app: ChartmendApp, pilot: Pilot[str], wait: Wait, flag: Flag) -> None:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.open_record(flag.finding.record, 1, flag.id)
    await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)


async def _evidence(app: ChartmendApp, pilot: Pilot[str], wait: Wait, flag: Flag) -> None:
    await _review(app, pilot, wait, flag)
    await pilot.press("b")
    await wait(pilot, lambda: "Should say" in text_of(app) and _on(app, EvidenceScreen)())


async def _answer(app: ChartmendApp, pilot: Pilot[str], field: str, text: str) -> None:
    app.screen.query_one(field, Input).value = text
    app.screen.query_one(field, Input).focus()
    await pilot.press("enter")


async def test_b_keeps_a_note_and_takes_it_back(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag
) -> None:
    """A list of one, then an empty page that says what each key is for."""
    async with app.run_test(size=SMALL) as pilot:
        await _evidence(app, pilot, wait, flag)
        assert "No evidence yet." in text_of(app)
        await pilot.press("n")
        await wait(pilot, _on(app, AskDialog))
        await _answer(app, pilot, "#answer", "I was on time both days.")
        await wait(pilot, lambda: "note: I was on time" in text_of(app))
        assert [e.note for e in evidence.of(session, flag.id)] == ["I was on time both days."]
        await pilot.press("x")
        await wait(pilot, _on(app, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: "No evidence yet." in text_of(app))
        assert app.screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("escape")
        await wait(pilot, _on(app, ReviewScreen))
    assert evidence.of(session, flag.id) == ()


async def test_r_names_a_place_in_another_record(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag
) -> None:
    """The form stays where the page is none; Enter on the place shows its page."""
    async with app.run_test(size=SMALL) as pilot:
        await _evidence(app, pilot, wait, flag)
        await pilot.press("r")
        await wait(pilot, _on(app, CiteDialog))
        listed = app.screen.query_one("#record", Select)
        later = next(r.record.id for r in records.every(session) if r.record.title == "later.pdf")
        listed.value = later
        app.screen.query_one("#page", Input).value = "two"
        await _answer(app, pilot, "#quote", "Again:")
        await wait(pilot, lambda: "The page is a number" in text_of(app))
        await _answer(app, pilot, "#page", "2")
        await wait(pilot, lambda: 'record: "later.pdf" from Quay Clinic, page 2' in text_of(app))
        await pilot.press("enter")
        await wait(pilot, _on(app, ReviewScreen))
        await wait(pilot, lambda: "later.pdf, page 2" in text_of(app))
    (held,) = evidence.of(session, flag.id)
    assert (held.record, held.page, held.quote) == (later, 2, "Again:")


async def test_p_keeps_a_picture_and_enter_draws_it(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag, tmp_path: Path
) -> None:
    """A file that is no picture is refused with a sentence; nothing speaks of commands."""
    good = tmp_path / "label.png"
    good.write_bytes(saved(Image.new("RGB", (90, 60), "black"), "PNG"))
    bad = tmp_path / "label.txt"
    bad.write_text("hello")

    async def choose(path: Path) -> None:
        await pilot.press("p")
        await wait(pilot, _on(app, ChooseFileDialog))
        await _answer(app, pilot, "#path", str(path))
        await wait(pilot, _on(app, AskDialog))
        await _answer(app, pilot, "#answer", "the bottle")

    async with app.run_test(size=LARGE) as pilot:
        await _evidence(app, pilot, wait, flag)
        await choose(bad)
        await wait(pilot, _on(app, ErrorDialog))
        assert "cannot be kept as evidence" in text_of(app)
        assert "chartmend" not in " ".join(lines_of(app)[1:])
        await pilot.press("enter")
        await choose(good)
        await wait(pilot, lambda: "picture: the bottle" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, _on(app, EvidencePictureScreen))
        await wait(pilot, lambda: app.screen.query_one(PageMap).lines)
        assert "the bottle" in text_of(app)


async def test_h_shows_where_else_it_stands_and_flags_what_is_marked(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag
) -> None:
    """By holder; only the marked place is flagged, and the list says so then."""
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await _review(app, pilot, wait, flag)
        await wait(pilot, lambda: "b: evidence, h: where else." in text_of(app))
        await pilot.press("h")
        await wait(pilot, lambda: "later.pdf, page 2" in text_of(app))
        rows = [line for line in lines_of(app) if "Quay Clinic" in line or "From nobody" in line]
        assert len(rows) == 2
        assert "The same words." in text_of(app)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("f")
        await wait(pilot, lambda: "Mark places with Space first" in text_of(app))
        assert len(flags.every(session)) == 1
        await pilot.press("space", "f")
        await wait(pilot, lambda: "flagged already" in text_of(app))
        await pilot.press("a", "o")
        await wait(pilot, _on(app, ReviewScreen))
    made = next(f for f in flags.every(session) if f.id != flag.id)
    assert (made.finding.page, made.should_say) == (2, "remove this")
    assert len(flags.every(session)) == 2


async def test_what_was_flagged_elsewhere_is_seen_on_coming_back(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag
) -> None:
    """A repeat on another page of the record under review; without repeats a sentence."""
    alone = flags.add(session, flag.finding.record, 1, "Referring provider", Wrong("Treating"))
    async with app.run_test(size=LARGE) as pilot:
        await _review(app, pilot, wait, alone)
        await pilot.press("h")
        await wait(pilot, lambda: "said nowhere else" in text_of(app))
        await pilot.press("f", "a", "o")
        assert isinstance(app.screen, RepeatsScreen)
        await pilot.press("escape")
        await wait(pilot, _on(app, ReviewScreen))
        await wait(pilot, lambda: "Treating" in text_of(app))


async def test_the_form_asks_who_made_the_entry_and_in_what_way_it_is_missing(
    app: ChartmendApp, wait: Wait, session: Session, flag: Flag
) -> None:
    """Whom the page names comes first; both are kept with the flag."""
    async with app.run_test(size=LARGE) as pilot:
        await _review(app, pilot, wait, flag)
        await pilot.press("o")
        await wait(pilot, _on(app, FlagDialog))
        assert 'The page names "Quay Clinic"' in text_of(app)
        assert app.screen.query_one("#omission", Select).value == "never_charted"
        app.screen.query_one("#omission", Select).value = "copying_defect"
        originator = app.screen.query_one("#originator", Select)
        first = originator._options[1]
        assert str(first[0]) == "Quay Clinic"
        originator.value = first[1]
        await _answer(app, pilot, "#should", "page 2")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))
    made = next(f for f in flags.every(session) if f.id != flag.id)
    assert made.omission is OmissionKind.COPYING_DEFECT
    assert made.originator == first[1]


async def test_no_key_for_evidence_without_a_flag(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """On a page without flags b and h do nothing."""
    held = scan(session, "visit.pdf", ["all well"])
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.open_record(held.id)
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
        screen = app.screen
        await pilot.press("b", "h")
        await pilot.pause()
        assert app.screen is screen


async def test_hostile_words_are_shown_as_they_are(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Titles, quotes and notes are neither run nor sent to the terminal."""
    person = patient(session)
    hostile = " ".join(HOSTILE)
    held = scan(session, hostile, [f"{SAID} {hostile}", f"{SAID} {hostile}"], person=person)
    quote = f"{SAID} {hostile}"
    flag = flags.add(session, held.id, 1, quote, Wrong(hostile))
    evidence.add_note(session, flag.id, hostile)
    evidence.add_place(session, flag.id, held.id, 2, quote)
    async with app.run_test(size=LARGE) as pilot:
        await _evidence(app, pilot, wait, flag)
        await wait(pilot, lambda: "note:" in text_of(app))
        assert_tame(app)
        await pilot.press("escape", "h")
        await wait(pilot, lambda: "The same words" in text_of(app))
        assert_tame(app)
        assert "[red]gone" in text_of(app)


async def test_b_among_corrections_is_about_the_flag_under_the_cursor(
    app: ChartmendApp, wait: Wait, flag: Flag
) -> None:
    """From the list of confirmed errors, and only there."""
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.CORRECTIONS)
        await wait(pilot, lambda: flag.should_say in text_of(app))
        await pilot.press("b")
        await wait(pilot, lambda: _on(app, EvidenceScreen)() and "No evidence yet" in text_of(app))
