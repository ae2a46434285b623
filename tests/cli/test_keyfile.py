"""Key files and the keyring on the command line: what opens, what does not, and what is said."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

import pytest

from tests.cli.kit import PASSPHRASE, Cli
from tests.store.fake_keyring import Backend, KeyringError, install, remove
from vault.cli import settings
from vault.cli.main import open_app
from vault.store import kdf
from vault.store.kdf import CHEAPEST

NO_FILE = "CHARTMEND_PASSPHRASE_FILE"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measuring the cost finds that it should be next to nothing."""
    monkeypatch.setattr(kdf, "calibrate", lambda: CHEAPEST)


def test_a_new_key_file_is_made_and_both_are_needed(cli: Cli) -> None:
    """The file is made, named, warned about; then neither half opens the vault alone."""
    key = cli.home / "stick" / "key"
    key.parent.mkdir()
    done = cli.run("keyfile", "add", key)
    assert done.code == 0, done.err
    assert str(key) in done.out
    assert "Keep a copy" in done.err
    assert "recovery code" in done.err
    assert key.read_bytes().startswith(b"chartmend key file 1\n")
    without = cli.run("person", "list")
    assert without.code == 77
    assert "--key-file" in without.err
    assert cli.run("person", "list", "--key-file", key).code == 0
    wrong = cli.file("wrong", "not the passphrase\n")
    for given in (("--passphrase-file", wrong), ()):
        if not given:
            key.write_bytes(key.read_bytes().replace(b"\n", b"\r\n"))
        done = cli.run("person", "list", "--key-file", key, *given)
        assert done.code == 77
        assert "the passphrase and key file do not open this vault" in done.err


def test_the_variable_names_the_key_file(cli: Cli) -> None:
    """CHARTMEND_KEY_FILE does what --key-file does; the option goes before it."""
    cli.run("keyfile", "add", cli.home / "key")
    named = {"CHARTMEND_KEY_FILE": str(cli.home / "key")}
    assert cli.process("person", "list", extra=named).code == 0
    assert cli.process("person", "list", "--key-file", "/nowhere", extra=named).code == 66


def test_an_own_file_is_taken_as_it_is_and_json_tells(cli: Cli) -> None:
    """A file that is there is not changed, and adding again puts the new one in its place."""
    own = cli.file("picture", b"an invented picture, large enough")
    told = cli.json("keyfile", "add", own)
    assert told == {"ok": True, "key_file": str(own), "made": False}
    assert own.read_bytes() == b"an invented picture, large enough"
    told = cli.json("keyfile", "add", cli.home / "new", "--key-file", own)
    assert told["made"] is True
    assert cli.run("person", "list", "--key-file", own).code == 77
    assert cli.run("person", "list", "--key-file", cli.home / "new").code == 0


def test_removed_the_passphrase_alone_opens_again(cli: Cli) -> None:
    """It takes both to remove it, once; the file stays, and giving it still does no harm."""
    key = cli.home / "key"
    cli.json("keyfile", "add", key)
    assert cli.run("keyfile", "remove").code == 77
    assert cli.json("keyfile", "remove", "--key-file", key) == {"ok": True}
    assert key.exists()
    assert cli.run("person", "list").code == 0
    assert cli.run("person", "list", "--key-file", cli.home / "nowhere").code == 0
    again = cli.run("keyfile", "remove")
    assert again.code == 1
    assert "has no key file" in again.err


def test_a_new_passphrase_keeps_the_key_file(cli: Cli) -> None:
    """After a change the old passphrase opens nothing, and the new one only with the file."""
    key, new = cli.home / "key", cli.file("new", "a new set of words\n")
    cli.json("keyfile", "add", key)
    cli.json("passphrase", "change", "--key-file", key, "--new-passphrase-file", new)
    assert cli.run("person", "list", "--key-file", key).code == 77
    assert cli.run("person", "list", "--passphrase-file", new).code == 77
    assert cli.run("person", "list", "--passphrase-file", new, "--key-file", key).code == 0


def test_a_lost_key_file_is_no_lost_vault(tmp_path: Path) -> None:
    """The recovery code opens it, says that the file is done with, and the passphrase suffices."""
    cli = Cli(tmp_path)
    code = cli.file("code", cli.make())
    cli.json("keyfile", "add", cli.home / "key")
    (cli.home / "key").unlink()
    new = cli.file("new", "a new set of words\n")
    done = cli.run("recovery", "use", "--recovery-code-file", code, "--new-passphrase-file", new)
    assert done.code == 0, done.err
    assert "key file is no longer needed" in done.out
    assert cli.run("person", "list", "--passphrase-file", new).code == 0


