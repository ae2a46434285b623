"""What comes by a pipe is sealed from memory; the password of locked files is asked for once."""

from __future__ import annotations

import getpass
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.kit import LINES, NOTE, PATIENT, ROOT, Cli, locked_pdf
from tests.ingest.bundles import locked, zipped
from tests.ingest.papers import text_pdf
from vault.cli import piping, secrets


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_by_a_real_pipe(cli: Cli) -> None:
    """It is sealed byte for byte under the name given, and no copy lies on any disk."""
    canary = "Zanthoxylum"
    data = text_pdf((f"Plan: {canary} 500 mg",))
    command = [sys.executable, "-P", "-m", "vault.cli.main", "import", "-", "--name", "fax.pdf"]
    environ = cli.environment() | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, input=data, env=environ, cwd=cli.home, capture_output=True)
    assert done.returncode == 0, done.stderr
    (row,) = cli.rows("records", "record", "list")
    assert (row["title"], row["pages"]) == ("fax.pdf", 1)
    out = cli.home / "out.pdf"
    cli.json("record", "export", str(row["id"]), "-o", out)
    assert out.read_bytes() == data
    out.unlink()
    held = [path.read_bytes() for path in cli.home.rglob("*") if path.is_file()]
    assert not any(canary.encode() in one or data[200:400] in one for one in held)


def test_a_pipe_beside_files(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipe is one row before those of the files; without a name it says where it came from."""
    pipe(monkeypatch, NOTE)
    rows = cli.rows("records", "import", cli.file("b.pdf", text_pdf(("Another",))), "-")
    assert [(row["file"], row["status"]) for row in rows] == [
        ("from a pipe", "stored"),
        ("b.pdf", "stored"),
    ]


@pytest.mark.parametrize(("data", "said"), [(b"", "nothing came"), (b"plain words", "unknown")])
def test_a_pipe_of_nothing_that_can_be_read(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str
) -> None:
    """Nothing, or something foreign, is refused with its reason."""
    pipe(monkeypatch, data)
    (row,) = cli.rows("records", "import", "-", code=65)
    assert row["status"] == "refused"
    assert said in str(row["reason"])


def test_too_much_by_a_pipe(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than is held in memory is refused before it fills it."""
    monkeypatch.setattr(piping, "LARGEST", 1024**2)
    pipe(monkeypatch, NOTE + bytes(2 * 1024**2))
    done = cli.run("import", "-")
    assert done.code == 1
    assert "1 MiB" in done.err


def test_one_pipe_for_two_things(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input cannot give a secret and a file."""
    pipe(monkeypatch, NOTE)
    for option in ("--passphrase-file", "--password-file"):
        assert cli.run("import", "-", option, "-").code == 2


def test_a_zip_by_a_pipe(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP is unpacked as one in a file is."""
    pipe(monkeypatch, zipped({"in/a.pdf": NOTE}))
    (row,) = cli.rows("records", "import", "-", "--name", "records.zip")
    assert (row["file"], row["status"]) == ("in/a.pdf", "stored")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prompts of a person at a terminal, who types the same password at each."""
    prompts: list[str] = []

    def type_it(prompt: str = "") -> str:
        prompts.append(prompt)
        return "sesame"

    monkeypatch.setattr(secrets, "on_terminal", lambda: True)
    monkeypatch.setattr(getpass, "getpass", type_it)
    return prompts


def test_the_password_is_asked_for_once(cli: Cli, asked: list[str]) -> None:
    """One password is tried on every locked PDF and ZIP; what it opens is read."""
    cli.file("in/a.pdf", locked_pdf("sesame"))
    cli.file("in/b.zip", locked("notes/c.pdf", text_pdf(LINES), "sesame"))
    cli.file("in/d.pdf", text_pdf(("Not locked",)))
    other = locked_pdf("open")
    cli.file("in/e.pdf", other)
    rows = cli.rows("records", "import", cli.home / "in", code=65)
    assert [(row["file"], row["status"]) for row in rows] == [
        ("a.pdf", "stored"),
        ("notes/c.pdf", "stored"),
        ("d.pdf", "stored"),
        ("e.pdf", "unreadable"),
    ]
    assert len(asked) == 1
    for row in rows[:2]:
        assert PATIENT in cli.run("record", "text", str(row["id"])).out


def test_nobody_is_asked_for_nothing(cli: Cli, asked: list[str]) -> None:
    """No locked file, or a password given, or no terminal: no question."""
    cli.rows("records", "import", cli.file("n.pdf", NOTE))
    right = cli.file("right", "sesame\n")
    path: Path = cli.file("locked.pdf", locked_pdf("sesame"))
    cli.rows("records", "import", path, "--password-file", right)
    assert asked == []
