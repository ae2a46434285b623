"""What a correction letter says: every sentence of it, as plain data for the template."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable

from vault import png
from vault.dates import MONTHS
from vault.model.letters import CorrectionLetter, Point, RuleNote
from vault.safetext import safe, safe_line

TITLE = "Request to amend my health record"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_HIPAA = "us-hipaa"  # the rule whose own words on time and extension a letter may use
_LINE = 20_000  # no line of a letter is longer; a quote may be a whole page
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def written_out(day: dt.date) -> str:
    """The date so that nobody can misread it: 14 March 1961."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def inline(text: str) -> str:
    """One safe line that cannot change the order of the words around it.

    Right-to-left text gets Unicode isolates (UAX 9); other text stays as it is.
    """
    line = safe_line(text, _LINE)
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in line):
        return f"{_ISOLATE}{line}{_POP}"
    return line


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for line in map(inline, texts) if line]


def _sentence(text: str) -> str:
    """The text with a capital first letter and a full stop, where it has neither."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:;)”\"'" else ".")


def _span(note: RuleNote, number: int | None = None) -> str:
    """A length of time in words, the rule's own unless `number` is given: 60 days, one month."""
    number = note.days if number is None else number
    unit = note.unit.rstrip("s") if number == 1 else note.unit.rstrip("s") + "s"
    return f"{'one' if number == 1 else number} {unit}"


def _count(number: int) -> str:
    places = "place" if number == 1 else "places"
    return f"{_WORDS[number] if number < len(_WORDS) else number} {places}"


def _patient(letter: CorrectionLetter) -> list[list[str]]:
    """The rows by which the records office finds the chart."""
    rows = [
        ["Patient", inline(letter.patient)],
        ["Former names", ", ".join(_lines(letter.former_names))],
        ["Date of birth", written_out(letter.born)],
        ["Medical record number", inline(letter.mrn)],
        ["Reference", inline(letter.reference)],
    ]
    return [row for row in rows if row[1]]


def _point(number: int, point: Point) -> dict[str, object]:
    where = inline(point.record) + (f", page {point.page}" if point.page is not None else "")
    entry = [f"dated {inline(point.entry_date)}"] if point.entry_date else []
    entry += [f"written by {inline(point.author)}"] if point.author else []
    data: dict[str, object] = {
        "heading": f"{number}. {where}",
        "entry": _sentence(", ".join(entry)),
        "quote": safe(point.quote).strip(),
        "wrong": _sentence(safe(point.wrong)),
        "should_say": safe(point.should_say).strip(),
        "why": _sentence(safe(point.why)),
        "picture": [],
    }
    if point.excerpt is not None:
        seen = f"Page {point.page} of" if point.page is not None else "Part of"
        picture = point.excerpt.picture
        data["picture"] = list(png.encode(picture))
        data["aspect"] = picture.width / picture.height
        data["alt"] = safe_line(point.excerpt.alt, _LINE)
        data["caption"] = f"{seen} {inline(point.record)}. The entry is framed."
    return data


def _hipaa_time(note: RuleNote) -> str:
    """What 45 CFR 164.526(b)(2) says on time."""
    span = _span(note)
    most = f", by no more than {note.extension_days} days," if note.extension_days else ""
    return (
        f"Please act on this request within {span} of receiving it ({note.cite}). If you need "
        f"longer, you may extend this time once{most} if within the first {span} you tell me in "
        f"writing why, and by what date you will act ({note.cite})."
    )


def _other_time(note: RuleNote) -> str:
    """What the place's own rule says on time, with its citation, and nothing else as law."""
    if note.compared:
        return "Please act on this request within a reasonable time and answer me in writing."
    if note.soft:
        said = (
            f"Please act on this request within {_span(note)} of receiving it. I understand that "
            f"this time is guidance rather than a fixed limit ({note.cite})."
        )
    else:
        said = f"Please act on this request within {_span(note)} of receiving it ({note.cite})."
    longer = []
    if note.extended:
        longer.append(f"you may take at most {_span(note, note.extended)} in all ({note.cite})")
    if note.extension:
        longer.append(f"please send me the notice this calls for: {note.extension.rstrip('.')}")
    return said + (f" If you need longer, {'; '.join(longer)}." if longer else "")


def _denial(*, hipaa: bool) -> str:
    """What a denial is to hold: under 45 CFR 164.526(d)(1), no more than an understanding."""
    if not hipaa:
        return (
            "If you deny all or part of this request, please tell me in writing which part and "
            "why, and how I may object or complain."
        )
    return (
        "If you deny all or part of this request, please do so in writing. I understand that a "
        "denial is to state, in plain language, its basis; how I may file a statement of "
        "disagreement; that I may instead ask you to include this request and your denial with "
        "future disclosures; and how I may complain to you and to the U.S. Department of Health "
        "and Human Services (45 CFR 164.526(d)(1))."
    )


def _binds(letter: CorrectionLetter) -> bool:
    """Whether HIPAA binds the holder, by itself or besides the place's own rule."""
    return letter.hipaa and not letter.rule.compared


def _under(letter: CorrectionLetter) -> str:
    """The sentence that names the legal basis; empty where no law recorded binds the holder.

    Where only the time is guidance, the law it is guidance on is named, and no guidance.
    """
    if letter.rule.compared:
        return ""
    hipaa = ["45 CFR 164.526"] if letter.hipaa else []
    law = letter.rule.basis if letter.rule.soft else letter.rule.cite
    own = [law] if law and letter.rule.id != _HIPAA else []
    return f" I make this request under {' and '.join(own + hipaa)}." if own + hipaa else ""


def _reply(letter: CorrectionLetter) -> list[str]:
    accepted = (
        "If you accept, please confirm in writing what has been amended, and send me a copy of "
        "the amended pages."
    )
    note = letter.rule
    own = note.id == _HIPAA and _binds(letter)
    time = _hipaa_time(note) if own else _other_time(note)
    return [time, accepted, _denial(hipaa=_binds(letter))]


def _tell(letter: CorrectionLetter) -> str:
    """The sentence before the list of those who are to be told."""
    cite = " (45 CFR 164.526(c))" if _binds(letter) else ""
    return (
        "Once the record is amended, please tell those named here of the amendment. "
        f"I agree to your telling them{cite}."
    )


def correction(letter: CorrectionLetter) -> dict[str, object]:
    """Everything the template needs, as data that goes into JSON: text, lists and PNG bytes.

    Every string has passed `safetext`; pictures are lists of the bytes of a PNG file.
    """
    patient = inline(letter.patient)
    sender = _lines(letter.sender) or [patient]
    return {
        "title": TITLE,
        "paper": letter.paper,
        "date": [letter.on.year, letter.on.month, letter.on.day],
        "date_text": written_out(letter.on),
        "sender": sender,
        "to": _lines(letter.to),
        "patient": _patient(letter),
        "greeting": "Dear Records Office,",
        "opening": (
            "I have read a copy of my health record. It is not right in "
            f"{_count(len(letter.points))}, set out below. Please amend it as I ask there."
            f"{_under(letter)}"
        ),
        "points": [_point(i, point) for i, point in enumerate(letter.points, 1)],
        "tell_intro": _tell(letter),
        "tell": _lines(letter.tell),
        "reply": _reply(letter),
        "closing": ("If anything here is unclear, please contact me. Thank you for your help."),
        "signed": sender[0],
        "enclosures": _lines(letter.enclosures),
        "footer": f"{patient}, born {written_out(letter.born)} · {inline(letter.reference)}",
    }
