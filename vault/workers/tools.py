"""What is installed for reading pages, found without loading any of it."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ENGINES = ("tesserocr", "tesseract", "pytesseract")
"""The engines there can be, in the order `auto` tries the first two."""

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - only used where it is a tmpfs, in a private folder
_DATA = ".traineddata"
_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/opt/homebrew/share/tessdata",
    "/usr/local/share/tessdata",
)
_FONTS = (".fonts", ".local/share/fonts", "Library/Fonts")


def _folders() -> Iterator[Path]:
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        yield Path(named)
        yield Path(named) / "tessdata"
    for place in _PLACES:
        # The highest version first where Debian keeps several beside each other.
        yield from sorted(Path("/").glob(place.lstrip("/")), reverse=True)


def tessdata_folder() -> Path | None:
    """The first folder with Tesseract's data; TESSDATA_PREFIX goes before the usual places."""
    for folder in _folders():
        if folder.is_dir() and any(folder.glob(f"*{_DATA}")):
            return folder
    return None


def installed_languages() -> tuple[str, ...]:
    """The languages Tesseract has data for, by name (`eng`); `osd` is not one of them."""
    folder = tessdata_folder()
    if folder is None:
        return ()
    names = (path.name.removesuffix(_DATA) for path in folder.glob(f"*{_DATA}"))
    return tuple(sorted(name for name in names if name != "osd"))


def has_orientation() -> bool:
    """Whether there is data to tell which way up a page is."""
    folder = tessdata_folder()
    return folder is not None and (folder / f"osd{_DATA}").is_file()


def font_folders() -> tuple[Path, ...]:
    """The folders of fonts that are this user's own; the system's are found without being named."""
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return ()
    return tuple(folder for part in _FONTS if (folder := home / part).is_dir())


def memory_folder(mounts: Path = Path("/proc/mounts")) -> Path | None:
    """A folder whose files are kept in memory, or None; only Linux has one that can be told."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return None
    kinds = {parts[1]: parts[2] for parts in map(str.split, lines) if len(parts) > 2}
    # A later mount hides an earlier one of the same place, so the last line counts.
    if kinds.get(str(MEMORY_FOLDER)) not in {"tmpfs", "ramfs"}:
        return None
    return MEMORY_FOLDER if os.access(MEMORY_FOLDER, os.W_OK | os.X_OK) else None


def engines() -> tuple[str, ...]:
    """The engines that can be used here, the preferred first; none without language data."""
    if tessdata_folder() is None:
        return ()
    program = shutil.which("tesseract") is not None
    usable = {
        "tesserocr": find_spec("tesserocr") is not None,
        "tesseract": program,
        "pytesseract": program
        and find_spec("pytesseract") is not None
        and memory_folder() is not None,
    }
    return tuple(name for name in ENGINES if usable[name])
