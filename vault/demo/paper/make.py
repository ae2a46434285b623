"""Each of the demo's papers, printed, copied in its own way, and bound as a PDF of pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from vault.demo import cast
from vault.demo.paper import scanner, sheets

FAX_DOTS = (1728, 2156)  # letter paper at 203.3 dots and 196 lines an inch
FAX_DPI = (1728 / 8.5, 196.0)


def _visit(scale: float) -> Sequence[Image.Image]:
    """A flatbed's clean grey page."""
    page = sheets.printed(cast.VISIT, 300 * scale)[0].convert("L")
    return [scanner.grain(scanner.paper(page, 22, 250), 11, 0.008)]


def _discharge(scale: float) -> Sequence[Image.Image]:
    """Two grey pages gone askew through a feeder, with holes and the shadow of a spine."""
    pages = []
    for number, page in enumerate(sheets.printed(cast.DISCHARGE, 200 * scale)):
        grey = scanner.paper(page.convert("L"), 30, 243)
        worn = scanner.shaded(scanner.punched(grey, 200 * scale), 48)
        askew = scanner.turned(worn, 1.8 if number == 0 else -0.9)
        pages.append(scanner.grain(askew, 23 + number, 0.03))
    return pages


def _labs(scale: float) -> Sequence[Image.Image]:
    """A fax in fine mode."""
    size = (round(FAX_DOTS[0] * scale), round(FAX_DOTS[1] * scale))
    return [scanner.faxed(sheets.printed(cast.LABS, 300 * scale)[0], 31, size)]


def _consult(scale: float) -> Sequence[Image.Image]:
    """A colour scan, a shade askew."""
    page = scanner.paper(sheets.printed(cast.CONSULT, 200 * scale)[0], 26, 247)
    return [scanner.grain(scanner.turned(page, -0.4), 41, 0.025)]


def _medicines(scale: float) -> Sequence[Image.Image]:
    """A telephone's picture of a sheet on a table."""
    return [scanner.photographed(sheets.printed(cast.MEDICINES, 150 * scale, stamps=False)[0], 53)]


_Copied = Callable[[float], Sequence[Image.Image]]
# How a paper was copied, its dots an inch across and down, and the JPEG quality.
_COPIES: dict[str, tuple[_Copied, tuple[float, float], int]] = {
    cast.VISIT.file: (_visit, (300, 300), 30),
    cast.DISCHARGE.file: (_discharge, (200, 200), 34),
    cast.LABS.file: (_labs, FAX_DPI, 0),
    cast.CONSULT.file: (_consult, (200, 200), 48),
    cast.MEDICINES.file: (_medicines, (150, 150), 55),
}


def make(paper: cast.Paper, folder: Path, scale: float = 1.0) -> Path:
    """Write one paper's scan into `folder` and return its path.

    `scale` below 1 makes a coarser scan of the same size on paper. The same machine makes the
    same bytes: the seeds are fixed, and the file carries the paper's own date.
    """
    copied, (across, down), quality = _COPIES[paper.file]
    first, *rest = copied(scale)
    path = folder / paper.file
    on = paper.dated.timetuple()
    packing = {"quality": quality} if quality else {}  # black and white is packed as fax group 4
    first.save(
        path,
        "PDF",
        save_all=True,
        append_images=rest,
        dpi=(across * scale, down * scale),
        title=paper.title,
        creationDate=on,
        modDate=on,
        **packing,
    )
    return path
