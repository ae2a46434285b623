"""What the tests of the command line share: invented files, and a way to run commands."""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pypdf

import vault
from tests.ingest.papers import picture, saved, text_pdf
from vault.actions import session as sessions
from vault.actions.session import Secret, Session
from vault.cli.main import main
from vault.store.kdf import CHEAPEST

PASSPHRASE = "tin harbour lemon stove"
ROOT = Path(vault.__file__).parents[1]
PATIENT, BORN, WRONG_BORN = "Maren Oldfield", "1961-03-07", "1916-03-07"
LINES = (
    "Harbor View Family Practice",
    f"Patient: {PATIENT}",
    f"Date of birth: {WRONG_BORN}",
    "Date of visit: 14 March 2024",
    "Plan: Amoxicillin 500 mg twice daily for seven days.",
)
NOTE = text_pdf(LINES)

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def scan_pdf(*pages: tuple[str, ...], dpi: int = 150) -> bytes:
    """A PDF of pictures of pages, as a scanner makes it: no text layer."""
    pictures = [picture(lines, dpi) for lines in pages]
    return saved(pictures[0], "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])


def locked_pdf(password: str) -> bytes:
    """The note, encrypted so that it opens with the password alone."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(NOTE))
    writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def obey_permissions() -> None:
    """Give up root's right to pass by permissions; for a child before it starts."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "root's rights could not be given up")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a command."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Cli:
    """The command line over the vault of a test, in a home folder of its own."""

    home: Path

    @property
    def folder(self) -> Path:
        """The vault."""
        return self.home / "vault"

    @property
    def state(self) -> Path:
        """Where the second anchor is."""
        return self.home / "state" / "chartmend"

    def file(self, name: str, data: bytes | str) -> Path:
        """Write a file to import or to read a secret from."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def make(self) -> str:
        """Make the vault at the cheapest KDF; returns its recovery code."""
        self.file("passphrase", PASSPHRASE + "\n")
        made, code = sessions.make_vault(
            self.folder, PASSPHRASE, profile=CHEAPEST, state=self.state
        )
        made.close()
        return code

    def session(self, *, write: bool = False) -> Session:
        """Open the vault in this process."""
        return sessions.unlock(self.folder, Secret(PASSPHRASE), write=write, state=self.state)

    def environment(self) -> dict[str, str]:
        """A whole environment that names no folder but those of the test."""
        kept = {
            name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ
        }
        places = {
            "HOME": self.home,
            "XDG_DATA_HOME": self.home / "data",
            "XDG_STATE_HOME": self.home / "state",
            "TMPDIR": self.home / "tmp",
            "CHARTMEND_VAULT": self.folder,
            "CHARTMEND_PASSPHRASE_FILE": self.home / "passphrase",
        }
        (self.home / "tmp").mkdir(exist_ok=True)
        return kept | {"LANG": "C.UTF-8"} | {name: str(path) for name, path in places.items()}

    def run(self, *argv: str | Path, without: str = "") -> Done:
        """Run a command line in this process, with no terminal; leave out a variable."""
        environ = self.environment()
        environ.pop(without, None)
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, environ, clear=True),
            # It would bar other tests from looking at this process.
            mock.patch.object(sessions, "harden"),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = main([str(a) for a in argv])
        return Done(code, out.getvalue(), err.getvalue())

    def json(self, *argv: str | Path, code: int = 0) -> dict[str, object]:
        """The one document that a command prints with --json; it must end with `code`."""
        done = self.run(*argv, "--json")
        assert done.code == code, done.err
        document = json.loads(done.out)
        assert isinstance(document, dict)
        return document

    def rows(self, key: str, *argv: str | Path, code: int = 0) -> list[dict[str, object]]:
        """The list of objects under one key of that document."""
        found = self.json(*argv, code=code)[key]
        assert isinstance(found, list)
        return found

    def text(self, key: str, *argv: str | Path) -> str:
        """A text of that document."""
        found = self.json(*argv)[key]
        assert isinstance(found, str)
        return found

    def start(
        self,
        *argv: str | Path,
        setup: str = "",
        first: Callable[[], None] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Start a real process for a command; `setup` is Python run in it before."""
        command = [sys.executable, "-P", "-m", "vault.cli.main"]
        if setup:
            command = [
                sys.executable,
                "-P",
                "-c",
                f"{setup}\nfrom vault.cli.main import run\nrun()",
            ]
        return subprocess.Popen(
            [*command, *map(str, argv)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment() | {"PYTHONPATH": str(ROOT)} | dict(extra or {}),
            cwd=self.home,
            preexec_fn=first,
        )

    def process(
        self,
        *argv: str | Path,
        first: Callable[[], None] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a command in a real process to its end."""
        with self.start(*argv, first=first, extra=extra) as running:
            out, err = running.communicate()
        return Done(running.returncode, out, err)
