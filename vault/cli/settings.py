"""The options every command takes, read from anywhere on the line before a command sees it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates
from vault.errors import UsageError

HELP = (
    ("--vault DIR", "where the vault is (or CHARTMEND_VAULT)"),
    ("--passphrase-file FILE", "read the passphrase from a file, - for standard input"),
    ("--new-passphrase-file FILE", "the same for a new passphrase"),
    ("--recovery-code-file FILE", "the same for the recovery code"),
    ("--key-file FILE", "the key file, where the vault wants one (or CHARTMEND_KEY_FILE)"),
    ("--json", "print one JSON document and nothing else"),
    ("--as-of DATE", "take DATE for today wherever a deadline is shown"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said for the whole command."""

    vault: Path | None = None
    passphrase_file: str = ""
    new_passphrase_file: str = ""
    recovery_code_file: str = ""
    key_file: str = ""
    json: bool = False
    as_of: dt.date | None = None

    @property
    def today(self) -> dt.date:
        """The day deadlines are measured from."""
        return self.as_of or dates.today()


_FIELDS = {
    "--passphrase-file": "passphrase_file",
    "--new-passphrase-file": "new_passphrase_file",
    "--recovery-code-file": "recovery_code_file",
    "--key-file": "key_file",
}
_WITH_VALUE = {"--vault", "--as-of", *_FIELDS}


def _set(settings: Settings, name: str, value: str) -> Settings:
    if name == "--vault":
        return replace(settings, vault=Path(value).expanduser())
    if name == "--as-of":
        return replace(settings, as_of=dates.parse(value, "the date after --as-of"))
    return replace(settings, **{_FIELDS[name]: value})  # type: ignore[arg-type]


def split(argv: Sequence[str]) -> tuple[Settings, list[str]]:
    """Take the common options out of a command line; the rest is the command's own.

    Nothing after `--` is looked at. Raises UsageError where a value is missing.
    """
    settings, rest = Settings(), []
    words = iter(argv)
    for word in words:
        name, joined, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word == "--json":
            settings = replace(settings, json=True)
        elif name in _WITH_VALUE:
            given = value if joined else next(words, "")
            if not given:
                raise UsageError(f"{name} needs a value after it")
            settings = _set(settings, name, given)
        else:
            rest.append(word)
    if settings.vault is None and os.environ.get("CHARTMEND_VAULT"):
        settings = replace(settings, vault=Path(os.environ["CHARTMEND_VAULT"]).expanduser())
    return settings, rest


_current = [Settings()]


def use(settings: Settings) -> None:
    """Make these the settings of the running command."""
    _current[0] = settings


def current() -> Settings:
    """The settings of the running command."""
    return _current[0]
