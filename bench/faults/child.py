"""A scene played in a process of its own, watched and disturbed from outside by strace."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.faults.promises import Said, Tell, packed, unpacked
from bench.faults.scene import Scene
from vault.errors import Exit, VaultError

WRITES = (
    "write", "pwrite64", "writev", "pwritev", "pwritev2", "fsync", "fdatasync", "sync_file_range",
    "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "ftruncate", "truncate",
    "unlink", "unlinkat", "link", "linkat", "symlink", "symlinkat", "openat", "fallocate",
    "chmod", "fchmod", "fchmodat", "sendfile", "copy_file_range", "utimensat",
)  # fmt: skip
"""Calls that change a disk; `openat` counts where it may make a file."""

_PR_SET_PTRACER = 0x59616D61
_MEMORY = Path("/dev/shm")  # a fault needs no real disk, and syncing here costs nothing
_MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a played scene ended: its wait status, all it said, and strace's own account."""

    status: int
    said: tuple[Said, ...]
    log: str

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == 9

    @property
    def code(self) -> int:
        """The exit code, 128 and more for a signal."""
        return os.waitstatus_to_exitcode(self.status) % 256

    @property
    def sentence(self) -> str:
        """The error a person was shown, or an empty text."""
        return next((s.value for s in self.said if s.word == "error"), "")


def available() -> bool:
    """Whether this machine has strace."""
    return shutil.which("strace") is not None


def work_folder() -> Path | None:
    """Where homes are made: in memory where there is such a place, else the usual one."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else None


def _play(scene: Scene, home: Path, tell: Tell) -> int:
    """Run a scene as the command line runs a command: errors become a sentence and a code."""
    try:
        scene.run(home, tell)
    except VaultError as error:
        tell.error(int(error.exit_code), error.sentence)
        return int(error.exit_code)
    except BaseException as error:  # noqa: BLE001 - the end of a process: nothing may pass it
        tell.error(int(Exit.BUG), f"{type(error).__name__}: {error}")
        return int(Exit.BUG)
    return 0


def _child(
    scene: Scene, home: Path, gate: int, out: socket.socket, first: Callable[[], None]
) -> None:
    code = int(Exit.BUG)
    try:
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, -1, 0, 0, 0)
        os.read(gate, 1)
        first()

        def send(said: Said) -> None:
            out.send(packed(said))

        code = _play(scene, home, Tell(send))
    finally:
        os._exit(code)


def _attach(pid: int, options: Sequence[str], log: Path) -> subprocess.Popen[str]:
    strace = subprocess.Popen(
        ["strace", "-p", str(pid), "-o", str(log), *options], stderr=subprocess.PIPE, text=True
    )
    line = strace.stderr.readline() if strace.stderr else ""
    if "attached" not in line:
        strace.kill()
        sys.exit(f"strace cannot watch this process: {line.strip()}")
    return strace


def _heard(out: socket.socket) -> Iterator[Said]:
    while data := out.recv(_MOST):
        yield unpacked(data)


def unchanged() -> None:
    """Leave the process of a scene as it is."""


def play(
    scene: Scene,
    home: Path,
    options: Sequence[str] | None = None,
    first: Callable[[], None] = unchanged,
) -> Outcome:
    """Play a scene in a forked process, under strace where `options` are given.

    `first` runs in that process before the scene.
    """
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    gate, opener = os.pipe()
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        mine.close()
        os.close(opener)
        _child(scene, home, gate, theirs, first)
    theirs.close()
    os.close(gate)
    log = home.with_suffix(".strace")
    strace = _attach(pid, options, log) if options is not None else None
    os.write(opener, b"g")
    os.close(opener)
    with mine:
        said = tuple(_heard(mine))
    status = os.waitpid(pid, 0)[1]
    if strace is not None:
        strace.communicate()
    text = log.read_text("latin-1") if strace is not None else ""
    log.unlink(missing_ok=True)
    return Outcome(status, said, text)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A home made ready for a scene once; each disturbance works on a copy of it."""

    scene: Scene
    place: Path
    said: tuple[Said, ...]

    @property
    def home(self) -> Path:
        """Where copies are made, always the same place: the second anchor depends on it."""
        return self.place / "home"

    @property
    def model(self) -> Path:
        """The untouched home."""
        return self.place / "model"

    def fresh(self) -> Path:
        """A new copy, in the place of the one before."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.model, self.home)
        return self.home


def prepare(scene: Scene, place: Path) -> Prepared:
    """Let a scene make its home below `place`."""
    said: list[Said] = []
    prepared = Prepared(scene, place, ())
    prepared.home.mkdir(parents=True)
    scene.prepare(prepared.home, Tell(said.append))
    prepared.home.rename(prepared.model)
    return Prepared(scene, place, tuple(said))
