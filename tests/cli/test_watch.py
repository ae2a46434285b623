"""chartmend watch: what arrives is sealed, read and, where asked for, moved away."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.cli.kit import NOTE, ROOT, Cli, locked_pdf
from tests.ingest.bundles import zipped
from tests.ingest.papers import text_pdf


def test_once(cli: Cli) -> None:
    """What is still is taken in with what was said of it; foreign files are rows."""
    cli.file("in/a.pdf", NOTE)
    cli.file("in/b.txt", "a note to oneself")
    told = ("--medium", "fax", "--scanned-by", "Ida")
    rows = cli.rows("records", "watch", cli.home / "in", "--once", "--every", "0", *told, code=65)
    assert [(row["file"], row["status"]) for row in rows] == [
        ("a.pdf", "stored"),
        ("b.txt", "refused"),
    ]
    assert cli.json("record", "show", str(rows[0]["id"]))["medium"] == "fax"
    again = cli.run("watch", cli.home / "in", "--once", "--every", "0")
    assert again.code == 65
    assert "a.pdf" not in again.out  # held already: no news


def test_only_what_is_sealed_is_moved(cli: Cli) -> None:
    """Read or not, what is sealed goes; what is refused stays."""
    cli.file("in/a.pdf", NOTE)
    cli.file("in/b.txt", "a note to oneself")
    cli.file("in/c.pdf", locked_pdf("sesame"))
    cli.file("in/d.zip", zipped({"x.pdf": text_pdf(("In a ZIP",)), "y.txt": b"foreign"}))
    done = cli.home / "done"
    argv = ("watch", cli.home / "in", "--once", "--every", "0", "--move", done)
    rows = cli.rows("records", *argv, code=65)
    assert [row["status"] for row in rows] == [
        "stored", "refused", "unreadable", "stored", "refused",
    ]  # fmt: skip
    assert sorted(path.name for path in done.iterdir()) == ["a.pdf", "c.pdf", "d.zip"]
    assert [path.name for path in (cli.home / "in").iterdir()] == ["b.txt"]


def test_nothing_there(cli: Cli) -> None:
    """An empty folder gives no rows; a folder that is not there is 66."""
    (cli.home / "in").mkdir()
    assert cli.json("watch", cli.home / "in", "--once", "--every", "0") == {"records": []}
    assert cli.run("watch", cli.home / "gone", "--once").code == 66
    assert cli.run("watch", cli.folder, "--once").code == 2


def test_until_ctrl_c(cli: Cli) -> None:
    """It tells each file as it comes; Ctrl-C while nothing is under way is its usual end."""
    cli.file("in/a.pdf", NOTE)
    argv = ["watch", str(cli.home / "in"), "--every", "0.2"]
    command = [sys.executable, "-P", "-m", "vault.cli.main", *argv]
    environ = cli.environment() | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environ, cwd=cli.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stderr is not None
        assert running.stdout is not None
        assert b"Watching" in running.stderr.readline()
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate()
    assert first.startswith(b"stored")
    assert b"a.pdf" in first
    assert running.returncode == 0, err
    assert len(cli.rows("records", "record", "list")) == 1
