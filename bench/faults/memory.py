"""Reads the app's memory from outside after it has locked: no key and no canary may be in it.

The real app runs on a terminal over a vault of canaries: unlocked by typing, an import started, a
record looked at, a draft typed, then locked by Ctrl+L. Before that the same search must find the
database key and every canary, or it would prove nothing. It needs the right to read the memory of
another process (root on Linux), which the app refuses everybody else.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench.faults import canary, marks, small
from bench.faults.small import PASSPHRASE, Outcome, Small
from vault.store import keys
from vault.store.crypto import Label
from vault.store.keys import Secret

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
PAGES = 16
LOCKED, HOME = b"vault is locked", b"What needs attention"
_STYLE = re.compile(rb"\x1b\[[0-9;:?]*[a-zA-Z]")
_QUIET = 0.4
_PART = 8 * 1024 * 1024
_OVERLAP = 256


class Stuck(Exception):
    """The app did not show what it was waited for."""


class Terminal:
    """The app on a terminal of its own, told where it is by nothing but its folders."""

    def __init__(self, vault: Small) -> None:
        home = vault.folder.parent
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "XDG_STATE_HOME": str(home / "state-home"),
        }
        words = [sys.executable, "-P", "-m", "tui", "--vault", str(vault.folder), "--locked"]
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.chdir(ROOT)
            os.execve(sys.executable, words, environment)
        self._shown = b""

    def read(self, seconds: float) -> None:
        """Take what the app draws within so many seconds."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            try:
                self._shown += os.read(self._fd, 1 << 16)
            except OSError:
                raise Stuck(f"the app has ended: {_STYLE.sub(b'', self._shown)[-400:]!r}") from None

    def until(self, *words: bytes) -> None:
        """Wait until all these words were drawn since the last call."""
        deadline = time.monotonic() + PATIENCE
        while not all(word in _STYLE.sub(b"", self._shown) for word in words):
            if time.monotonic() > deadline:
                raise Stuck(f"{words} never came: {_STYLE.sub(b'', self._shown)[-1500:]!r}")
            self.read(0.2)
        self._shown = b""

    def type(self, text: str) -> None:
        """Press keys, then wait until the app has drawn what comes of them."""
        os.write(self._fd, text.encode())
        while select.select([self._fd], [], [], _QUIET)[0]:
            self.read(0)

    def end(self) -> None:
        """End the app and wait for it."""
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self.pid, 0)


