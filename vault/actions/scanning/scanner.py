"""The program `scanimage` of SANE: what a scanner can do, and its pages by pipes."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vault.errors import MissingTool, NotFound, Refused
from vault.safetext import safe_line

PROGRAM = "scanimage"
_HINT = "sudo apt-get install sane-utils (Debian), brew install sane-backends (macOS)"
_PASSED_ON = ("PATH", "HOME", "SANE_CONFIG_DIR", "SANE_DEFAULT_DEVICE", "LD_LIBRARY_PATH")
_ASK_SECONDS = 60.0
_END_SECONDS = 10.0
_LOOK_SECONDS = 0.1
_PIECE = 1024**2
_OPTION = re.compile(r"^\s+(?:-\w, )?--([\w-]+)(?:\[=\([\w|]+\)\])?\s*(.*?)\s*\[([^\[\]]*)\]\s*$")


def _environment() -> dict[str, str]:
    """What the program gets to see of this one's variables; its words come in English."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {"LANG": "C", "LC_ALL": "C"}


def program() -> str:
    """Where the program is; raises MissingTool."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise MissingTool(f"the program {PROGRAM}", _HINT)
    return found


def _about(device: str) -> list[str]:
    """The argument that names a device; joined by `=` it can never be an option of its own."""
    return [f"--device-name={device}"] if device else []


def _why(said: bytes) -> str:
    """What the program said last, as a clause without its own name."""
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if "scanimage:" in line]
    last = lines[-1].split("scanimage:", 1)[1] if lines else "it gave no reason"
    return safe_line(last, 160).removeprefix("sane_start: ").removeprefix("sane_read: ")


def _ask(arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run the program to have something told; raises MissingTool, NotFound (no answer)."""
    command = [program(), *arguments]
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_ASK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotFound("the scanner does not answer", "is it on, and connected?") from None
    except OSError as error:  # it is there, and still does not start
        raise MissingTool(f"a {PROGRAM} that starts", f"run by hand: {PROGRAM} -L") from error


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner that was found: SANE's name of it, and its make and model, safe to show."""

    name: str
    model: str


def devices() -> tuple[Device, ...]:
    """The scanners there are; looking for them may take a while. Raises MissingTool, NotFound."""
    found = []
    told = _ask(["--formatted-device-list=%d\t%v %m%n"]).stdout.decode("utf-8", "replace")
    for line in told.splitlines():
        name, tab, model = line.partition("\t")
        if tab and name and name.isprintable():
            found.append(Device(name, safe_line(model, 80).strip() or safe_line(name, 80)))
    return tuple(found)


def _never() -> bool:
    return False


def options(device: str) -> Mapping[str, str]:
    """What can be chosen of a scanner, by name: the choices as the program lists them.

    Options that are not active are left out. Raises MissingTool, NotFound (no such scanner).
    """
    done = _ask([*_about(device), "--all-options"])
    if done.returncode:
        hint = f"is it on, and connected? {PROGRAM} -L lists the scanners there are"
        raise NotFound(f"no scanner can be used: {_why(done.stderr)}", hint)
    found = (_OPTION.match(line) for line in done.stdout.decode("utf-8", "replace").splitlines())
    return {m[1]: m[2] for m in found if m is not None and m[3] != "inactive"}


@dataclass(slots=True)
class Feed:
    """A scanner at work: its pages one after another, until it has no more or `most` are there.

    Each page comes by a named pipe, so that no picture of it lies in any file: the program makes
    a file of a page only where there is no pipe of that name, and a page's pipe is there before
    the page before it is taken. `stop` is asked again and again while a page is awaited.
    `problem` says why it stopped early, or is empty.
    """

    arguments: tuple[str, ...]
    most: int = 0
    stop: Callable[[], bool] = _never
    problem: str = ""
    _said: bytearray = field(default_factory=bytearray)

    def pages(self) -> Generator[bytes]:
        """The bytes of each page; the program is ended when nobody asks for more."""
        with tempfile.TemporaryDirectory(prefix="chartmend-scan-") as place:
            folder = Path(place)
            _lay(folder, 1)
            process = self._start(folder)
            listener = threading.Thread(target=self._listen, args=(process,), daemon=True)
            listener.start()
            number = 1
            try:
                while True:
                    _lay(folder, number + 1)
                    page = _take(folder, number, process, self.stop)
                    if not page:
                        break
                    yield page
                    number += 1
            finally:
                stopped = _end(process)
                listener.join(_END_SECONDS)
                if process.stderr is not None:
                    process.stderr.close()
                self._judge(process.returncode, number - 1, stopped=stopped)

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        count = (f"--batch-count={self.most}",) if self.most else ()
        batch = ("--format=pnm", f"--batch={folder}/%d", *count)
        return subprocess.Popen(
            [program(), *self.arguments, *batch],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in process.stderr or ():
                self._said += line[:1000]
                del self._said[:-16_000]

    def _judge(self, code: int, pages: int, *, stopped: bool) -> None:
        """Say why the scanner stopped, where that was not for want of paper, or by our own will."""
        said = bytes(self._said)
        if stopped and b"sane_read" not in said:
            return
        empty = b"out of documents" in said
        if code and not (empty and pages):
            self.problem = "there is no paper in the feeder" if empty else _why(said)


def _names(number: int) -> tuple[str, str]:
    """What the program calls a page: newer ones add `.part` while they write it."""
    return f"{number}.part", f"{number}"


def _lay(folder: Path, number: int) -> None:
    for name in _names(number):
        os.mkfifo(folder / name, 0o600)


def _take(
    folder: Path, number: int, process: subprocess.Popen[bytes], stop: Callable[[], bool]
) -> bytes:
    """All of one page; empty where the program ends without one, or is to stop."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    ends = [os.open(folder / name, flags) for name in _names(number)]
    held = bytearray()
    try:
        while not stop():
            over = process.poll() is not None
            ready, _, _ = select.select(ends, [], [], 0 if over else _LOOK_SECONDS)
            pieces = [piece for end in ready if (piece := _read(end))]
            for piece in pieces:
                held += piece
            if not pieces and (over or (held and ready)):
                return bytes(held)
        return b""
    finally:
        for end in ends:
            os.close(end)


def _read(end: int) -> bytes:
    try:
        return os.read(end, _PIECE)
    except BlockingIOError:
        return b""


def _end(process: subprocess.Popen[bytes]) -> bool:
    """Have the program stop the scanner and end, or kill it; False where it had ended already."""
    if process.poll() is not None:
        return False
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return True


def chosen(name: str, wanted: str, listed: str) -> str:
    """The one of a scanner's own words that means `wanted`; raises Refused where none does."""
    words = [word.strip() for word in listed.split("|")]
    for word in words:
        if word.casefold() == wanted.casefold():
            return word
    for word in words:
        if word.casefold().startswith(wanted.casefold()):
            return word
    shown = safe_line(", ".join(words), 200)
    raise Refused(f"this scanner has no {name} {safe_line(wanted, 40)!r}", f"it has: {shown}")
