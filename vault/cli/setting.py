"""chartmend setting: how the app behaves, kept in the vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import preferences
from vault.actions.preferences import Choice, Setting
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit

app = new_app()


@app.callback()
def _group() -> None:
    """Look at settings of the app, and change them."""


def _fields(setting: Setting | Choice, value: int | str) -> dict[str, object]:
    return {
        "name": setting.name,
        "value": value,
        "usual": setting.usual,
        "about": setting.about,
    }


def _row(setting: Setting | Choice, value: int | str) -> tuple[str, str, str]:
    about = setting.about
    if isinstance(setting, Setting):
        about += f" ({setting.least} to {setting.most})"
    return setting.name, str(value), about


@app.command(name="list")
def list_() -> None:
    """List every setting with its value."""
    with opened() as session:
        held = [(setting, preferences.value(session, setting)) for setting in preferences.SETTINGS]
    document = {"settings": [_fields(setting, value) for setting, value in held]}
    emit(document, lambda: columns([_row(setting, value) for setting, value in held]))


@app.command(name="set")
def set_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="idle_minutes or language")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="its new value")],
) -> None:
    """Change a setting; an open app takes it up when it is unlocked next."""
    setting = preferences.named(name)
    with opened(write=True) as session:
        chosen = preferences.change_to(session, setting, value)

    def plain() -> Iterator[str]:
        yield from columns([_row(setting, chosen)])

    emit(_fields(setting, chosen), plain)
