"""How a person likes the app, kept in the vault."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions.session import Session
from vault.errors import UsageError
from vault.safetext import safe_line
from vault.store import settings

THEME = "theme"


@dataclass(frozen=True, slots=True)
class Setting:
    """A number a person may choose, from `least` to `most`; `usual` where they never did."""

    name: str
    about: str
    usual: int
    least: int
    most: int


IDLE = Setting("idle_minutes", "minutes without a key after which the app locks", 5, 1, 60)
SETTINGS = (IDLE,)


def named(name: str) -> Setting:
    """The setting of that name; raises UsageError where there is none."""
    plain = name.strip().lower().replace("-", "_")
    for setting in SETTINGS:
        if setting.name == plain:
            return setting
    known = " ".join(setting.name for setting in SETTINGS)
    raise UsageError(f"there is no setting {safe_line(name, 40)!r}", f"one of: {known}")


def number(s: Session, setting: Setting) -> int:
    """What was chosen for a setting, or its usual value."""
    held = get(s, setting.name) or ""
    if held.isascii() and held.isdigit() and setting.least <= int(held) <= setting.most:
        return int(held)
    return setting.usual


def change(s: Session, setting: Setting, text: str) -> int:
    """Keep another value for a setting, as typed; raises UsageError for one out of range."""
    typed = text.strip()
    short = len(typed) <= 9 and typed.isascii() and typed.isdigit()
    if not short or not setting.least <= int(typed) <= setting.most:
        raise UsageError(
            f"{setting.name} cannot be {safe_line(text, 40)!r}",
            f"a whole number from {setting.least} to {setting.most}",
        )
    choose(s, setting.name, str(int(typed)))
    return int(typed)


def get(s: Session, name: str) -> str | None:
    """A preference, or None where none was ever chosen."""
    return settings.setting(s.vault.read(), name)


def choose(s: Session, name: str, value: str) -> None:
    """Keep a preference."""
    with s.vault.write("preference.chosen") as db:
        settings.set_setting(db, name, value)
