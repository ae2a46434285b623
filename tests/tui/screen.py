"""What a test sees of the app's screen."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.app import App

HOSTILE = (
    "[@click=app.quit]click[/]",
    "[/]",
    "[/bold]",
    "[red]gone",
    "\x1b]2;owned\x07title",
    "\x9b31mcolour",
    "‮desrever",
)
"""Texts that a careless screen would run, crash on, or hand to the terminal."""


def lines_of(app: App[Any]) -> list[str]:
    """The rows of the screen as text, without styles."""
    return ["".join(s.text for s in row) for row in _rows(app)]


def text_of(app: App[Any]) -> str:
    """The whole screen as text, without styles."""
    return "\n".join(lines_of(app))


def _rows(app: App[Any]) -> list[list[Segment]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def assert_tame(app: App[Any]) -> None:
    """Fail where a control code or a direction mark is on its way to the terminal."""
    bad = [
        character
        for character in text_of(app).replace("\n", "")
        if ord(character) < 0x20
        or 0x7F <= ord(character) <= 0x9F
        or 0x202A <= ord(character) <= 0x202E
        or 0x2066 <= ord(character) <= 0x2069
    ]
    if bad:
        raise AssertionError(f"control codes on the screen: {bad!r}")
