"""Scanning pages: which settings a scanner is given, and its pages put together as one PDF."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vault.actions.scanning import pdf, pnm, scanner
from vault.actions.scanning.pnm import BadPicture
from vault.actions.scanning.scanner import Feed
from vault.errors import CannotRead, Refused, Stopped, UsageError

MODES = ("gray", "color", "lineart")
MOST_PACKED = 512 * 1024**2
"""The most bytes of packed pages held in memory at once."""

_FEEDER = ("adf", "feeder")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be scanned: from the glass one page (or `pages`), from the feeder all sheets.

    `resolution` is in dots an inch; `mode` one of MODES. `device` is SANE's name of the scanner,
    empty for the first there is.
    """

    device: str = ""
    feeder: bool = False
    both_sides: bool = False
    resolution: int = 300
    mode: str = "gray"
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Setup:
    """How the program is called: its arguments, and the resolution the pages will have."""

    arguments: tuple[str, ...]
    resolution: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """The pages as one PDF, how many there are, and why there are no more, where it broke off."""

    data: bytes
    pages: int
    problem: str = ""


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split("|") if word.strip()]


def _duplex(can: Mapping[str, str]) -> tuple[str, ...]:
    """The arguments that have both sides scanned; scanners name it in one of three ways."""
    both = [word for word in _words(can.get("source", "")) if "duplex" in word.casefold()]
    if both:
        return (f"--source={both[0]}",)
    if "duplex" in can.get("adf-mode", "").casefold():
        return (*_feeder(can), f"--adf-mode={scanner.chosen('way', 'duplex', can['adf-mode'])}")
    if "duplex" in can:
        return (*_feeder(can), "--duplex=yes")
    raise Refused("this scanner does not scan both sides", "scan the fronts, then the backs")


def _feeder(can: Mapping[str, str]) -> tuple[str, ...]:
    names = [w for w in _words(can.get("source", "")) if any(f in w.casefold() for f in _FEEDER)]
    single = [w for w in names if not any(side in w.casefold() for side in ("duplex", "back"))]
    if not single:
        raise Refused("this scanner has no feeder", "leave --feeder out, and scan page by page")
    return (f"--source={single[0]}",)


def _mode(can: Mapping[str, str], wanted: str) -> tuple[str, ...]:
    """The arguments for grey, colour, or black and white, of a scanner that has modes."""
    if wanted not in MODES:
        raise UsageError("there is no such mode of scanning", f"one of: {' '.join(MODES)}")
    has = [word.casefold() for word in _words(can.get("mode", ""))]
    bits = "8"
    if wanted == "lineart":
        found = [w for w in has if w.startswith(("lineart", "binary", "black", "1 bit"))]
        wanted, bits = (found[0] if found else "gray"), "1"
        if not found and "1" not in _words(can.get("depth", "")):
            raise Refused("this scanner has no mode for black and white", "--mode gray")
    mode = (f"--mode={scanner.chosen('mode', wanted, can['mode'])}",) if has else ()
    depths = _words(can.get("depth", ""))
    return (*mode, f"--depth={bits}") if bits in depths else mode


def _resolution(can: Mapping[str, str], wanted: int) -> int:
    """The resolution nearest to the one wanted that the scanner has."""
    listed = can.get("resolution", "")
    bounds = _RANGE.search(listed)
    if bounds is not None:
        return round(min(max(wanted, float(bounds[1])), float(bounds[2])))
    has = [int(number) for number in _NUMBER.findall(listed)]
    return min(has, key=lambda n: (abs(n - wanted), -n)) if has else wanted


def setup(wanted: Wanted, can: Mapping[str, str]) -> Setup:
    """How to call the program for a scanner that can do so much; raises Refused, UsageError.

    The source and the mode come first: what else there is to choose depends on them.
    """
    source: tuple[str, ...] = ()
    if wanted.both_sides:
        source = _duplex(can)
    elif wanted.feeder:
        source = _feeder(can)
    dpi = _resolution(can, wanted.resolution)
    device = (f"--device-name={wanted.device}",) if wanted.device else ()
    fine = (f"--resolution={dpi}",) if "resolution" in can else ()
    return Setup((*device, *source, *_mode(can, wanted.mode), *fine), dpi)


def _never() -> bool:
    return False


def _feeds(
    wanted: Wanted, how: Setup, ready: Callable[[int], bool], stop: Callable[[], bool]
) -> Iterator[Feed]:
    """One run of the program for all sheets of a feeder; for the glass one a page."""
    if wanted.feeder or wanted.both_sides:
        yield Feed(how.arguments, wanted.pages, stop)
        return
    for number in range(1, max(1, wanted.pages) + 1):
        if number > 1 and not ready(number):
            return
        yield Feed(how.arguments, 1, stop)


def scan(
    wanted: Wanted,
    came: Callable[[int], None],
    ready: Callable[[int], bool],
    stop: Callable[[], bool] = _never,
) -> Scanned:
    """Scan pages into one PDF in memory; nothing of them is written to a file.

    `came` is told the number of each page; `ready` is asked before each page from the glass but
    the first; `stop` again and again. Where the scanner breaks off, the pages that came are kept.
    Raises MissingTool, NotFound, Refused, UsageError, CannotRead where not one page came, and
    Stopped where it was told to stop: nothing is kept then.
    """
    how = setup(wanted, scanner.options(wanted.device))
    sheets: list[pdf.Sheet] = []
    problem = ""
    for feed in _feeds(wanted, how, ready, stop):
        problem = _collect(feed, how.resolution, sheets, came)
        if problem or stop():
            break
    if stop():
        raise Stopped("nothing of this scan was kept", "put the pages back and scan again")
    if not sheets:
        raise CannotRead("from the scanner", problem or "no page came")
    return Scanned(pdf.document(sheets), len(sheets), problem)


def _collect(feed: Feed, dpi: int, sheets: list[pdf.Sheet], came: Callable[[int], None]) -> str:
    """Add the pages of one run of the program; returns why it broke off, or an empty text."""
    held = sum(len(sheet.packed) for sheet in sheets)
    wrong = ""
    with contextlib.closing(feed.pages()) as pages:
        for data in pages:
            try:
                sheets.append(pdf.pack(pnm.parse(data), dpi))
            except BadPicture as bad:
                wrong = bad.clause
                break
            came(len(sheets))
            held += len(sheets[-1].packed)
            if held > MOST_PACKED:
                return "so many pages are not held in memory; scan the rest as another record"
    return feed.problem or wrong
