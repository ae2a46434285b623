"""What a start of the command line costs, beside an import of typer: python bench/start.py."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
BAR = 3.0
HELP = ("-P", "-m", "vault.cli.main", "--help")
YARDSTICK = ("-P", "-c", "import typer")
HEAVY = (
    "textual",
    "rich",
    "cryptography",
    "sqlcipher3",
    "pypdf",
    "pypdfium2",
    "PIL",
    "typst",
    "tesserocr",
    "pytesseract",
    "holidays",
    "icalendar",
    "rapidfuzz",
)
LOADED = """
import contextlib, io, json, sys
from vault.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main.main(["--help"])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def start(words: tuple[str, ...]) -> str:
    """Run this Python with `words` from the project's folder; returns what it printed."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def cpu(words: tuple[str, ...]) -> float:
    """Processor seconds, user and system, of one start."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start(words)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Run both by turns, print the medians and their ratio; exit 1 over the bar."""
    costs: dict[tuple[str, ...], list[float]] = {HELP: [], YARDSTICK: []}
    for words in costs:
        start(words)  # the first start also compiles and fills the disk cache
    for _ in range(RUNS):
        for words, found in costs.items():
            found.append(cpu(words))
    help_, typer = (statistics.median(found) for found in costs.values())
    print(f"chartmend --help: {help_:.3f} CPU s (median of {RUNS})")
    print(f"import typer:     {typer:.3f} CPU s (median of {RUNS})")
    print(f"ratio: {help_ / typer:.2f} (bar {BAR:g})")
    loaded = set(json.loads(start(("-c", LOADED))))
    heavy = [name for name in HEAVY if name in loaded]
    print(f"heavy libraries loaded: {', '.join(heavy) or 'none'}")
    sys.exit(bool(heavy) or help_ > BAR * typer)


if __name__ == "__main__":
    main()
