"""How long unlocking takes until home stands, key derivation left out: python bench/unlock.py.

The real app runs in a terminal of 120 by 40 over a vault of 200 invented records, made with the
usual cost of key derivation. The clock runs from the Enter after the passphrase to the moment
the first matter of the home screen reaches the terminal. The key derivation is timed apart, with
the same cost, by turns with the runs of the app, and its median is subtracted.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

import typst

from vault.actions import people
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.session import make_vault
from vault.store import kdf

ROOT = Path(__file__).resolve().parents[1]
RECORDS = 200
PAGES = 2
WRONG_EVERY = 10
RUNS = 7
BAR = 1.0
PATIENCE = 60.0
PASSPHRASE = "plum kettle orbit sandal"
LOCKED, HOME = b"The vault is locked", b"Suspected in"
_STYLE = re.compile(rb"\x1b\[[0-9;:?]*[a-zA-Z]")
PROSE = (
    "The patient was seen today for a follow-up of high blood pressure and reports no pain in "
    "the chest or the left arm. She takes lisinopril 10 mg every morning. "
)


def note(number: int) -> bytes:
    """An invented visit note as a PDF with a text layer; every tenth has a wrong birth date."""
    born = "03/14/1951" if number % WRONG_EVERY == 0 else "03/14/1961"
    head = f"Visit note {number}\n\nPatient: Marian Voss\n\nDate of birth: {born}\n\n"
    pages = "\n#pagebreak()\n".join(head + PROSE * 12 for _ in range(PAGES))
    return typst.compile(f'#set page(paper: "us-letter")\n{pages}'.encode(), format="pdf")


def fill(home: Path) -> None:
    """Make the vault and import the notes into it, as a person would."""
    papers = home / "papers"
    papers.mkdir()
    for number in range(RECORDS):
        (papers / f"note-{number:03}.pdf").write_bytes(note(number))
    session, _code = make_vault(home / "vault", PASSPHRASE, state=home / "state" / "chartmend")
    with session:
        person = people.add(session, "Marian Voss", dt.date(1961, 3, 14))
        rows = imports.import_paths(session, [papers], Origin(person=person.id))
    if sum(row.status == "stored" for row in rows) != RECORDS:
        sys.exit("the notes were not all taken in")


def environment(home: Path) -> dict[str, str]:
    """What the app needs of the environment, and no folder but those of this bench."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
    }


class Terminal:
    """The app in a terminal of its own."""

    def __init__(self, home: Path) -> None:
        words = [sys.executable, "-P", "-m", "tui", "--vault", str(home / "vault")]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.chdir(ROOT)
            os.execve(sys.executable, words, environment(home))
        self._shown = b""

    def until(self, words: bytes) -> float:
        """Read what the app draws until these words have come; returns the clock then."""
        deadline = time.monotonic() + PATIENCE
        while words not in _STYLE.sub(b"", self._shown):
            ready, _, _ = select.select([self.fd], [], [], deadline - time.monotonic())
            if not ready:
                sys.exit(f"{words!r} never came")
            self._shown += os.read(self.fd, 1 << 16)
        self._shown = b""
        return time.monotonic()

    def send(self, keys: bytes) -> float:
        """Type; returns the clock just before."""
        now = time.monotonic()
        os.write(self.fd, keys)
        return now

    def end(self) -> None:
        """End the app as a closing terminal would, and wait for it."""
        os.kill(self.pid, signal.SIGHUP)
        try:
            while os.read(self.fd, 1 << 16):
                continue
        except OSError:
            # The other side of a terminal that has gone is an error on Linux, not an end.
            os.close(self.fd)
        os.waitpid(self.pid, 0)


def unlock(home: Path) -> tuple[float, float]:
    """Seconds from start to the locked screen, and from Enter to home."""
    begun = time.monotonic()
    terminal = Terminal(home)
    locked = terminal.until(LOCKED)
    terminal.send(PASSPHRASE.encode())
    terminal.until("•".encode() * len(PASSPHRASE))
    entered = terminal.send(b"\r")
    shown = terminal.until(HOME)
    terminal.end()
    return locked - begun, shown - entered


def derive() -> float:
    """Seconds of one key derivation at the cost new vaults have."""
    begun = time.monotonic()
    kdf.derive(PASSPHRASE, os.urandom(32), kdf.DEFAULT)
    return time.monotonic() - begun


def main() -> None:
    """Measure by turns and print medians; exit 1 over the bar."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        fill(home)
        unlock(home)  # the first start also compiles and fills the disk cache
        runs = [(*unlock(home), derive()) for _ in range(RUNS)]
    starts, opened, derived = (statistics.median(column) for column in zip(*runs, strict=True))
    rest = opened - derived
    print(f"start to the locked screen:  {starts:.2f} s (median of {RUNS})")
    print(f"Enter to home:               {opened:.2f} s ({RECORDS} records, {PAGES} pages each)")
    print(f"key derivation alone:        {derived:.2f} s")
    print(f"unlock without it:           {rest:.2f} s (bar {BAR:g} s)")
    sys.exit(rest >= BAR)


if __name__ == "__main__":
    main()
