"""What the app says of a page: what it shows, how it came to that, and how far to trust it."""

from __future__ import annotations

from tui.languages import named
from tui.screens.review_page import Sheet
from vault.actions import kept
from vault.model.reading import PageKind, Reading, Source
from vault.model.trust import KINDS, Verdict, reasons, verdict
from vault.model.words import Span

_LAYER = "text layer"
_FULL = 100
_FEW = 0.5
"""Of the words that were read: a text with fewer, or with fewer the same, is another text."""


def _from_file(reading: Reading) -> bool:
    """Whether the words are the file's own; of corrected ones the engine tells."""
    return reading.source is Source.TEXT or reading.engine.startswith(_LAYER)


def _what(reading: Reading | None) -> str:
    """Where the words of a reading come from, without a full stop."""
    if reading is None:
        return "Nothing could be read here"
    by_you = reading.source is Source.CORRECTED
    if _from_file(reading):
        return f"Text of the file itself{', put right by you' if by_you else ''}"
    if by_you:
        return "Read from a scan and put right by you"
    return f"Read from a scan, {reading.confidence} of 100 sure"


def _notable(reading: Reading | None) -> str:
    """Language and turn of a reading from a scan, where they are not the usual ones."""
    if reading is None:
        return ""
    parts = []
    if not _from_file(reading) and reading.language not in ("", "eng"):
        parts.append(f"in {named(reading.language)}")
    if reading.turn:
        parts.append(f"turned {reading.turn}°")
    return f", {', '.join(parts)}" if parts else ""


def trust(sheet: Sheet) -> str:
    """How far to trust the page, with its chief reason: one or two short sentences."""
    said, why = verdict(sheet.page), reasons(sheet.page)
    text = "Trust: good." if said is Verdict.GOOD else f"{said.value.capitalize()}."
    if said is not Verdict.GOOD and why:
        more = len(why) - 1
        text += f" {why[0]}" + (f" {more} more under i." if more else "")
    if sheet.looked is not None:
        text += f" You looked at it on {sheet.looked.isoformat()}."
    return text


def source(sheet: Sheet) -> str:
    """What the page shows, and which other text of it is kept."""
    if sheet.beside is not None and sheet.current is not None:
        said = f"Another reading: {_lower(_what(sheet.current))}{_notable(sheet.current)}."
        return f"{said} v: {'the next' if sheet.beside + 1 < len(sheet.others) else 'back'}."
    kind = KINDS.get(sheet.page.kind, "")
    said = f"{_upper(kind)}. " if kind else ""
    # That nothing could be read is what the verdict says.
    if sheet.page.kind is not PageKind.BLANK and sheet.reading is not None:
        said += f"{_what(sheet.reading)}{_notable(sheet.reading)}."
    return said.strip() + _others(sheet)


def _others(sheet: Sheet) -> str:
    if not sheet.others:
        return ""
    first = sheet.others[0]
    if len(sheet.others) > 1:
        return f" v: {len(sheet.others)} other readings."
    return f" v: {'the file’s own text' if _from_file(first) else 'what the scan was read as'}."


def chosen(sheet: Sheet, words: Span) -> str:
    """How sure the reader is of chosen words."""
    sure = min(word.confidence for word in sheet.words[words.start : words.stop])
    return f"Chosen in brackets: {sure} of 100 sure."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def about(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """All that is known of how the page was read: a label and its words, line by line."""
    page, reading = sheet.page, sheet.reading
    said = verdict(page)
    rows = [("Trust", f"{said.value}, {page.trust} of 100" if reading else said.value)]
    rows += [("Why" if n == 0 else "", why) for n, why in enumerate(reasons(page))]
    if said in (Verdict.LOOK, Verdict.UNREAD):
        seen = f"by you on {sheet.looked.isoformat()}" if sheet.looked else "not yet; l says so"
        rows.append(("Looked at", seen))
    kind = KINDS.get(page.kind, "")
    if kind:
        rows.append(("It is", kind))
    rows.append(("It shows", _lower(_what(reading))))
    if reading is not None:
        rows += _how(reading)
        rows.append(("Way up", _way_up(reading, sheet.asked)))
        rows += [("Also kept", _kept(reading, other)) for other in sheet.others]
        rows += [("Set aside", why) for other in sheet.others if (why := _aside(reading, other))]
    elif sheet.others:
        rows += [("Also kept", _lower(_what(other))) for other in sheet.others]
    return tuple(rows)


def _how(reading: Reading) -> list[tuple[str, str]]:
    rows = []
    if not _from_file(reading) and reading.language:
        rows.append(("Language", f"{named(reading.language)} ({reading.language})"))
    if reading.engine:
        rows.append(("Read by", reading.engine))
    return rows


def _way_up(reading: Reading, asked: int | None) -> str:
    turned = f"turned {reading.turn}° clockwise" if reading.turn else "as the file has it"
    by_you = ", as you said" if asked is not None else ""
    straight = f"; made straight by {abs(reading.skew):.1f}°" if abs(reading.skew) >= 0.05 else ""
    return turned + by_you + straight


def _aside(shown: Reading, other: Reading) -> str:
    """Why a page does not show the file's own text, as far as the two readings tell."""
    if _from_file(shown) or not _from_file(other):
        return ""
    have, read = len(other.words), len(shown.words)
    if have < _FEW * read:
        return f"the file's own text has {have} words only, where {read} were read"
    if kept.agreement(shown, other) < _FULL * _FEW:
        return "the file's own text is no text, or says something else than was read"
    return "the scan was read more surely than the file's own text has it"


def _kept(shown: Reading, other: Reading) -> str:
    same = kept.agreement(shown, other)
    agree = "all words the same" if same == _FULL else f"{same} of 100 words the same"
    count = "1 word" if len(other.words) == 1 else f"{len(other.words)} words"
    return f"{_lower(_what(other))}{_notable(other)}; {count}, {agree}; v shows it"
