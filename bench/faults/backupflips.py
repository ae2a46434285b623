"""Flips single bits of every file of a backup: `backup check` without a secret must name each.

The backup has two generations of a vault that grew in between. Its lock says who is at work on
it, no more, and is the one place where a flip is harmless.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.faults import small
from bench.faults.flips import draws
from bench.faults.small import Outcome
from vault.errors import VaultError
from vault.store.backups import check, make

SAMPLE = 6_000
LOCK = "lock"


def backup(place: Path) -> Path:
    """Two generations of a small vault."""
    made, folder = small.make(place / "home"), place / "backup"
    with made.open(write=True) as vault:
        make.make(vault, folder)
        small.put(vault, "fourth", b"%PDF the fourth" * 900, "a note that came later")
        make.make(vault, folder)
    return folder


def files(folder: Path) -> dict[str, Path]:
    """Every file of the backup by its name in it."""
    return {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*")) if p.is_file()}


def told(folder: Path) -> list[str]:
    """What a look without a secret tells of."""
    try:
        _, _, found = check.look(folder)
    except VaultError as error:
        return [error.sentence]
    return [f"{problem.file}: {problem.what}" for problem in found.problems]


def run(sample: int, seed: int) -> Outcome:
    """Flip `sample` bits one at a time."""
    out, noticed, harmless = Outcome(), Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        folder = backup(Path(name))
        paths = files(folder)
        held = {file: path.read_bytes() for file, path in paths.items() if path.stat().st_size}
        if told(folder):
            out.violations.append("the backup is not whole before any harm is done")
        for file, bit in draws(held, sample, random.Random(seed)):
            data = bytearray(held[file])
            data[bit // 8] ^= 1 << bit % 8
            paths[file].write_bytes(data)
            lines = told(folder)
            paths[file].write_bytes(held[file])
            if any(file in line or Path(file).name in line for line in lines):
                noticed[Path(file).name if "originals" not in file else "originals"] += 1
            elif not lines and Path(file).name == LOCK:
                harmless += 1
            else:
                out.violations.append(f"{file} bit {bit}: told {lines[:1]}")
    out.figures.append(f"{sample} flips: {noticed.total()} noticed, {harmless} harmless")
    out.figures += [f"  noticed {count:6} in {kind}" for kind, count in sorted(noticed.items())]
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
