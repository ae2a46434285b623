"""A full disk is a sentence; nothing is lost, and with room again the same command works."""

from __future__ import annotations

import contextlib
import functools
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kit import NOTE, Cli
from tests.ingest.papers import text_pdf

MIB = 1024**2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory of 8 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "none", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here; the test of the largest file stands for it")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(path: Path, leave: int) -> None:
    """Fill the disk that `path` is on up to so many bytes."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(4096)) == 4096:
            pass
    with path.open("r+b") as file:
        file.truncate(max(0, path.stat().st_size - leave))


def test_a_full_disk(small_disk: Path) -> None:
    """With little room an import is refused with 73 or done, and what was there stays."""
    cli = Cli(small_disk)
    cli.make()
    (first,) = cli.rows("records", "import", cli.file("first.pdf", NOTE))
    filler, codes = small_disk / "filler", []
    for number, room in enumerate((64 * 1024, 128 * 1024, 256 * 1024)):
        path = cli.file(f"{number}.pdf", text_pdf((f"Page number {number}",)))
        _fill(filler, room)
        done = cli.run("import", path)
        codes.append(done.code)
        assert done.code in (0, 73), done.err
        if done.code:
            assert done.err.startswith("chartmend: cannot write")
            assert "full" in done.err
        assert "Practice" in cli.run("record", "text", str(first["id"])).out
        filler.unlink()
        assert cli.json("verify", "--full")["ok"] is True
        (row,) = cli.rows("records", "import", path)
        assert row["status"] == ("stored" if done.code else "duplicate")
    assert 73 in codes
    assert len(cli.rows("records", "record", "list")) == 4


def test_a_disk_without_a_byte_left(small_disk: Path) -> None:
    """Then the database cannot be opened at all: the full disk is named, and nothing is lost."""
    cli = Cli(small_disk)
    cli.make()
    path = cli.file("first.pdf", NOTE)
    _fill(small_disk / "filler", 0)
    for argv in (("import", str(path)), ("record", "list")):
        done = cli.run(*argv)
        assert done.code == 73, done.err
        assert done.err.startswith("chartmend: cannot write")
        assert "full" in done.err
    (small_disk / "filler").unlink()
    assert cli.json("verify", "--full")["ok"] is True
    (row,) = cli.rows("records", "import", path)
    assert row["status"] == "stored"


def test_a_file_larger_than_the_system_allows(cli: Cli) -> None:
    """The same, where the limit is on the largest file a process may write."""
    path = cli.file("big.pdf", NOTE + b"%" * MIB)
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (MIB // 2, MIB // 2))
    done = cli.process("import", path, first=limit)
    assert done.code == 73, done.err
    assert done.err.startswith("chartmend: cannot write")
    assert cli.rows("records", "record", "list") == []
    assert list((cli.folder / "tmp").iterdir()) == []
    (row,) = cli.rows("records", "import", path)
    assert row["status"] == "stored"
