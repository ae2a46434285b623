"""Help: from everywhere, and back."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens import help as help_screen
from tui.screens.base import VaultScreen
from tui.screens.came import CameScreen
from tui.screens.changes import ChangesScreen
from tui.screens.compare import CompareScreen
from tui.screens.correction import CorrectionScreen
from tui.screens.dates import DatesScreen
from tui.screens.evidence import EvidenceScreen
from tui.screens.facts import FactsScreen
from tui.screens.fees import FeesScreen
from tui.screens.form import FormScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.importing import ImportScreen
from tui.screens.letter_preview import LetterPreviewScreen
from tui.screens.looking import LookScreen
from tui.screens.masks import MaskScreen
from tui.screens.people import PeopleScreen
from tui.screens.records import RecordsScreen
from tui.screens.repeats import RepeatsScreen
from tui.screens.request import RequestScreen
from tui.screens.request_letter import RequestLetterScreen
from tui.screens.review import ReviewScreen
from tui.shell import Place


async def test_question_mark_and_escape(app: ChartmendApp, wait: Wait) -> None:
    """? opens it once, however often it is pressed; escape goes back to where one was."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("question_mark", "question_mark")
        await wait(pilot, lambda: "matter under the cursor" in text_of(app))
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.parametrize(
    ("place", "said"),
    [(Place.REQUESTS, "notes that it was sent"), (Place.CORRECTIONS, "marks an error")],
)
async def test_help_begins_with_the_screen_one_is_on(
    app: ChartmendApp, wait: Wait, place: Place, said: str
) -> None:
    """That screen's keys are in sight at once, on a small terminal too."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.go(place)
        await wait(pilot, lambda: isinstance(app.screen, VaultScreen) and app.screen.PLACE is place)
        await pilot.press("question_mark")
        await wait(pilot, lambda: said in text_of(app))


async def test_f1_helps_while_one_types(app: ChartmendApp, wait: Wait) -> None:
    """In the line of the search the question mark is a sign like others."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: "F1 Help" in text_of(app))
        await pilot.press("f1")
        await wait(pilot, lambda: "All words must be on the page" in text_of(app))
        assert isinstance(app.screen, HelpScreen)


PARTS = [
    *(place.value.capitalize() for place in Place),
    *(
        kind.HELP_PART
        for kind in (
            ReviewScreen,
            LetterPreviewScreen,
            LookScreen,
            RequestScreen,
            RequestLetterScreen,
            CorrectionScreen,
            FormScreen,
            FeesScreen,
            DatesScreen,
            CameScreen,
            PeopleScreen,
            MaskScreen,
            EvidenceScreen,
            RepeatsScreen,
            FactsScreen,
            ChangesScreen,
            CompareScreen,
        )
    ),
]


@pytest.mark.parametrize("part", PARTS)
def test_every_screen_has_a_part_and_nothing_is_lost(part: str) -> None:
    """The part comes first, and every line of the page is still there."""
    page = help_screen.text(part)
    assert next(line for line in page.splitlines() if line.startswith("## ")) == f"## {part}"
    assert set(help_screen.text().splitlines()) <= set(page.splitlines())


def test_every_key_of_the_app_is_in_the_help() -> None:
    """A key that works everywhere stands on the page."""
    page = help_screen.text()
    for key in ("1 to 7", "Escape", "Ctrl+L", "Ctrl+Z", "Ctrl+P", "| ? |", "| t |", "| q |"):
        assert key in page


@pytest.mark.parametrize(
    ("screen", "name"),
    [
        (HomeScreen, "Home"),
        (RecordsScreen, "Records"),
        (ImportScreen, "Import"),
        (LookScreen, "Pages to look at"),
        (EvidenceScreen, "Evidence"),
        (RepeatsScreen, "Where else it stands"),
        (FactsScreen, "Facts"),
        (CompareScreen, "A fresh copy"),
    ],
)
def test_the_keys_of_a_screen_are_in_its_part(screen: type[VaultScreen], name: str) -> None:
    """Each key the screen itself answers, but reloading, which it does alone."""
    part = help_screen.text(name).split("\n## ")[1]
    for binding in screen.BINDINGS:
        if isinstance(binding, Binding) and binding.show:
            assert f"| {binding.key_display or binding.key} |" in part


async def test_ctrl_c_names_the_key_that_leaves(app: ChartmendApp, wait: Wait) -> None:
    """A habit from other programs loses nothing here."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("ctrl+c")
        await wait(pilot, lambda: "Press q to leave" in text_of(app))
        assert app.is_running
