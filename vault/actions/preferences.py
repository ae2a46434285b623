"""How a person likes the app, kept in the vault."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions.session import Session
from vault.errors import MissingTool, UsageError
from vault.safetext import safe_line
from vault.store import settings
from vault.workers import tools

THEME = "theme"


@dataclass(frozen=True, slots=True)
class Setting:
    """A number a person may choose, from `least` to `most`; `usual` where they never did."""

    name: str
    about: str
    usual: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A word a person may choose; `usual` where they never did."""

    name: str
    about: str
    usual: str


IDLE = Setting("idle_minutes", "minutes without a key after which the app locks", 5, 1, 60)
LANGUAGE = Choice("language", "the Tesseract language of what is taken in", "eng")
SETTINGS: tuple[Setting | Choice, ...] = (IDLE, LANGUAGE)


def named(name: str) -> Setting | Choice:
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


def language(s: Session) -> str:
    """The language that scans are read in where nobody says otherwise."""
    return get(s, LANGUAGE.name) or LANGUAGE.usual


def value(s: Session, setting: Setting | Choice) -> int | str:
    """What was chosen for a setting, or its usual value."""
    return number(s, setting) if isinstance(setting, Setting) else language(s)


def change_to(s: Session, setting: Setting | Choice, text: str) -> int | str:
    """As `change`, for any setting; raises MissingTool for a language that is not installed."""
    if isinstance(setting, Setting):
        return change(s, setting, text)
    chosen = text.strip()
    have = tools.installed_languages()
    for wanted in chosen.split("+"):
        if wanted not in have and chosen != setting.usual:
            hint = f"there are: {', '.join(have) or 'none'}; chartmend doctor tells how to get more"
            raise MissingTool(f"the Tesseract language {safe_line(wanted, 20)!r}", hint)
    choose(s, setting.name, chosen)
    return chosen


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
