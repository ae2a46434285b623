"""What the three benches share: their options, samples, and how they end."""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from bench.faults.child import unchanged, work_folder
from bench.faults.controls import Control

T = TypeVar("T")
_SHOWN = 12


def broken(
    controls: Mapping[str, Control], names: Sequence[str], control: str | None
) -> tuple[Sequence[str], Callable[[], None]]:
    """The scenes to play, and what to break in each process that plays one."""
    if control is None:
        return names, unchanged
    return names or controls[control].scenes, controls[control].breaks


def options(argv: Sequence[str], what: str, controls: Sequence[str]) -> argparse.Namespace:
    """Read the options that kill, errors and power have alike."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=what)
    parser.add_argument("--sample", type=int, metavar="N", help="only N, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--scene", action="append", metavar="NAME", help="only this one")
    parser.add_argument(
        "--control", choices=sorted(controls), help="break the program first: this must fail"
    )
    return parser.parse_args(argv)


def sampled(found: Sequence[T], count: int | None, seed: int) -> list[T]:
    """All of them in their order, or `count` chosen by the seed."""
    if count is None or count >= len(found):
        return list(found)
    chosen = sorted(random.Random(seed).sample(range(len(found)), count))
    return [found[i] for i in chosen]


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """A folder for homes, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="chartmend-faults-", dir=work_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def show(problems: Sequence[str]) -> None:
    """Print the first of them."""
    for line in problems[:_SHOWN]:
        print(f"  {line}")
    if len(problems) > _SHOWN:
        print(f"  … and {len(problems) - _SHOWN} more")
