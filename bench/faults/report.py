"""What the three benches share: their options, samples, and how they end."""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.faults import scene
from bench.faults.child import Prepared, prepare, unchanged, work_folder
from bench.faults.controls import Control

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
R = TypeVar("R")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bench is to do: which scenes (empty: all), how many strikes, what to break."""

    scenes: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 1
    control: str | None = None
    jobs: int = 1


def broken(controls: Mapping[str, Control], control: str | None) -> Callable[[], None]:
    """What to do in each process that plays a scene."""
    return controls[control].breaks if control else unchanged


def prepared(folder: Path, asked: Asked, controls: Mapping[str, Control]) -> dict[str, Prepared]:
    """The scenes asked for, or those that show what a control breaks, each with its home."""
    scenes = scene.every()
    names = asked.scenes or (controls[asked.control].scenes if asked.control else tuple(scenes))
    return {name: prepare(scenes[name], folder / name) for name in names}


def each(jobs: int, do: Callable[[A, B], R], items: Iterable[tuple[A, B]]) -> list[R]:
    """`do` with each pair of arguments, in so many processes at a time."""
    if jobs == 1:
        return [do(*item) for item in items]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        return [future.result() for future in [pool.submit(do, *item) for item in items]]


def options(argv: Sequence[str], what: str, controls: Sequence[str]) -> Asked:
    """Read the options that kill, errors and power have alike."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=what)
    parser.add_argument("--sample", type=int, metavar="N", help="only N, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--scene", action="append", metavar="NAME", help="only this one")
    parser.add_argument(
        "--control", choices=sorted(controls), help="break the program first: this must fail"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes at a time")
    given = parser.parse_args(argv)
    scenes = tuple(given.scene or ())
    return Asked(scenes, given.sample, given.seed, given.control, given.jobs)


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
