"""The app as a process on a terminal: starting, locking anew, and signals."""

from __future__ import annotations

import ctypes
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.conftest import PASSPHRASE
from vault.actions import session as sessions
from vault.errors import Exit
from vault.store.kdf import CHEAPEST

_PATIENCE = 30.0
_ROOT = Path(__file__).parents[2]


_PR_CAPBSET_DROP, _CAP_SYS_PTRACE = 24, 19


def without_ptrace() -> None:
    """Give up root's right to look into every process; for a child before it starts."""
    if sys.platform == "linux" and os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_SYS_PTRACE, 0, 0, 0)


def can_look_into(pid: int) -> bool:
    """Whether another program of the same user may read a process's memory."""
    look = f"open('/proc/{pid}/mem', 'rb').close()"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, check=False, preexec_fn=without_ptrace
    )
    return done.returncode == 0


class Terminal:
    """A process with a terminal of its own, and all that it has written there."""

    ECHO = True

    def __init__(self, *words: str, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        if not self.ECHO:
            self._quiet(theirs)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", *words],
            cwd=_ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            preexec_fn=without_ptrace,
        )
        # Kept open, as by the shell that started it: a terminal nobody has open forgets its modes.
        self._theirs = theirs
        self.seen = b""
        self.everything = b""

    @staticmethod
    def _quiet(end: int) -> None:
        modes = termios.tcgetattr(end)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(end, termios.TCSANOW, modes)

    def echoes(self) -> bool:
        """Whether the terminal shows by itself what is typed."""
        return bool(termios.tcgetattr(self._theirs)[3] & termios.ECHO)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 0.2)
        if not ready:
            return True
        try:
            part = os.read(self._ours, 65536)
        except OSError:
            return False
        self.seen += part
        self.everything += part
        return bool(part)

    def until(self, text: bytes) -> None:
        """Read until `text` was written since the last call; fails where it never is."""
        deadline = time.monotonic() + _PATIENCE
        while text not in self.seen:
            if time.monotonic() > deadline or not self._read():
                pytest.fail(f"{text!r} was never written: {self.seen[-2000:]!r}")
        self.seen = self.seen.split(text, 1)[1]

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._ours, text.encode())

    def ends(self) -> int:
        """The exit code, once it has ended."""
        deadline = time.monotonic() + _PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read()
        while self._read() and select.select([self._ours], [], [], 0)[0]:
            pass
        return self.process.wait(_PATIENCE)

    def hang_up(self) -> None:
        """Close the terminal's window, and tell the process as the system does."""
        os.close(self._ours)
        self._ours = os.open(os.devnull, os.O_RDWR)
        self.process.send_signal(signal.SIGHUP)

    def close(self) -> None:
        """End what is left."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)


class Quiet(Terminal):
    """A terminal whose echo is off before the process starts."""

    ECHO = False


@pytest.fixture
def vault(folder: Path) -> Path:
    """A closed vault with the passphrase PASSPHRASE."""
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    made.close()
    return folder


@pytest.fixture
def locked(vault: Path) -> Iterator[Terminal]:
    """The app on a terminal, over a locked vault."""
    terminal = Terminal("--vault", str(vault), "--locked")
    yield terminal
    terminal.close()


def test_locking_makes_a_fresh_process_that_asks_again(vault: Path, locked: Terminal) -> None:
    """The same process id asks for the passphrase anew, and the vault is free meanwhile."""
    locked.until(b"vault is locked")
    locked.type(PASSPHRASE + "\r")
    locked.until(b"What needs attention")
    locked.type("\x0c")
    locked.until(b"vault is locked")
    sessions.unlock(vault, sessions.Secret(passphrase=PASSPHRASE), write=True).close()
    locked.type("\x11")
    assert locked.ends() == 0


def test_what_is_typed_while_it_locks_is_never_shown(locked: Terminal) -> None:
    """Between two runs of the app nothing is echoed; after the last one the shell echoes again."""
    assert locked.echoes()
    locked.until(b"vault is locked")
    locked.type(PASSPHRASE + "\r")
    locked.until(b"What needs attention")
    locked.type("\x0c")
    locked.until(b"\x1b[?1049l")
    assert not locked.echoes()
    locked.type("swordfish")
    locked.until(b"vault is locked")
    locked.type("\x11")
    assert locked.ends() == 0
    assert b"swordfish" not in locked.everything
    assert locked.echoes()


def test_a_fresh_app_that_fails_leaves_the_terminal_echoing() -> None:
    """It finds the echo off, and puts it back although it never came to the screen."""
    terminal = Quiet("--locked", "--colour")
    try:
        assert not terminal.echoes()
        assert terminal.ends() == int(Exit.USAGE)
        assert terminal.echoes()
    finally:
        terminal.close()


def test_a_new_vault_is_made_of_keys_sent_in_one_go(folder: Path) -> None:
    """Passphrase, Tab, passphrase and Enter in one write, as a terminal passes a burst on."""
    terminal = Terminal("--vault", str(folder))
    try:
        terminal.until(b"a new vault")
        terminal.type(f"{PASSPHRASE}\t{PASSPHRASE}\r")
        terminal.until(b"have written it down")
        terminal.type("\x11")
        assert terminal.ends() == 0
    finally:
        terminal.close()
    sessions.unlock(folder, sessions.Secret(passphrase=PASSPHRASE), write=False).close()


def test_a_locked_app_does_not_take_the_passphrase_from_the_environment(
    vault: Path, tmp_path: Path
) -> None:
    """With --locked only the keyboard counts; without, the file opens the vault."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n")
    given = {"CHARTMEND_PASSPHRASE_FILE": str(secret)}
    for words, expected in (((), b"What needs attention"), (("--locked",), b"vault is locked")):
        terminal = Terminal("--vault", str(vault), *words, **given)
        try:
            terminal.until(expected)
            terminal.type("\x11")
            assert terminal.ends() == 0
            assert (b"What needs attention" in terminal.everything) == (words == ())
        finally:
            terminal.close()


