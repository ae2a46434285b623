"""Which places a worker may still reach once it has begun: its libraries, fonts and data."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import vault
from vault.workers import landlock, tools
from vault.workers.kinds import Kind
from vault.workers.landlock import Places

_PROGRAMS = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/nix/store", "/gnu/store")
_SETTINGS = (
    "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/fonts", "/etc/localtime",
    "/sys/devices/system/cpu", "/dev/urandom", "/dev/random", "/dev/zero", "/var/cache/fontconfig",
)  # fmt: skip
_NOTHING = Path(os.devnull)


def _home() -> Path | None:
    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir).resolve()
    except (KeyError, OSError):
        return None


def _python() -> Iterator[Path]:
    """Where Python and the packages are; of a checkout, only the package `vault` itself."""
    here = Path(vault.__file__).resolve().parent
    yield here
    yield Path(sys.prefix)
    yield Path(sys.base_prefix)
    yield from (Path(entry) for entry in sys.path if entry and Path(entry).resolve() != here.parent)


def _tesseract() -> Iterator[Path]:
    """The program, and the libraries beside it where it is not among the system's."""
    found = shutil.which("tesseract")
    if found is not None:
        program = Path(found).resolve()
        yield program
        yield program.parent.parent / "lib"


def narrow(places: Iterable[Path], home: Path | None) -> tuple[Path, ...]:
    """The places but those that hold the home folder, and with it all a person owns."""
    return tuple(
        place for place in places if home is None or not home.is_relative_to(place.resolve())
    )


def places(kind: Kind, folder: Path | None) -> Places:
    """What a worker of a kind needs; `folder` is its folder for temporary files."""
    home = _home()
    system = narrow(map(Path, _PROGRAMS), home)
    tessdata = tools.tessdata_folder()
    data = (tessdata,) if tessdata is not None else ()
    read = (*_python(), *map(Path, _SETTINGS), *tools.font_folders(), *data)
    run: tuple[Path, ...] = ()
    if kind in (Kind.PROGRAM, Kind.SCRATCH):
        run = (*system, *narrow(_tesseract(), home))
    return Places(
        read=(*narrow(read, home), *system),
        run=run,
        write=(_NOTHING,) if folder is None else (_NOTHING, folder),
    )


def enter(kind: Kind, folder: Path | None) -> bool:
    """Shut this worker off from every place it does not need; returns whether that could be done.

    Only Linux with Landlock can; elsewhere the limits alone hold a worker.
    """
    return landlock.restrict(places(kind, folder))


def told() -> str:
    """In words, what this system shuts workers off from."""
    known = landlock.version()
    if not known:
        return "limits only; this system has no Landlock to shut workers off from other files"
    tcp = ", no TCP connections" if known >= 4 else ""
    return f"workers reach no files but their own{tcp} (Landlock {known})"
