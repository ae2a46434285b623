"""The languages that scans can be read in on this machine."""

from __future__ import annotations

from collections.abc import Sequence

from vault.workers import tools


def installed() -> tuple[str, ...]:
    """The Tesseract languages there is data for, by its names (`eng`)."""
    return tools.installed_languages()


def choices(now: str, have: Sequence[str]) -> tuple[str, ...]:
    """What one may choose from: the language of now, each one there is, each beside the first.

    Two joined by `+` are read together.
    """
    first = now.split("+")[0]
    pairs = [f"{first}+{other}" for other in have if other != first]
    return tuple(dict.fromkeys([now, *have, *pairs]))
