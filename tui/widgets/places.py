"""The bar of places: the program's name, and the main screens with their number keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.shell import Place

NAMES = {
    Place.HOME: "Home",
    Place.RECORDS: "Records",
    Place.REQUESTS: "Requests",
    Place.CORRECTIONS: "Corrections",
    Place.IMPORT: "Import",
    Place.SEARCH: "Search",
    Place.PROVIDERS: "Providers",
}
_ROOM_FOR_NAME = 90


class PlaceLink(Static):
    """One place; a click leads there."""

    ALLOW_SELECT = False

    def __init__(self, place: Place, *, here: bool) -> None:
        number = list(NAMES).index(place) + 1
        super().__init__(Content(f"{number} {NAMES[place]}"), classes="here" if here else "")
        self.place = place

    def on_click(self) -> None:
        """Say which place was chosen."""
        self.post_message(PlacesBar.Chosen(self.place))


class PlacesBar(HorizontalGroup):
    """All places in one row of 80 columns; the program's name where there is room for it."""

    DEFAULT_CSS = """
    PlacesBar { height: 1; background: $panel; color: $foreground; }
    PlacesBar .name { width: auto; padding: 0 1; text-style: bold; color: $text-accent; }
    PlaceLink { width: auto; padding: 0 1; }
    PlaceLink:hover { background: $block-hover-background; }
    PlaceLink.here { text-style: bold reverse; }
    """

    @dataclass
    class Chosen(Message):
        """A place was clicked."""

        place: Place

    def __init__(self, here: Place | None) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """The name, then a link a place."""
        yield Static("chartmend", classes="name")
        for place in NAMES:
            yield PlaceLink(place, here=place is self._here)

    def on_resize(self, event: events.Resize) -> None:
        """The places come before the program's name."""
        self.query_one(".name").display = event.size.width >= _ROOM_FOR_NAME
