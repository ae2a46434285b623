"""A new key from the command line: the same passphrase, another code, everything still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import NOTE, PASSPHRASE, Cli
from tests.store.fake_keyring import Backend, install
from vault.actions import rotate as rotating
from vault.actions.session import Secret
from vault.errors import Stopped
from vault.store import anchor, rotation


def test_rotate(cli: Cli, tmp_path: Path) -> None:
    """The fields, the record and its original, the passphrase as before, the new code opens."""
    (row,) = cli.rows("records", "import", cli.file("note.pdf", NOTE))
    id_ = str(row["id"])
    shown = cli.json("record", "show", id_)
    done = cli.json("rotate")
    assert set(done) == {"ok", "recovery_code"}
    assert done["ok"] is True
    assert cli.json("record", "show", id_) == shown
    out = tmp_path / "out.pdf"
    cli.json("record", "export", id_, "-o", out)
    assert out.read_bytes() == NOTE
    assert cli.json("verify", "--full") == {"ok": True, "problems": [], "notes": []}
    (again,) = cli.rows("records", "import", cli.home / "note.pdf")
    assert (again["id"], again["status"]) == (id_, "duplicate")
    code = cli.file("code", f"{done['recovery_code']}\n")
    new = cli.file("new", "other words for it\n")
    used = cli.run("recovery", "use", "--recovery-code-file", code, "--new-passphrase-file", new)
    assert used.code == 0, used.err
    assert cli.run("record", "list", "--passphrase-file", new).code == 0


def test_plain_words(cli: Cli) -> None:
    """Without --json it says what is the same, what is void, and what of old backups."""
    done = cli.run("rotate")
    assert done.code == 0, done.err
    assert "Recovery code:  " in done.out
    assert "passphrase is the same" in done.out
    assert "Backups made before" in done.out


def test_a_wrong_passphrase_and_no_vault(cli: Cli) -> None:
    """The usual codes, and no folder left beside the vault."""
    wrong = cli.file("wrong", "not these\n")
    assert cli.run("rotate", "--passphrase-file", wrong).code == 77
    assert cli.run("rotate", "--vault", cli.home / "none").code == 66
    assert not rotation.sibling(cli.folder).exists()


def test_cut_off_after_the_exchange_it_only_makes_a_new_code(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new key stays; the code nobody has seen is replaced by one that opens the vault."""

    def stop(folder: Path) -> bool:
        if rotation.is_exchanged(folder):
            raise Stopped
        return False

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "tidy", stop)
        done = cli.run("rotate")
        assert done.code == 130
    assert rotation.is_exchanged(cli.folder)
    assert cli.run("record", "list").code == 0
    keys_now = (cli.folder / "originals").stat().st_ino
    code = rotating.rotate(cli.folder, Secret(PASSPHRASE), state=cli.state)
    assert (cli.folder / "originals").stat().st_ino == keys_now
    assert not rotation.is_exchanged(cli.folder)
    assert not rotation.sibling(cli.folder).exists()
    file = cli.file("code", code + "\n")
    new = cli.file("new", "other words for it\n")
    used = cli.run("recovery", "use", "--recovery-code-file", file, "--new-passphrase-file", new)
    assert used.code == 0
    assert (cli.folder / anchor.NAME).exists()


def test_the_keyring_is_told_of(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It opens the vault no more, and a person is told how to have that again."""
    install(monkeypatch, Backend())
    assert cli.run("keyring", "on").code == 0
    done = cli.run("rotate")
    assert done.code == 0, done.err
    assert "keyring opens it no more" in done.out
    assert "keyring opens it no more" not in cli.run("rotate").out
