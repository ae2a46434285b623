"""Seals and exports a large original, beside `cp` and `sync` of the same file in the same run.

Sealing is all that an import does before it says "kept": read twice (for the name, then to
encrypt), written, synced, and read back decrypted. Export is what `record export` does. Both must
reach a quarter of the copy's rate and use less than 100 MiB of memory above idle.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.faults import small
from bench.faults.small import Outcome
from vault.store import files
from vault.store.vault import OpenVault

SAMPLE = 300
"""The size of the original in MiB."""
MIB = 1024 * 1024
BAR, MEMORY = 0.25, 100
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one step, and MiB of memory above what was used before it."""

    seconds: float
    memory: float


def _status(field: str) -> int:
    """A figure the kernel keeps of this process's memory, in KiB (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    raise LookupError(field)


def measured(step: Callable[[], object]) -> Took:
    """Run a step by the clock and by its memory at the peak."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew from here
    before, begun = _status("VmRSS"), time.monotonic()
    step()
    seconds = time.monotonic() - begun
    return Took(seconds, (_status("VmHWM") - before) / 1024)


def _write(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size):
            file.write(os.urandom(MIB))
        os.fsync(file.fileno())


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "--reflink=never", str(source), str(target)], check=True)
    subprocess.run(["sync", str(target)], check=True)


def _round(vault: OpenVault, place: Path, size: int) -> dict[str, Took]:
    """One time each: copy, seal, export; fresh content every time."""
    source, out = place / "source", place / "out"
    _write(source, size)
    took = {"cp and sync": measured(lambda: _copy(source, place / "copy"))}
    sealed: list[str] = []
    with source.open("rb") as stream:
        took["seal"] = measured(lambda: sealed.append(vault.originals.seal(stream, size * MIB).id))
    with vault.originals.open(sealed[0]) as reader:
        took["export"] = measured(lambda: files.write_export(out, reader.pieces()))
    same = subprocess.run(["cmp", "-s", str(source), str(out)], check=False).returncode == 0
    for path in (source, out, place / "copy"):
        path.unlink()
    vault.originals.quarantine(sealed[0])
    (vault.folder / "quarantine" / sealed[0]).unlink()
    if not same:
        raise AssertionError("the export is not the original")
    return took


def run(sample: int, seed: int) -> Outcome:  # noqa: ARG001 - the content is random anyway
    """Seal and export an original of `sample` MiB a few times; the best of each counts."""
    out, best = Outcome(), dict[str, Took]()
    with tempfile.TemporaryDirectory() as name:
        made = small.make(Path(name))
        with made.open(write=True) as vault:
            for _ in range(ROUNDS):
                for what, took in _round(vault, Path(name), sample).items():
                    held = best.get(what, took)
                    best[what] = Took(
                        min(took.seconds, held.seconds), max(took.memory, held.memory)
                    )
    copy = best["cp and sync"].seconds
    for what, took in best.items():
        rate, share = sample / took.seconds, copy / took.seconds
        line = f"{what}: {took.seconds:.2f} s, {rate:.0f} MiB/s ({share:.2f} of cp)"
        out.figures.append(f"{line}, {took.memory:.0f} MiB above idle")
        if share < BAR:
            out.violations.append(f"{what} reaches {share:.2f} of cp, the bar is {BAR}")
        if took.memory > MEMORY:
            out.violations.append(f"{what} used {took.memory:.0f} MiB, the bar is {MEMORY}")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
