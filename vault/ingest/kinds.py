"""Pages that only stand between others: fax cover sheets and separators, told by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vault.model.reading import PageKind
from vault.model.words import Box, Word, lines_of

# A cover sheet says who faxes how many pages to whom, and little else: measured on invented
# ones, 25 to 110 words beside the notice of confidentiality.
_MOST_COVER_WORDS = 130
_MOST_UPPER_WORDS = 110
_ENOUGH = 4
_HEADING_WORDS = 5

_MOST_SEPARATOR_WORDS = 25
_MOST_HEADING_WORDS = 6
_BIG = 0.022  # of the page's height: letters of about 17 points and more
_HEADING_AREA = 0.35  # of the page's height that a lone heading may take up

_FAX = {"fax", "facsimile", "telefax", "telecopy", "télécopie", "facsímil"}
_SHEET = _FAX | {"cover", "sheet", "page", "letter", "transmission", "transmittal", "message",
                 "memo", "medical", "records", "portada", "de", "bordereau"}  # fmt: skip
_TO = {"to", "attn", "attention", "recipient", "para", "à", "destinataire", "destinatario"}
_FROM = {"from", "sender", "de", "expéditeur", "remitente"}
_PAGES = {"pages", "páginas", "pgs"}
_MORE = {"date", "re", "subject", "phone", "tel", "telephone", "fax", "fecha", "asunto", "objet"}
_SURE_SIGNS = (
    "cover sheet", "cover page", "cover letter", "including cover", "incl cover",
    "fax transmittal", "facsimile transmittal", "portada de fax", "page de garde",
)  # fmt: skip
_NOTICE = re.compile(r"confidential|privileged|intended recipient|unauthorized|received this", re.I)
_SEPARATORS = (
    "patch code", "patch t", "patch ii", "patch 2", "patch 1", "patch 3", "patch 4", "patch 6",
    "document separator", "batch separator", "separator sheet", "separator page", "slip sheet",
    "slipsheet", "scan separator", "start of document", "end of document", "begin document",
    "end document", "batch header", "batch cover", "target sheet", "new document",
)  # fmt: skip
_BARE = re.compile(r"[^\w]+")


def _bare(text: str) -> str:
    return _BARE.sub(" ", text.casefold()).strip()


def _labels(line: Sequence[Word]) -> set[str]:
    """The words of a line that name a field: its first, and any other that a colon follows."""
    found = {_bare(w.text.split(":")[0]) for w in line if ":" in w.text}
    # "TO : x" and "To x" name it without one; "to the hospital" in a letter is no field.
    first = line[0].text
    lone = len(line) > 1 and line[1].text == ":"
    if first.isupper() or lone or len(line) == 1:
        found.add(_bare(first))
    for one, two in pairwise(line):
        if two.text.startswith(":"):
            found.add(_bare(one.text))
    return found


def _is_heading(line: Sequence[Word]) -> bool:
    """Whether a short line says nothing but that this is a fax."""
    bare = _bare(" ".join(w.text for w in line)).split()
    return 0 < len(bare) <= _HEADING_WORDS and bool(_FAX & {*bare}) and {*bare} <= _SHEET


def _is_cover(words: Sequence[Word]) -> bool:
    """Whether these are the words of a fax cover sheet.

    A fax header along the edge is one line, whatever fields it has; so the fields of a cover
    sheet must stand in lines of their own.
    """
    text = " ".join([w.text for w in words]).casefold()
    if not any(name in text for name in _FAX):  # hardly any other page says so
        return False
    text = _bare(text)
    if not _FAX & {*text.split()}:
        return False
    lines = [words[span.start : span.stop] for span in lines_of(words)]
    notice = next((i for i, ln in enumerate(lines) if _has_notice(ln)), len(lines))
    own = [line for line in lines[:notice] if line]
    count = sum(len(line) for line in own)
    upper = sum(word.box.top < 0.5 for line in own for word in line)
    if count > _MOST_COVER_WORDS or upper > _MOST_UPPER_WORDS:
        return False
    labelled = [_labels(line) for line in own]
    fields = _fields(labelled)
    sure = any(sign in text for sign in _SURE_SIGNS)
    heading = any(_is_heading(line) for line in own)
    signs = len(fields) + 2 * heading + 2 * sure + (notice < len(lines))
    return signs >= _ENOUGH and bool(fields & {"to", "from"}) and (heading or sure)


def _has_notice(line: Sequence[Word]) -> bool:
    return bool(_NOTICE.search(" ".join(w.text for w in line)))


def _fields(labelled: Sequence[set[str]]) -> set[str]:
    """Which fields of a cover sheet stand in lines of their own."""
    found: set[str] = set()
    for labels in labelled:
        mine = {
            name
            for name, names in (("to", _TO), ("from", _FROM), ("pages", _PAGES), ("more", _MORE))
            if labels & names
        }
        # The header a fax machine prints has them all in one line.
        if len(mine) <= 2:
            found |= mine
    return found


def _is_named_separator(words: Sequence[Word]) -> bool:
    """Whether a page of few words names itself as a sheet put between documents."""
    if len(words) > _MOST_SEPARATOR_WORDS:
        return False
    text = f" {_bare(' '.join(w.text for w in words))} "
    return any(f" {name} " in text for name in _SEPARATORS)


def _is_divider(words: Sequence[Word]) -> bool:
    """Whether there is nothing on the page but one heading in large letters."""
    if len(words) > _MOST_HEADING_WORDS:
        return False
    around = Box.around(w.box for w in words)
    if around is None:
        return False
    letters = sum(_bare(w.text).isalpha() and ":" not in w.text for w in words)
    big = all(w.box.bottom - w.box.top >= _BIG for w in words if len(w.text) > 1)
    return letters == len(words) and big and around.bottom - around.top <= _HEADING_AREA


def kind_of(words: Sequence[Word], *, whole: bool = True) -> PageKind:
    """What a page with these words is there for; content where there is any doubt.

    `whole` is whether they are all there is on the page: a lone heading beside a picture, or
    beside what could not be read, divides nothing.
    """
    if not words:
        return PageKind.CONTENT
    if _is_named_separator(words) or (whole and _is_divider(words)):
        return PageKind.SEPARATOR
    return PageKind.COVER if _is_cover(words) else PageKind.CONTENT
