"""The typesetter: a template and its data become a tagged PDF with its fonts inside."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vault.model.letters import Manuscript, Typeset

_NOWHERE = Path(os.devnull)
"""The folder a template may read files of: none."""
_NOT_SHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_NOT_MADE = Typeset(b"", 0)


def typeset(manuscript: Manuscript, fonts: Sequence[Path] = ()) -> Typeset:
    """Typeset a manuscript; the same one gives the same bytes, and nothing touches the disk.

    The fonts inside the typesetter come first, so that every machine makes the same letter; the
    machine's own, and those in the folders `fonts`, are asked only for characters those lack.
    """
    made = _compile(manuscript, None)
    return _compile(manuscript, fonts) if made.missing else made


def _compile(manuscript: Manuscript, fonts: Sequence[Path] | None) -> Typeset:
    # Here, for it is 80 MB of typesetter, wanted only where a letter is made.
    import typst

    library: Any = typst
    source = manuscript.source
    fields = {manuscript.name: manuscript.data.decode("utf-8")}
    midnight = dt.datetime.combine(manuscript.on, dt.time(), dt.UTC)
    try:
        compiler = library.Compiler(
            source,
            root=_NOWHERE,
            font_paths=list(fonts or ()),
            ignore_system_fonts=fonts is None,
            sys_inputs=fields,
        )
        # One query is all a compiler answers that has its source in memory.
        told = json.loads(compiler.query("<pages>", field="value", one=True))
        pdf = compiler.compile(
            source, format="pdf", sys_inputs=fields, pdf_standards=["ua-1"], timestamp=midnight
        )
    except library.TypstError as error:
        # Its message quotes the letter, so it ends here; what no font shows is told by number.
        texts = _NOT_SHOWN.findall(error.diagnostic) or _NOT_SHOWN.findall(error.message)
        return Typeset(b"", 0, _points("".join(map(_unescape, texts))))
    except RuntimeError:  # what the library raises where it has no diagnostic to add
        return _NOT_MADE
    if not isinstance(pdf, bytes):
        return _NOT_MADE
    if isinstance(told, dict):
        return Typeset(pdf, int(told["pages"]), unfit=tuple(told["unfit"]))
    return Typeset(pdf, int(told))


def _points(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(ord, text)))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