@pytest.mark.parametrize("kind", ["folder", "pipe", "zero", "empty", "inside", "nowhere"])
def test_what_cannot_be_a_key_file_changes_nothing(cli: Cli, kind: str) -> None:
    """A sentence and a code of its own; the vault opens as before."""
    path = cli.folder / "key" if kind == "inside" else cli.home / "odd"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "zero":
        path.symlink_to("/dev/zero")
    elif kind == "empty":
        path.touch()
    elif kind == "nowhere":
        path = cli.home / "none" / "key"
    done = cli.run("keyfile", "add", path)
    assert done.code == (73 if kind == "nowhere" else 2), done.err
    assert done.err.startswith("chartmend: ")
    assert not (cli.folder / "key").exists()
    assert cli.run("person", "list").code == 0


def test_a_pipe_given_to_open_with_never_hangs(cli: Cli) -> None:
    """A real process ends at once, with a sentence."""
    cli.json("keyfile", "add", cli.home / "key")
    os.mkfifo(cli.home / "pipe")
    for name in ("pipe", "/dev/zero"):
        done = cli.process("person", "list", "--key-file", cli.home / name)
        assert done.code == 2
        assert "not an ordinary file" in done.err


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    """A keyring of the system."""
    return install(monkeypatch, Backend())


def test_the_keyring_opens_without_a_passphrase(cli: Cli, backend: Backend) -> None:
    """On: no passphrase is asked for. Off: it is asked for again, and the keyring is empty."""
    assert cli.json("keyring", "on") == {"ok": True}
    assert cli.run("person", "list", without=NO_FILE).code == 0
    assert cli.run("person", "list").code == 0  # a passphrase that is given is used
    assert cli.run("person", "list", "--passphrase-file", cli.file("x", "no\n")).code == 77
    assert cli.json("keyring", "off") == {"ok": True}
    assert backend.kept == {}
    assert cli.run("person", "list", without=NO_FILE).code == 77


def test_a_keyring_that_fails_is_said_and_the_passphrase_asked_for(
    cli: Cli, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locked, emptied, or its library gone: said in a line, and the vault is not lost."""
    cli.json("keyring", "on")
    backend.broken = KeyringError()
    done = cli.run("person", "list", without=NO_FILE)
    assert done.code == 77
    assert "the keyring of the system refused" in done.err
    backend.broken = None
    backend.kept.clear()
    done = cli.run("person", "list", without=NO_FILE)
    assert "the keyring does not open this vault" in done.err
    remove(monkeypatch)
    done = cli.run("person", "list", without=NO_FILE)
    assert "keyring is missing" in done.err
    assert cli.run("person", "list").code == 0


def test_changing_the_passphrase_asks_for_the_old_one(cli: Cli, backend: Backend) -> None:
    """Somebody at an unlocked keyring cannot give the vault a passphrase of their own."""
    cli.json("keyring", "on")
    new = cli.file("new", "a new set of words\n")
    done = cli.run("passphrase", "change", "--new-passphrase-file", new, without=NO_FILE)
    assert done.code == 77
    assert len(backend.kept) == 1


def test_without_the_library_the_keyring_is_a_missing_tool(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 69 and what to install."""
    remove(monkeypatch)
    done = cli.run("keyring", "on")
    assert done.code == 69
    assert "chartmend[keyring]" in done.err


def test_a_weak_passphrase_is_taken_and_said(tmp_path: Path) -> None:
    """At `init` and at a change, on standard error; a good one is taken in silence."""
    cli = Cli(tmp_path)
    weak, good = cli.file("weak", "secret\n"), cli.file("good", PASSPHRASE + "\n")
    made = cli.run("init", "--passphrase-file", weak)
    assert made.code == 0
    assert "Weak: easy to guess" in made.err
    assert "secret" not in made.out + made.err
    change = ("passphrase", "change", "--passphrase-file")
    done = cli.run(*change, weak, "--new-passphrase-file", good)
    assert (done.code, done.err) == (0, "")
    done = cli.run(*change, good, "--new-passphrase-file", weak)
    assert "Weak" in done.err


def test_the_app_is_told_of_the_key_file(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """`chartmend --key-file FILE` opens the app with it."""
    begun: list[list[str]] = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(os, "execv", lambda _program, words: begun.append(words))
    settings.use(settings.Settings(vault=cli.folder, key_file="/stick/key"))
    with contextlib.redirect_stdout(Terminal()):
        open_app()
    assert begun[0][-4:] == ["--vault", str(cli.folder), "--key-file", "/stick/key"]
