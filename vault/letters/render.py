"""How a letter looks: data and template in, a tagged PDF with its fonts inside out."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import Exit, VaultError
from vault.letters import compose
from vault.model.letters import CorrectionLetter

_TEMPLATES = Path(__file__).with_name("templates")  # typst may read here and nowhere else
_NOT_SHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
# Private use, not assigned, surrogates: what such a character looks like, no font can promise.
_NO_FACE = frozenset({"Co", "Cn", "Cs"})
_NAMED = 8


class MissingGlyphs(VaultError):
    """No font at hand can print some characters; a letter with boxes in it is never made.

    `characters` holds them once each. The sentence names code points, never text.
    """

    exit_code = Exit.MISSING_TOOL

    def __init__(self, characters: str) -> None:
        self.characters = "".join(dict.fromkeys(characters))
        points = [f"U+{ord(c):04X}" for c in self.characters]
        shown = ", ".join(points[:_NAMED]) + (" and others" if len(points) > _NAMED else "")
        named = f" ({shown})" if shown else ""
        if all(unicodedata.category(c) in _NO_FACE for c in self.characters):
            hint = "no font can be relied on to show them; write these words in another way"
        else:
            hint = "install a font that has them, such as Noto, or write these words another way"
        super().__init__(f"no font here has some characters of this letter{named}", hint)


class NotTypeset(VaultError):
    """The typesetter refused a letter for a reason of its own: a fault of this program."""

    exit_code = Exit.BUG

    def __init__(self) -> None:
        super().__init__("the letter could not be typeset", "nothing was changed or sent")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as PDF/UA-1 and its number of pages."""

    pdf: bytes
    pages: int


def render_correction(letter: CorrectionLetter) -> Typeset:
    """Typeset a correction letter; the same letter gives the same bytes.

    Raises MissingGlyphs where a character cannot be printed.
    """
    return typeset("letter", compose.correction(letter), letter.on)


def typeset(template: str, data: dict[str, object], on: dt.date) -> Typeset:
    """Fill `templates/<template>.typ` with `data`, dated `on`; nothing touches the disk.

    The fonts inside the typesetter come first, so that every machine makes the same letter; the
    machine's own are asked only for characters those lack. Raises MissingGlyphs or NotTypeset.
    """
    written = "".join(_texts(data))
    if faceless := "".join(c for c in written if unicodedata.category(c) in _NO_FACE):
        raise MissingGlyphs(faceless)
    source = (_TEMPLATES / f"{template}.typ").read_bytes()
    fields = {template: json.dumps(data, ensure_ascii=False)}
    try:
        return _compile(source, fields, on, own_fonts=True)
    except MissingGlyphs:
        return _compile(source, fields, on, own_fonts=False)


def _compile(source: bytes, fields: dict[str, str], on: dt.date, *, own_fonts: bool) -> Typeset:
    import typst  # 80 MB of typesetter, wanted only where a letter is made

    midnight = dt.datetime.combine(on, dt.time(), dt.UTC)
    try:
        compiler = typst.Compiler(
            source, root=_TEMPLATES, ignore_system_fonts=own_fonts, sys_inputs=fields
        )
        pages = int(compiler.query("<pages>", field="value", one=True))
        pdf = compiler.compile(
            source, format="pdf", sys_inputs=fields, pdf_standards=["ua-1"], timestamp=midnight
        )
    except typst.TypstError as error:
        # its message quotes the letter, so it ends here
        texts = _NOT_SHOWN.findall(error.diagnostic) or _NOT_SHOWN.findall(error.message)
        if texts:
            raise MissingGlyphs("".join(map(_unescape, texts))) from None
        raise NotTypeset from None
    except RuntimeError:  # what the library raises where it has no diagnostic to add
        raise NotTypeset from None
    if not isinstance(pdf, bytes):
        raise NotTypeset
    return Typeset(pdf, pages)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


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
