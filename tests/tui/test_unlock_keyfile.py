"""The locked vault that wants a key file, or that the keyring opens."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.store.fake_keyring import Backend, install
from tests.tui.conftest import PASSPHRASE, Wait
from tests.tui.screen import text_of
from tui import __main__ as start
from tui.app import ChartmendApp
from tui.given import Opening
from tui.screens import cover
from tui.screens.home import HomeScreen
from tui.screens.unlock import UnlockScreen
from vault.actions import session as sessions
from vault.errors import NoKeyFile, WrongPassphrase
from vault.store.kdf import CHEAPEST

CONTENT = b"an invented key file, long enough"


@pytest.fixture
def key(folder: Path, tmp_path: Path) -> Path:
    """The key file of a closed vault that wants it."""
    path = tmp_path / "stick" / "key"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    with made:
        made.vault.change_passphrase(PASSPHRASE, CHEAPEST, key_file=CONTENT)
    return path


def _close(app: ChartmendApp) -> None:
    if app.session is not None:
        app.session.close()


def _shows(app: ChartmendApp, said: str) -> bool:
    return said in " ".join(text_of(app).split())


def test_the_cover_of_an_import_wants_both_too(folder: Path, key: Path) -> None:
    """The passphrase takes the cover away with the key file the vault was opened with, only."""
    app = ChartmendApp(folder, opening=Opening(str(key)))
    cover._try(app, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        cover._try(app, "wrong")
    app.key_file = ""
    with pytest.raises(NoKeyFile):
        cover._try(app, PASSPHRASE)


def test_the_call_or_the_variable_names_the_key_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--key-file goes before CHARTMEND_KEY_FILE; locking hands it on to the fresh program."""
    monkeypatch.setenv("CHARTMEND_KEY_FILE", "/by/variable")
    where = ("--vault", str(folder))
    assert start._arguments(where) == (folder, "/by/variable", False)
    call = (*where, "--key-file", "/by/call", "--locked")
    assert start._arguments(call) == (folder, "/by/call", True)
    begun: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, words: begun.append(words))
    start._become_locked(folder, "/by/call")
    assert begun[0][-3:] == ["--locked", "--key-file", "/by/call"]


async def test_the_key_file_is_asked_for_and_opens(folder: Path, key: Path, wait: Wait) -> None:
    """Without it, with a wrong path, with the right one: said, said, opened; then remembered."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
        lines = {
            name: app.screen.query_one(f"#{name}", Input) for name in ("passphrase", "key-file")
        }
        for path, said in (
            ("", "with a passphrase and a key file"),
            ("/nowhere/key", "Cannot read"),
        ):
            lines["passphrase"].value = PASSPHRASE
            lines["key-file"].value = path
            await pilot.click("#unlock")
            await wait(pilot, partial(_shows, app, said))
        lines["passphrase"].value = PASSPHRASE
        lines["key-file"].value = str(key)
        await pilot.click("#unlock")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.key_file == str(key)
    _close(app)


async def test_a_key_file_given_with_the_call_stands_there(
    folder: Path, key: Path, wait: Wait
) -> None:
    """The path is filled in, so that only the passphrase is to be typed."""
    app = ChartmendApp(folder, opening=Opening(str(key)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
        assert app.screen.query_one("#key-file", Input).value == str(key)
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.click("#unlock")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    _close(app)


async def test_a_wrong_passphrase_names_both(folder: Path, key: Path, wait: Wait) -> None:
    """Nobody is told which of the two was wrong: it cannot be known."""
    app = ChartmendApp(folder, passphrase="wrong", opening=Opening(str(key)))
    async with app.run_test(size=(80, 24)) as pilot:
        said = "The passphrase and key file do not open this vault"
        await wait(pilot, lambda: said in " ".join(text_of(app).split()))


async def test_a_vault_without_a_key_file_asks_for_none(folder: Path, wait: Wait) -> None:
    """One line to type in, and a key file given is left alone."""
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    made.close()
    app = ChartmendApp(folder, passphrase=PASSPHRASE, opening=Opening("/nowhere/key"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert not app.screen_stack[0].query("#key-file")
    _close(app)


@pytest.mark.parametrize("allowed", [True, False])
async def test_the_keyring_opens_it_unless_it_was_locked(
    folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    """A fresh start asks the keyring; an app that was locked takes the passphrase only."""
    install(monkeypatch, Backend())
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    with made:
        made.vault.use_keyring(on=True)
    app = ChartmendApp(folder, opening=Opening(keyring=allowed))
    async with app.run_test(size=(80, 24)) as pilot:
        if allowed:
            await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        else:
            await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
            await pilot.pause()
            assert app.session is None
            assert "Asking" not in text_of(app)
    _close(app)


async def test_a_keyring_that_lost_it_leaves_the_passphrase(
    folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and the passphrase typed then opens the vault."""
    backend = install(monkeypatch, Backend())
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    with made:
        made.vault.use_keyring(on=True)
    backend.kept.clear()
    app = ChartmendApp(folder, opening=Opening(keyring=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "keyring does not open" in " ".join(text_of(app).split()))
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.click("#unlock")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    _close(app)
