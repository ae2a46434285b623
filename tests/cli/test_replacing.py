"""A file that is there is written over by a script, but at a terminal only after a question."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.kit import ROOT, Cli
from vault.cli import replacing, secrets, settings
from vault.errors import Refused


@pytest.mark.parametrize(
    ("answer", "stays"), [("y\n", False), ("YES\n", False), ("n\n", True), ("\n", True)]
)
def test_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, stays: bool
) -> None:
    """Only yes is yes."""
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"older")
    settings.use(settings.Settings())
    monkeypatch.setattr(secrets, "on_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    if not stays:
        replacing.may_replace(target)
        return
    with pytest.raises(Refused, match="stays as it was"):
        replacing.may_replace(target)


def test_nothing_is_asked_where_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file there: no question, though somebody could answer."""
    monkeypatch.setattr(secrets, "on_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    replacing.may_replace(tmp_path / "new.pdf")


def test_at_a_terminal(cli: Cli, tmp_path: Path) -> None:
    """In a real terminal the file stays when the answer is no, with exit code 1."""
    there = tmp_path / "out.png"
    there.write_bytes(b"older")
    master, slave = pty.openpty()
    command = [sys.executable, "-P", "-m", "vault.cli.main", "record", "page", "rec_", "1"]
    try:
        with subprocess.Popen(
            [*command, "-o", str(there)],
            stdin=slave,
            stderr=slave,
            stdout=subprocess.PIPE,
            env=cli.environment() | {"PYTHONPATH": str(ROOT)},
            cwd=cli.home,
            start_new_session=True,
        ) as running:
            os.close(slave)
            asked = b""
            while b"[y/N]" not in asked:
                asked += os.read(master, 1000)
            os.write(master, b"n\n")
            running.communicate()
    finally:
        os.close(master)
    assert running.returncode == 1
    assert there.read_bytes() == b"older"
