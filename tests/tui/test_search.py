"""Search: words in, pages out."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from tests.tui.conftest import MakeRecord, Wait
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from tui.screens.search import SearchScreen
from tui.shell import Shell
from vault.safetext import safe_line


async def test_typing_finds_pages(app: ChartmendApp, make_record: MakeRecord, wait: Wait) -> None:
    """Keys go into the line, the page stands below with the words around."""
    make_record("visit.pdf", ["nothing here", "Patient denies tobacco use"])
    make_record("other.pdf", ["something else"])
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"tobacco")
        await wait(pilot, lambda: "1 page found" in text_of(app))
        assert "visit.pdf, page 2" in text_of(app)
        assert "other.pdf" not in text_of(app)


async def test_keys_of_places_are_letters_while_typing(app: ChartmendApp, wait: Wait) -> None:
    """Digits and q in the line neither leave the screen nor the app."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press("q", "2", "t", "question_mark")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "q2t?"


async def test_nothing_typed_can_break_the_search(app: ChartmendApp, wait: Wait) -> None:
    """Signs that mean something to a search engine are looked for like any other."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        line = app.screen.query_one(Input)
        for query in ('"', "a AND (", "x*y OR NOT", "^NEAR(a b)", "[/]", "\x1b[31m"):
            line.value = query
            await wait(pilot, lambda: "Nothing found" in text_of(app))
            line.value = ""
            await wait(pilot, lambda: "All words" in text_of(app))
        assert isinstance(app.screen, SearchScreen)


async def test_enter_opens_the_page(app: ChartmendApp, make_record: MakeRecord, wait: Wait) -> None:
    """Down from the line to the list, Enter on it: the record at the page found."""
    record = make_record("visit.pdf", ["nothing here", "denies tobacco"])
    asked: list[tuple[str, int | None]] = []

    class Noting(ChartmendApp):
        def open_record(
            self, record: str, page: int | None = None, flag: str | None = None
        ) -> None:
            assert flag is None
            asked.append((record, page))

    noting = Noting(app.folder, session=app.session)
    async with noting.run_test(size=(80, 24)) as pilot:
        assert isinstance(noting, Shell)
        await wait(pilot, lambda: isinstance(noting.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(noting.screen, SearchScreen))
        await pilot.press(*"tobac*")
        await wait(pilot, lambda: "1 page found" in text_of(noting))
        await pilot.press("down", "enter")
        await wait(pilot, lambda: asked)
        assert asked == [(record.id, 2)]


async def test_foreign_text_is_only_text(
    app: ChartmendApp, make_record: MakeRecord, wait: Wait
) -> None:
    """Titles and pages full of markup are found and shown as they are."""
    for text in HOSTILE:
        make_record(safe_line(text), [f"tobacco {safe_line(text)} tobacco"])
    async with app.run_test(size=(120, 40)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"tobacco")
        await wait(pilot, lambda: f"{len(HOSTILE)} pages found" in text_of(app))
        assert app.screen.query_one(OptionList).option_count == len(HOSTILE)
        assert "[@click=app.quit]click[/] tobacco" in text_of(app)
        assert_tame(app)
        assert app.is_running