def test_a_relocked_app_asks_although_a_file_opened_it_first(vault: Path, tmp_path: Path) -> None:
    """Locking by key wins over an environment that would open the vault again at once."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n")
    terminal = Terminal("--vault", str(vault), CHARTMEND_PASSPHRASE_FILE=str(secret))
    try:
        terminal.until(b"What needs attention")
        terminal.type("\x0c")
        terminal.until(b"vault is locked")
        terminal.type("\x11")
        assert terminal.ends() == 0
        assert b"What needs attention" not in terminal.seen
    finally:
        terminal.close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_nobody_looks_into_the_app_before_or_after_it_was_locked(locked: Terminal) -> None:
    """The fresh program that asks for the passphrase is as closed as the one it replaced."""
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        preexec_fn=without_ptrace,
    ) as plain:
        assert can_look_into(plain.pid)
    locked.until(b"vault is locked")
    assert not can_look_into(locked.process.pid)
    locked.type(PASSPHRASE + "\r")
    locked.until(b"What needs attention")
    assert not can_look_into(locked.process.pid)
    locked.type("\x0c")
    locked.until(b"vault is locked")
    assert not can_look_into(locked.process.pid)
    locked.type("\x11")
    assert locked.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_close_the_vault_and_end(
    vault: Path, locked: Terminal, number: signal.Signals
) -> None:
    """The exit code is 128 and the signal's number, and the vault can be opened at once."""
    locked.until(b"vault is locked")
    locked.type(PASSPHRASE + "\r")
    locked.until(b"What needs attention")
    locked.process.send_signal(number)
    assert locked.ends() == 128 + number
    sessions.unlock(vault, sessions.Secret(passphrase=PASSPHRASE), write=True).close()


def test_a_terminal_that_is_gone_keeps_no_vault_open(vault: Path, locked: Terminal) -> None:
    """Hung up while it waits for a terminal that takes nothing, the app ends all the same."""
    locked.until(b"vault is locked")
    locked.type(PASSPHRASE + "\r")
    locked.until(b"What needs attention")
    locked.type("t" * 400)  # each draws the whole screen anew, and nobody reads it
    with pytest.raises(subprocess.TimeoutExpired):
        locked.process.wait(4)
    locked.hang_up()
    assert locked.process.wait(_PATIENCE) == 128 + signal.SIGHUP
    sessions.unlock(vault, sessions.Secret(passphrase=PASSPHRASE), write=True).close()


def test_textual_is_not_steered_by_the_environment(vault: Path, tmp_path: Path) -> None:
    """A variable that makes Textual write a log of what it shows is dropped before it starts."""
    log = tmp_path / "log"
    terminal = Terminal("--vault", str(vault), "--locked", TEXTUAL_LOG=str(log))
    try:
        terminal.until(b"vault is locked")
        terminal.type("\x11")
        assert terminal.ends() == 0
    finally:
        terminal.close()
    assert not log.exists()


def test_the_screen_is_never_drawn_into_a_file(vault: Path) -> None:
    """Without a terminal on both ends nothing is drawn at all."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--vault", str(vault)],
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == int(Exit.USAGE)
    assert "needs a terminal" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout


def test_a_wrong_call_is_a_sentence() -> None:
    """An option that does not exist gives exit code 2 and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--colour"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == int(Exit.USAGE)
    assert done.stderr.startswith("chartmend: the app takes")
    assert "Traceback" not in done.stderr
