"""chartmend setting: how the app behaves, kept in the vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import preferences
from vault.actions.preferences import Setting
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit

app = new_app()


@app.callback()
def _group() -> None:
    """Look at settings of the app, and change them."""


def _fields(setting: Setting, value: int) -> dict[str, object]:
    return {
        "name": setting.name,
        "value": value,
        "usual": setting.usual,
        "about": setting.about,
    }


def _row(setting: Setting, value: int) -> tuple[str, str, str]:
    return setting.name, str(value), f"{setting.about} ({setting.least} to {setting.most})"


@app.command(name="list")
def list_() -> None:
    """List every setting with its value."""
    with opened() as session:
        held = [(setting, preferences.number(session, setting)) for setting in preferences.SETTINGS]
    document = {"settings": [_fields(setting, value) for setting, value in held]}
    emit(document, lambda: columns([_row(setting, value) for setting, value in held]))


@app.command(name="set")
def set_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="the setting: idle_minutes")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="its new value")],
) -> None:
    """Change a setting; an open app takes it up when it is unlocked next."""
    setting = preferences.named(name)
    with opened(write=True) as session:
        chosen = preferences.change(session, setting, value)

    def plain() -> Iterator[str]:
        yield from columns([_row(setting, chosen)])

    emit(_fields(setting, chosen), plain)
