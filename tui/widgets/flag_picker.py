"""Things to choose several of, under headings; space marks one or takes the mark away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Item:
    """A line to choose: an id and its text, or a heading where the id is empty."""

    id: str
    text: str


class FlagPicker(OptionList):
    """A list with marks; `checked` holds the ids that are marked, in the order of the list."""

    DEFAULT_CSS = """
    FlagPicker { border: none; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    FlagPicker:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "mark", "Mark")]

    @dataclass
    class Changed(Message):
        """What is marked has changed."""

        checked: tuple[str, ...]

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._items: tuple[Item, ...] = ()
        self._marked: set[str] = set()

    @property
    def checked(self) -> tuple[str, ...]:
        """The ids that are marked."""
        return tuple(item.id for item in self._items if item.id in self._marked)

    @property
    def current(self) -> str:
        """The id of the highlighted line; empty where there is none."""
        at = self.highlighted
        return self._items[at].id if at is not None and at < len(self._items) else ""

    def load(self, items: Sequence[Item], current: str = "") -> None:
        """Show these lines; marks of lines that are still there stay."""
        self._items = tuple(items)
        self._marked &= {item.id for item in items}
        self.clear_options()
        self.add_options([Option(self._line(item), disabled=not item.id) for item in items])
        ids = [item.id for item in items]
        first = next((i for i, id_ in enumerate(ids) if id_), None)
        self.highlighted = ids.index(current) if current and current in ids else first

    def mark(self, ids: Iterable[str]) -> None:
        """Mark these and no others, from the next `load` on."""
        self._marked = set(ids)

    def _line(self, item: Item) -> Content:
        if not item.id:
            return Content.styled(item.text, "bold")
        return Content.assemble("[x] " if item.id in self._marked else "[ ] ", item.text)

    def action_mark(self) -> None:
        """Mark the highlighted line, or take its mark away."""
        at = self.highlighted
        if at is None or not self.current:
            return
        self._marked ^= {self.current}
        self.replace_option_prompt_at_index(at, self._line(self._items[at]))
        self.post_message(self.Changed(self.checked))
