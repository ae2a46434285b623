"""A stand-in for the program scanimage: a feeder with pages in it, for what no test device does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

LISTED = """
All options specific to device `invented':
  Scan Mode:
    --mode Lineart|Gray|Color [Gray]
        Selects the scan mode.
    --resolution 75|100|150|300dpi [75]
        Sets the resolution.
    --source Flatbed|ADF Front|ADF Back|ADF Duplex [Flatbed]
        Selects the scan source.
    --brightness -4..4% [inactive]
        Controls the brightness.
"""

_PROGRAM = """
import os, pathlib, stat, sys
here = pathlib.Path(__file__).parent
with (here / "called").open("a") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
if "--all-options" in sys.argv:
    print({listed!r})
    sys.exit(0)
if any(a.startswith("--formatted-device-list=") for a in sys.argv):
    print("invented:1\\tElm Flatbed 20")
    print("net:host:invented:2\\tElm [red]Feeder[/]")
    sys.exit(0)
value = lambda name: next((a.split("=", 1)[1] for a in sys.argv if a.startswith(name + "=")), "")
target, most = value("--batch"), int(value("--batch-count") or 0)
pages = sorted((here / "pages").iterdir())
for number, page in enumerate(pages[: most or None], 1):
    path = target.replace("%d", str(number)) + {suffix!r}
    kind = "pipe" if stat.S_ISFIFO(os.stat(path).st_mode) else "file"
    with (here / "called").open("a") as log:
        log.write("page " + kind + "\\n")
    with open(path, "wb") as out:
        out.write(page.read_bytes())
    if {suffix!r}:
        os.rename(path, target.replace("%d", str(number)))
if not most or len(pages) < most:
    print({end!r}, file=sys.stderr)
    sys.exit({code})
"""

EMPTY = "scanimage: sane_start: Document feeder out of documents"


def install(
    folder: Path,
    pages: Sequence[bytes],
    *,
    suffix: str = ".part",
    end: str = EMPTY,
    code: int = 0,
    listed: str = LISTED,
) -> Path:
    """Put the program into a folder for PATH, with its pages beside it; returns its log."""
    (folder / "pages").mkdir(parents=True)
    for number, page in enumerate(pages):
        (folder / "pages" / f"{number:03}").write_bytes(page)
    program, inside = folder / "scanimage", folder / "scanimage.py"
    inside.write_text(_PROGRAM.format(listed=listed, suffix=suffix, end=end, code=code))
    # By way of a shell: a path with a blank in it cannot follow #! itself.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{inside}" "$@"\n')
    program.chmod(0o755)
    (folder / "called").touch()
    return folder / "called"
