"""The flags of a page, each with its whole reason."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.fields import plain
from vault.model.flags import Flag, FlagState

_STYLES = {
    FlagState.SUSPECTED: "bold $text-warning",
    FlagState.CONFIRMED: "bold $text-error",
    FlagState.IN_CORRECTION: "bold $text-accent",
}


def flag_content(flag: Flag) -> Content:
    """A flag in a sentence: its state, what is wrong, the words, and why or what they should be."""
    finding = flag.finding
    parts: list[str | tuple[str, str]] = [(plain(flag.state), _STYLES.get(flag.state, "dim"))]
    parts.append(f" {plain(finding.kind)}")
    if finding.quote:
        parts.append(f': "{finding.quote}"')
    if flag.should_say:
        parts.append(f' should say "{flag.should_say}"')
    elif flag.why_dismissed:
        parts.append(f" - {flag.why_dismissed}")
    else:
        parts.append(f" - {finding.reason}")
    return Content.assemble(*parts)


class FlagList(OptionList):
    """Flags to choose one from; `current` is the highlighted one."""

    DEFAULT_CSS = """
    FlagList { border: none; padding: 0; }
    FlagList:focus { border: none; }
    """

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._flags: tuple[Flag, ...] = ()

    @property
    def current(self) -> Flag | None:
        """The highlighted flag."""
        at = self.highlighted
        return self._flags[at] if at is not None and at < len(self._flags) else None

    def load(self, flags: Sequence[Flag], current: str | None = None) -> None:
        """Show these flags, the one with id `current` highlighted, else the first."""
        self._flags = tuple(flags)
        self.clear_options()
        self.add_options([Option(flag_content(flag)) for flag in flags])
        at = next((i for i, flag in enumerate(flags) if flag.id == current), 0)
        self.highlighted = at if flags else None
        self.display = bool(flags)
