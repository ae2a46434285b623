"""A backup or a restore killed at any of its calls to the disk costs nothing but its own work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.store.backups.kit import BY_PASSPHRASE, Backed
from vault.store.backups.keep import Keep
from vault.store.backups.make import Wish
from vault.store.vault import open_vault

CALLS = ("open", "write", "fsync", "mkdir", "rmdir", "unlink", "replace", "rename")
ONE = Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0))
KILLED = 9


def _die_at(number: int) -> None:
    """From now on, end this process at its so-manieth call to the disk, and clean up nothing."""
    left = number

    def hooked(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(KILLED)
            return call(*arguments, **named)

        return counted

    for name in CALLS:
        setattr(os, name, hooked(getattr(os, name)))


def _killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do some work in a process of its own that dies at a call; whether it got that far."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _die_at(number)
            work()
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED)
    return status == KILLED


def _copy(backed: Backed, place: Path) -> Backed:
    shutil.copytree(backed.folder, place, symlinks=True)
    return Backed(backed.made, place)


def _points(step: int, work: Callable[[int], bool]) -> int:
    """Try every so-manieth call from the first on, until one is not reached; how many were."""
    number = 0
    while work(number * step):
        number += 1
    return number


def test_a_killed_backup(backed: Backed, tmp_path: Path) -> None:
    """What was backed up is whole, and the next backup is, with nothing left over.

    The backup that is killed copies an original, and removes a generation and an original.
    """
    gone = backed.add(b"soon deleted")
    backed.back_up()
    backed.remove(gone)
    backed.add(b"a new page")

    def kill(number: int) -> bool:
        there = _copy(backed, tmp_path / f"copy {number}")
        killed = _killed_at(number, lambda: there.back_up(ONE))
        looked = there.check(full=number % 4 == 0)
        assert looked.problems == ()
        assert len(looked.generations) in (1, 2)
        made = there.back_up(ONE)
        assert (made.originals, made.missing, made.generations) == (3, (), 1)
        assert len(there.copies()) == 3
        assert there.check().problems == ()
        shutil.rmtree(there.folder)
        return killed

    assert _points(4, kill) > 10


def test_a_killed_restore(backed: Backed, tmp_path: Path) -> None:
    """There is a whole vault or none, the backup is as it was, and the next restore works."""
    backed.back_up()

    def kill(number: int) -> bool:
        target = tmp_path / f"new {number}"
        killed = _killed_at(number, lambda: backed.restore(target))
        if target.exists():
            assert not (tmp_path / f"new {number}.restoring").exists()
        else:
            assert backed.restore(target).originals == 2
        with open_vault(target, BY_PASSPHRASE, write=True, state=backed.made.state) as vault:
            assert vault.notices == ()
            assert vault.verify(full=True) == ()
        shutil.rmtree(target)
        return killed

    assert _points(8, kill) > 10
    assert backed.check(full=True).problems == ()
    assert not list(tmp_path.glob("*.restoring"))


def test_the_kill_is_real(backed: Backed) -> None:
    """The control: a process told to die at its first call does, with nothing made."""
    assert _killed_at(0, backed.back_up)
    assert not backed.finished()
