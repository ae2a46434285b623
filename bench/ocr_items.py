"""The files of a corpus with their true text, and what a manifest says of each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_TESSERACT = {"es": "spa", "fr": "fra", "mixed": "eng"}


@dataclass(frozen=True)
class Item:
    """A file with the true text of its pages.

    `metric` is wer (words in order), bow (a bag of words), blank, mixed or multi; `noise` says
    what was done to the page; `optional` are words that may be read or not.
    """

    path: Path
    truths: tuple[str, ...]
    metric: str = "wer"
    kind: str = ""
    noise: tuple[str, ...] = ()
    language: str = "eng"
    optional: tuple[str, ...] = ()
    turn: int = 0

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return len(self.truths)

    @property
    def truth(self) -> str:
        """The true text of all pages, a form feed between them."""
        return "\f".join(self.truths)

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes, in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Folder:
    """A folder of items; `harder` where its manifest names the noise of each page."""

    path: Path
    items: tuple[Item, ...]
    harder: bool


def _item(path: Path, truths: tuple[str, ...], about: dict[str, object]) -> Item:
    language = str(about.get("lang", "eng"))
    noise, optional = about.get("noise", ()), about.get("optional", ())
    turn = about.get("turn", 0)
    return Item(
        path,
        truths,
        str(about.get("metric", "wer" if len(truths) == 1 else "mixed")),
        str(about.get("kind", "")),
        tuple(noise) if isinstance(noise, list) else (),
        _TESSERACT.get(language, language),
        tuple(optional) if isinstance(optional, list) else (),
        turn if isinstance(turn, int) else 0,
    )


def _truths(path: Path) -> tuple[str, ...] | None:
    """The true text page by page: NAME.txt, a form feed between pages, or NAME.gt.json, a list."""
    text, told = path.with_suffix(".txt"), path.with_suffix(".gt.json")
    if text.exists():
        return tuple(text.read_text("utf-8").removesuffix("\f").split("\f"))
    if told.exists():
        return tuple(map(str, json.loads(told.read_text("utf-8"))))
    return None


def folder(path: Path, only: str = "") -> Folder:
    """The PDFs of a folder that have their true text beside them and `only` in their name."""
    manifest = path / "manifest.json"
    told = {m["name"]: m for m in json.loads(manifest.read_text())} if manifest.exists() else {}
    found = [
        _item(pdf, truths, told.get(pdf.stem, {}))
        for pdf in sorted(path.glob("*.pdf"))
        if only in pdf.stem and (truths := _truths(pdf)) is not None
    ]
    return Folder(path, tuple(found), any("noise" in about for about in told.values()))


def folders(paths: list[Path], only: str = "") -> list[Folder]:
    """The folders named and the ones right below them, those without any item left out."""
    every = [p for path in paths for p in (path, *sorted(c for c in path.iterdir() if c.is_dir()))]
    return [found for path in every if (found := folder(path, only)).items]
