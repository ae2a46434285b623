"""A worker reaches no file but its libraries and data, writes nothing, and connects nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import vault
from vault.workers import landlock, sandbox
from vault.workers.kinds import Kind
from vault.workers.process import environment

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="needs Landlock")
ROOT = Path(vault.__file__).parents[1]

# A worker after it has begun, taken over by somebody: what it tries, and what came of each.
TAKEN_OVER = """
import json, os, pathlib, socket, subprocess, sys
from vault.workers import __main__ as worker
arguments, target = sys.argv[1].split(), pathlib.Path(sys.argv[2])
out = os.dup(1)
worker._begin(arguments)

def write(path):
    with open(path, "wb"):
        pass

def connect():
    with socket.socket() as s:
        s.connect(("127.0.0.1", 9))

def listen():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()

def fork():
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)

def move_away():
    # Another user than root, for whom alone the limit on processes counts.
    if os.geteuid() == 0:
        os.setuid(65534)

tries = {
    "read": lambda: target.read_bytes(),
    "list": lambda: os.listdir(target.parent),
    "home": lambda: os.listdir(pathlib.Path.home()),
    "root": lambda: os.listdir("/"),
    "passwd": lambda: open("/etc/passwd"),
    "environ": lambda: open(f"/proc/{os.getppid()}/environ"),
    "write": lambda: write(target),
    "new": lambda: write(target.with_name("new")),
    "remove": lambda: os.unlink(target),
    "rename": lambda: os.rename(target, target.with_name("other")),
    "folder": lambda: os.mkdir(target.with_name("folder")),
    "link": lambda: os.symlink("/", target.with_name("link")),
    "connect": connect,
    "listen": listen,
    "signal": lambda: os.kill(os.getppid(), 0),
    "program": lambda: subprocess.run(["true"], check=True),
    "library": lambda: __import__("colorsys"),
    "code": lambda: os.listdir(pathlib.Path(worker.__file__).parents[1]),
    "checkout": lambda: os.listdir(pathlib.Path(worker.__file__).parents[2]),
    "nothing": lambda: open(os.devnull, "wb"),
    "scratch": lambda: write(pathlib.Path(arguments[1]) / "page"),
    "user": move_away,
    "fork": fork,
}
told = {}
for name, attempt in tries.items():
    try:
        attempt()
        told[name] = "done"
    except Exception as error:
        told[name] = type(error).__name__
os.write(out, json.dumps(told).encode())
"""
REACHED = {"library", "code", "nothing", "user"}
"""What every worker may do; all else below is denied to a reader."""


def taken_over(target: Path, *arguments: str) -> dict[str, str]:
    """What each attempt of a worker of that kind came to."""
    done = subprocess.run(
        [sys.executable, "-P", "-B", "-c", TAKEN_OVER, " ".join(arguments), target],
        env=environment() | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    found = json.loads(done.stdout or done.stderr.decode()[-500:])
    assert isinstance(found, dict)
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file of the person's own."""
    path = tmp_path / "diary.txt"
    path.write_text("private")
    return path


@needs_landlock
def test_a_reader_that_was_taken_over_reaches_nothing(target: Path) -> None:
    """No file is read, written, moved or made, no socket opened, no process or program started."""
    told = taken_over(target, "reader")
    assert {name for name, end in told.items() if end == "done"} == REACHED
    for name in ("read", "list", "home", "root", "passwd", "write", "new", "program", "signal"):
        assert told[name] == "PermissionError", name
    if landlock.version() >= 4:
        assert (told["connect"], told["listen"]) == ("PermissionError", "PermissionError")
    assert told["fork"] == "BlockingIOError"
    assert target.read_text() == "private"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@needs_landlock
def test_a_typesetter_may_have_threads_and_nothing_else(target: Path) -> None:
    """It starts no program and reaches no file of the person's."""
    told = taken_over(target, "typesetter")
    assert {name for name, end in told.items() if end == "done"} == REACHED | {"fork"}


@needs_landlock
def test_a_worker_with_the_program_starts_it_and_reaches_nothing_more(target: Path) -> None:
    """Programs of the system start, as shut off as the worker that starts them."""
    told = taken_over(target, "program")
    allowed = REACHED | {"program", "fork"}
    assert {name for name, end in told.items() if end == "done"} == allowed


@needs_landlock
def test_a_scratch_folder_is_all_a_worker_may_write_in(target: Path, tmp_path: Path) -> None:
    """The folder it was given takes files; the one beside it does not."""
    scratch = tmp_path / "mine" / "scratch"
    scratch.mkdir(parents=True)
    told = taken_over(target, "scratch", str(scratch))
    allowed = REACHED | {"program", "fork", "scratch"}
    assert {name for name, end in told.items() if end == "done"} == allowed
    assert [path.name for path in scratch.iterdir()] == ["page"]


def test_without_landlock_workers_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has none, nothing fails, and the person is told."""
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert not sandbox.enter(Kind.READER, None)
    assert "no Landlock" in sandbox.told()


def test_a_place_that_holds_the_home_folder_is_never_opened(tmp_path: Path) -> None:
    """Python may be anywhere; what a person owns stays shut off all the same."""
    home = tmp_path / "home" / "maren"
    inside, beside = home / ".local" / "lib", tmp_path / "usr"
    for folder in (inside, beside):
        folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(home)
    given = (home, home.parent, Path("/"), tmp_path / "link", inside, beside)
    assert sandbox.narrow(given, home) == (inside, beside)


def test_the_checkout_around_the_package_stays_shut() -> None:
    """Of a clone only the package is read, not what else somebody keeps in the folder."""
    open_ = sandbox.places(Kind.READER, None)
    assert ROOT / "vault" in open_.read
    assert ROOT not in [place.resolve() for place in (*open_.read, *open_.run)]
    assert open_.run == ()
    assert open_.write == (Path(os.devnull),)


AS_OLD = """
import os, sys
from pathlib import Path
from vault.workers import landlock
landlock.version = lambda: int(sys.argv[1])
places = landlock.Places(read=(Path("/usr"),), write=(Path(os.devnull),))
print(landlock.restrict(places))
try:
    os.listdir("/")
except PermissionError:
    print("shut")
os.listdir("/usr")
open(os.devnull, "w").close()
"""


@needs_landlock
@pytest.mark.parametrize("known", range(1, max(landlock.version(), 1) + 1))
def test_the_rules_of_every_older_landlock_hold(known: int) -> None:
    """A kernel that knows less is asked for less, and what it knows is in force."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", AS_OLD, str(known)],
        env=environment() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.split() == ["True", "shut"]
