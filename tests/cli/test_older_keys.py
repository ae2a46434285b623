"""An older keys file put back, from the command line: told, and the way out told, too."""

from __future__ import annotations

import pytest

from tests.cli.kit import Cli
from vault.store import keys, keysmark


@pytest.fixture
def put_back(cli: Cli) -> str:
    """Both keys files of before a change of the recovery code; the code of that time."""
    code = str(cli.json("recovery", "new")["recovery_code"])
    before = {name: (cli.folder / name).read_bytes() for name in keys.NAMES}
    cli.json("recovery", "new")
    for name, data in before.items():
        (cli.folder / name).write_bytes(data)
    return code


def test_a_new_passphrase_and_then_a_new_code(cli: Cli, put_back: str) -> None:
    """The one is asked for before the other, and after both nothing is told."""
    assert put_back
    refused = cli.run("recovery", "new")
    assert refused.code == 1
    assert "passphrase change" in refused.err
    new = cli.file("new", "other words for it\n")
    changed = cli.run("passphrase", "change", "--new-passphrase-file", new)
    assert changed.code == 0, changed.err
    assert keysmark.OLDER_CODE in changed.err
    assert cli.run("recovery", "new", "--passphrase-file", new).code == 0
    assert keysmark.OLDER not in cli.run("record", "list", "--passphrase-file", new).err


def test_by_the_recovery_code(cli: Cli, put_back: str) -> None:
    """Whoever forgot the passphrase is told as well that the code is an older one."""
    code = cli.file("code", f"{put_back}\n")
    new = cli.file("new", "other words for it\n")
    used = cli.run("recovery", "use", "--recovery-code-file", code, "--new-passphrase-file", new)
    assert used.code == 0, used.err
    assert keysmark.OLDER_CODE in used.err


def test_accepted(cli: Cli, put_back: str) -> None:
    """Put back on purpose: repair --accept ends it."""
    assert put_back
    done = cli.run("repair", "--accept")
    assert done.code == 0, done.err
    assert cli.json("verify")["ok"] is True
    assert keysmark.OLDER not in cli.run("record", "list").err
