"""A box to tick can be told from an empty one without colour."""

from __future__ import annotations

from textual.app import App, ComposeResult

from tests.tui.screen import text_of
from tui.widgets.tick import Tick


class _Boxes(App[None]):
    def compose(self) -> ComposeResult:
        yield Tick("one", True)
        yield Tick("two", False, id="two")


async def test_only_a_ticked_box_has_a_cross() -> None:
    """The cross comes and goes with the value."""
    app = _Boxes()
    async with app.run_test() as pilot:
        assert text_of(app).count("X") == 1
        app.query_one("#two", Tick).value = True
        await pilot.pause()
        assert text_of(app).count("X") == 2
