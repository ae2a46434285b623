"""A folder is watched: a file counts once it is still, and only what was seen is moved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.actions.imports.folder import Inbox, being_written
from vault.errors import CannotRead, UsageError


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """A watched folder beside a vault, with a place to move to in it."""
    (tmp_path / "in").mkdir()
    made = Inbox(tmp_path / "in", tmp_path / "vault", tmp_path / "in" / "done")
    made.check()
    return made


def put(inbox: Inbox, name: str, data: bytes = b"scan") -> Path:
    """A file that arrives."""
    path = inbox.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_file_is_told_once_it_is_the_same_twice(inbox: Inbox) -> None:
    """Not at the first look, then once; again only when it has changed and is still again."""
    path = put(inbox, "a.pdf")
    assert inbox.look() == ()
    assert inbox.look() == (path,)
    assert inbox.look() == ()
    path.write_bytes(b"another scan")
    assert inbox.look() == ()
    assert inbox.look() == (path,)


def test_a_file_that_grows_waits(inbox: Inbox) -> None:
    """As long as it grows between looks it is not told."""
    path = put(inbox, "a.pdf", b"1")
    for size in range(2, 6):
        assert inbox.look() == ()
        path.write_bytes(b"1" * size)
    assert inbox.look() == ()
    assert inbox.waiting == 1
    assert inbox.look() == (path,)


@pytest.mark.skipif(not Path("/proc/self/fdinfo").is_dir(), reason="the system does not tell")
def test_a_file_somebody_writes_to_waits(inbox: Inbox) -> None:
    """However still it is, a file open for writing is not taken; one open for reading is."""
    path = put(inbox, "a.pdf")
    with path.open("ab") as writer:
        inbox.look()
        assert inbox.look() == ()
        about = path.stat()
        assert (about.st_dev, about.st_ino) in being_written()
        assert not writer.closed
    with path.open("rb"):
        assert inbox.look() == (path,)


def test_what_is_passed_over(inbox: Inbox, tmp_path: Path) -> None:
    """Hidden, unfinished and empty files, links, the vault, and what was moved away."""
    for name in (".hidden", "a.pdf.part", "b.crdownload", "c.pdf~", ".git/d.pdf", "done/e.pdf"):
        put(inbox, name)
    put(inbox, "empty.pdf", b"")
    (tmp_path / "secret.pdf").write_bytes(b"scan")
    (inbox.folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(inbox.folder / "pipe.pdf")
    below = put(inbox, "sub/f.pdf")
    inbox.look()
    assert inbox.look() == (below,)
    outer = Inbox(tmp_path, tmp_path / "in")
    outer.look()
    assert outer.look() == (tmp_path / "secret.pdf",)


def test_moving(inbox: Inbox) -> None:
    """A told file is moved under its name, beside one that has it already, never over it."""
    first = put(inbox, "a.pdf", b"first")
    inbox.look()
    inbox.look()
    assert inbox.move(first) == inbox.folder / "done" / "a.pdf"
    second = put(inbox, "a.pdf", b"second")
    inbox.look()
    assert inbox.look() == (second,)
    target = inbox.move(second)
    assert target == inbox.folder / "done" / "a (2).pdf"
    assert target is not None
    assert target.read_bytes() == b"second"
    assert (inbox.folder / "done" / "a.pdf").read_bytes() == b"first"


def test_a_file_that_changed_since_stays(inbox: Inbox) -> None:
    """What was not seen as it is now is not moved, and comes again."""
    path = put(inbox, "a.pdf")
    inbox.look()
    inbox.look()
    path.write_bytes(b"somebody wrote to it")
    assert inbox.move(path) is None
    assert path.read_bytes() == b"somebody wrote to it"
    assert inbox.look() == ()
    assert inbox.look() == (path,)
    path.unlink()
    assert inbox.move(path) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(["write", "look", "move"]), max_size=14))
def test_nothing_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Whatever comes in which order, every content written last is in the folder or moved."""
    base = tmp_path_factory.mktemp("watch")
    (base / "in").mkdir()
    box = Inbox(base / "in", base / "vault", base / "in" / "done")
    box.check()
    path, last, told = base / "in" / "a.pdf", b"", list[Path]()
    for number, step in enumerate(steps):
        if step == "write":
            last = b"x" * (number + 1)
            path.write_bytes(last)
        elif step == "look":
            told += box.look()
        else:
            for one in told:
                box.move(one)
            told.clear()
    held = [p.read_bytes() for p in (base / "in").rglob("*") if p.is_file()]
    assert not last or last in held


def test_places_that_will_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there, the vault itself, another disk."""
    with pytest.raises(CannotRead):
        Inbox(tmp_path / "gone", tmp_path / "vault").check()
    (tmp_path / "vault").mkdir()
    with pytest.raises(UsageError, match="inside the vault"):
        Inbox(tmp_path / "vault", tmp_path / "vault").check()
    (tmp_path / "in").mkdir()
    if Path("/dev/shm").stat().st_dev != tmp_path.stat().st_dev:
        away = Path("/dev/shm") / f"chartmend-test-{os.getpid()}"
        try:
            with pytest.raises(UsageError, match="same disk"):
                Inbox(tmp_path / "in", tmp_path / "vault", away).check()
        finally:
            away.rmdir()


def test_a_file_system_without_links(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot have two names it is renamed."""
    path = put(inbox, "a.pdf")
    inbox.look()
    inbox.look()

    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert inbox.move(path) == inbox.folder / "done" / "a.pdf"
    assert not path.exists()
