"""Every page says what it shows, how far to trust that, and why; other readings are kept."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import TODAY, Wait
from tests.tui.made import scan, words
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui import page_words
from tui.app import ChartmendApp
from tui.screens.page_about import PageAbout
from tui.screens.review import ReviewScreen
from tui.screens.review_page import load
from vault import dates
from vault.actions import looking, records
from vault.actions.session import Session
from vault.model.reading import PageKind, PageResult, Picture, Reading, Source, View
from vault.model.records import Record
from vault.safetext import safe_line
from vault.store import pages

SIZES = [(80, 24), (120, 40)]
SCAN = Reading(Source.OCR, words("Marian Voss\ntakes 50 mg"), 83, "tesserocr 5.5.4", "spa", 90, 1.2)
LAYER = Reading(Source.TEXT, words("Marian V0ss"), 100, "text layer (pdfium)")


def _grey(_s: Session, _record: Record, view: View) -> Picture:
    return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "draw", _grey)
    monkeypatch.setattr(records, "draw_as", _grey)


def _page(s: Session, *readings: Reading, why: str = "", kind: PageKind = PageKind.CONTENT) -> str:
    """A record of one page with these readings; `why` asks a person to look."""
    record = scan(s, "mixed.pdf", [""])
    trust = 61 if why else 96
    result = PageResult(1, kind, readings, 612, 792, trust, look=bool(why), why=why)
    with s.vault.write("test.page") as db:
        pages.keep(db, record.id, result, dates.now())
    return record.id


def _inside(app: ChartmendApp) -> str:
    """The text in a dialog's box, without what shows beside it."""
    rows = [line.split("│")[1] for line in lines_of(app) if line.count("│") == 2]
    return " ".join(" ".join(rows).split())


async def _open(app: ChartmendApp, pilot: Pilot[str], wait: Wait, record: str) -> ReviewScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.open_record(record)
    await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_other_text_is_named_and_shown_by_a_key(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """V shows the file's own text beside the picture, and the one that counts again."""
    record = _page(session, SCAN, LAYER)
    async with app.run_test(size=size) as pilot:
        await _open(app, pilot, wait, record)
        said = " ".join(text_of(app).split())
        assert "Read from a scan, 83 of 100 sure, in Spanish, turned 90°." in said
        assert "v: the file’s own text. Trust: good." in said
        assert "i: about, z: view" in said
        await pilot.press("v")
        await wait(pilot, lambda: "Marian V0ss" in text_of(app))
        assert "Another reading: text of the file itself. v: back." in text_of(app)
        assert "Misread" not in text_of(app)
        await pilot.press("v")
        await wait(pilot, lambda: "takes 50 mg" in text_of(app))
        assert "Misread" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_all_that_is_known_of_a_page(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """I shows every reason, the language, the turn and what else is kept, on both sizes."""
    why = "parts of the page were not read as words; very few words were read for so much ink"
    record = _page(session, SCAN, LAYER, why=why, kind=PageKind.COVER)
    async with app.run_test(size=size) as pilot:
        await _open(app, pilot, wait, record)
        await wait(pilot, lambda: "! Look at this page. Parts of the page" in text_of(app))
        assert "1 more under i." in text_of(app)
        await pilot.press("i")
        await wait(pilot, lambda: isinstance(app.screen, PageAbout))
        said = _inside(app)
        for words_ in (
            "look at this page, 61 of 100",
            "Parts of the page were not read as words.",
            "Very few words were read for so much ink.",
            "not yet; l says so",
            "a fax cover sheet",
            "read from a scan, 83 of 100 sure",
            "Spanish (spa)",
            "tesserocr 5.5.4",
            "turned 90° clockwise; made straight by 1.2°",
            "2 words, 20 of 100 words the same; v shows it",
            "the file's own text has 2 words only, where 5 were read",
        ):
            assert words_ in said
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))


async def test_a_person_says_that_they_have_looked(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """L keeps the day, the page says so, and L once more takes it back."""
    record = _page(session, SCAN, why="the words are not read with certainty")
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(app, pilot, wait, record)
        await pilot.press("l")
        await wait(pilot, lambda: f"You looked at it on {TODAY}" in " ".join(text_of(app).split()))
        assert looking.looked_on(session, record, 1) == TODAY
        await pilot.press("l")
        await wait(pilot, lambda: looking.looked_on(session, record, 1) is None)
        await wait(pilot, lambda: "! Look at this page." in text_of(app))


async def test_a_good_page_needs_no_look(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """The key says so, and nothing is kept."""
    record = _page(session, SCAN)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await _open(app, pilot, wait, record)
        await pilot.press("l", "v")
        await wait(pilot, lambda: "It needs no look" in text_of(app))
        await wait(pilot, lambda: "has no other reading" in text_of(app))
        assert looking.looked_on(session, record, 1) is None


async def test_foreign_words_are_only_text(app: ChartmendApp, session: Session, wait: Wait) -> None:
    """The other reading and the dialog run and hide nothing of what a file says."""
    layer = Reading(Source.TEXT, words("\n".join(safe_line(text) for text in HOSTILE)), 100)
    record = _page(session, SCAN, layer)
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(app, pilot, wait, record)
        await pilot.press("v")
        await wait(pilot, lambda: "[/bold]" in text_of(app))
        assert_tame(app)
        await pilot.press("i")
        await wait(pilot, lambda: isinstance(app.screen, PageAbout))
        assert_tame(app)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PageKind.BLANK, ("good", "It is blank: there is nothing on it to read.")),
        (PageKind.CONTENT, ("could not be read", "There is something here.")),
    ],
)
def test_a_page_without_words(session: Session, kind: PageKind, said: tuple[str, str]) -> None:
    """A blank page is good; one that could not be read says why."""
    blank = kind is PageKind.BLANK
    record = _page(session, why="" if blank else "there is something here", kind=kind)
    sheet, _flags = load(session, record, 1)
    rows = dict(page_words.about(sheet))
    assert (rows["Trust"], rows["Why"]) == said
