"""How a letter looks: template and data go to the typesetter, a tagged PDF comes back."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from vault.errors import Exit, VaultError
from vault.model.letters import Manuscript, Typeset

_TEMPLATES = Path(__file__).with_name("templates")
# Private use, not assigned, surrogates: what such a character looks like, no font can promise.
_NO_FACE = frozenset({"Co", "Cn", "Cs"})
_NAMED = 8
_CALLED = {
    "asking": "letter",
    "fax": "cover sheet",
    "sheaf": "letter",
    "binder": "binder",
    "emergency": "sheet",
}


class MissingGlyphs(VaultError):
    """No font at hand can print some characters; a letter with boxes in it is never made.

    `characters` holds them once each. The sentence names code points, never text.
    """

    exit_code = Exit.MISSING_TOOL

    def __init__(self, characters: str, what: str = "letter") -> None:
        self.characters = "".join(dict.fromkeys(characters))
        points = [f"U+{ord(c):04X}" for c in self.characters]
        shown = ", ".join(points[:_NAMED]) + (" and others" if len(points) > _NAMED else "")
        named = f" ({shown})" if shown else ""
        if all(unicodedata.category(c) in _NO_FACE for c in self.characters):
            hint = "no font can be relied on to show them; write these words in another way"
        else:
            hint = "install a font that has them, such as Noto, or write these words another way"
        super().__init__(f"no font here has some characters of this {what}{named}", hint)


class NotTypeset(VaultError):
    """The typesetter refused a letter for a reason of its own: a fault of this program."""

    exit_code = Exit.BUG

    def __init__(self) -> None:
        super().__init__("the letter could not be typeset", "nothing was changed or sent")


class Typesetter(Protocol):
    """Who turns a manuscript into a PDF: the worker pool."""

    def typeset(self, manuscript: Manuscript) -> Future[Typeset]:
        """Begin to typeset a manuscript."""
        ...


def typeset(template: str, data: dict[str, object], on: dt.date, typesetter: Typesetter) -> Typeset:
    """Fill `templates/<template>.typ` with `data`, dated `on`; nothing touches the disk.

    Raises MissingGlyphs or NotTypeset, and WorkerFailed where the typesetter ended too soon.
    """
    written = "".join(_texts(data))
    if faceless := "".join(c for c in written if unicodedata.category(c) in _NO_FACE):
        raise MissingGlyphs(faceless, _CALLED.get(template, template))
    source = (_TEMPLATES / f"{template}.typ").read_bytes()
    written_data = json.dumps(data, ensure_ascii=False).encode("utf-8")
    made = typesetter.typeset(Manuscript(template, source, written_data, on)).result()
    if made.missing:
        raise MissingGlyphs("".join(map(chr, made.missing)), _CALLED.get(template, template))
    if not made.pdf:
        raise NotTypeset
    return made


def _texts(value: object) -> Iterator[str]:
    """All strings of nested dicts and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from _texts(held)
    elif isinstance(value, list):
        if value and isinstance(value[0], int):
            return  # the bytes of a picture
        for held in value:
            yield from _texts(held)
