"""What a scene is, and the list of all of them."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.promises import Tell
from vault.actions.session import Session

Play = Callable[[Path, Tell], None]
Look = Callable[[Path, Session, str], str | None]
After = Callable[[Path, Session], Iterator[str]]
SCENES = Path(__file__).with_name("scenes")


def nothing(_home: Path, _s: Session) -> Iterator[str]:
    """Nothing is done, and nothing is wrong."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Something a person does with a vault, as the commands do it.

    `prepare` fills a home folder in peace; `run` is what is disturbed. Both tell what they
    promise. `looks` adds, by the word before the colon of a key, how to find out what is there
    now. `around` surrounds everything done with such a vault. When somebody comes back to it,
    `mends` does what a person would before looking, `afterwards` what they would do next; both
    give what is wrong.
    """

    name: str
    prepare: Play
    run: Play
    looks: Mapping[str, Look] = field(default_factory=dict)
    around: Callable[[], contextlib.AbstractContextManager[object]] = contextlib.nullcontext
    mends: After = nothing
    afterwards: After = nothing


def every() -> dict[str, Scene]:
    """All scenes by name: each module in scenes/ holds a tuple of them."""
    found: dict[str, Scene] = {}
    for path in sorted(SCENES.glob("*.py")):
        module = importlib.import_module(f"bench.faults.scenes.{path.stem}")
        scenes: tuple[Scene, ...] = module.SCENES
        found.update({scene.name: scene for scene in scenes})
    return found