def descendants(pid: int) -> set[int]:
    """The ids of all processes that a process has started, and they in turn."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found, grown = {pid}, True
    while grown:
        more = {one for one, parent in parents.items() if parent in found}
        grown = not more <= found
        found |= more
    return found - {pid}


def in_memory(pid: int, wanted: Mapping[bytes, str]) -> set[str]:
    """What of `wanted` stands in the memory of a process; raises PermissionError."""
    found: set[str] = set()
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            place, rights, _, _, _, *of = line.split(maxsplit=5)
            file = bool(of) and of[0].startswith("/") and "w" not in rights
            if not rights.startswith("r") or file:  # a file nobody can write into has its own bytes
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            found |= _in_region(memory, start, end, wanted)
    return found


def _in_region(memory: io.FileIO, start: int, end: int, wanted: Mapping[bytes, str]) -> set[str]:
    found: set[str] = set()
    for at in range(start, end, _PART):
        try:
            memory.seek(at)
            data = memory.read(min(_PART + _OVERLAP, end - at))
        except (OSError, ValueError, OverflowError):
            continue
        found |= marks.in_bytes(data, wanted)
    return found


def wanted_keys(vault: Small) -> dict[bytes, str]:
    """The master key, all derived keys, each also in hex, and the passphrase."""
    opened = keys.unlock(vault.folder, Secret(PASSPHRASE)).keys
    found = {opened.master: "the master key"}
    found |= {opened.of(label): f"the key for {label.value}" for label in Label}
    as_hex = {key.hex().encode(): f"{what} in hex" for key, what in found.items()}
    upper = {key.upper(): what for key, what in as_hex.items()}
    said = {PASSPHRASE.encode(code): "the passphrase" for code in ("utf-8", "utf-16-le")}
    return found | as_hex | upper | said


@dataclass(frozen=True, slots=True)
class Words:
    """The canaries, by where they are."""

    title: str
    page: str
    beside: str
    paper: str
    draft: str


def prepare(place: Path, rng: random.Random) -> tuple[Small, Words, Path]:
    """A vault with canaries in it, and a scan of many pages to import."""
    words = Words(*marks.canaries(5, rng))
    vault = small.make(place)
    with vault.open(write=True) as opened:
        text = f"Patient takes {words.page} and {words.beside} daily"
        small.put(opened, words.title, canary.pdf([text]), text)
    paper = place / f"{words.paper}.pdf"
    page = Image.effect_noise((1700, 2200), 60)
    page.save(paper, "PDF", resolution=200, save_all=True, append_images=[page] * PAGES)
    return vault, words, paper


def use(terminal: Terminal, words: Words, paper: Path) -> None:
    """Unlock, start the import, find the record, look at it, and type a draft about it."""
    terminal.until(LOCKED)
    terminal.type(PASSPHRASE + "\r")
    terminal.until(HOME)
    terminal.type("5")
    terminal.until(b"Import this folder")
    terminal.type("/")
    terminal.type(f"{paper}\r")
    terminal.until(b"Import 1 file")
    terminal.type("i")
    terminal.until(words.paper.encode(), b"%")
    terminal.type("\x1b")
    terminal.until(HOME)
    terminal.type("6")
    terminal.until(b"Search in everything")
    terminal.type(words.page)
    terminal.until(b"1 page found")
    terminal.type("\r")
    terminal.type("\r")
    terminal.until(b"Misread")
    terminal.type("f")
    terminal.until(b"What is wrong or missing here?")
    terminal.type(words.draft)


def seen(terminal: Terminal, wanted: Mapping[bytes, str], enough: set[str]) -> set[str]:
    """What is in the app's memory while it is open: waits until `enough` is."""
    deadline, found = time.monotonic() + PATIENCE, set[str]()
    while not enough <= found and time.monotonic() < deadline:
        terminal.read(0.2)
        missing = {mark: what for mark, what in wanted.items() if what not in found}
        found |= in_memory(terminal.pid, missing)
    return found


def _round(vault: Small, words: Words, paper: Path) -> tuple[list[str], str]:
    """One time unlocking, working and locking; what was broken, and what was looked at."""
    named = tuple(getattr(words, name) for name in Words.__slots__)
    wanted = marks.encoded(named, changes=(str,)) | wanted_keys(vault)
    terminal = Terminal(vault)
    try:
        use(terminal, words, paper)
        enough = {*named, "the master key"}
        open_ = seen(terminal, wanted, enough)
        workers = descendants(terminal.pid)
        terminal.type("\x0c")
        terminal.until(LOCKED)
        left = {terminal.pid, *descendants(terminal.pid)}
        left |= {pid for pid in workers if Path(f"/proc/{pid}").exists()}
        found = {f"{what} in process {pid}" for pid in left for what in in_memory(pid, wanted)}
    finally:
        terminal.end()
    wrong = [f"not in memory even before locking: {what}" for what in sorted(enough - open_)]
    if not workers:
        wrong.append("no import was running")
    figure = (
        f"open: {len(open_)} secrets in memory; locked: {len(found)} in {len(left)} process(es)"
    )
    return wrong + sorted(found), figure


def run(sample: int, seed: int) -> Outcome:
    """Unlock and lock `sample` times over one vault."""
    out, rng = Outcome(), random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        vault, words, paper = prepare(Path(name), rng)
        for number in range(sample):
            wrong, figure = _round(vault, words, paper)
            out.violations += wrong
            out.figures.append(f"round {number + 1}: {figure}")
            paper.write_bytes(paper.read_bytes() + b"\n")  # another file, to be read anew
        with vault.open() as opened:
            kept = [str(row[0]) for row in opened.read().execute("SELECT body FROM draft")]
        if not any(words.draft in body for body in kept):
            out.violations.append("the draft was not kept")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, 5)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
